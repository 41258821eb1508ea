import { AsyncLocalStorage } from "node:async_hooks";

const listener = new AsyncLocalStorage<(text: string) => void>();

/** Does `work`, and tells in a sentence for whom, where it has to wait for another process. */
export function reportingWaits<T>(report: (text: string) => void, work: () => T): T {
  return listener.run(report, work);
}

/** Tells whoever wants to know for whom it waits. */
export function reportWait(text: string): void {
  listener.getStore()?.(text);
}

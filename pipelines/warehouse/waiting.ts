import { AsyncLocalStorage } from "node:async_hooks";

const listener = new AsyncLocalStorage<(text: string) => void>();

/** Does `work`, and tells in a sentence for whom, where it has to wait for another process. */
export function tellingWaits<T>(tell: (text: string) => void, work: () => T): T {
  return listener.run(tell, work);
}

/** Tells whoever wants to know for whom it waits. */
export function tellWait(text: string): void {
  listener.getStore()?.(text);
}

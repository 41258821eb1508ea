import { once } from "node:events";
import { Failure } from "../vocabulary/failure.ts";
import { forkOwn } from "../warehouse/own-process.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";

/** What the process that makes the demonstration says. */
export type StoryMessage =
  | { readonly kind: "out" | "warn" | "progress"; readonly text: string }
  | {
      readonly kind: "step";
      readonly done: number;
      readonly total: number;
      readonly text: string;
    }
  /** There are marts of its forms; what is published of them is still being made. */
  | { readonly kind: "first figures" }
  | { readonly kind: "told" }
  | { readonly kind: "failed"; readonly reason: string };

/** A demonstration that is being made by a process of its own. */
export interface Story {
  /** Whether there is something to show while it goes on; false where it is made already. */
  readonly begun: Promise<boolean>;
  /** @throws Failure where it cannot be made, or its process has ended */
  readonly told: Promise<void>;
  /** What it does now. */
  now(): string;
  end(): void;
}

/** MiB of JavaScript for the seven reports of the demonstration. */
const HEAP_MIB = 1024;

/** Makes the demonstration, as `makeDemonstration` does, beside whatever this process does. */
export function tellStory(sources: string, paths: WarehousePaths, context: Context): Story {
  const child = forkOwn(import.meta.url, "demonstration-process", {
    args: [sources, paths.folder],
    heapMiB: HEAP_MIB,
    isComputing: true,
  });
  let now = "";
  let begin: (isBegun: boolean) => void = () => undefined;
  const first = new Promise<boolean>((resolve) => {
    begin = resolve;
  });
  const heard = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.on("message", (message: StoryMessage) => {
      if (message.kind === "step") context.step(message.done, message.total, message.text);
      else if (message.kind === "first figures") begin(true);
      else if (message.kind === "told") resolve();
      else if (message.kind === "failed") reject(new Failure(message.reason));
      else {
        if (message.kind === "progress") now = message.text;
        context[message.kind](message.text);
      }
    });
  });
  // what it has said last is heard before its channel is gone
  const gone = Promise.all([once(child, "exit"), once(child, "disconnect")]).then(
    ([[code, signal]]) => {
      throw new Failure(
        `Việc lập số liệu minh họa đã dừng giữa chừng (${signal ?? `mã ${code}`}). Chạy lại lệnh này để làm tiếp từ chỗ dừng.`,
      );
    },
  );
  const told = Promise.race([heard, gone]);
  const begun = Promise.race([first, told.then(() => false)]);
  return { begun, told, now: () => now, end: () => void child.kill("SIGKILL") };
}

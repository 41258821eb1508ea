import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../vocabulary/failure.ts";
import { forkOwn } from "../warehouse/own-process.ts";
import type { PageInputs, Shown } from "./page-house.ts";
import type { PageAnswers, PageMessage, PageQuestion, PageStart } from "./page-messages.ts";

/** MiB of JavaScript for the process that renders; with all else it takes it stays below 400. */
const HEAP_MIB = 144;

/** One that has ended is started again after so long, and the longer the more often it ends at once. */
const PAUSES_MS = [100, 500, 2000, 5000, 10_000, 30_000] as const;

/** One that ran for so long has not ended at once. */
const STEADY_MS = 60_000;

/** A question that ended the process twice is not asked a third time. */
const TRIES = 2;

const STOPPED = "Tiến trình lập trang đã bị dừng.";

interface Asked {
  readonly question: PageQuestion;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  tries: number;
}

/** Health of the process that renders pages. */
export interface PageEvents {
  /** Other builds are shown. */
  readonly onShown?: (shown: Shown) => void;
  /** Something went wrong, or, with null, is right again. */
  readonly onTrouble?: (reason: string | null) => void;
}

/**
 * A process of its own that renders the pages of one audience, and has the tables of that audience alone.
 * It is started again when it ends.
 */
export class ResidentPages {
  readonly #start: PageStart;
  readonly #events: PageEvents;
  readonly #isLasting: boolean;
  #child: ChildProcess | null = null;
  #isClosed = false;
  #no = 0;
  #ended = 0;
  /** What it said last before it ended. */
  #trouble: string | null = null;
  readonly #asked = new Map<number, Asked>();

  /** @param isLasting false: it ends when all pages are rendered */
  constructor(inputs: PageInputs, events: PageEvents = {}, isLasting = true) {
    this.#isLasting = isLasting;
    this.#start = { kind: "start", ...inputs };
    this.#events = events;
    this.#begin();
  }

  /** The process that renders now; undefined while there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws Failure that says why there is no answer */
  async ask<Kind extends PageQuestion["kind"]>(
    question: Extract<PageQuestion, { kind: Kind }>,
  ): Promise<PageAnswers[Kind]> {
    if (this.#isClosed) throw new Failure(STOPPED);
    return await new Promise((resolve, reject) => {
      this.#no += 1;
      const asked: Asked = { question, resolve, reject, tries: 0 };
      this.#asked.set(this.#no, asked);
      this.#send(this.#no, asked);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#child?.kill("SIGKILL");
    for (const { reject } of this.#asked.values()) reject(new Failure(STOPPED));
    this.#asked.clear();
  }

  #begin(): void {
    const began = performance.now();
    const child = forkOwn(import.meta.url, "page-process", {
      heapMiB: HEAP_MIB,
      isLasting: this.#isLasting,
    });
    this.#child = child;
    child.on("message", (message: PageMessage) => this.#hear(message));
    let isOver = false;
    const over = (end: string): void => {
      if (isOver) return;
      isOver = true;
      this.#child = null;
      if (this.#isClosed) return;
      this.#events.onTrouble?.(`Tiến trình lập trang đã dừng (${end}). Đang khởi động lại.`);
      this.#ended = performance.now() - began >= STEADY_MS ? 1 : this.#ended + 1;
      void this.#beginAgain();
    };
    child.once("exit", (code, signal) => over(signal ?? `mã ${code}`));
    child.once("error", (error) => over(error.message));
    child.send(this.#start, () => undefined);
    for (const [no, asked] of this.#asked) this.#send(no, asked);
  }

  async #beginAgain(): Promise<void> {
    for (const [no, asked] of this.#asked) {
      if (asked.tries < TRIES) continue;
      this.#asked.delete(no);
      const why = this.#trouble ?? "không nêu lý do";
      asked.reject(new Failure(`Tiến trình lập trang dừng khi lập trang này (${why}).`));
    }
    const pause = PAUSES_MS[this.#ended - 1] ?? PAUSES_MS.at(-1);
    // who waits for an answer is not to end before it
    await sleep(pause, undefined, { ref: this.#asked.size > 0 });
    if (!this.#isClosed) this.#begin();
  }

  #send(no: number, asked: Asked): void {
    if (this.#child === null) return;
    asked.tries += 1;
    this.#child.send({ ...asked.question, no }, () => undefined);
  }

  #hear(message: PageMessage): void {
    if (message.kind === "shown") this.#events.onShown?.(message.shown);
    else if (message.kind === "trouble") {
      this.#trouble = message.reason;
      this.#events.onTrouble?.(message.reason);
    } else {
      const asked = this.#asked.get(message.no);
      this.#asked.delete(message.no);
      if (message.kind === "answer") asked?.resolve(message.answer as never);
      else asked?.reject(new Failure(message.reason));
    }
  }
}

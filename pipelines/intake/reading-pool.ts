import type { ChildProcess } from "node:child_process";
import type { FormReading } from "../readers/form-reader.ts";
import type { HandedReading } from "../readers/handed-reader.ts";
import type { JsonReading } from "../readers/json-reader.ts";
import type { PackageReading } from "../readers/package-reader.ts";
import { HEAP_MIB, READING_LIMITS, type ReadingLimits, WORN } from "../readers/reading-limits.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import type { Refusal } from "../readers/workbook-guard.ts";
import type { PlanReading } from "../reading-plans/read-plan.ts";
import type { KnownUnit } from "../reading-plans/units.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { forkOwn } from "../warehouse/own-process.ts";
import { isEndedByOthers } from "../warehouse/own-watch.ts";
import type { ReadingAnswer, ReadingQuestion, Readings } from "./reading-question.ts";
import type { TextQuestion, TextReading } from "./text-reading.ts";

/** Why a file was not read: it exceeded memory or time, or the reader failed. */
export interface Unread {
  readonly unread: "limits" | "failed";
}

const NOT_STARTED =
  "Không khởi động được tiến trình đọc tệp. Kiểm tra bộ nhớ còn trống, và máy có ngăn chương trình mở tiến trình khác không.";

const ENDED =
  "Tiến trình đọc tệp bị dừng giữa chừng, không phải do tệp: máy thiếu bộ nhớ, ổ đĩa không trả lời, hoặc có người dừng. Tệp còn nguyên, chưa bị trả lại.";

/** A file that ended a process which had read others is read once more: it may have been their fault. */
const TRIES = 2;

/** How a process ended in place of an answer: by what it read, or by something else. */
type End = "limits" | "ended";

/**
 * Reads files in a process of its own, which a file cannot harm beyond itself.
 * @throws Failure where that process was ended again and again by something else than the file
 */
export interface ReadingPool {
  form(file: Pick<ReceivedFile, "path" | "name">): Promise<FormReading | Unread>;
  /** Problems for data of persons in a text file of any layout. */
  personalText(file: ReceivedFile): Promise<Problem[] | Unread>;
  /** Reports or data values in a JSON text. */
  json(file: Pick<ReceivedFile, "path" | "name">): Promise<JsonReading | Unread>;
  /** A long CSV file, judged; null where it is none. */
  csv(asked: TextQuestion): Promise<TextReading | null | Unread>;
  /** What another office handed up. */
  handed(file: Pick<ReceivedFile, "path">): Promise<HandedReading | Unread>;
  /**
   * Opens an archive or a mail.
   * @param folder an empty one, into which its files are written
   * @throws an error of the file system where they cannot be
   */
  unpack(file: Pick<ReceivedFile, "path">, folder: string): Promise<PackageReading | Unread>;
  /** What a plan says, or why its document is not read. */
  plan(
    file: Pick<ReceivedFile, "path">,
    units: readonly KnownUnit[],
  ): Promise<PlanReading | Refusal | Unread>;
  close(): void;
}

/**
 * Opens a pool of one process, which is started with the first file unless one is there already, reads
 * one after another, and is started again when a file has ended it.
 * @param printed the texts that the office itself prints, asked for once a process
 */
export function openReadingPool(
  printed: () => Iterable<string>,
  limits: ReadingLimits = READING_LIMITS,
): ReadingPool {
  let reader: Reader | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const begin = async (one: Reader | null): Promise<Reader | null> => {
    const texts = printed();
    if (one === null || one.told === texts) return one;
    one.told = texts;
    return typeof (await one.ask({ kind: "printed", texts: [...texts] })) === "string" ? null : one;
  };
  // it is sent the printed texts while the ledger is opened
  let begun: Promise<Reader | null> | null = resting === null ? null : begin(takeResting(limits));
  const readyReader = async (): Promise<Reader> => {
    const there = reader ?? (await begun);
    begun = null;
    reader = there ?? (await begin(takeResting(limits)));
    for (let tries = 0; reader === null && tries < TRIES; tries += 1) {
      reader = await begin(new Reader(limits));
    }
    if (reader === null) throw new Failure(NOT_STARTED);
    return reader;
  };
  const ask = async (question: ReadingQuestion, tries = 1): Promise<ReadingAnswer | End> => {
    const one = await readyReader();
    const { isFresh } = one;
    const answer = await one.ask(question);
    const hasEnded = typeof answer === "string";
    if (hasEnded || one.isWorn) {
      one.end();
      reader = null;
    }
    const isOwnFault = answer === "limits" && isFresh;
    return hasEnded && !isOwnFault && tries < TRIES ? ask(question, tries + 1) : answer;
  };
  const inTurn = (question: ReadingQuestion): Promise<ReadingAnswer | End> => {
    const answer = queue.then(() => ask(question));
    queue = answer.catch(() => undefined);
    return answer;
  };
  const read = async <Kind extends keyof Readings>(
    question: ReadingQuestion & { readonly kind: Kind },
  ): Promise<Readings[Kind] | Unread> => {
    const answer = await inTurn(question);
    if (answer === "ended") throw new Failure(ENDED);
    if (answer === "limits") return { unread: "limits" };
    if (answer.kind === "unwritten") {
      throw Object.assign(new Error(answer.message), { code: answer.code });
    }
    return answer.kind === "read" ? (answer.reading as Readings[Kind]) : { unread: "failed" };
  };
  return {
    form: ({ path, name }) => read({ kind: "form", path, name }),
    personalText: (file) => read({ kind: "text", file }),
    json: ({ path, name }) => read({ kind: "json", path, name }),
    csv: (asked) => read({ kind: "csv", asked }),
    handed: ({ path }) => read({ kind: "handed", path }),
    plan: ({ path }, units) => read({ kind: "plan", path, units }),
    unpack: ({ path }, folder) => read({ kind: "package", path, folder }),
    close() {
      if (reader !== null) rest(reader);
      reader = null;
      void begun?.then((one) => one !== null && rest(one));
      begun = null;
    },
  };
}

/**
 * Starts a process that reads for the pool that is opened next, so that it has started by then. For
 * whoever knows that there is a file to be read and has other things to do before.
 */
export function startReading(): void {
  if (resting === null) rest(new Reader(READING_LIMITS));
}

/** A process goes on for so long after its pool was closed, for the next one. */
const REST_MS = 10_000;
let resting: { readonly reader: Reader; readonly timer: NodeJS.Timeout } | null = null;

function rest(reader: Reader): void {
  if (resting !== null || !reader.isAtRest) {
    reader.end();
    return;
  }
  const timer = setTimeout(() => {
    resting = null;
    reader.end();
  }, REST_MS);
  timer.unref();
  resting = { reader, timer };
}

function takeResting(limits: ReadingLimits): Reader | null {
  if (resting === null) return null;
  const { reader, timer } = resting;
  clearTimeout(timer);
  resting = null;
  if (reader.limits === limits && reader.isAtRest) return reader;
  reader.end();
  return null;
}

/** One process that reads. */
class Reader {
  isWorn = false;
  /** It has read nothing yet. */
  isFresh = true;
  /** The printed texts that it was sent, which are the same until the catalogue is another. */
  told: Iterable<string> | null = null;
  readonly limits: ReadingLimits;
  private readonly child: ChildProcess;
  private settle: ((answer: ReadingAnswer | End) => void) | null = null;
  private hasEnded = false;

  constructor(limits: ReadingLimits) {
    this.limits = limits;
    this.child = forkOwn(import.meta.url, "reading-process", {
      args: [String(limits.memory), String(limits.time)],
      heapMiB: HEAP_MIB,
    });
    // it must not keep the program from its end
    this.child.unref();
    this.child.channel?.unref();
    this.child.on("message", (message: { result: ReadingAnswer; rss: number }) => {
      this.isWorn = message.rss > WORN;
      this.answer(message.result);
    });
    const over = (end: End): void => {
      this.hasEnded = true;
      this.answer(end);
    };
    this.child.on("exit", (code, signal) =>
      over(isEndedByOthers(code, signal) ? "ended" : "limits"),
    );
    this.child.on("error", () => over("ended"));
  }

  /** It is running and idle. */
  get isAtRest(): boolean {
    return !this.hasEnded && this.settle === null;
  }

  /** Asks and waits for the answer, or the end of the process. */
  async ask(question: ReadingQuestion): Promise<ReadingAnswer | End> {
    if (this.hasEnded) return "ended";
    this.isFresh &&= question.kind === "printed";
    this.child.ref();
    this.child.channel?.ref();
    const answer = new Promise<ReadingAnswer | End>((resolve) => {
      this.settle = resolve;
    });
    try {
      this.child.send(question, (error) => {
        if (error !== null) this.child.kill("SIGKILL");
      });
      return await answer;
    } finally {
      this.child.unref();
      this.child.channel?.unref();
    }
  }

  end(): void {
    this.child.removeAllListeners();
    // a channel that breaks while it is closed is nobody's error
    this.child.on("error", () => undefined);
    this.child.kill("SIGKILL");
  }

  private answer(answer: ReadingAnswer | End): void {
    const { settle } = this;
    this.settle = null;
    settle?.(answer);
  }
}

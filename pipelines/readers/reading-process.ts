import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { PrintedTexts } from "../persons/printed-texts.ts";
import { readPlan } from "../reading-plans/read-plan.ts";
import { readDocument } from "./document-reader.ts";
import { readForm } from "./form-reader.ts";
import { readHanded } from "./handed-reader.ts";
import { unpackPackage } from "./package-reader.ts";
import { personalDataInText } from "./personal-data.ts";
import type { ReadingAnswer, ReadingQuestion } from "./reading-question.ts";

/**
 * The process that reads files, one after another, and nothing else: what a file can do to a reader,
 * it does to this process. It is started with a channel and ends with it.
 */

/** Microseconds of processor time at which the file was begun; 0 between files. */
const begun = new Float64Array(new SharedArrayBuffer(8));

/**
 * Looks from a thread of its own, which goes on while the reader is busy, at the memory of the whole
 * process, on every system in the same way, and ends it.
 */
const WATCH = `
const { workerData } = require("node:worker_threads");
const { begun, memory, time } = workerData;
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const isOver = begun[0] > 0 && user + system - begun[0] > time * 1000;
  if (isOver || process.memoryUsage.rss() > memory) process.kill(process.pid, "SIGKILL");
}, 20);
`;

const [memory = "0", time = "0"] = process.argv.slice(2);
new Worker(WATCH, {
  eval: true,
  execArgv: [],
  workerData: { begun, memory: Number(memory), time: Number(time) },
}).unref();

let printed = new PrintedTexts();
let texts: readonly string[] = [];

/** What is made of the texts that are printed is made while there is no file yet, and kept. */
function hear(printedTexts: readonly string[]): void {
  if (
    printedTexts.length === texts.length &&
    printedTexts.every((text, index) => text === texts[index])
  )
    return;
  texts = printedTexts;
  printed = new PrintedTexts(() => printedTexts);
  setImmediate(() => printed.without(""));
}

async function answer(question: ReadingQuestion): Promise<ReadingAnswer> {
  if (question.kind === "printed") {
    hear(question.texts);
    return { kind: "ready" };
  }
  const { user, system } = process.cpuUsage();
  begun[0] = user + system;
  try {
    if (question.kind === "form") {
      const bytes = await readFile(question.path);
      return { kind: "read", reading: await readForm(bytes, question.name, printed) };
    }
    if (question.kind === "handed") {
      return { kind: "read", reading: readHanded(await readFile(question.path)) };
    }
    if (question.kind === "package") {
      const bytes = await readFile(question.path);
      return { kind: "read", reading: await unpackPackage(bytes, question.folder, printed) };
    }
    if (question.kind === "plan") {
      const read = await readDocument(await readFile(question.path));
      return { kind: "read", reading: "code" in read ? read : readPlan(read, question.units) };
    }
    const file = { ...question.file, head: Buffer.from(question.file.head) };
    return { kind: "read", reading: await personalDataInText(file, printed) };
  } catch (error) {
    if (isSystemError(error) && question.kind === "package") {
      return { kind: "unwritten", code: error.code ?? "", message: error.message };
    }
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  } finally {
    begun[0] = 0;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

process.on("message", (question: ReadingQuestion) => {
  void answer(question).then((result) => {
    process.send?.({ result, rss: process.memoryUsage.rss() });
  });
});
process.on("disconnect", () => process.exit());

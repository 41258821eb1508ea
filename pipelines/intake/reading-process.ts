import { readFile } from "node:fs/promises";
import { PrintedTexts } from "../persons/printed-texts.ts";
import { readDocument } from "../readers/document-reader.ts";
import { readForm } from "../readers/form-reader.ts";
import { readHanded } from "../readers/handed-reader.ts";
import { readJson } from "../readers/json-reader.ts";
import { unpackPackage } from "../readers/package-reader.ts";
import { personalDataInText } from "../readers/personal-data.ts";
import { STILL_MS } from "../readers/reading-limits.ts";
import { readPlan } from "../reading-plans/read-plan.ts";
import { watchOwn } from "../warehouse/own-watch.ts";
import type { ReadingAnswer, ReadingQuestion } from "./reading-question.ts";

/**
 * The process that reads files, one after another, and nothing else: what a file can do to a reader,
 * it does to this process. It is started with a channel and ends with it.
 */

const [memory = "0", time = "0"] = process.argv.slice(2);
const setBusy = watchOwn({
  ...{ memory: Number(memory), time: Number(time) },
  ...{ still: STILL_MS, every: 20 },
});

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
  setBusy(true);
  try {
    if (question.kind === "form") {
      const bytes = await readFile(question.path);
      return { kind: "read", reading: await readForm(bytes, question.name, printed) };
    }
    if (question.kind === "json") {
      const bytes = await readFile(question.path);
      return { kind: "read", reading: readJson(bytes, question.name, printed) };
    }
    if (question.kind === "handed") {
      return { kind: "read", reading: readHanded(await readFile(question.path)) };
    }
    if (question.kind === "package") {
      const bytes = await readFile(question.path);
      return { kind: "read", reading: await unpackPackage(bytes, question.folder, printed) };
    }
    if (question.kind === "csv") {
      // the engine is loaded for the first of them
      const { readTextAside } = await import("./text-reading.ts");
      return { kind: "read", reading: await readTextAside(question.asked, printed) };
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
    setBusy(false);
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

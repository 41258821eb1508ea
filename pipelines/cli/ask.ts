import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";

/** A fact that is asked for where no option gives it. */
export interface Question {
  /** The option that answers it, without dashes. */
  readonly option: string;
  readonly words: string;
  /** What an empty answer stands for. */
  readonly otherwise?: (answers: Readonly<Record<string, string>>) => string;
  /** What is wrong with an answer; null where nothing is. */
  readonly wrong?: (answer: string) => string | null;
}

/** Asks on a terminal, one question after another, each until its answer is right. */
export async function ask(
  questions: readonly Question[],
  input: Readable,
  output: Writable,
): Promise<Record<string, string>> {
  const terminal = createInterface({ input, output });
  const lines = terminal[Symbol.asyncIterator]();
  const answers: Record<string, string> = {};
  try {
    for (const question of questions) {
      const otherwise = question.otherwise?.(answers) ?? "";
      for (let answer = ""; answers[question.option] === undefined; ) {
        output.write(`${question.words}${otherwise === "" ? "" : ` [${otherwise}]`}: `);
        const line = await lines.next();
        if (line.done === true) return answers;
        answer = line.value.trim() === "" ? otherwise : line.value.trim();
        const wrong = answer === "" ? "chưa có câu trả lời" : (question.wrong?.(answer) ?? null);
        if (wrong === null) answers[question.option] = answer;
        else output.write(`  ${wrong}\n`);
      }
    }
    return answers;
  } finally {
    terminal.close();
  }
}

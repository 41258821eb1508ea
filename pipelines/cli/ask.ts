import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";

/** A fact that is asked for where no option gives it. */
export interface Question {
  /** The option that answers it, without dashes. */
  readonly option: string;
  /** What is asked, as it may follow from the answers before. */
  readonly words: string | ((answers: Answers) => string);
  /** What an empty answer stands for. */
  readonly otherwise?: (answers: Answers) => string;
  /** What is wrong with an answer, after those before; null where nothing is. */
  readonly wrong?: (answer: string, answers: Answers) => string | null;
}

type Answers = Readonly<Record<string, string>>;

/**
 * Asks on a terminal, one question after another, each until its answer is right.
 * @param given answers that options gave; a wrong one is reported and asked for again
 */
export async function ask(
  questions: readonly Question[],
  input: Readable,
  output: Writable,
  given: Answers = {},
): Promise<Record<string, string>> {
  const terminal = createInterface({ input, output });
  const lines = terminal[Symbol.asyncIterator]();
  const answers: Record<string, string> = {};
  try {
    for (const question of questions) {
      const otherwise = question.otherwise?.(answers) ?? "";
      const words = typeof question.words === "string" ? question.words : question.words(answers);
      for (let answer = given[question.option]; answers[question.option] === undefined; ) {
        if (answer === undefined) {
          output.write(`${words}${otherwise === "" ? "" : ` [${otherwise}]`}: `);
          const line = await lines.next();
          if (line.done === true) return answers;
          answer = line.value.trim() === "" ? otherwise : line.value.trim();
        }
        const wrong =
          answer === "" ? "chưa có câu trả lời" : (question.wrong?.(answer, answers) ?? null);
        if (wrong === null) answers[question.option] = answer;
        else output.write(`  ${wrong}\n`);
        answer = undefined;
      }
    }
    return answers;
  } finally {
    terminal.close();
  }
}

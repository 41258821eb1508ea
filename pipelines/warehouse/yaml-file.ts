import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";

/** What texts say, by the text: who builds again reads the same files, and to parse them takes longest. */
const READ = new Map<string, unknown>();

/**
 * A YAML file of this project, such as those beside the models.
 * @throws Failure that names the file and what is wrong in it
 */
export function readYaml<T>(file: string, shape: z.ZodType<T>): T {
  const text = readFileSync(file, "utf8");
  if (!READ.has(text)) {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error !== undefined) {
      throw new Failure(
        `${file}: ${error.message}\nVăn bản có dấu hai chấm hoặc mã thì viết từ dòng riêng, dưới ">-".`,
      );
    }
    READ.set(text, document.toJS());
  }
  const parsed = shape.safeParse(READ.get(text));
  if (!parsed.success) throw new Failure(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

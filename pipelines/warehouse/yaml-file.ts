import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";

/**
 * A YAML file of this project, such as those beside the models.
 * @throws Failure that names the file and what is wrong in it
 */
export function readYaml<T>(file: string, shape: z.ZodType<T>): T {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [error] = document.errors;
  if (error !== undefined) {
    throw new Failure(
      `${file}: ${error.message}\nVăn bản có dấu hai chấm hoặc mã thì viết từ dòng riêng, dưới ">-".`,
    );
  }
  const parsed = shape.safeParse(document.toJS());
  if (!parsed.success) throw new Failure(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { checkPlanFile } from "../sources/check/plan-check.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Context } from "./context.ts";
import { checkText } from "./plan-check-command.ts";

/**
 * Writes a plan file and the tables beside it, checks it and says what a person has yet to decide.
 * @throws Failure before anything is written, where one of the files is there already
 */
export function writePlan(
  context: Context,
  file: string,
  files: ReadonlyMap<string, string>,
  sources: string,
): void {
  for (const path of files.keys()) {
    if (existsSync(path)) {
      throw new Failure(`${path}: đã có tệp này và không ghi đè lên; đặt tên khác bằng --out.`);
    }
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  }
  const check = checkPlanFile(file, sources);
  if (check.plan === null) context.refuse();
  context.out(checkText(check));
  for (const path of files.keys()) context.out(`Đã viết ${path}.`);
}

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { checkPlanFile, errorsOf, type PlanCheck } from "../sources/check/plan-check.ts";
import { linesOf } from "../sources/targets/target-lines.ts";
import { draftText } from "../sources/unsettled-plan.ts";
import { Failure } from "../vocabulary/failure.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import type { Context } from "./context.ts";

/** What was found in a plan file, for the person who writes it. */
export function checkText(check: PlanCheck): string {
  const { file, problems, plan, targets } = check;
  const lines = problems.map((problem) =>
    problem.severity === "doubt"
      ? `Lưu ý: ${describeSourceProblem(problem)}`
      : describeSourceProblem(problem),
  );
  const wrong = errorsOf(check).length;
  if (plan === null) return [...lines, `${file}: ${problems.length} lỗi.`].join("\n");
  const { glossary, indicators, measures, periods, units } = plan;
  const counts = [
    `${indicators.length} chỉ tiêu`,
    `${measures.length} số liệu`,
    `${periods.length} kỳ`,
    `${units.length} đơn vị`,
    ...(glossary.length > 0 ? [`${glossary.length} thuật ngữ`] : []),
  ].join(", ");
  const doubts = problems.length === wrong ? "" : `, ${problems.length - wrong} điều cần xem lại`;
  const errors = wrong === 0 ? "Không có lỗi" : `${wrong} điều chưa đối chiếu với văn bản`;
  return [
    ...lines,
    ...(targets.length === 0 ? [] : ["Mức chỉ tiêu, như người đọc sẽ thấy, và cách đo:"]),
    ...targets.flatMap(linesOf).map((line) => `  ${line}`),
    `${file}: ${counts}. ${errors}${doubts}.`,
    ...(plan.state === "draft" ? [draftText(file)] : []),
  ].join("\n");
}

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
  if (errorsOf(check).length > 0) context.refuse();
  context.out(checkText(check));
  for (const path of files.keys()) context.out(`Đã viết ${path}.`);
}

import type { Command } from "commander";
import { checkPlanFile, type PlanCheck } from "../sources/check/plan-check.ts";
import { linesOf } from "../sources/targets/target-lines.ts";
import { draftText } from "../sources/unsettled-plan.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

/** `plan check FILE…`: every problem of a plan file with its line and field. */
export function planCheckCommand(context: Context): Command {
  return newCommand(
    "check",
    "kiểm tra tệp kế hoạch: nêu mọi lỗi một lần, và từng chỉ tiêu như người đọc sẽ thấy",
  )
    .argument("<file...>", "các tệp kế hoạch (YAML)")
    .addOption(jsonOption())
    .action(async (files: string[], options: OutputOptions) => {
      const results = files.map((file) => checkPlanFile(file, options.sources));
      if (results.some(({ plan }) => plan === null)) context.refuse();
      if (options.json) context.out(jsonText(results.flatMap(({ problems }) => problems)));
      else for (const result of results) context.out(checkText(result));
    });
}

/** What was found in a plan file, for the person who writes it. */
export function checkText({ file, problems, plan, targets }: PlanCheck): string {
  const lines = problems.map((problem) =>
    problem.severity === "doubt"
      ? `Lưu ý: ${describeSourceProblem(problem)}`
      : describeSourceProblem(problem),
  );
  if (plan === null) return [...lines, `${file}: ${problems.length} lỗi.`].join("\n");
  const { glossary, indicators, measures, periods, units } = plan;
  const counts = [
    `${indicators.length} chỉ tiêu`,
    `${measures.length} số liệu`,
    `${periods.length} kỳ`,
    `${units.length} đơn vị`,
    ...(glossary.length > 0 ? [`${glossary.length} thuật ngữ`] : []),
  ].join(", ");
  const doubts = problems.length === 0 ? "" : `, ${problems.length} điều cần xem lại`;
  return [
    ...lines,
    ...(targets.length === 0 ? [] : ["Mức chỉ tiêu, như người đọc sẽ thấy, và cách đo:"]),
    ...targets.flatMap(linesOf).map((line) => `  ${line}`),
    `${file}: ${counts}. Không có lỗi${doubts}.`,
    ...(plan.state === "draft" ? [draftText(file)] : []),
  ].join("\n");
}

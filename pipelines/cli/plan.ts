import type { Command } from "commander";
import { checkPlanFile } from "../sources/plan-check.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

/** `plan check FILE…`: every problem of a plan file with its line and field. */
export function define(command: Command, context: Context): void {
  command
    .description("Work with plan files.")
    .helpCommand(false)
    .addCommand(
      newCommand("check", "check plan files: every problem with file, line and field")
        .argument("<file...>", "plan files (YAML)")
        .addOption(jsonOption())
        .action(async (files: string[], options: OutputOptions) => {
          const results = files.map((file) => checkPlanFile(file, options.sources));
          const problems = results.flatMap((result) => result.problems);
          if (problems.length > 0) context.refuse();
          if (options.json) {
            context.out(jsonText(problems));
            return;
          }
          for (const problem of problems) context.out(describeSourceProblem(problem));
          for (const { file, plan } of results) {
            if (plan === null) continue;
            const { glossary, indicators, measures, periods, units } = plan;
            context.out(
              `${file}: ${indicators.length} indicators, ${measures.length} measures, ` +
                `${periods.length} periods, ${units.length} units` +
                `${glossary.length > 0 ? `, ${glossary.length} glossary terms` : ""}. No problem found.`,
            );
          }
        }),
    );
}

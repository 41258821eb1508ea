import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface FormsOptions extends OutputOptions {
  readonly plan?: string;
  readonly out: string;
  readonly unit?: string;
}

/** `forms PERIOD`: one blank Excel form a unit. */
export function formsCommand(context: Context): Command {
  return newCommand("forms", "write the blank Excel forms of a period, one a unit")
    .argument("<period>", "code of the period, such as 2024-Q2")
    .option("--plan <id>", "id of the plan, where more than one has the period")
    .option("--out <dir>", "folder to write to", "forms")
    .option("--unit <code>", "only the form of this unit")
    .addOption(jsonOption())
    .action(async (periodCode: string, options: FormsOptions) => {
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { choosePlan, choosePeriod, chooseUnit } = await import("./choice.ts");
      const { writeForms } = await import("../forms/form-files.ts");
      const { fileFailure } = await import("../warehouse/file-failure.ts");
      const plan = choosePlan(readCatalogue(options.sources), { id: options.plan, periodCode });
      const period = choosePeriod(plan, periodCode);
      const units =
        options.unit === undefined ? plan.units : [chooseUnit(plan, period, options.unit)];
      try {
        const written = await writeForms({ ...plan, units }, period, options.out);
        const forms = written.map(({ unit, file }) => ({
          plan_id: plan.plan.id,
          period: period.code,
          unit: unit.code,
          unit_name: unit.name,
          file,
        }));
        if (options.json) context.out(jsonText(forms));
        else for (const { file, unit_name } of forms) context.out(`${file}  ${unit_name}`);
      } catch (error) {
        throw fileFailure(error, `The forms could not be written to ${options.out}`);
      }
    });
}

import type { Command } from "commander";
import { writeForms } from "../forms/form-files.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { choosePeriod, choosePlan, chooseUnit } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";

interface FormsOptions extends OutputOptions {
  readonly plan?: string;
  readonly out: string;
  readonly unit?: string;
}

/** `forms PERIOD`: one blank Excel form a unit. */
export function define(command: Command, context: Context): void {
  command
    .argument("<period>", "code of the period, such as 2024-Q2")
    .option("--plan <id>", "id of the plan, where more than one has the period")
    .option("--out <dir>", "folder to write to", "forms")
    .option("--unit <code>", "only the form of this unit")
    .addOption(jsonOption())
    .action(async (periodCode: string, options: FormsOptions) => {
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

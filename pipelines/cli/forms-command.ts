import { type Command, InvalidArgumentError } from "commander";
import { blankForms, writeForms } from "../forms/form-files.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { chooseForms, choosePeriods } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { readSources } from "./read-sources.ts";

interface FormsOptions extends OutputOptions {
  readonly due?: string;
  readonly plan?: string;
  readonly unit?: string;
  readonly out: string;
  readonly replace?: true;
}

/** `forms PERIOD`: the blank Excel forms of a period, of every plan that has it. */
export function define(command: Command, context: Context): void {
  command
    .argument("[period]", "code of the period, such as 2024-Q2: of every plan that has it")
    .option(
      "--due <date>",
      "instead of a period: every report whose last day is in a month such as 2024-06 or on a day such as 2024-06-09",
      dueArgument,
    )
    .option("--plan <id>", "only the forms of this plan")
    .option("--unit <code>", "only the forms of this unit")
    .option("--out <dir>", "folder to write to", "forms")
    .option("--replace", "write over files that are there and differ")
    .addOption(jsonOption())
    .action(async (period: string | undefined, options: FormsOptions) => {
      const chosen = choosePeriods(readSources(options, context), {
        planId: options.plan,
        ...periodOrDue(period, options.due),
      });
      const all = chosen.flatMap((one) => blankForms(one.plan, one.period));
      if (all.length === 0) {
        const [first] = chosen;
        throw new Failure(
          `Nobody owes a report for ${first?.period.code}: the plan ${first?.plan.plan.id} is in force from ${first?.plan.plan.in_force_from}.`,
        );
      }
      const wanted = options.unit === undefined ? all : chooseForms(all, options.unit);
      try {
        const forms = await writeForms(wanted, options.out, options.replace === true);
        if (options.json) {
          context.out(
            jsonText(
              forms.map((one) => ({
                plan_id: one.plan.plan.id,
                period: one.period.code,
                unit: one.unit.code,
                unit_name: one.unit.name,
                file: one.file,
                is_written: one.isWritten,
              })),
            ),
          );
          return;
        }
        for (const { file, unit, isWritten } of forms) {
          context.out(`${file}  ${unit.name}${isWritten ? "" : "  (was there already)"}`);
        }
      } catch (error) {
        throw fileFailure(error, `The forms could not be written to ${options.out}`);
      }
    });
}

function periodOrDue(
  periodCode: string | undefined,
  due: string | undefined,
): { periodCode: string } | { due: string } {
  if (periodCode !== undefined && due === undefined) return { periodCode };
  if (due !== undefined && periodCode === undefined) return { due };
  throw wrongUsage(
    "Name either a period, such as 2024-Q2, or with --due a month such as 2024-06 in which reports are due.",
  );
}

function dueArgument(text: string): string {
  const isMonth = /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
  if (isMonth || isCalendarDate(text)) return text;
  throw new InvalidArgumentError("It must be a month such as 2024-06 or a day such as 2024-06-09.");
}

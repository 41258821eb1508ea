import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ResolvedPlan } from "../sources/catalogue.ts";
import { goneOn, nextPlan } from "../sources/next-plan.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { writePlan } from "./write-plan.ts";

interface NextOptions extends FolderOptions {
  readonly plan?: string;
  readonly out?: string;
}

/** `plan next YEAR`: the plan file of a later year from one that is there. */
export function planNextCommand(context: Context): Command {
  return newCommand("next", "write next year's plan file from this year's, and mark what to decide")
    .argument("<year>", "first year of the new plan", yearArgument)
    .option("--plan <id>", "the plan to go on from, where there are several")
    .option("--out <file>", "the file to write, beside the other plans by default")
    .action(async (year: number, options: NextOptions) => {
      const catalogue = readSources(options, context);
      const before = planBefore(catalogue.plans, year, options.plan);
      const { plan, file } = before;
      const wrong = catalogue.unsettled.find(({ plan_id }) => plan_id === plan.id);
      if (wrong !== undefined) throw new Failure(`Correct ${wrong.file} first.`);
      const folder = dirname(file);
      const next = nextPlan(
        readFileSync(file, "utf8"),
        plan,
        year,
        (name) => readFileSync(join(folder, name), "utf8"),
        (day) => goneOn(day, before, catalogue),
      );
      const out = options.out ?? join(folder, `${next.id}.yaml`);
      const files = new Map([
        [out, next.text],
        ...[...next.tables].map(([name, text]) => [join(dirname(out), name), text] as const),
      ]);
      writePlan(context, out, files, options.sources);
    });
}

/** The plan that is named, or the only one that ends before a year and that no other continues. */
function planBefore(
  plans: readonly ResolvedPlan[],
  year: number,
  id: string | undefined,
): ResolvedPlan {
  const ids = plans.map(({ plan }) => plan.id).join(", ");
  const isBefore = ({ plan }: ResolvedPlan): boolean =>
    plan.periods.every((period) => period.year < year);
  if (id !== undefined) {
    const named = plans.find(({ plan }) => plan.id === id);
    if (named === undefined) throw wrongUsage(`There is no plan "${id}". There are: ${ids}.`);
    if (!isBefore(named)) throw wrongUsage(`The plan ${id} is not over before ${year}.`);
    return named;
  }
  const last = plans.filter(
    (one) => isBefore(one) && !plans.some(({ plan }) => plan.continues?.plan === one.plan.id),
  );
  const [first, second] = last;
  if (first === undefined) {
    throw wrongUsage(`No plan ends before ${year} that none continues. There are: ${ids}.`);
  }
  if (second !== undefined) {
    const others = last.map(({ plan }) => plan.id).join(", ");
    throw wrongUsage(`Several plans may be meant; add --plan with one of: ${others}.`);
  }
  return first;
}

function yearArgument(text: string): number {
  if (!/^[12]\d{3}$/.test(text))
    throw new InvalidArgumentError("It must be a year of four digits.");
  return Number(text);
}

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ResolvedPlan } from "../sources/catalogue.ts";
import { goneOn, nextPlan } from "../sources/writing/next-plan.ts";
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
  return newCommand(
    "next",
    "viết tệp kế hoạch năm sau từ năm nay, đánh dấu những gì phải quyết định",
  )
    .argument("<year>", "năm đầu của kế hoạch mới", yearArgument)
    .option("--plan <id>", "kế hoạch được tiếp tục, khi có nhiều")
    .option("--out <file>", "tệp cần ghi, mặc định cạnh các kế hoạch khác")
    .action(async (year: number, options: NextOptions) => {
      const catalogue = readSources(options, context);
      const before = planBefore(catalogue.plans, year, options.plan);
      const { plan, file } = before;
      const wrong = catalogue.unsettled.find(({ plan_id }) => plan_id === plan.id);
      if (wrong !== undefined) throw new Failure(`Sửa ${wrong.file} trước.`);
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
    if (named === undefined) throw wrongUsage(`Không có kế hoạch "${id}". Hiện có: ${ids}.`);
    if (!isBefore(named)) throw wrongUsage(`Kế hoạch ${id} chưa kết thúc trước năm ${year}.`);
    return named;
  }
  const last = plans.filter(
    (one) => isBefore(one) && !plans.some(({ plan }) => plan.continues?.plan === one.plan.id),
  );
  const [first, second] = last;
  if (first === undefined) {
    throw wrongUsage(
      `Không kế hoạch nào kết thúc trước năm ${year} mà chưa có kế hoạch tiếp theo. Hiện có: ${ids}.`,
    );
  }
  if (second !== undefined) {
    const others = last.map(({ plan }) => plan.id).join(", ");
    throw wrongUsage(`Có nhiều kế hoạch phù hợp; thêm --plan kèm một trong các mã: ${others}.`);
  }
  return first;
}

function yearArgument(text: string): number {
  if (!/^[12]\d{3}$/.test(text)) throw new InvalidArgumentError("Ghi năm gồm bốn chữ số.");
  return Number(text);
}

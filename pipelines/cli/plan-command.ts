import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { planBelowOf } from "../intake/handed-up.ts";
import { openReadingPool } from "../intake/reading-pool.ts";
import { readSealKey } from "../publishing/seal-key.ts";
import type { ResolvedPlan } from "../sources/catalogue.ts";
import { checkPlanFile, errorsOf } from "../sources/check/plan-check.ts";
import { handedPlan } from "../sources/writing/handed-plan.ts";
import { goneOn, nextPlan } from "../sources/writing/next-plan.ts";
import { plansAbove, withMapping } from "../sources/writing/plan-mapping.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { readNamedFile } from "../warehouse/file-failure.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import { choosePlan } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { type AnyCommand, jsonOption, newCommand } from "./options.ts";
import { planNewCommand } from "./plan-new-command.ts";
import { planReadCommand } from "./plan-read-command.ts";
import { readSources } from "./read-sources.ts";
import { checkText, writePlan } from "./write-plan.ts";

/** The commands under `plan`, which work with plan files. */
export function define(command: AnyCommand, context: Context): void {
  command
    .description("Lập và kiểm tra tệp kế hoạch.")
    .helpCommand(false)
    .addCommand(planCheckCommand(context))
    .addCommand(planNewCommand(context))
    .addCommand(planNextCommand(context))
    .addCommand(planReadCommand(context))
    .addCommand(planHandDownCommand(context))
    .addCommand(planMapCommand(context));
}

/** `plan check FILE…`: every problem of a plan file with its line and field. */
function planCheckCommand(context: Context): AnyCommand {
  return newCommand(
    "check",
    "kiểm tra tệp kế hoạch: nêu mọi lỗi một lần, và từng chỉ tiêu như người đọc sẽ thấy",
  )
    .argument("<file...>", "các tệp kế hoạch (YAML)")
    .addOption(jsonOption())
    .action(async (files, options) => {
      const results = files.map((file) => checkPlanFile(file, options.sources));
      if (results.some((one) => errorsOf(one).length > 0)) context.refuse();
      if (options.json) context.out(jsonText(results.flatMap(({ problems }) => problems)));
      else for (const result of results) context.out(checkText(result));
    });
}

/** `plan next YEAR`: the plan file of a later year from one that is there. */
function planNextCommand(context: Context): AnyCommand {
  return newCommand(
    "next",
    "viết tệp kế hoạch năm sau từ năm nay, đánh dấu những gì phải quyết định",
  )
    .argument("<year>", "năm đầu của kế hoạch mới", yearArgument)
    .option("--plan <id>", "kế hoạch được tiếp tục, khi có nhiều")
    .option("--out <file>", "tệp cần ghi, mặc định cạnh các kế hoạch khác")
    .action(async (year, options) => {
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

/** `plan hand-down`: a plan as one file from which the offices below begin their own. */
function planHandDownCommand(context: Context): AnyCommand {
  return newCommand(
    "hand-down",
    "ghi một kế hoạch thành tệp để cơ quan cấp dưới bắt đầu kế hoạch của mình",
  )
    .argument("<plan>", "mã kế hoạch")
    .option("--out <file>", "tệp cần ghi, mặc định ở thư mục hiện tại")
    .option("--seal-key <file>", "ký bằng khóa này")
    .action(async (id, options) => {
      const plan = choosePlan(readSources(options, context), { id, periodCode: "" });
      const key = options.sealKey === undefined ? null : await readSealKey(options.sealKey);
      const { name, bytes } = handedPlan(plan, key);
      const file = options.out ?? name;
      await placeFiles([{ file, bytes }], () => false);
      context.out(file);
    });
}

/** `plan map PACKAGE`: which measures of a plan are those of a package, by equal codes and names. */
function planMapCommand(context: Context): AnyCommand {
  return newCommand(
    "map",
    "cho biết số liệu nào của kế hoạch ứng với số liệu trong gói của cấp dưới",
  )
    .argument("<package>", "tệp .zip do cơ quan cấp dưới gửi lên")
    .option("--plan <id>", "kế hoạch nhận số liệu, nếu có nhiều kế hoạch")
    .option("--write", "ghi taken_from vào tệp kế hoạch")
    .action(async (file, options) => {
      readNamedFile(file, `Không đọc được ${file}`);
      const pool = openReadingPool(() => []);
      const read = await pool.handed({ path: file }).finally(() => pool.close());
      if ("unread" in read || !read.ok) throw new Failure(`${file}: không phải gói còn nguyên.`);
      const below = planBelowOf(read.version);
      const all = plansAbove(readSources(options, context).plans, below);
      const id = options.plan;
      const found = all.filter(({ resolved }) => id === undefined || resolved.plan.id === id);
      const [first, other] = found;
      if (first === undefined || other !== undefined) {
        const ids = all.map(({ resolved }) => resolved.plan.id).join(", ");
        throw new Failure(
          ids === ""
            ? `Không kế hoạch nào có số liệu cùng mã hoặc cùng tên với ${below.id}.`
            : `Chọn một kế hoạch bằng --plan: ${ids}.`,
        );
      }
      const { resolved, mapping } = first;
      for (const line of mapping.notes) context.out(line);
      if (options.write !== true) return;
      const text = withMapping(readFileSync(resolved.file, "utf8"), below, mapping);
      await placeFiles([{ file: resolved.file, bytes: Buffer.from(text) }], () => true);
      context.out(`Đã ghi taken_from vào ${resolved.file}.`);
    });
}

import { InvalidArgumentError } from "@commander-js/extra-typings";
import { blankForms, writeForms } from "../forms/form-files.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { chooseForms, choosePeriods } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";
import { readSources } from "./read-sources.ts";

/** `forms PERIOD`: the blank Excel forms of a period, of every plan that has it. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2: của mọi kế hoạch có kỳ ấy")
    .option(
      "--due <date>",
      "thay cho kỳ: mọi báo cáo có hạn gửi trong tháng như 2024-06 hoặc vào ngày như 2024-06-09",
      dueArgument,
    )
    .option("--plan <id>", "chỉ biểu của kế hoạch này")
    .option("--unit <code>", "chỉ biểu của đơn vị này")
    .option("--out <dir>", "thư mục để ghi", "forms")
    .option("--replace", "ghi đè lên tệp đã có mà khác nội dung")
    .addOption(jsonOption())
    .action(async (period, options) => {
      const chosen = choosePeriods(readSources(options, context), {
        planId: options.plan,
        ...periodOrDue(period, options.due),
      });
      const all = chosen.flatMap((one) => blankForms(one.plan, one.period));
      if (all.length === 0) {
        const [first] = chosen;
        throw new Failure(
          `Không đơn vị nào phải báo cáo kỳ ${first?.period.code}: kế hoạch ${first?.plan.plan.id} có hiệu lực từ ${first?.plan.plan.in_force_from}.`,
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
          context.out(`${file}  ${unit.name}${isWritten ? "" : "  (đã có sẵn)"}`);
        }
      } catch (error) {
        throw fileFailure(error, `Không ghi được các biểu vào ${options.out}`);
      }
    });
}

function periodOrDue(
  periodCode: string | undefined,
  due: string | undefined,
): { periodCode: string } | { due: string } {
  if (periodCode !== undefined && due === undefined) return { periodCode };
  if (due !== undefined && periodCode === undefined) return { due };
  throw wrongUsage("Ghi kỳ báo cáo, như 2024-Q2, hoặc --due kèm tháng hết hạn gửi, như 2024-06.");
}

function dueArgument(text: string): string {
  const isMonth = /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
  if (isMonth || isCalendarDate(text)) return text;
  throw new InvalidArgumentError("Ghi tháng như 2024-06 hoặc ngày như 2024-06-09.");
}

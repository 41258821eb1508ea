import { Option } from "@commander-js/extra-typings";
import { actsOf, actWords, WAYS } from "../desk/reporting/report-acts.ts";
import { readWatchState } from "../intake/watch-state.ts";
import { type ReportAct, recordReportActs } from "../ledger/recorded-acts.ts";
import { readStatus } from "../models/submission-status.ts";
import { unsettledLines } from "../sources/unsettled-plan.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { writtenText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { recordedNow } from "./actor.ts";
import { checkChoice, choosePlan, chooseUnit } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { type AnyCommand, type FolderCommand, jsonOption, newCommand } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { statusText, unitStatusText, watchText } from "./status-text.ts";

/** `status`: who has sent what, and whom to chase up; or what one unit owes over all plans. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2 (mặc định: mọi kỳ)")
    .option("--plan <id>", "chỉ kế hoạch này")
    .option("--unit <code>", "đơn vị này còn phải gửi gì theo mọi kế hoạch, hạn sớm nhất trước")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (period, options) => {
      const catalogue = readSources(options, context);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const paths = existingWarehouse(options.warehouse);
      // printed first: what is waited for may keep the ledger from being read
      const watch = options.json ? null : watchText(await readWatchState(paths));
      if (watch !== null) context.out(`${watch}\n`);
      const drafts = catalogue.unsettled.filter(({ state }) => state === "draft");
      for (const one of options.json ? [] : drafts) {
        context.out(`${unsettledLines(one).join("\n")}\n`);
      }
      const { rows, units } = await readStatus({
        paths,
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const unit = options.unit === undefined ? null : chooseUnit(units, options.unit);
      const chosen =
        unit === null ? rows : rows.filter(({ office_code }) => office_code === unit.office_code);
      if (options.json) {
        context.out(jsonText(chosen));
        return;
      }
      if (unit === null) context.out(statusText(rows, period === undefined));
      else context.out(unitStatusText(unit, chosen));
    })
    .addCommand(actCommand(context, "extend"))
    .addCommand(actCommand(context, "return"))
    .addCommand(actCommand(context, "keep"))
    .addCommand(actCommand(context, "ask"));
}

/** What is done about the report of a unit by a command of its own, and how the desk calls that. */
const ACTS = {
  extend: ["gia-han", "gia hạn gửi báo cáo cho một đơn vị"],
  return: ["tra-lai", "trả lại báo cáo đã nhận cho đơn vị; báo cáo ấy không còn được dùng"],
  keep: ["giu-bao-cao", "giữ báo cáo đã tiếp nhận khi tệp gửi sau bị trả lại"],
  ask: ["hoi", "hỏi một đơn vị về báo cáo, hẹn ngày trả lời"],
} as const;

function actCommand(context: Context, name: keyof typeof ACTS): AnyCommand {
  const [way, says] = ACTS[name];
  return newCommand(name, says)
    .argument("<period>", "mã kỳ báo cáo, như 2024-Q2")
    .requiredOption("--unit <code>", "đơn vị nào")
    .option("--plan <id>", "khi nhiều kế hoạch có kỳ ấy")
    .addOption(
      new Option(
        "--until <day>",
        "ngày cuối cùng còn đúng hạn hoặc để trả lời, năm-tháng-ngày",
      ).makeOptionMandatory(name === "extend" || name === "ask"),
    )
    .addOption(
      new Option("--remark <text>", "lời cho đơn vị đọc; được lưu vĩnh viễn").makeOptionMandatory(
        name !== "extend",
      ),
    )
    .action(async (period, options) => {
      const catalogue = readSources(options, context);
      const { plan } = choosePlan(catalogue, { id: options.plan, periodCode: period });
      const paths = existingWarehouse(options.warehouse);
      const { rows, units } = await readStatus({ paths, catalogue, plan: plan.id, period });
      const { office_code } = chooseUnit(units, options.unit);
      const row = rows.find((one) => one.office_code === office_code);
      const meant = WAYS[way];
      if (row === undefined || meant === undefined || row.timeliness === "not_applicable") {
        throw wrongUsage(`${options.unit} không phải báo cáo kỳ ${period} theo ${plan.id}.`);
      }
      const text = writtenText(options.remark ?? "");
      const acts = actsOf(meant, { row, done: [] }, { day: options.until ?? "", text });
      if (typeof acts === "string") throw wrongUsage(acts);
      await recordReportActs(paths, {
        acts,
        ...(await recordedNow(paths)),
      });
      context.out(`${row.unit_name}, ${row.period_name}: ${acts.map(actText).join("; ")}.`);
    });
}

function actText({ act, dueBefore }: ReportAct): string {
  return inSentence(actWords({ act, due_before: dueBefore ?? null }));
}

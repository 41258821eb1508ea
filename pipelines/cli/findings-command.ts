import { placeInWords } from "../intake/reply.ts";
import { acknowledgeFindings } from "../ledger/recorded-acts.ts";
import { type Finding, readFindings } from "../models/finding.ts";
import { findingRemedy, findingSentence } from "../vocabulary/finding-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { recordedNow } from "./actor.ts";
import { checkChoice, chooseFindings } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import {
  type AnyCommand,
  type FolderCommand,
  jsonOption,
  newCommand,
  statedReason,
} from "./options.ts";
import { readSources } from "./read-sources.ts";

/** `findings`: the open errors and doubts; `findings acknowledge` lets some of them stand. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2 (mặc định: mọi kỳ)")
    .option("--plan <id>", "chỉ kế hoạch này")
    .option("--all", "cả những điểm đã xác nhận, kèm lý do")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (period, options) => {
      const catalogue = readSources(options, context);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const findings = await readFindings({
        paths: existingWarehouse(options.warehouse),
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const listed = findings.filter((one) => options.all === true || !one.is_acknowledged);
      context.out(
        options.json
          ? jsonText(listed.map((one) => ({ ...one, ...wordsOf(one) })))
          : findingsText(listed),
      );
    })
    .addCommand(acknowledgeCommand(context));
}

function acknowledgeCommand(context: Context): AnyCommand {
  return newCommand("acknowledge", "xác nhận các điểm cần kiểm tra, kèm lý do")
    .argument("<id...>", "mã như chitieu findings liệt kê; chỉ cần các ký tự đầu")
    .requiredOption(
      "--reason <text>",
      "lý do xác nhận, để nội bộ đọc: không nêu tên người, không nêu số liệu không công bố",
    )
    .addOption(jsonOption())
    .action(async (ids, options) => {
      const reason = statedReason(
        options.reason,
        "Lý do để trống. Ghi vì sao xác nhận các điểm ấy.",
      );
      const paths = existingWarehouse(options.warehouse);
      const catalogue = readSources(options, context);
      const findings = await readFindings({ paths, catalogue, plan: null, period: null });
      const chosen = chooseFindings(findings, ids);
      const open = chosen.filter((one) => !one.is_acknowledged);
      const known = chosen.filter((one) => one.is_acknowledged);
      if (open.length > 0) {
        await acknowledgeFindings(paths, {
          findingIds: open.map(({ finding_id }) => finding_id),
          reason,
          ...(await recordedNow(paths)),
        });
      }
      if (options.json) {
        const idsOf = (list: readonly Finding[]): string[] => list.map((one) => one.finding_id);
        context.out(jsonText({ acknowledged: idsOf(open), already: idsOf(known), reason }));
        return;
      }
      for (const one of open) context.out(`đã xác nhận ${findingLine(one)}`);
      for (const one of known) {
        context.out(
          `đã xác nhận từ ${one.acknowledged_at}: ${findingLine(one)} ("${one.acknowledged_reason}")`,
        );
      }
      if (open.length > 0) {
        context.out(
          "Trang nội bộ nêu lý do sau lần chitieu refresh tới; trang chung chỉ nêu khi có người cho công bố (chitieu texts).",
        );
      }
    });
}

/** As much of an id as tells findings apart in a list. */
const SHORT_ID = 8;

/** `3f2a9c01 Phường Một, Quý 2 (Q2), Số người`: which finding is meant. */
function findingLine(finding: Finding): string {
  const { finding_id, unit_name, area_name, period_name, period, measure_name } = finding;
  // a ward's own name stands in that of its committee already
  const area = area_name === null || namesArea(unit_name, area_name) ? [] : [area_name];
  const figure = measure_name === null ? [] : [measure_name];
  const where = [unit_name, ...area, `${period_name} (${period})`, ...figure];
  return `${finding_id.slice(0, SHORT_ID)} ${where.join(", ")}`;
}

/** The list for the operator: a line of place, then what was found and what to do, in Vietnamese. */
function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return "Không còn điểm nào phải xử lý.";
  const count = (severity: Finding["severity"]): number =>
    findings.filter((one) => one.severity === severity).length;
  return [
    ...findings.map(findingText),
    `${count("error")} lỗi, ${count("doubt")} điểm cần kiểm tra. ` +
      'Xác nhận một điểm: chitieu findings acknowledge MÃ --reason "…"',
  ].join("\n");
}

function findingText(finding: Finding): string {
  const { found, remedy } = wordsOf(finding);
  return [
    `${finding.severity === "error" ? "lỗi" : "cần kiểm tra"} ${findingLine(finding)}`,
    `      ${placeText(finding)}${found} ${remedy}`,
    ...(finding.explanation === null
      ? []
      : [
          `      ${finding.explained_by} giải trình ${finding.explained_at}: ${finding.explanation}`,
        ]),
    ...(finding.is_acknowledged
      ? [`      xác nhận ${finding.acknowledged_at}: ${finding.acknowledged_reason}`]
      : []),
  ].join("\n");
}

/** What was found and what to do about it, each in whole sentences. */
function wordsOf(finding: Finding): { found: string; remedy: string } {
  return { found: `${findingSentence(finding)}.`, remedy: findingRemedy(finding.rule) };
}

function placeText({ file_name, sheet, cell, line }: Finding): string {
  const place = placeInWords({
    sheet: sheet ?? undefined,
    cell: cell ?? undefined,
    line: line === null ? undefined : Number(line),
  });
  return place === "" ? "" : `${file_name ?? ""}, ${place}: `;
}

/** Whether the name of a unit says its area already: `UBND phường Tam Thanh`. */
function namesArea(unitName: string, areaName: string): boolean {
  return unitName.toLocaleLowerCase("vi").includes(areaName.toLocaleLowerCase("vi"));
}

import type { Command } from "commander";
import { readStatus, type StatusRow } from "../models/submission-status.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { TIMELINESS } from "../vocabulary/words.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { checkChoice } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";

interface StatusOptions extends OutputOptions {
  readonly plan?: string;
}

/** `status`: who has sent what, and whom to chase up. */
export function define(command: Command, context: Context): void {
  command
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every period)")
    .option("--plan <id>", "only this plan")
    .addOption(jsonOption())
    .action(async (period: string | undefined, options: StatusOptions) => {
      const catalogue = readCatalogue(options.sources);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const rows = await readStatus({
        paths: existingWarehouse(options.warehouse),
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      context.out(options.json ? jsonText(rows) : statusText(rows));
    });
}

/** Officers copy this table into messages to the units, so its words are Vietnamese. */
const WORDS = {
  headings: ["Đơn vị", "Tình trạng", "Nhận lần đầu", "Nhận gần nhất", "Số lần gửi"],
  due: (date: string): string => `gửi trước ngày ${date}`,
  days: (count: number): string => `${count} ngày`,
  chase: "ĐÔN ĐỐC",
  nobody: "Không có đơn vị nào cần đôn đốc.",
  nothing: "Không có kỳ báo cáo nào.",
} as const;

/** Whom to chase up, and then the table of every period. */
function statusText(rows: readonly StatusRow[]): string {
  if (rows.length === 0) return WORDS.nothing;
  const blocks = [...groupRows(rows).values()].map((group) => periodText(group));
  return [chaseText(rows), ...blocks].join("\n\n");
}

function groupRows(rows: readonly StatusRow[]): Map<string, StatusRow[]> {
  const groups = new Map<string, StatusRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.plan_id, row.period]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function periodText(rows: readonly StatusRow[]): string {
  const first = rows[0];
  if (first === undefined) return "";
  const title = `${first.period_name} (${first.plan_id}, ${first.period}) - ${WORDS.due(vietnameseDate(first.due_before))}`;
  if (rows.every(({ timeliness }) => timeliness === "not_applicable")) {
    return `${title}\n${TIMELINESS.not_applicable.word}.`;
  }
  const cells = rows.map((row) => [
    row.unit_name,
    timelinessText(row),
    momentText(row.first_received_at),
    momentText(row.last_received_at),
    row.submissions === 0 ? "" : String(row.submissions),
  ]);
  return `${title}\n${tableText([WORDS.headings, ...cells])}`;
}

function timelinessText({ timeliness, days_late }: StatusRow): string {
  const word = TIMELINESS[timeliness].word;
  return timeliness === "late" && days_late !== null ? `${word} ${WORDS.days(days_late)}` : word;
}

/** `10:05 08/06/2024` for `2024-06-08 10:05:00`. */
function momentText(moment: string | null): string {
  return moment === null ? "" : `${moment.slice(11, 16)} ${vietnameseDate(moment)}`;
}

function tableText(lines: readonly (readonly string[])[]): string {
  const composed = lines.map((line) => line.map((cell) => cell.normalize("NFC")));
  const widths = (composed[0] ?? []).map((_, column) =>
    Math.max(...composed.map((line) => [...(line[column] ?? "")].length)),
  );
  const padded = composed.map((line) =>
    line
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [padded[0] ?? "", rule, ...padded.slice(1)].join("\n");
}

function chaseText(rows: readonly StatusRow[]): string {
  const missing = rows.filter(({ timeliness }) => timeliness === "missing");
  if (missing.length === 0) return `${WORDS.chase}\n${WORDS.nobody}`;
  const lines = [...groupRows(missing).values()].map((group) => {
    const first = group[0];
    const units = group.map(({ unit_short_name }) => unit_short_name).join("; ");
    return `${first?.period_name} (${WORDS.due(vietnameseDate(first?.due_before ?? ""))}): ${units}.`;
  });
  return [WORDS.chase, ...lines].join("\n");
}

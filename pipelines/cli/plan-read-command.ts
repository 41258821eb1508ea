import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fromDocument } from "../desk/plans/plan-begin.ts";
import { openReadingPool } from "../intake/reading-pool.ts";
import { READ_TOO_LONG, UNREADABLE } from "../readers/reader-wording.ts";
import { isLight } from "../reading-plans/doubts.ts";
import type { Place } from "../reading-plans/outline.ts";
import type { PlanReading } from "../reading-plans/read-plan.ts";
import type { QuotaTable } from "../reading-plans/tables.ts";
import { askedBesides, type ReadTarget } from "../reading-plans/targets.ts";
import { type OfficeUnit, readOfficeUnits } from "../sources/office/office-unit.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { numberText, unitText } from "../vocabulary/number.ts";
import { type Context, jsonText } from "./context.ts";
import { type AnyCommand, jsonOption, newCommand } from "./options.ts";
import { writePlan } from "./write-plan.ts";

/** `plan read FILE`: what a signed plan says, from its document. */
export function planReadCommand(context: Context): AnyCommand {
  return newCommand(
    "read",
    "đọc kế hoạch đã ký (.docx, .odt, .txt, .md): chỉ tiêu, chế độ báo cáo, đơn vị",
  )
    .argument("<file>", "văn bản")
    .option("--out <file>", "viết tệp kế hoạch, còn phải đối chiếu từng điều với văn bản")
    .addOption(jsonOption())
    .action(async (file, options) => {
      await readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new Failure(`${file}: không có tệp này hoặc không mở được (${error.code}).`);
      });
      // what is wrong with the list is for the commands that stand on it
      const { units } = readOfficeUnits(options.sources, { areas: [], successors: [] });
      const read = await readPlanDocument(file, units, `${file}: `);
      const { out } = options;
      if (out === undefined) return context.out(options.json ? jsonText(read) : readingText(read));
      const { text, tables } = fromDocument(read, { state: "draft" }, () => null);
      const beside = Object.entries(tables).map(
        ([name, lines]) => [join(dirname(out), name), lines] as const,
      );
      writePlan(context, out, new Map([[out, text], ...beside]), options.sources);
    });
}

/**
 * Reads the document of a plan, in a process of its own.
 * @param units of the office, which a plan may call by their names
 * @param lead before what is said of a document that cannot be read
 * @throws Failure in Vietnamese for one
 */
export async function readPlanDocument(path: string, units: readonly OfficeUnit[], lead = "") {
  const known = units
    .filter(({ area }) => area === "")
    .map(({ code, name, short_name }) => ({ code, names: [name, short_name] }));
  const pool = openReadingPool(() => []);
  const read = await pool.plan({ path }, known).finally(() => pool.close());
  if ("unread" in read) {
    const { found, remedy } = read.unread === "limits" ? READ_TOO_LONG : UNREADABLE;
    throw new Failure(`${lead}${found} ${remedy}`);
  }
  if ("code" in read) throw new Failure(`${lead}${read.found} ${read.remedy}`);
  return read;
}

/** What was read of a plan, for the person who goes on with it. */
export function readingText(read: PlanReading): string {
  const or = (text: string | null): string => text ?? "(không thấy)";
  const { signatory } = read;
  const signed =
    signatory === null ? null : `${signatory.name ?? "(không thấy tên)"} (${signatory.post})`;
  return [
    `Số, ký hiệu: ${or(read.number)}`,
    `Ngày: ${read.date === null ? "(không thấy)" : vietnameseDate(read.date)}`,
    `Cơ quan: ${or(read.authority)}`,
    `Tên: ${or(read.title)}`,
    `Người ký: ${or(signed)}`,
    `Thực hiện: ${read.carries_out.map(({ name, by }) => (by === null ? name : `${name} của ${by}`)).join("; ") || "(không thấy)"}`,
    `Năm: ${read.years.join(", ") || "(không thấy)"}`,
    ...read.marks.map((mark) => `  Cần xem lại: ${mark}`),
    "",
    `Chỉ tiêu (${read.targets.length}):`,
    ...read.targets.flatMap((target, index) => [
      `${index + 1}. ${targetText(target)}  [${placeText(target.place)}]`,
      `   “${target.words}”`,
      ...target.marks.map((mark) => `   ${isLight(mark) ? "Nên xem" : "Cần xem"} lại: ${mark}`),
    ]),
    ...read.quotas.flatMap(quotaLines),
    "",
    `Chế độ báo cáo (${read.calendar.length}):`,
    ...read.calendar.map(({ words, place }) => `- ${words}  [${placeText(place)}]`),
    "",
    `Đơn vị (${read.units.length}):`,
    ...read.units.map(
      ({ name, code, each_area }) =>
        `- ${name}${each_area ? " (mỗi địa bàn một đơn vị)" : ""}: ${code ?? "chưa có trong units.csv"}`,
    ),
    "",
    `Chưa hiểu (${read.not_understood.length}):`,
    ...read.not_understood.map(
      ({ sentence, numbers, reason, place }) =>
        `- ${numbers.length === 0 ? "" : `${numbers.join("; ")}: `}${reason}  [${placeText(place)}]\n   “${sentence}”`,
    ),
  ].join("\n");
}

function quotaLines({ place, columns, rows, sums }: QuotaTable): string[] {
  const wrong = sums.flatMap((sum, index) =>
    sum.total === null || sum.total === sum.rows
      ? []
      : [
          `   Cần xem lại: cột “${columns[index]}” cộng lại là ${numberText(sum.rows ?? "0")}, bảng ghi ${numberText(sum.total)}`,
        ],
  );
  return [
    `Bảng mức giao  [${placeText(place)}]: ${columns.join("; ")}; ${rows.length} dòng`,
    ...wrong,
  ];
}

function targetText(target: ReadTarget): string {
  const { comparator, value, to, unit } = target;
  const sizes = [value, ...(to === null ? [] : [to])].map((one) => numberText(one)).join(" đến ");
  const sign = comparator === "between" ? "trong khoảng" : comparator;
  return [`${sign} ${sizes}${unitText(unit)}`, ...askedBesides(target)].join("; ");
}

function placeText({ paragraph, headings, row }: Place): string {
  return [
    `đoạn ${paragraph}`,
    ...(row === undefined ? [] : [`dòng ${row} của bảng`]),
    ...headings
      .slice(-2)
      .map((heading) => (heading.length > 50 ? `${heading.slice(0, 50)}…` : heading)),
  ].join(", ");
}

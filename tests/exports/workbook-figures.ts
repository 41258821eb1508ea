import type { Line, PublishedReport } from "../../pipelines/contract/report.ts";

/** A sheet's cells, row by row; empty cells are null or "". */
export type Cells = readonly (readonly unknown[])[];

const DETAIL: Readonly<Record<string, keyof Line>> = {
  "Mức chỉ tiêu": "target_value",
  "Mức cần đạt tại kỳ": "pace_shown",
  "Tử số trong kỳ": "numerator_in_period",
  "Mẫu số trong kỳ": "denominator_in_period",
  "Giá trị trong kỳ": "value_in_period_shown",
  "Tử số lũy kế": "numerator",
  "Mẫu số lũy kế": "denominator",
  "Giá trị lũy kế": "value_shown",
  "Giá trị lũy kế, chính xác": "value",
  "Quý I năm 2024": "previous_value",
  "Tăng, giảm so với quý I năm 2024": "change_from_previous",
  "Đã có số liệu": "areas_reported",
  "Phải có số liệu": "areas_expected",
  "Lấy số kỳ trước": "areas_carried",
  "Còn thiếu kỳ trước": "periods_missing_before",
};
const MEASURE: Readonly<Record<string, keyof Line>> = {
  "Trong kỳ": "value_in_period",
  "Lũy kế": "value",
  "Đã có số liệu": "areas_reported",
  "Phải có số liệu": "areas_expected",
  "Lấy số kỳ trước": "areas_carried",
  "Còn thiếu kỳ trước": "periods_missing_before",
};

/** What the column of areas is called: as the plan has it, or in general. */
const AREA_HEADERS = ["Phường, xã", "Địa bàn"];

/** A figure of a workbook and of the line from which it should have come, as numbers. */
export interface Compared {
  readonly what: string;
  readonly held: number | null;
  readonly published: number | null;
}

/** Every figure of the sheets of results beside the published one. */
export function comparedFigures(
  report: PublishedReport,
  sheet: (name: string) => Cells,
): Compared[] {
  return [
    ...compared(report, sheet("Chỉ tiêu"), "indicator", DETAIL),
    ...compared(report, sheet("Chi tiết địa bàn"), "indicator", DETAIL),
    ...compared(report, sheet("Số liệu báo cáo"), "measure", MEASURE),
    ...matrix(report, sheet("Theo địa bàn")),
  ];
}

/** The line that a row is of: an indicator by its code, a measure by its number, an area by its name. */
function lineOf(
  { lines, head }: PublishedReport,
  section: Line["section"],
  item: string,
  area: string,
): Line | undefined {
  const whole = `Toàn ${head.area_noun}`;
  return lines.find(
    (line) =>
      line.section === section &&
      (section === "indicator" ? line.code : String(line.item_no)) === item &&
      (line.area_name ?? whole) === area,
  );
}

function compared(
  report: PublishedReport,
  cells: Cells,
  section: Line["section"],
  fields: Readonly<Record<string, keyof Line>>,
): Compared[] {
  const [header = [], rows] = table(cells);
  const at = (row: readonly unknown[], name: string): unknown => row[header.indexOf(name)];
  const areas = AREA_HEADERS.find((name) => header.includes(name));
  return rows.flatMap((row) => {
    const item = text(at(row, "TT"));
    const area = areas === undefined ? `Toàn ${report.head.area_noun}` : text(at(row, areas));
    const line = lineOf(report, section, item, area);
    if (line === undefined) return [];
    return Object.entries(fields)
      .filter(([name]) => header.includes(name))
      .map(([name, field]) => ({
        what: `${section} ${item} ${area} ${field}`,
        held: numberOf(at(row, name)),
        published: line[field] === null ? null : Number(line[field]),
      }));
  });
}

function matrix(report: PublishedReport, cells: Cells): Compared[] {
  const [header = [], rows] = table(cells);
  const codes = header.slice(2).map((name) => text(name).split(" ")[0] ?? "");
  return rows.flatMap((row) =>
    codes.flatMap((code, index) => {
      const area = text(row[1]);
      const line = lineOf(report, "indicator", code, area);
      if (line === undefined) return [];
      const published = line.value_shown === null ? null : Number(line.value_shown);
      return [{ what: `matrix ${code} ${area}`, held: numberOf(row[index + 2]), published }];
    }),
  );
}

/** The header of a sheet's table and the rows below it. */
function table(cells: Cells): [readonly unknown[] | undefined, Cells] {
  const at = cells.findIndex((row) => row.includes("TT"));
  return [cells[at], cells.slice(at + 1)];
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/** A figure, or null for an empty cell and for the marks that say why there is none. */
function numberOf(value: unknown): number | null {
  const shown = text(value);
  if (["", "(*)", "-", "?", "…", "x"].includes(shown)) return null;
  const number = Number(shown);
  if (Number.isNaN(number)) throw new Error(`"${shown}" is neither a figure nor a mark`);
  return number;
}

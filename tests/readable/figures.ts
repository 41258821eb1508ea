import type { Table } from "../demo/fingerprint.ts";
import { alignedTable } from "./table.ts";

type Row = Readonly<Record<string, string | null>>;

/**
 * The figures of marts as text: every indicator in every period, of the whole and of each ward, then
 * the sums of the measures. A figure is numerator / denominator = value and status; a star marks a
 * provisional one, and `3 of 8` how many places have reported.
 */
export function readableFigures(tables: readonly Table[]): string {
  const rows = (name: string): Row[] => rowsOf(tables, `marts.${name}`);
  const periods = rows("period")
    .sort((a, b) => order(a).localeCompare(order(b)))
    .map(({ period }) => period ?? "");
  const plan = rows("attainment_by_plan_period");
  const wards = rows("attainment_by_ward_period");
  const codes = [...new Set(plan.map(({ indicator_code }) => indicator_code ?? ""))].sort();
  const indicators = codes.map((code) => {
    const of = [...plan, ...wards].filter((row) => row.indicator_code === code);
    return [
      "",
      `# ${code}`,
      ...pivot(of, periods, (row) => row.area_name ?? "(whole)", attainment),
    ];
  });
  const measures = pivot(
    rows("measure_by_plan_period"),
    periods,
    (row) => row.measure ?? "",
    (row) => `${decimal(row.value_to_date)} ${row.places_reported} of ${row.places_expected}`,
  );
  return `${[...indicators.flat().slice(1), "", "# Measures to date", ...measures].join("\n")}\n`;
}

function rowsOf(tables: readonly Table[], name: string): Row[] {
  const table = tables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table.rows.map((row) =>
    Object.fromEntries(table.columns.map((column, place) => [column.name, row[place] ?? null])),
  );
}

/** Base periods by their days, each covering period after its parts. */
const order = ({ data_from, data_to }: Row): string => `${data_to} ${invert(data_from)}`;

function invert(day: string | null | undefined): string {
  return String(99_999_999 - Number((day ?? "").replaceAll("-", "")));
}

function attainment(row: Row): string {
  const { numerator, denominator, value_shown, status, is_provisional } = row;
  const fraction = denominator === null ? "" : `${decimal(numerator)}/${decimal(denominator)} = `;
  const star = is_provisional === "true" ? "*" : "";
  return `${fraction}${decimal(value_shown)} ${status}${star} ${row.areas_reported} of ${row.areas_expected}`;
}

/** `12.5000` as 12.5; a dash for nothing. */
function decimal(text: string | null | undefined): string {
  return text == null ? "-" : text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A table with a line for each name and a column for each period. */
function pivot(
  rows: readonly Row[],
  periods: readonly string[],
  nameOf: (row: Row) => string,
  cell: (row: Row) => string,
): string[] {
  const names = [...new Set(rows.map(nameOf))].sort((a, b) => a.localeCompare(b, "vi"));
  const lines = names.map((name) => [
    name,
    ...periods.map((period) => {
      const row = rows.find((one) => nameOf(one) === name && one.period === period);
      return row === undefined ? "" : cell(row);
    }),
  ]);
  return alignedTable([["", ...periods], ...lines]);
}

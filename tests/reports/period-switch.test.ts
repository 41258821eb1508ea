import { expect, test } from "vitest";
import { periodGroups } from "../../reports/components/shell/period-groups.ts";
import type { PeriodKind } from "../../reports/types/tables.ts";

const QUARTERS = ["I", "II", "III", "IV"];

const period = (kind: PeriodKind, year: number, position: number, short_name: string) => ({
  period: `${year} ${kind} ${position}`,
  short_name,
  axis_name: short_name.replace(` năm ${year}`, ""),
  kind,
  year,
  position,
});

const months = (year: number, count = 12) =>
  Array.from({ length: count }, (_, i) => period("month", year, i + 1, `Tháng ${i + 1}`));
const quarters = (year: number, tail = "") =>
  QUARTERS.map((name, i) => period("quarter", year, i + 1, `Quý ${name}${tail}`));
const year = (of: number) => period("year", of, 1, `Năm ${of}`);

/** Each group in a line: its title, and what its periods are called. */
const textsOf = (rows: Parameters<typeof periodGroups>[0]) =>
  periodGroups(rows).map(({ title, periods }) =>
    `${title}: ${periods.map(({ text }) => text).join(" ")}`.replace(/^: /, ""),
  );

test.each([
  [
    "a few as they are",
    [...quarters(2024), period("half_year", 2024, 1, "6 tháng đầu"), year(2024)],
    ["Quý I Quý II Quý III Quý IV 6 tháng đầu Năm 2024"],
  ],
  [
    "months, quarters and the year",
    [...months(2026), ...quarters(2026), year(2026)],
    ["Tháng: 1 2 3 4 5 6 7 8 9 10 11 12", "Quý: I II III IV", "Kỳ khác: Năm 2026"],
  ],
  [
    "two years of quarters",
    [...quarters(2025, " năm 2025"), year(2025), ...quarters(2026, " năm 2026"), year(2026)],
    [
      "Quý 2025: I II III IV",
      "Kỳ khác 2025: Năm 2025",
      "Quý 2026: I II III IV",
      "Kỳ khác 2026: Năm 2026",
    ],
  ],
  [
    "many years",
    [2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029].map(year),
    ["Năm 2021 Năm 2022 Năm 2023 Năm 2024 Năm 2025 Năm 2026 Năm 2027 Năm 2028 Năm 2029"],
  ],
])("%s", (_, rows, expected) => {
  expect(textsOf(rows)).toEqual(expected);
});

const QUARTERS = ["I", "II", "III", "IV"];

/** `Quý I năm 2025` for `2025-Q1`: how a period is called by its code; the code where it is of no such kind. */
export function periodNameOf(code: string): string {
  const [, year, kind, position] = /^(\d{4})-(9T|[TQHY])(\d*)$/.exec(code) ?? [];
  const no = Number(position);
  switch (kind) {
    case "T":
      // as decree 30/2020/NĐ-CP writes months: a zero before January and February alone
      return `Tháng ${no > 2 ? no : String(no).padStart(2, "0")}/${year}`;
    case "Q":
      return `Quý ${QUARTERS[no - 1]} năm ${year}`;
    case "H":
      return `6 tháng ${no === 1 ? "đầu" : "cuối"} năm ${year}`;
    case "9T":
      return `9 tháng đầu năm ${year}`;
    case "Y":
      return `Năm ${year}`;
    default:
      return code;
  }
}

/** `2024Q1` for the first quarter: how DHIS2 calls a period of a year; null for what it has no name for. */
export function dhis2Period(period: {
  readonly kind: string;
  readonly year: number;
  readonly position: number;
}): string | null {
  const { kind, year, position } = period;
  switch (kind) {
    case "month":
      return `${year}${String(position).padStart(2, "0")}`;
    case "quarter":
      return `${year}Q${position}`;
    case "half_year":
      return `${year}S${position}`;
    case "year":
      return String(year);
    default:
      return null;
  }
}

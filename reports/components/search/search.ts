// What the search page's address may ask for, and the rows that answer it. Nothing is computed here:
// rows are taken or left, and put in order.

import type { PageRow } from "../../types/pages.ts";
import type { Status } from "../../types/tables.ts";
import { keysOf } from "../rows.ts";
import { STATUSES } from "../words.ts";

/** The address of the whole area among those of its parts. */
export const WHOLE = "toan-dia-ban";

/** Every period. Where the address names none, the latest is meant, or of each indicator its own. */
export const ALL_PERIODS = "tat-ca";

/** Statuses that ask somebody to do something, under one name. */
export const ATTENTION = "can-quan-tam";
const ATTENTION_STATUSES: readonly Status[] = ["behind", "not_met", "not_reported"];

const STATUS_ORDER = keysOf(STATUSES);

/** A figure of a place and period. */
export type SearchRow = PageRow<"[plan]/tra-cuu", "figures">;

type Order = (row: SearchRow, inPeriod: boolean) => number | null;

/** What rows can be put in order by: the name in the address, and the key of a row. */
export const ORDERS: Readonly<Record<string, Order>> = {
  "chi-tieu": (row) => row.indicator_no,
  "dia-ban": (row) => row.area_no,
  ky: (row) => row.time_no,
  "danh-gia": (row) => STATUS_ORDER.indexOf(row.status),
  "gia-tri": (row, inPeriod) => (inPeriod ? row.value_in_period : row.value),
  "muc-tieu": (row) => row.target_value,
  "tu-so": (row, inPeriod) => (inPeriod ? row.numerator_in_period : row.numerator),
  "mau-so": (row, inPeriod) => (inPeriod ? row.denominator_in_period : row.denominator),
  "da-bao-cao": (row) => row.areas_expected - row.areas_reported,
  "can-kiem-tra": (row) => row.doubts,
};

/** The filters in the order in which they are shown, each with the name of its parameter. */
export const FILTERS = ["nhom", "chi-tieu", "dia-ban", "ky", "danh-gia"] as const;

/** What an address may ask for: a value for each filter, how values are taken, and an order. */
type Parameter = (typeof FILTERS)[number] | "cach" | "xep" | "chieu";
export type Asked = Partial<Record<Parameter, string>>;

/**
 * What an address asks for; what it asks for that is not there is named in `unknown`.
 * @param known the values of each filter; of statuses they are known here
 */
export function readQuery(
  query: URLSearchParams,
  known: Readonly<Record<Exclude<(typeof FILTERS)[number], "danh-gia">, readonly string[]>>,
): { asked: Asked; unknown: string[] } {
  const allowed: Readonly<Record<Parameter, readonly string[]>> = {
    ...known,
    "danh-gia": [ATTENTION, ...Object.values(STATUSES).map(({ slug }) => slug)],
    cach: ["trong-ky"],
    xep: Object.keys(ORDERS),
    chieu: ["giam"],
  };
  const parameters = keysOf(allowed);
  const asked: Asked = {};
  const unknown: string[] = [];
  for (const [name, value] of query) {
    if (value === "") continue;
    const parameter = parameters.find((one) => one === name);
    if (parameter !== undefined && allowed[parameter].includes(value)) asked[parameter] = value;
    else unknown.push(`${name}=${value}`);
  }
  return { asked, unknown };
}

/**
 * The rows that an address asks for, in its order.
 * @param latest the period that is meant where none is named; of each indicator its own when undefined
 */
export function findRows(
  rows: readonly SearchRow[],
  asked: Asked,
  latest: string | undefined,
): readonly SearchRow[] {
  const period = asked.ky ?? latest;
  const area = asked["dia-ban"] === WHOLE ? null : asked["dia-ban"];
  const statuses =
    asked["danh-gia"] === ATTENTION
      ? ATTENTION_STATUSES
      : STATUS_ORDER.filter((status) => STATUSES[status].slug === asked["danh-gia"]);
  const found = rows.filter(
    (row) =>
      (period === ALL_PERIODS || (period === undefined ? row.is_latest : row.period === period)) &&
      (asked.nhom === undefined || row.group_code === asked.nhom) &&
      (asked["chi-tieu"] === undefined || row.indicator_code === asked["chi-tieu"]) &&
      (area === undefined || row.area_slug === area) &&
      (statuses.length === 0 || statuses.includes(row.status)),
  );
  const key = ORDERS[asked.xep ?? ""];
  if (key === undefined) return found;
  const inPeriod = asked.cach === "trong-ky";
  const sign = asked.chieu === "giam" ? -1 : 1;
  // A row without the figure stands last either way.
  return found
    .map((row) => ({ row, by: key(row, inPeriod) }))
    .sort((a, b) => {
      if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
      return sign * (a.by - b.by);
    })
    .map(({ row }) => row);
}

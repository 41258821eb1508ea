// What the search page's address may ask for, and the rows that answer it. Nothing is computed here:
// rows are taken or left, and put in order.

import { isLacking } from "../../../pipelines/vocabulary/status.ts";
import type { PageRow } from "../../types/pages.ts";
import type { Status } from "../../types/tables.ts";
import { keysOf } from "../rows.ts";
import { STATUSES } from "../words.ts";

/** The address of the whole area among those of its parts. */
export const WHOLE = "toan-dia-ban";

/** All periods. Without a period in the address, the latest, or the own latest of each indicator. */
export const ALL_PERIODS = "tat-ca";

const STATUS_ORDER = keysOf(STATUSES);

/** What needs attention and what is still to be reported, under one name. */
export const ATTENTION = "can-quan-tam";
const ATTENTION_STATUSES: readonly Status[] = STATUS_ORDER.filter(
  (status) => isLacking(status) || status === "not_reported",
);

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

type Filter = (typeof FILTERS)[number];
/** Kind of value, order of rows, and form of display. */
const MANNERS = ["cach", "xep", "chieu", "xem"] as const;
type Manner = (typeof MANNERS)[number];

/** What an address asks for: values of filters, of each any one, and a manner of showing. */
export type Asked = { readonly [name in Filter]: readonly string[] } & {
  readonly [name in Manner]?: string;
};

/**
 * What an address asks for; what it asks for that is not there is named in `unknown`.
 * @param known the values of each filter; of statuses they are known here
 */
export function readQuery(
  query: URLSearchParams,
  known: Readonly<Record<Exclude<(typeof FILTERS)[number], "danh-gia">, readonly string[]>>,
): { asked: Asked; unknown: string[] } {
  const filters: Readonly<Record<Filter, readonly string[]>> = {
    ...known,
    "danh-gia": [ATTENTION, ...Object.values(STATUSES).map(({ slug }) => slug)],
  };
  const manners: Readonly<Record<Manner, readonly string[]>> = {
    cach: ["trong-ky"],
    xep: Object.keys(ORDERS),
    chieu: ["giam"],
    xem: ["bieu-do"],
  };
  const chosen: Record<Filter, string[]> = {
    nhom: [],
    "chi-tieu": [],
    "dia-ban": [],
    ky: [],
    "danh-gia": [],
  };
  const manner: { [name in Manner]?: string } = {};
  const unknown: string[] = [];
  for (const [name, value] of query) {
    if (value === "") continue;
    const filter = FILTERS.find((one) => one === name);
    const how = MANNERS.find((one) => one === name);
    if (filter !== undefined && filters[filter].includes(value)) {
      if (!chosen[filter].includes(value)) chosen[filter].push(value);
    } else if (how !== undefined && manners[how].includes(value)) manner[how] = value;
    else unknown.push(`${name}=${value}`);
  }
  return { asked: { ...chosen, ...manner }, unknown };
}

/**
 * The rows that an address asks for, in its order.
 * @param latest the period when none is named; undefined: the own latest of each indicator
 */
export function findRows(
  rows: readonly SearchRow[],
  asked: Asked,
  latest: string | undefined,
): readonly SearchRow[] {
  const { ky, nhom } = asked;
  const codes = new Set(asked["chi-tieu"]);
  const places = new Set(asked["dia-ban"]);
  const statuses = new Set<Status>([
    ...(asked["danh-gia"].includes(ATTENTION) ? ATTENTION_STATUSES : []),
    ...STATUS_ORDER.filter((status) => asked["danh-gia"].includes(STATUSES[status].slug)),
  ]);
  const isOfPeriod = (row: SearchRow) => {
    if (ky.length > 0) return ky.includes(ALL_PERIODS) || ky.includes(row.period);
    return latest === undefined ? row.is_latest : row.period === latest;
  };
  const found = rows.filter(
    (row) =>
      isOfPeriod(row) &&
      (nhom.length === 0 || nhom.includes(row.group_code)) &&
      (codes.size === 0 || codes.has(row.indicator_code)) &&
      (places.size === 0 || places.has(row.area_slug ?? WHOLE)) &&
      (statuses.size === 0 || statuses.has(row.status)),
  );
  const key = ORDERS[asked.xep ?? ""];
  if (key === undefined) return found;
  const inPeriod = asked.cach === "trong-ky";
  const sign = asked.chieu === "giam" ? -1 : 1;
  // Rows without the figure are last in either direction.
  return found
    .map((row) => ({ row, by: key(row, inPeriod) }))
    .sort((a, b) => {
      if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
      return sign * (a.by - b.by);
    })
    .map(({ row }) => row);
}

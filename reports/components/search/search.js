// What the search page's address may ask for, and the rows that answer it. Nothing is computed here:
// rows are taken or left, and put in order.

import { STATUSES } from "../words.js";

/** The address of the whole area among those of its parts. */
export const WHOLE = "toan-dia-ban";

/** Every period, where the address names none the latest one is meant. */
export const ALL_PERIODS = "tat-ca";

/** Statuses that ask somebody to do something, under one name. */
export const ATTENTION = "can-quan-tam";
const ATTENTION_STATUSES = ["behind", "not_met", "not_reported"];

const STATUS_ORDER = Object.keys(STATUSES);

/** What rows can be put in order by: the name in the address, and the key of a row. */
export const ORDERS = {
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
export const FILTERS = ["nhom", "chi-tieu", "dia-ban", "ky", "danh-gia"];

/**
 * What an address asks for; what it asks for that is not there is named in `unknown`.
 * @param {URLSearchParams} query
 * @param {Record<string, string[]>} known the values of each filter
 */
export function readQuery(query, known) {
  const allowed = {
    ...known,
    "danh-gia": [ATTENTION, ...Object.values(STATUSES).map(({ slug }) => slug)],
    cach: ["trong-ky"],
    xep: Object.keys(ORDERS),
    chieu: ["giam"],
  };
  const asked = {};
  const unknown = [];
  for (const [name, value] of query) {
    if (value === "") continue;
    if (allowed[name]?.includes(value)) asked[name] = value;
    else unknown.push(`${name}=${value}`);
  }
  return { asked, unknown };
}

/**
 * The rows that an address asks for, in its order.
 * @param {any[]} rows
 * @param {Record<string, string>} asked
 * @param {string | undefined} latest the period that is meant where none is named
 */
export function findRows(rows, asked, latest) {
  const period = asked.ky ?? latest;
  const area = asked["dia-ban"] === WHOLE ? null : asked["dia-ban"];
  const statuses =
    asked["danh-gia"] === ATTENTION
      ? ATTENTION_STATUSES
      : STATUS_ORDER.filter((status) => STATUSES[status].slug === asked["danh-gia"]);
  const found = rows.filter(
    (row) =>
      (period === ALL_PERIODS || row.period === period) &&
      (asked.nhom === undefined || row.group_code === asked.nhom) &&
      (asked["chi-tieu"] === undefined || row.indicator_code === asked["chi-tieu"]) &&
      (area === undefined || row.area_slug === area) &&
      (statuses.length === 0 || statuses.includes(row.status)),
  );
  const key = ORDERS[asked.xep];
  if (key === undefined) return found;
  const inPeriod = asked.cach === "trong-ky";
  const sign = asked.chieu === "giam" ? -1 : 1;
  // A row without the figure stands last either way.
  return found
    .map((row) => ({ row, by: key(row, inPeriod) ?? null }))
    .sort((a, b) =>
      a.by === null || b.by === null ? (a.by === null) - (b.by === null) : sign * (a.by - b.by),
    )
    .map(({ row }) => row);
}

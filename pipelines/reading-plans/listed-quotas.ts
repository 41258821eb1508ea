import { AREA_KINDS } from "../vocabulary/words.ts";
import { type Amount, amountsIn } from "./amounts.ts";
import type { Place } from "./outline.ts";
import { type QuotaTable, sum } from "./tables.ts";
import type { ReadTarget, SentenceReading } from "./targets.ts";

const PLACES = ["thôn", "bản", "ấp", "buôn", "làng", "khóm", "khu phố", "tổ dân phố", "tổ", "khu"];
const PLACE_NOUN = [...Object.values(AREA_KINDS), ...PLACES]
  .sort((one, other) => other.length - one.length)
  .map((noun) => `[${noun.charAt(0)}${noun.charAt(0).toUpperCase()}]${noun.slice(1)}`)
  .join("|");
/** `xã Đông Sơn`, `Khu phố 3` with nothing between it and its number. */
const PLACE_BEFORE = new RegExp(
  String.raw`(?<!\p{L})(?:UBND\s+)?((?:${PLACE_NOUN})\s+(?:\p{Lu}\p{L}*(?:[\s-]\p{Lu}\p{L}*){0,4}|(?:số\s+)?\d{1,2}))\s*[:(–-]?\s*$`,
  "u",
);
const LEADS_TO = /[\s,;:(]*(?:(?:trong đó|cụ thể|như sau|gồm|bao gồm|là)[\s,;:]*)*$/iu;

interface Row {
  readonly at: number;
  readonly name: string;
  readonly amounts: readonly Amount[];
}

/** «…, cụ thể: xã A 420 hộ; xã B 385 hộ»: the places of a sentence with the numbers of each, alike in their units. */
function rowsIn(sentence: string): Row[] {
  const amounts = amountsIn(sentence);
  const starts = amounts.flatMap((amount, index) => {
    const [said = "", name] = PLACE_BEFORE.exec(sentence.slice(0, amount.at)) ?? [];
    const isCount = amount.kind === "count" && amount.to === null && amount.marks.length === 0;
    return name === undefined || !isCount ? [] : [{ at: amount.at - said.length, name, index }];
  });
  const widths = starts.map(({ index }, no) => (starts[no + 1]?.index ?? amounts.length) - index);
  const width = Math.min(...widths);
  const rows = starts.map(({ at, name, index }) => ({
    at,
    name,
    amounts: amounts.slice(index, index + width),
  }));
  const unitsOf = (row: Row | undefined): string =>
    row?.amounts.map(({ unit }) => unit ?? "").join(";") ?? "";
  const isAlike =
    widths.slice(0, -1).every((one) => one === width) &&
    rows.every((row) => unitsOf(row) === unitsOf(rows[0]));
  return rows.length > 1 && isAlike ? rows : [];
}

/** A sentence that may give each of several places its own number, as a table does. */
export function readListing(
  sentence: string,
  place: Place,
  read: (rest: string) => SentenceReading,
): SentenceReading & { readonly quotas: readonly QuotaTable[] } {
  const rows = rowsIn(sentence);
  const [first] = rows;
  const end = rows.at(-1)?.amounts.at(-1)?.end;
  if (first === undefined || end === undefined) return { ...read(sentence), quotas: [] };
  const words = sentence.slice(0, first.at).replace(LEADS_TO, "");
  const rest = `${words}${sentence.slice(end)}`;
  const reading = amountsIn(rest).length === 0 ? { targets: [], left: [] } : read(rest);
  const targets = reading.targets.map((one): ReadTarget => ({ ...one, sentence }));
  const columns = first.amounts.map(({ unit }, no) => {
    const values = rows.map(({ amounts }) => amounts[no]?.value ?? null);
    const whole = targets.find((one) => one.unit === unit && one.value === `-${sum(values)}`);
    const sign = whole === undefined ? "" : "-";
    return { unit: unit ?? "", values: values.map((value) => value && `${sign}${value}`) };
  });
  const quota: QuotaTable = {
    place,
    columns: columns.map(({ unit }) => (columns.length > 1 ? `${words} (${unit})` : words)),
    rows: rows.map(({ name }, no) => ({
      name,
      values: columns.map(({ values }) => values[no] ?? null),
    })),
    sums: columns.map(({ values }) => ({ rows: sum(values), total: null })),
  };
  return { targets, left: reading.left.map((one) => ({ ...one, sentence })), quotas: [quota] };
}

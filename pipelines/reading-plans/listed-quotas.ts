import { AREA_KINDS } from "../vocabulary/words.ts";
import { type Amount, amountsIn } from "./amounts.ts";
import { isResult } from "./doubts.ts";
import type { Section } from "./number-roles.ts";
import type { Place } from "./outline.ts";
import { LONGEST_SENTENCE } from "./sentence.ts";
import { quotaOf, type TableReading } from "./tables.ts";
import { readSentence, type SentenceReading, together } from "./targets.ts";

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

const unitsOf = (row: Row | undefined): string => row?.amounts.map(({ unit }) => unit).join() ?? "";

/** The places of a sentence with the numbers of each: none unless they are alike in their units. */
function rowsIn(sentence: string): Row[] {
  const amounts = amountsIn(sentence);
  const starts = amounts.flatMap((amount, index) => {
    const [typed = "", name] = PLACE_BEFORE.exec(sentence.slice(0, amount.at)) ?? [];
    const isCount = amount.kind === "count" && amount.to === null && amount.marks.length === 0;
    return name === undefined || !isCount ? [] : [{ at: amount.at - typed.length, name, index }];
  });
  const width = (starts[1]?.index ?? 0) - (starts[0]?.index ?? 0);
  const rows = starts.map(({ at, name, index }, no): Row => {
    const next = starts[no + 1]?.index ?? index + width;
    return { at, name, amounts: amounts.slice(index, next) };
  });
  return rows.length > 1 && rows.every((row) => unitsOf(row) === unitsOf(rows[0])) ? rows : [];
}

/** A sentence that may give places their numbers as a table does: «…, cụ thể: xã A 420 hộ; xã B 385 hộ». */
export function readListing(
  sentence: string,
  place: Place,
  section: Section,
  isItem: boolean,
): TableReading {
  const read = (words: string): SentenceReading => readSentence(words, place, section, isItem);
  const isAsked =
    /aims|targets/.test(section) && !isResult(sentence) && !/kinh\s+phí/iu.test(sentence);
  const rows = isAsked && sentence.length <= LONGEST_SENTENCE ? rowsIn(sentence) : [];
  const [first] = rows;
  const end = rows.at(-1)?.amounts.at(-1)?.end;
  if (first === undefined || end === undefined) return { ...read(sentence), quotas: [] };
  const words = sentence.slice(0, first.at).replace(LEADS_TO, "");
  const rest = `${words}${sentence.slice(end)}`;
  const { targets, left } = amountsIn(rest).length === 0 ? together([]) : read(rest);
  const wholes = first.amounts.map(({ unit }) => targets.find((one) => one.unit === unit));
  const typed = (value = "", no = -1): string =>
    `${wholes[no]?.change?.direction === "giảm" ? "-" : ""}${value}`.replace(".", ",");
  const quota = quotaOf(
    ["", ...first.amounts.map(({ unit }) => (wholes.length > 1 ? `${words} (${unit})` : words))],
    [
      ...rows.map(({ name, amounts }) => [
        name,
        ...amounts.map(({ value }, no) => typed(value, no)),
      ]),
      ["Tổng", ...wholes.map((whole) => typed(whole?.value))],
    ],
    place,
    0,
    wholes.map((_, no) => no + 1),
  );
  const ofWhole = <T>(some: readonly T[]): T[] => some.map((one) => ({ ...one, sentence }));
  return { targets: ofWhole(targets), left: ofWhole(left), quotas: [quota] };
}

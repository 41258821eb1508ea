import { plainKey } from "./name-key.ts";

/** What a text says about time, by kind: the quarter, the month, so many months, the year, a day. */
export type TimeFacts = ReadonlyMap<string, ReadonlySet<string>>;

const NUMBERS: Readonly<Record<string, string>> = {
  i: "1",
  ii: "2",
  iii: "3",
  iv: "4",
  v: "5",
  vi: "6",
  vii: "7",
  viii: "8",
  ix: "9",
  x: "10",
  mot: "1",
  hai: "2",
  ba: "3",
  bon: "4",
  tu: "4",
  sau: "6",
  bay: "7",
  tam: "8",
  chin: "9",
  muoi: "10",
};
const ROMAN = "viii|vii|iii|iv|vi|ix|ii|i|v|x";
const WORD = "mot|hai|ba|bon|tu|sau|bay|tam|chin|muoi";
const ONE = `(\\d{1,2}|${ROMAN}|${WORD})`;
const END = "(?![a-z0-9])";

/** Days first, so that a month of a day is not taken for a month. */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["day", /\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})/g],
  ["day", /\bngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})/g],
  ["day of a month", /\bngay\s*(\d{1,2})\s*(?:thang\s*|[/.-]\s*)(\d{1,2})/g],
  ["quarter", new RegExp(`\\bquy\\s*${ONE}${END}`, "g")],
  ["months", new RegExp(`\\b(\\d{1,2}|${WORD})\\s*thang${END}`, "g")],
  ["month", new RegExp(`\\bthang\\s*(\\d{1,2}|${WORD})${END}`, "g")],
  ["half", new RegExp(`\\bhoc\\s*ky\\s*${ONE}${END}`, "g")],
  ["week", new RegExp(`\\btuan\\s*(?:thu\\s*)?${ONE}${END}`, "g")],
  ["round", new RegExp(`\\b(?:dot|ky|giai doan)\\s*(?:thu\\s*)?${ONE}${END}`, "g")],
  ["year", /\b((?:19|20)\d{2})\b/g],
];

/** The facts about time that a text states, whatever its letters look like. */
export function timeFacts(text: string): TimeFacts {
  return factsAndRest(text).facts;
}

/** A text in small letters without diacritics and without what it says about time. */
export function withoutTime(text: string): string {
  return factsAndRest(text).rest;
}

function factsAndRest(text: string): { facts: TimeFacts; rest: string } {
  let rest = plainKey(text.normalize("NFC").toLowerCase()).replace(/\s+/g, " ");
  const facts = new Map<string, Set<string>>();
  for (const [kind, pattern] of PATTERNS) {
    rest = rest.replace(pattern, (_, ...groups: (string | number | undefined)[]) => {
      const parts = groups.filter((one): one is string => typeof one === "string").slice(0, -1);
      const value = parts.map((part) => NUMBERS[part] ?? String(Number(part))).join("/");
      facts.set(kind, (facts.get(kind) ?? new Set()).add(value));
      return " ";
    });
  }
  return { facts, rest };
}

/** A word of a number that is spelled out. */
export const COUNTS =
  "(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|linh|le|chuc)";

/** Facts that identify a period by themselves. */
const NAMING = ["quarter", "months", "month", "half", "week"];

/**
 * Whether what is seen speaks of another time than what was written: another quarter, or months in the
 * place of a quarter, another year, another day. What it leaves out contradicts nothing.
 */
export function contradictsTime(seen: string, written: string): boolean {
  const found = timeFacts(seen);
  const expected = timeFacts(written);
  const own = NAMING.filter((kind) => expected.has(kind));
  const isNamedAsWell = own.some((kind) => found.has(kind));
  return [...found].some(([kind, values]) => {
    const right = expected.get(kind);
    if (right === undefined) return own.length > 0 && !isNamedAsWell && NAMING.includes(kind);
    return [...values].some((value) => !right.has(value));
  });
}

const TIME_WORDS = new Set("quy thang nam ngay tu den het ky hoc tuan va ca dau cuoi".split(" "));

/** Whether a text that contradicts nothing names the period and nothing else. */
export function isOnlyTime(seen: string, name: string): boolean {
  const found = timeFacts(seen);
  const own = [...timeFacts(name).keys()].filter((kind) => NAMING.includes(kind));
  const words = plainKey(seen.normalize("NFC").toLowerCase()).match(/[\p{L}\d]+/gu) ?? [];
  const isTime = (one: string): boolean =>
    /\d/.test(one) || /^[ivx]+$/.test(one) || TIME_WORDS.has(one);
  return own.length > 0 && own.every((kind) => found.has(kind)) && words.every(isTime);
}

/** Numbers of documents: `217/kh-ubnd`. */
export function documentNumbers(text: string): string[] {
  const plain = plainKey(text.normalize("NFC").toLowerCase());
  return [...plain.matchAll(/(\d+)\s*\/\s*([a-z][a-z]*(?:-[a-z]+)*)/g)].map(
    ([, number = "", kind = ""]) => `${Number(number)}/${kind}`,
  );
}

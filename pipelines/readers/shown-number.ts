import { format } from "numfmt";
import { BY_FORMAT } from "./reader-wording.ts";
import type { CellContent } from "./sheet-content.ts";

/** A number is shown so by its program unless it has a format of its own. */
const GENERAL = /^(?:General|Standard|@)?$/i;
/** What stands beside digits: words, room, a currency. */
const BESIDE = String.raw`(?:"[^"]*"|\\.|_.|\*[^\d.,]|\[\$[^\]-][^\]]*\]|[-+()\s~≈đ₫x])*`;
const COLOR = String.raw`(?:\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\])?`;
/** A colour, a condition, a language, in front. */
const FIRST = String.raw`${COLOR}(?:\[[<>=][^\]]*\])?${COLOR}(?:\[\$-[^\]]*\])?`;
const NUMBER = String.raw`[#0?]+(?:,[#0?]{3})?(?:\.0*[#?]*)?`;
/** Plain digits, a thousandth of them, or digits with signs among them that are in no groups. */
const DIGITS = [
  `${NUMBER}(?:,+|${BESIDE}%)?`,
  `${NUMBER}E[+-]0+`,
  String.raw`[#0?]+(?:(?:"[^"]*"|\\.|[- ])[#0?]+)+(?:${BESIDE}%)?`,
].join("|");
const SECTION = `${FIRST}${BESIDE}(?:${DIGITS}|General)?${BESIDE}`;
/** Formats of which `numfmt` shows what programs do, as `shown.long.test.ts` holds for many thousands. */
const SURE = new RegExp(`^${SECTION}(?:;${SECTION}){0,2}(?:;${BESIDE}@?${BESIDE})?$`, "iu");
/** What a spreadsheet lets into a format. */
const MAX_CODE = 255;

/**
 * What a cell shows of a number or a text by its format, where that says something else: `20 nghìn`,
 * `> 20`, nothing at all; null where it shows the text, or the number, rounded or not. Where programs
 * differ or `numfmt` does as none of them, the format itself.
 */
export function shownOtherwise(value: CellContent, code: string): string | null {
  if (GENERAL.test(code) || (typeof value !== "number" && typeof value !== "string")) return null;
  const isOdd = typeof value === "number" && (code.length > MAX_CODE || !SURE.test(code));
  const text = isOdd ? null : textBy(code, value);
  if (text === null) return BY_FORMAT(code);
  if (typeof value === "number") return textOfOtherNumber(text, value);
  return text.trim() === value.trim() ? null : text;
}

/** What a format makes of a value; null where no program can show it either. */
function textBy(code: string, value: string | number): string | null {
  try {
    return format(code, value);
  } catch {
    return null;
  }
}

/** The same of what a program has written down as shown. */
export function textOfOtherNumber(shown: string, value: number): string | null {
  const text = shown.replace(/[\s\u00a0\u202f]+/g, " ").trim();
  const bare = text
    .replace(/(?<=\d) (?=\d{3}(?!\d))|(?<!\d) | (?!\d)/g, "")
    .replace(/^[−–]/, "-")
    .replace(/^\((.*)\)$/, "-$1");
  const isPercentage = bare.endsWith("%");
  const meant = isPercentage ? value * 100 : value;
  const number = isPercentage ? bare.slice(0, -1) : bare;
  const ways = [number, number.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."))];
  const isSame = ways.some((one) => isRounded(withoutGroups(one), meant));
  // three decimals look like thousands
  const isAmbiguous =
    /^-?\d{1,3}[.,]\d{2}0$/.test(number) && !ways.some((one) => isGrouped(one, meant));
  if (isSame && !isAmbiguous) return null;
  // as it is written here
  return /\p{L}/u.test(text)
    ? text.replace(/(?<=\d)[.,](?=\d)/g, (mark) => (mark === "." ? "," : "."))
    : text;
}

const GROUPS = /^(-?[1-9]\d{0,2})((?:,\d{3})+)(?=\.|$)/;

/** A number without the commas between its thousands; with others it is none. */
function withoutGroups(text: string): string {
  return text.replace(GROUPS, (groups) => groups.replaceAll(",", ""));
}

function isGrouped(text: string, value: number): boolean {
  return GROUPS.test(text) && isRounded(withoutGroups(text), value);
}

/** Whether a text is a number, perhaps rounded to the decimals that it has. */
function isRounded(text: string, value: number): boolean {
  const [, decimals = "", power = "0"] = /^-?\d*(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (!/\d/.test(text) || Number.isNaN(Number(text))) return false;
  const half = 0.5 * 10 ** (Number(power) - decimals.length);
  return Math.abs(Number(text) - value) <= half * (1 + 1e-9);
}

const QUOTED_OR_ESCAPED = /"[^"]*"|\\./g;

/** Whether a format shows a number as a percentage, by the section of it that the number falls under. */
export function isShownAsPercentage(value: number, code: string): boolean {
  const mayBe = code.replace(QUOTED_OR_ESCAPED, "").includes("%");
  return mayBe && textBy(code, value)?.includes("%") !== false;
}

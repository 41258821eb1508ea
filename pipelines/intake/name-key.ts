import { toneLast, withoutMarks } from "../vocabulary/letter-case.ts";
import { remembering } from "../vocabulary/remembering.ts";

/** Words before the name of an area, with the letters that stand for them. */
const KINDS = [
  ["phường", "p"],
  ["xã", "x"],
  ["thị trấn", "tt"],
  ["thị xã", "tx"],
  ["quận", "q"],
  ["huyện", "h"],
  ["thành phố", "tp"],
  ["tỉnh", "t"],
  ["đặc khu", "đk"],
] as const;

const COMMITTEE = "ubnd";
const ROMAN: Readonly<Record<string, string>> = { i: "1", ii: "2", iii: "3", iv: "4" };
const SIGNS = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * A name without the differences that mean nothing: capitals, composed or decomposed letters, the
 * place of the tone (`hòa`, `hoà`), signs between words, `P.` for «phường», `UBND` for its words.
 * Two names with the same key are written in two ways; the key itself is not for reading.
 */
export function nameKey(text: string): string {
  const words = inOrder(text);
  const committee = words.replace(LONG_COMMITTEE, COMMITTEE);
  return committee.replace(SHORT_KIND, (_, before: string | undefined, short: string) => {
    const kind = KINDS.find(([, letters]) => letters === short)?.[0] ?? short;
    return `${before ?? ""}${inOrder(kind)} `;
  });
}

/** The key of an area's name without the word for its kind. */
export function bareKey(key: string): string {
  return key.replace(LONG_KIND, "");
}

/** A key without any diacritics. */
export function plainKey(key: string): string {
  return withoutMarks(key);
}

/** `Quý II/2024`, `quy 2 nam 2024`, `2024-q2` and `Quý 2 năm 2024` are the same period. */
export function periodKey(text: string): string {
  return plainKey(inOrder(text))
    .replace(/\bq(?=\s?(?:\d|i))/g, "quy ")
    .split(" ")
    .filter((word) => word !== "nam" && word !== "")
    .map((word) => ROMAN[word] ?? word)
    .join(" ")
    .replace(/^((?:19|20)\d\d) (.+)$/, "$2 $1");
}

/** Words in small letters, each with its tone behind it. */
const inOrder = remembering((text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ð", "đ")
    .replace(SIGNS, " ")
    .trim()
    .split(" ")
    .map(toneLast)
    .join(" "),
);

const LONG_COMMITTEE = new RegExp(`^${inOrder("ủy ban nhân dân")}(?= )`);
const LONG_KIND = new RegExp(`^(?:${KINDS.map(([kind]) => inOrder(kind)).join("|")}) `);
const SHORT_KIND = new RegExp(
  `^(${COMMITTEE} )?(${KINDS.map(([, letters]) => letters).join("|")})(?: |(?=\\d))`,
);

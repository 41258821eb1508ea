import { inflateRawSync } from "node:zlib";
import { partsOf } from "./zip-given.ts";

// a reader of its own, which knows nothing of the program's: strict, and only of what is asked here

/** What the cells of a workbook hold, by `sheet!A1`: text, or a number. */
export type PlainCells = ReadonlyMap<string, string | number>;

/** Reads a workbook; null where it is not well-formed or not whole. */
export function readPlain(workbook: Uint8Array): PlainCells | null {
  try {
    const parts = new Map(
      partsOf(workbook, (packed) => inflateRawSync(packed)).map(({ name, content }) => [
        name,
        Buffer.from(content ?? "").toString("utf8"),
      ]),
    );
    const read = (name: string): string => {
      const text = parts.get(name);
      if (text === undefined || !isWellFormed(text)) throw new Error(name);
      return text;
    };
    const targets = new Map(
      elements(read("xl/_rels/workbook.xml.rels"), "Relationship").map(({ attributes }) => [
        attributes.get("Id"),
        attributes.get("Target") ?? "",
      ]),
    );
    const strings = parts.has("xl/sharedStrings.xml")
      ? elements(read("xl/sharedStrings.xml"), "si").map(({ content }) => textOf(content))
      : [];
    const cells = new Map<string, string | number>();
    for (const { attributes } of elements(read("xl/workbook.xml"), "sheet")) {
      const target = targets.get(attributes.get("r:id")) ?? "";
      const sheet = read(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
      for (const { attributes: cell, content } of elements(sheet, "c")) {
        const value = cellValue(cell.get("t") ?? "n", content, strings);
        const key = `${decoded(attributes.get("name") ?? "")}!${cell.get("r")}`;
        if (cell.get("r") === undefined || cells.has(key)) return null;
        if (value !== null) cells.set(key, value);
      }
    }
    return cells;
  } catch {
    return null;
  }
}

function cellValue(type: string, content: string, strings: string[]): string | number | null {
  const [value] = elements(content, "v");
  if (type === "inlineStr") return textOf(content);
  if (value === undefined) return null;
  const text = decoded(value.content);
  if (type === "s") {
    const shared = strings[Number(text)];
    if (shared === undefined) throw new Error("no such string");
    return shared;
  }
  if (type === "n" && text.trim() !== "" && !Number.isNaN(Number(text))) return Number(text);
  if (type === "str") return text;
  throw new Error(`a cell of type ${type} with ${text}`);
}

function textOf(content: string): string {
  return elements(content, "t")
    .map((one) => decoded(one.content))
    .join("");
}

interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: string;
}

function elements(text: string, name: string): Element[] {
  const pattern = new RegExp(`<${name}((?:\\s[^<>]*?)?)(?:/>|>(.*?)</${name}\\s*>)`, "gs");
  return [...text.matchAll(pattern)].map(([, attributes = "", content = ""]) => ({
    attributes: new Map(
      [...attributes.matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g)].map(([, key = "", value = ""]) => [
        key,
        value,
      ]),
    ),
    content,
  }));
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (_, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    const character = ENTITIES[name];
    if (character === undefined) throw new Error(`entity ${name}`);
    return character;
  });
}

/** Every element is closed in its turn, attributes are in quotes and not there twice, no stray marks. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  let roots = 0;
  let at = 0;
  const tag = /<(?:\?[^?]*\?|(\/?)([\w:]+)((?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?))>/y;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    const between = text.slice(at, next === -1 ? text.length : next);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML may not hold them
    if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(between)) return false;
    if (/&(?!(#x[0-9a-f]+|#\d+|lt|gt|amp|quot|apos);)/i.test(between)) return false;
    if (open.length === 0 && between.replace("\uFEFF", "").trim() !== "") return false;
    if (next === -1) break;
    tag.lastIndex = next;
    const found = tag.exec(text);
    if (found === null) return false;
    const [whole, closing, name, attributes = "", empty] = found;
    const names = [...attributes.matchAll(/([\w:]+)\s*=/g)].map(([, key]) => key);
    if (new Set(names).size < names.length) return false;
    if (name !== undefined) {
      if (closing === "/") {
        if (open.pop() !== name) return false;
      } else {
        if (open.length === 0) roots += 1;
        if (empty !== "/") open.push(name);
      }
    }
    at = next + whole.length;
  }
  return open.length === 0 && roots === 1;
}

import { dirname, join, relative } from "node:path/posix";
import { inflatePart, zipParts } from "./zip-reader.ts";

/** What the parts of a workbook may be together; a form is a few hundred kilobytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The XML parts of an .xlsx workbook, by their names, to be changed in place. */
export type Parts = Map<string, Buffer>;

/** Unpacks a workbook; null where it is no archive that can be read. */
export function unpack(bytes: Uint8Array): Parts | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = zipParts(file);
  if (typeof parts === "string") return null;
  const unpacked: Parts = new Map();
  let room = MOST_BYTES;
  for (const part of parts) {
    const content = inflatePart(file, part, room);
    if (typeof content === "string") return null;
    room -= content.length;
    unpacked.set(part.name, content);
  }
  return unpacked;
}

export function textOf(parts: Parts, name: string): string {
  return parts.get(name)?.toString("utf8") ?? "";
}

/** Quoted values hold no `<`, so that no text makes this look further and further. */
const ATTRIBUTES = `(?:[^<>"']|"[^"<]*"|'[^'<]*')*`;

/** An element of a part: where it stands, and what it is made of. */
export interface Element {
  readonly whole: string;
  readonly start: number;
  readonly prefix: string;
  readonly attributes: string;
  /** Empty where the element is. */
  readonly content: string;
}

/** The elements with a local name that do not lie within one another, in their order. */
export function elementsOf(xml: string, name: string): Element[] {
  const open = new RegExp(`<(\\w+:)?${name}(\\s${ATTRIBUTES}|/)?>`, "g");
  const close = new RegExp(`</(?:\\w+:)?${name}\\s*>`, "g");
  const found: Element[] = [];
  for (let head = open.exec(xml); head !== null; head = open.exec(xml)) {
    const { 0: tag, index, 1: prefix = "", 2: attributes = "" } = head;
    const isEmpty = tag.endsWith("/>");
    let end = index + tag.length;
    let content = "";
    if (!isEmpty) {
      close.lastIndex = end;
      const tail = close.exec(xml);
      // what is not closed is no element, nor is anything of this name after it
      if (tail === null) break;
      content = xml.slice(end, tail.index);
      end = tail.index + tail[0].length;
    }
    const whole = xml.slice(index, end);
    const own = isEmpty ? attributes.replace(/\/$/, "") : attributes;
    found.push({ whole, start: index, prefix, attributes: own, content });
    open.lastIndex = end;
  }
  return found;
}

/** The text with elements replaced, each by what `change` makes of it. */
export function replaceElements(
  xml: string,
  name: string,
  change: (element: Element) => string,
): string {
  let end = 0;
  let changed = "";
  for (const element of elementsOf(xml, name)) {
    changed += xml.slice(end, element.start) + change(element);
    end = element.start + element.whole.length;
  }
  return changed + xml.slice(end);
}

/** The value of an attribute, with its prefix if it has one; null where it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? null : unescapeXml(value);
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  amp: "&",
};

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

const RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function relationsName(part: string): string {
  return join(dirname(part), "_rels", `${part.split("/").at(-1)}.rels`);
}

/** The parts that a part refers to, by the end of their type, such as `worksheet`. */
export function relationsOf(
  parts: Parts,
  part: string,
  type: string,
): { readonly id: string; readonly target: string }[] {
  return elementsOf(textOf(parts, relationsName(part)), "Relationship").flatMap(
    ({ attributes }) => {
      const target = attributeOf(attributes, "Target");
      const id = attributeOf(attributes, "Id");
      if (target === null || id === null) return [];
      if (attributeOf(attributes, "Type")?.endsWith(`/${type}`) !== true) return [];
      const path = target.startsWith("/") ? target.slice(1) : join(dirname(part), target);
      return [{ id, target: path }];
    },
  );
}

/** Makes a part refer to another. @returns the id of the reference. */
export function addRelation(parts: Parts, part: string, type: string, target: string): string {
  const name = relationsName(part);
  const xml =
    parts.get(name)?.toString("utf8") ??
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${RELATIONSHIPS}"></Relationships>`;
  let number = 1;
  while (xml.includes(`"mark${number}"`)) number += 1;
  const id = `mark${number}`;
  const path = relative(dirname(part), target);
  const relation = `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${escapeXml(path)}"/>`;
  const open = xml.replace(/<Relationships([^>]*)\/>\s*$/, "<Relationships$1></Relationships>");
  parts.set(
    name,
    Buffer.from(open.replace(/<\/Relationships>\s*$/, `${relation}</Relationships>`)),
  );
  return id;
}

const CONTENT_TYPES = "[Content_Types].xml";

/** Says what a part is, or all parts whose names end alike. */
export function addContentType(
  parts: Parts,
  what: { readonly extension: string } | { readonly part: string },
  type: string,
): void {
  const xml = textOf(parts, CONTENT_TYPES);
  const isKnown = elementsOf(xml, "(?:Default|Override)").some(({ attributes }) =>
    "part" in what
      ? attributeOf(attributes, "PartName") === `/${what.part}`
      : attributeOf(attributes, "Extension")?.toLowerCase() === what.extension,
  );
  if (isKnown) return;
  const entry =
    "part" in what
      ? `<Override PartName="/${escapeXml(what.part)}" ContentType="${type}"/>`
      : `<Default Extension="${what.extension}" ContentType="${type}"/>`;
  // defaults stand before overrides in what Excel writes itself
  const changed =
    "part" in what
      ? xml.replace(/<\/Types>\s*$/, `${entry}</Types>`)
      : xml.replace(/(<Types(?:\s[^>]*)?>)/, `$1${entry}`);
  parts.set(CONTENT_TYPES, Buffer.from(changed));
}

/** A name that no part has yet, such as `xl/comments3.xml`. */
export function freeName(parts: Parts, before: string, after: string): string {
  let number = 1;
  while (parts.has(`${before}${number}${after}`)) number += 1;
  return `${before}${number}${after}`;
}

/** The sheets of a workbook in their order, with the names of their parts. */
export function sheetParts(parts: Parts): { readonly name: string; readonly part: string }[] {
  const workbook = relationsOf(parts, "", "officeDocument")[0]?.target;
  if (workbook === undefined) return [];
  const targets = new Map(
    relationsOf(parts, workbook, "worksheet").map(({ id, target }) => [id, target]),
  );
  return elementsOf(textOf(parts, workbook), "sheet").flatMap(({ attributes }) => {
    const name = attributeOf(attributes, "name");
    const part = targets.get(attributeOf(attributes, "\\w+:id") ?? "");
    return name === null || part === undefined || !parts.has(part) ? [] : [{ name, part }];
  });
}

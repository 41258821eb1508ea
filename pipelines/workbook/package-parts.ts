import { dirname, join, relative } from "node:path/posix";
import { attributeOf, elementsOf, escapeXml } from "./xml.ts";
import type { Parts } from "./zip.ts";

export function textOf(parts: Parts, name: string): string {
  return parts.get(name)?.toString("utf8") ?? "";
}

const RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function relationsName(part: string): string {
  return join(dirname(part), "_rels", `${part.split("/").at(-1)}.rels`);
}

/** The parts that a part refers to, by the end of their type, such as `worksheet`; all without one. */
export function relationsOf(
  parts: Parts,
  part: string,
  type: string,
): { readonly id: string; readonly target: string }[] {
  return elementsOf(textOf(parts, relationsName(part)), "Relationship").flatMap(
    ({ attributes }) => {
      const target = attributeOf(attributes, "Target");
      const id = attributeOf(attributes, "Id");
      if (target === undefined || id === undefined) return [];
      const own = attributeOf(attributes, "Type") ?? "";
      if (type !== "" && !own.endsWith(`/${type}`)) return [];
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

/**
 * The sheets of a workbook in their order, with the names of their parts.
 * @param kind sheets of cells; `chartsheet` and `dialogsheet` have none
 */
export function sheetParts(
  parts: Parts,
  kind = "worksheet",
): { readonly name: string; readonly part: string }[] {
  const workbook = relationsOf(parts, "", "officeDocument")[0]?.target;
  if (workbook === undefined) return [];
  const targets = new Map(relationsOf(parts, workbook, kind).map(({ id, target }) => [id, target]));
  return elementsOf(textOf(parts, workbook), "sheet").flatMap(({ attributes }) => {
    const name = attributeOf(attributes, "name");
    const part = targets.get(attributeOf(attributes, "\\w+:id") ?? "");
    return name === undefined || part === undefined || !parts.has(part) ? [] : [{ name, part }];
  });
}

import iconv from "iconv-lite";
import { placeOf } from "../workbook/cell-name.ts";
import { relationsOf, sheetParts, textOf } from "../workbook/package-parts.ts";
import { attributeOf, type Element, elementsOf, unescaped } from "../workbook/xml.ts";
import type { Parts } from "../workbook/zip.ts";
import { oleStreams } from "./ole.ts";
import type { PlacedText } from "./sheet-content.ts";
import { recordsOf } from "./xls-reader.ts";
import { characters, objectText } from "./xls-text.ts";

/** A text of a workbook outside its cells. */
export interface BesideText {
  readonly kind: "comment" | "margin" | "property";
  readonly text: string;
}

/** Parts of an .xlsx that hold no texts beside cells; any other may, whatever its path. */
const OF_CELLS =
  /(?:^|\/)(?:sharedStrings|styles|calcChain|workbook|metadata|settings|manifest)\.xml$|(?:^|\/)(?:theme|_rels|charts|tables|pivotTables|pivotCache|externalLinks)\/|\[Content_Types\]\.xml$|\.rels$/i;
const SHEET = /<(?:\w+:)?worksheet\b/;
const MARGIN_CODES = /&(?:"[^"]*"|K[\dA-F]{6}|[LCRPNDTFAGBIUSXYEHZ]|\d{1,3})/g;
/** Excel puts the name of its author before a comment. */
export const AUTHOR_LINE = /^[^\n:]{1,60}:\s*\n/;

/**
 * Comments, headers, footers, drawn texts and properties of a workbook.
 * @param parts what it was unpacked to; null of an .xls
 */
export function textsBeside(parts: Parts | null, bytes: Uint8Array): BesideText[] {
  if (parts !== null) return parts.has("content.xml") ? besideInOds(parts) : besideInXlsx(parts);
  try {
    return textsBesideXls(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    // its cells were read; a damaged comment is passed over
    return [];
  }
}

function besideInXlsx(parts: Parts): BesideText[] {
  const found = definedNames(parts);
  for (const [name, content] of parts) {
    if (!/\.(?:xml|vml)$/i.test(name) || OF_CELLS.test(name)) continue;
    const xml = content.toString("utf8");
    if (/(?:^|\/)docProps\//i.test(name)) {
      found.push(...texts("property", textNodes(xml)));
    } else if (SHEET.test(xml.slice(0, 2000))) {
      const margins = elementsOf(xml, "(?:odd|even|first)(?:Header|Footer)").map(({ content }) =>
        unescaped(content).replace(MARGIN_CODES, "\n"),
      );
      const lists = elementsOf(xml, "formula1").map(({ content }) => unescaped(content));
      found.push(...texts("margin", margins), ...lists.flatMap(chosenFrom));
    } else {
      found.push(
        ...texts(
          "comment",
          paragraphs(xml.replace(/<(?:\w+:)?authors\b[\s\S]*?<\/(?:\w+:)?authors>/g, "")),
        ),
      );
    }
  }
  return found;
}

/** Names that people give to cells and values. */
function definedNames(parts: Parts): BesideText[] {
  const [workbook] = relationsOf(parts, "", "officeDocument");
  return elementsOf(textOf(parts, workbook?.target ?? ""), "definedName").flatMap(
    ({ attributes, content }) => [
      ...named(attributeOf(attributes, "name") ?? ""),
      ...chosenFrom(unescaped(content)),
    ],
  );
}

/** A name of cells as words; nothing of those that programs give. */
function named(name: string): BesideText[] {
  return name.startsWith("_xlnm.") || name.startsWith("_FilterDatabase")
    ? []
    : texts("comment", [name.replace(/_+(?=\D)|(?<=\D)_+/g, " ")]);
}

/** The texts of a list to choose from, or of a value with a name; nothing of an address of cells. */
function chosenFrom(formula: string): BesideText[] {
  const quoted = /"[^"]*"/.test(formula) ? formula.replace(/^[^"]+|[^"]+$|"?[,;]"?|"/g, "\n") : "";
  return texts("comment", [quoted]);
}

/** Comments and drawn texts of an .xlsx at the cells that they lie over, by the names of its sheets. */
export function textsOverCells(parts: Parts): ReadonlyMap<string, readonly PlacedText[]> {
  const own = (part: string, type: string, element: string): Element[] =>
    relationsOf(parts, part, type).flatMap(({ target }) =>
      elementsOf(textOf(parts, target), element),
    );
  return new Map(
    sheetParts(parts).map(({ name, part }) => {
      const comments = own(part, "comments", "comment").map(({ attributes, content }) => ({
        ...placeOf(attributeOf(attributes, "ref") ?? ""),
        text: paragraphs(content).join(""),
      }));
      const drawn = own(part, "drawing", "(?:twoCell|oneCell|absolute)Anchor").flatMap((anchor) => {
        const corner = (name: string): PlacedText["end"] => {
          const [place] = elementsOf(anchor.content, name);
          if (place === undefined) return undefined;
          const at = (what: string): number =>
            Number(elementsOf(place.content, what)[0]?.content ?? 0);
          // what ends at the beginning of a cell is not over it
          const last = (line: string): number =>
            at(line) - (name === "to" && at(`${line}Off`) === 0 ? 1 : 0);
          return { row: last("row"), column: last("col") };
        };
        const from = corner("from") ?? { row: 0, column: 0 };
        const texts = elementsOf(anchor.content, "txBody").flatMap(({ content }) =>
          paragraphs(content).filter((text) => text.trim() !== ""),
        );
        const end = corner("to") ?? from;
        return [...new Set(["", ...texts])].map((text) => ({ ...from, text, end }));
      });
      return [name, [...comments.filter(({ text }) => text.trim() !== ""), ...drawn]];
    }),
  );
}

function besideInOds(parts: Parts): BesideText[] {
  const xml = (name: string): string => parts.get(name)?.toString("utf8") ?? "";
  const content = xml("content.xml");
  const own = ["annotation", "custom-shape", "text-box", "frame"].flatMap((one) =>
    elementsOf(content, one),
  );
  const margins = elementsOf(xml("styles.xml"), "(?:header|footer)(?:-left|-first)?");
  const textsIn = (one: { content: string }): string[] =>
    paragraphs(
      one.content.replace(
        /<(?:dc:creator|dc:date|meta:[\w-]+|loext:[\w-]+|text:(?:date|time|title|page-\w+|\w+-name))\b[^>]*>[^<]*<\/[^>]*>/g,
        "",
      ),
    );
  const attributes = (element: string, name: string): string[] =>
    elementsOf(content, element).map((one) => attributeOf(one.attributes, name) ?? "");
  return [
    ...texts("comment", own.flatMap(textsIn)),
    ...attributes("named-(?:range|expression)", "table:name").flatMap(named),
    ...attributes("named-expression", "table:expression").flatMap(chosenFrom),
    ...attributes("content-validation", "table:condition").flatMap(chosenFrom),
    ...texts("margin", margins.flatMap(textsIn)),
    ...texts("property", textNodes(xml("meta.xml"))),
  ];
}

function texts(kind: BesideText["kind"], found: readonly string[]): BesideText[] {
  return found
    .map((text) => text.replace(AUTHOR_LINE, "").trim())
    .filter((text) => text !== "")
    .map((text) => ({ kind, text }));
}

/** Each paragraph, comment or text body as one text, its runs put together. */
function paragraphs(xml: string): string[] {
  return xml
    .replace(/<\/(?:\w+:)?(?:comment|text|si|threadedComment)>/g, "\u0000")
    .replace(/<\/(?:\w+:)?p>|<(?:\w+:)?(?:br|line-break)\b[^>]*>/g, "\n")
    .replace(/<[^<>]*>/g, "")
    .split("\u0000")
    .map(unescaped);
}

/** Each text between two tags by itself, so that no two values become one number. */
function textNodes(xml: string): string[] {
  return [...xml.matchAll(/>([^<>]+)</g)].map(([, text = ""]) => unescaped(text));
}

/** Texts of an archive of XML parts that could not be read as a workbook, such as a document of Word. */
export function textsOfArchive(parts: Parts): BesideText[] {
  return [...parts].flatMap(([name, content]) => {
    if (
      !/\.xml$/i.test(name) ||
      /(?:settings|styles|manifest|theme\d*|fontTable|webSettings)\.xml$/i.test(name)
    ) {
      return [];
    }
    const xml = content.toString("utf8");
    return /docProps\/|meta\.xml$/.test(name)
      ? texts("property", textNodes(xml))
      : texts("comment", paragraphs(xml.replace(/<\/(?:\w+:)?(?:tc|table-cell|c)>/g, "\u0000")));
  });
}

const TEXT_OBJECT = 0x01b6;
const HEADER = 0x0014;
const FOOTER = 0x0015;
/** Margins of even pages and of the first one. */
const OTHER_MARGINS = 0x089c;
const NAME = 0x0018;
const CHOICE = 0x01be;

/**
 * Comments, headers, footers, names, lists and properties of an Excel 97-2003 workbook: texts of objects
 * (MS-XLS 2.4.329), margins (2.4.136, 2.4.124, 2.4.137), property sets (MS-OLEPS).
 * @throws RangeError, OleFault where it is damaged
 */
function textsBesideXls(file: Buffer): BesideText[] {
  const names = [
    "Workbook",
    "Book",
    "\u0005SummaryInformation",
    "\u0005DocumentSummaryInformation",
  ];
  const streams = oleStreams(file, names);
  const book = streams.get("Workbook") ?? streams.get("Book");
  const found: BesideText[] = [];
  const records = book === undefined ? [] : recordsOf(book);
  for (const [index, { id, data }] of records.entries()) {
    if (id === TEXT_OBJECT) found.push(...texts("comment", [objectText(records, index)]));
    if (id === NAME && (data.readUInt16LE(0) & BUILT_IN) === 0) {
      const length = data[3] ?? 0;
      found.push(...named(characters(data.subarray(15), length, ((data[14] ?? 0) & 1) === 1)));
    }
    if (id === CHOICE) found.push(...texts("comment", [choiceText(data)]));
    const margins = id === OTHER_MARGINS ? 38 : id === HEADER || id === FOOTER ? 0 : data.length;
    for (let at = margins; at + 3 < data.length; ) {
      const isWide = ((data[at + 2] ?? 0) & 1) === 1;
      const margin = characters(data.subarray(at + 3), data.readUInt16LE(at), isWide);
      found.push(...texts("margin", [margin.replace(MARGIN_CODES, "\n")]));
      at += 3 + margin.length * (isWide ? 2 : 1);
    }
  }
  for (const name of names.slice(2)) {
    const stream = streams.get(name);
    if (stream !== undefined) found.push(...texts("property", propertyTexts(stream)));
  }
  return found;
}

/** Of a name: a program has given it (MS-XLS 2.4.150). */
const BUILT_IN = 0x20;
const TEXT_TOKEN = 0x17;

/** The texts of a list to choose from, where it holds them itself (MS-XLS 2.4.84). */
function choiceText(data: Buffer): string {
  let at = 4;
  // what is said to whoever chooses: two titles and two texts
  for (let index = 0; index < 4; index += 1) {
    at += 3 + data.readUInt16LE(at) * (((data[at + 2] ?? 0) & 1) === 1 ? 2 : 1);
  }
  const formula = data.subarray(at + 4, at + 4 + data.readUInt16LE(at));
  if (formula[0] !== TEXT_TOKEN) return "";
  const isWide = ((formula[2] ?? 0) & 1) === 1;
  return characters(formula.subarray(3), formula[1] ?? 0, isWide).replaceAll("\0", "\n");
}

const MOST_PROPERTIES = 1000;
const NARROW = 0x1e;
const WIDE = 0x1f;

function propertyTexts(stream: Buffer): string[] {
  const found: string[] = [];
  try {
    const sections = Math.min(stream.readUInt32LE(24), 2);
    for (let section = 0; section < sections; section += 1) {
      const start = stream.readUInt32LE(28 + section * 20 + 16);
      const count = Math.min(stream.readUInt32LE(start + 4), MOST_PROPERTIES);
      const values = Array.from({ length: count }, (_, index) => ({
        id: stream.readUInt32LE(start + 8 + index * 8),
        at: start + stream.readUInt32LE(start + 12 + index * 8),
      }));
      const page = values.find(({ id }) => id === 1);
      const codePage = page === undefined ? 1252 : stream.readUInt16LE(page.at + 4);
      for (const { at } of values) {
        const type = stream.readUInt32LE(at);
        const length = stream.readUInt32LE(at + 4);
        if (type === WIDE) found.push(stream.toString("utf16le", at + 8, at + 8 + length * 2));
        if (type === NARROW)
          found.push(inCodePage(stream.subarray(at + 8, at + 8 + length), codePage));
      }
    }
  } catch (error) {
    // properties are no figures: those that cannot be read are passed over
    if (!(error instanceof RangeError)) throw error;
  }
  return found.map((text) => text.replace(/\0.*$/s, ""));
}

function inCodePage(bytes: Buffer, codePage: number): string {
  if (codePage === 65001) return bytes.toString("utf8");
  if (codePage === 1200) return bytes.toString("utf16le");
  const name = `windows-${codePage}`;
  return iconv.encodingExists(name) ? iconv.decode(bytes, name) : bytes.toString("latin1");
}

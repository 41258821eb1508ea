import { posix } from "node:path";
import type { PublishedReport } from "../contract/report.ts";
import { spreadsheetNumber } from "../vocabulary/decimal.ts";
import { type Failure, wrongUsage } from "../vocabulary/failure.ts";
import { escapeXml, printable, unescaped } from "../workbook/xml.ts";
import { pack, unpack } from "../workbook/zip.ts";
import { inCurrentTerms } from "./current-terms.ts";
import { MARK_PATTERN, textOfMark, valueOfMark } from "./template-mark.ts";

/** A form of the superior with its marks filled in. */
export interface FilledTemplate {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many marks were filled. */
  readonly filled: number;
  /** Unknown marks, left as they are, each with its place: `{{9.9}} (Biểu 1, B7)`. */
  readonly unknown: readonly string[];
}

const SHARED_STRINGS = "xl/sharedStrings.xml";
const WORKBOOK = "xl/workbook.xml";
const WORD_PARTS = /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/;

/**
 * Fills the marked cells of a workbook, or the marks in a Word document, with the figures of a version.
 * Formats, formulas (recomputed when opened), pictures and print settings stay.
 * @throws Failure (wrong usage) when it is neither, or has no mark
 */
export function fillTemplate(
  report: PublishedReport,
  name: string,
  template: Uint8Array,
): FilledTemplate {
  const parts = unpack(template);
  if (parts === null) throw unfit(name, "không phải tệp .xlsx hay .docx đọc được");
  const filler = new Filler(inCurrentTerms(report));
  if (parts.has(WORKBOOK)) fillWorkbook(parts, filler);
  else if (parts.has("word/document.xml")) fillWord(parts, filler);
  else throw unfit(name, "không phải tệp .xlsx hay .docx");
  if (filler.filled + filler.unknown.length === 0) {
    throw unfit(name, "không có dấu nào như {{3.2b}} hay {{ky}}");
  }
  return {
    bytes: new Uint8Array(pack(parts, 6)),
    filled: filler.filled,
    unknown: filler.unknown,
  };
}

function unfit(name: string, why: string): Failure {
  return wrongUsage(`Không điền được ${name}: ${why}.`);
}

/** Looks up marks, counts them and collects the unknown ones. */
class Filler {
  filled = 0;
  readonly unknown: string[] = [];
  private readonly report: PublishedReport;

  constructor(report: PublishedReport) {
    this.report = report;
  }

  value(mark: string, place: string) {
    const value = valueOfMark(this.report, mark.normalize("NFC"));
    if (value === null) this.unknown.push(`{{${mark}}} (${place})`);
    else this.filled += 1;
    return value;
  }

  /** A text with its marks filled. */
  text(text: string, place: string): string {
    return text.replace(MARK_PATTERN, (whole, mark: string) => {
      const value = this.value(mark, place);
      return value === null ? whole : textOfMark(value);
    });
  }
}

type Parts = Map<string, Buffer>;
const textOf = (parts: Parts, name: string): string => parts.get(name)?.toString("utf8") ?? "";
const escaped = (text: string): string => escapeXml(printable(text));

function fillWorkbook(parts: Parts, filler: Filler): void {
  const shared = [
    ...textOf(parts, SHARED_STRINGS).matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g),
  ].map(([, inner = ""]) => textsIn(inner.replace(/<rPh\b[\s\S]*?<\/rPh>/g, "")));
  for (const [name, file] of sheetsOf(parts)) {
    const xml = textOf(parts, file);
    const changed = xml.replace(
      /<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g,
      (cell, attributes: string, inner: string | undefined) =>
        filledCell(filler, name, shared, { cell, attributes, inner: inner ?? "" }),
    );
    if (changed !== xml) parts.set(file, Buffer.from(changed));
  }
  // formulas use the filled values
  const workbook = textOf(parts, WORKBOOK);
  const computed = /<calcPr\b/.test(workbook)
    ? workbook.replace(/<calcPr\b(?![^>]*fullCalcOnLoad)/, '<calcPr fullCalcOnLoad="1"')
    : workbook.replace("</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>');
  parts.set(WORKBOOK, Buffer.from(computed));
}

/** The sheets by their names, in their order. */
function sheetsOf(parts: Parts): [name: string, file: string][] {
  const targets = new Map(
    [...textOf(parts, "xl/_rels/workbook.xml.rels").matchAll(/<Relationship\b[^>]*>/g)].map(
      ([relation]) => [attribute(relation, "Id"), attribute(relation, "Target")],
    ),
  );
  return [...textOf(parts, WORKBOOK).matchAll(/<sheet\b[^>]*>/g)].map(([sheet]) => {
    const target = targets.get(attribute(sheet, "r:id")) ?? "";
    const file = target.startsWith("/") ? target.slice(1) : posix.join("xl", target);
    return [unescaped(attribute(sheet, "name")), file];
  });
}

function attribute(element: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1] ?? "";
}

function textsIn(xml: string): string {
  return [...xml.matchAll(/<t\b[^>]*?(?:\/>|>([\s\S]*?)<\/t>)/g)]
    .map(([, text = ""]) => unescaped(text))
    .join("");
}

function filledCell(
  filler: Filler,
  sheet: string,
  shared: readonly string[],
  { cell, attributes, inner }: { cell: string; attributes: string; inner: string },
): string {
  const type = attribute(` ${attributes}`, "t");
  const text =
    type === "s"
      ? (shared[Number(/<v>(\d+)<\/v>/.exec(inner)?.[1] ?? -1)] ?? "")
      : type === "inlineStr"
        ? textsIn(inner)
        : "";
  if (text.search(MARK_PATTERN) === -1) return cell;
  const place = `${sheet}, ${attribute(` ${attributes}`, "r")}`;
  const kept = attributes.replace(/\st="[^"]*"/, "");
  const [whole, mark] = new RegExp(`^${MARK_PATTERN.source}$`).exec(text.trim()) ?? [];
  if (whole !== undefined && mark !== undefined) {
    const value = filler.value(mark, place);
    if (value === null) return cell;
    const number = "figure" in value ? spreadsheetNumber(value.figure) : null;
    return number === null ? textCell(kept, textOfMark(value)) : `<c${kept}><v>${number}</v></c>`;
  }
  const filled = filler.text(text, place);
  return filled === text ? cell : textCell(kept, filled);
}

function textCell(attributes: string, text: string): string {
  return `<c${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** Word may split a mark over several runs. */
function fillWord(parts: Parts, filler: Filler): void {
  for (const name of parts.keys()) {
    if (!WORD_PARTS.test(name)) continue;
    let number = 0;
    const xml = textOf(parts, name);
    const changed = xml.replace(
      /<w:p\b(?:[^>]*[^/])?>(?:(?!<w:p[ >])[\s\S])*?<\/w:p>/g,
      (paragraph) => {
        number += 1;
        return filledParagraph(
          paragraph,
          filler,
          `${posix.basename(name, ".xml")}, đoạn ${number}`,
        );
      },
    );
    if (changed !== xml) parts.set(name, Buffer.from(changed));
  }
}

function filledParagraph(paragraph: string, filler: Filler, place: string): string {
  const runs = [...paragraph.matchAll(/<w:t\b[^>]*?(?:\/>|>([\s\S]*?)<\/w:t>)/g)];
  const texts = runs.map(([, text = ""]) => unescaped(text));
  const joined = texts.join("");
  if (joined.search(MARK_PATTERN) === -1) return paragraph;
  // a value goes into the run in which its mark begins
  const filled = texts.map(() => "");
  const put = (from: number, to: number, value: string | null): void => {
    let start = 0;
    let isPut = false;
    texts.forEach((text, index) => {
      const [begin, end] = [Math.max(from, start), Math.min(to, start + text.length)];
      if (begin < end) {
        if (value === null) filled[index] += joined.slice(begin, end);
        else if (!isPut) filled[index] += value;
        isPut = true;
      }
      start += text.length;
    });
  };
  let at = 0;
  for (const match of joined.matchAll(MARK_PATTERN)) {
    const value = filler.value(match[1] ?? "", place);
    put(at, match.index, null);
    put(match.index, match.index + match[0].length, value === null ? null : textOfMark(value));
    at = match.index + match[0].length;
  }
  put(at, joined.length, null);
  let index = -1;
  return paragraph.replace(/<w:t\b[^>]*?(?:\/>|>[\s\S]*?<\/w:t>)/g, () => {
    index += 1;
    return `<w:t xml:space="preserve">${escaped(filled[index] ?? "")}</w:t>`;
  });
}

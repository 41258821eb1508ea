import { type DocumentFacts, NO_DOCUMENT, signedBy } from "../contract/document.ts";
import type { PublishedReport } from "../contract/report.ts";
import { type BodyTable, type Paragraph, reportBody } from "../sentences/report-body.ts";
import * as wording from "../sentences/report-words.ts";
import { annexes } from "./annex.ts";
import {
  ACROSS,
  type Block,
  centred,
  type ParagraphBlock,
  paragraph,
  roomOf,
  rule,
  type Section,
  SIZE,
  type TableBlock,
  UPRIGHT,
} from "./document-block.ts";
import { bodyText, officialHead, signatureBlock } from "./official-block.ts";

/** Paragraphs kept with the signature, which may not be alone on a page. */
const CLOSING = 2;

/**
 * The report as a document after decree 30/2020/NĐ-CP: heading with number and date or room for them,
 * body, signature, and annexes on their own pages. Word and PDF are drawn from these blocks.
 */
export function reportSections(report: PublishedReport): Section[] {
  return [
    { paper: UPRIGHT, blocks: [...heading(report), ...body(report), ...signature(report)] },
    ...annexes(report, roomOf(ACROSS)).map((blocks) => ({ paper: ACROSS, blocks })),
  ];
}

/** The title of the document. */
export function documentTitle({ head }: PublishedReport): string {
  return `${wording.summaryText(head)} - ${head.period_name}`;
}

function heading(report: PublishedReport): Block[] {
  const { head, publication } = report;
  const { document } = publication;
  const bold = { size: SIZE.title, bold: true };
  const addressee = wording.addresseeText(report);
  return [
    officialHead({
      superior: head.document_superior,
      agency: head.document_agency,
      number: documentNumber(head.document_abbreviation, document),
      dated: `${head.document_place}, ${wording.datedText(document)}`,
    }),
    centred(wording.DOCUMENT_TYPE, bold, { before: 300, after: 0, role: "title" }),
    centred(wording.subjectText(head), bold, { before: 0, after: 0 }),
    rule(roomOf(UPRIGHT), 0.3),
    ...wording
      .pageMarks(report)
      .map((mark) => centred(`(${mark})`, { ...bold, color: "C00000" }, { before: 120, after: 0 })),
    ...(addressee === null
      ? []
      : [centred(`${addressee}.`, { size: SIZE.body }, { before: 200, after: 0 })]),
    paragraph("", {}, { before: 0, after: 0 }),
  ];
}

/** `Số: 05/BC-UBND`, or `Số:         /BC-UBND` to be filled in. */
function documentNumber(abbreviation: string, { number }: DocumentFacts = NO_DOCUMENT): string {
  return `Số: ${number ?? `        /BC-${abbreviation}`}`;
}

function body(report: PublishedReport): Block[] {
  const paragraphs = reportBody(report);
  return paragraphs.flatMap((one, index) => [
    bodyParagraph(one, index >= paragraphs.length - CLOSING),
    ...(one.table === undefined ? [] : [bodyTable(one.table), paragraph("", { size: SIZE.small })]),
  ]);
}

function bodyTable({ heads, rows }: BodyTable): TableBlock {
  const widths = [46, 26, 26, 10];
  return {
    kind: "table",
    columns: heads.map((header, index) => ({
      header,
      width: widths[index] ?? 10,
      align: index === 0 ? "left" : "center",
    })),
    lines: rows.map((cells) => cells.map((cell) => [cell])),
    room: roomOf(UPRIGHT),
    size: SIZE.table,
  };
}

function bodyParagraph({ kind, text, table }: Paragraph, isClosing: boolean): ParagraphBlock {
  const isHeading = kind === "part" || kind === "point";
  return bodyText(text, {
    bold: isHeading,
    ...(isHeading ? { align: "left", role: kind } : {}),
    ...(kind === "part" ? { before: 160 } : {}),
    keepNext: isHeading || isClosing || table !== undefined,
    ...(isClosing ? { keepLines: true } : {}),
  });
}

function signature(report: PublishedReport): Block[] {
  const { head, publication } = report;
  const { lines, signatory } = signedBy(publication.document, head);
  return [
    paragraph("", { size: SIZE.small }, { before: 0, after: 0, keepNext: true }),
    signatureBlock({
      recipients: wording.recipientLines(report),
      filedAt: head.document_filed_at,
      titles: lines,
      signatory,
    }),
  ];
}

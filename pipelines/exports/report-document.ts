import { type DocumentFacts, NO_DOCUMENT, signedBy } from "../contract/document.ts";
import type { PublishedReport } from "../contract/report.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import { annexes } from "./annex.ts";
import {
  ACROSS,
  type Block,
  balanced,
  centred,
  millimetres,
  type ParagraphBlock,
  paragraph,
  roomOf,
  rule,
  type Section,
  SIZE,
  shares,
  UPRIGHT,
} from "./document-block.ts";
import * as wording from "./export-wording.ts";
import { narrative, type Paragraph as Told } from "./narrative.ts";

const FIRST_LINE = millimetres(12.7);
/** Paragraphs at the end that stay with the signature, which may not stand alone on a page. */
const CLOSING = 2;
/** Room for a signature, a stamp and a name. */
const SIGNATURE_LINES = 5;

/**
 * The report as a document laid out after decree 30/2020/NĐ-CP: its heading with number and date, or room to fill
 * them in, its body in words, the signature, and the annexes on pages of their own. Word and PDF are drawn from these
 * blocks.
 */
export function reportSections(report: PublishedReport): Section[] {
  return [
    { paper: UPRIGHT, blocks: [...heading(report), ...body(report), ...signature(report)] },
    ...annexes(report, roomOf(ACROSS)).map((blocks) => ({ paper: ACROSS, blocks })),
  ];
}

/** What the document is called in lists of files. */
export function documentTitle({ head }: PublishedReport): string {
  return `${wording.summaryText(head)} - ${head.period_name}`;
}

function heading(report: PublishedReport): Block[] {
  const { head, publication } = report;
  const room = roomOf(UPRIGHT);
  const [left = 0, right = 0] = shares([38, 62], room);
  const national = { size: SIZE.national, bold: true };
  const tight = { before: 0, after: 0 };
  const issuer = [
    ...(head.document_superior === null
      ? []
      : namesLines(head.document_superior, left).map((line) =>
          centred(line, { size: SIZE.national }, tight),
        )),
    ...namesLines(head.document_agency, left).map((line) => centred(line, national, tight)),
    rule(left, 0.4),
  ];
  const state = [
    centred(wording.NATIONAL_TITLE, national, tight),
    centred(wording.NATIONAL_MOTTO, { size: SIZE.heading, bold: true }, tight),
    rule(right, 0.55),
  ];
  const below = { before: 120, after: 0 };
  const { document } = publication;
  const number = centred(
    numberText(head.document_abbreviation, document),
    { size: SIZE.heading },
    below,
  );
  const place = centred(
    `${head.document_place}, ${wording.datedText(document)}`,
    { size: SIZE.heading, italics: true },
    below,
  );
  const bold = { size: SIZE.title, bold: true };
  const addressee = wording.addresseeText(report);
  return [
    {
      kind: "beside",
      rows: [
        [issuer, state],
        [[number], [place]],
      ],
      widths: [left, right],
    },
    centred(wording.DOCUMENT_TYPE, bold, { before: 300, after: 0, role: "title" }),
    centred(wording.subjectText(head), bold, tight),
    rule(room, 0.3),
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
export function numberText(abbreviation: string, { number }: DocumentFacts = NO_DOCUMENT): string {
  return `Số: ${number ?? `        /BC-${abbreviation}`}`;
}

/** A name in capitals; one that is too long for its column is broken where both lines are even. */
export function namesLines(name: string, room: number): string[] {
  return balanced(capitals(name), { size: SIZE.national / 2, bold: true }, room / 20);
}

function body(report: PublishedReport): ParagraphBlock[] {
  const told = narrative(report);
  return told.map((one, index) => bodyParagraph(one, index >= told.length - CLOSING));
}

function bodyParagraph({ kind, text }: Told, isClosing: boolean): ParagraphBlock {
  const isHeading = kind === "part" || kind === "point";
  return paragraph(
    text,
    { bold: isHeading },
    {
      align: isHeading ? "left" : "both",
      firstLine: FIRST_LINE,
      before: kind === "part" ? 160 : 0,
      after: 120,
      line: 264,
      keepNext: isHeading || isClosing,
      ...(isClosing ? { keepLines: true } : {}),
      ...(isHeading ? { role: kind } : {}),
    },
  );
}

function signature(report: PublishedReport): Block[] {
  const { head, publication } = report;
  const [left = 0, right = 0] = shares([1, 1], roomOf(UPRIGHT));
  const tight = { before: 0, after: 0, keepNext: true };
  const list = { size: SIZE.list };
  const recipients = [
    paragraph(wording.RECIPIENTS, { size: SIZE.national, bold: true, italics: true }, tight),
    ...wording.recipientLines(report).map((name) => paragraph(`- ${name};`, list, tight)),
    paragraph(`- Lưu: ${head.document_filed_at}.`, list, { before: 0, after: 0 }),
  ];
  const { document } = publication;
  const { lines, signatory } = signedBy(document, head);
  const bold = { size: SIZE.body, bold: true };
  const signed = [
    ...(lines.length === 0 ? [wording.SIGNATORY] : lines).map((title) =>
      centred(capitals(title), bold, tight),
    ),
    ...Array.from({ length: SIGNATURE_LINES }, () => centred("", bold, tight)),
    ...(signatory === null ? [] : [centred(signatory, bold, tight)]),
  ];
  return [
    paragraph("", { size: SIZE.small }, tight),
    { kind: "beside", rows: [[recipients, signed]], widths: [left, right] },
  ];
}

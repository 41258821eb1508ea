import {
  AlignmentType,
  Document,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type Table,
  TextRun,
} from "docx";
import { type DocumentFacts, NO_DOCUMENT } from "../contract/document.ts";
import type { PublishedReport } from "../contract/report.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import { signatureLines } from "../vocabulary/signature.ts";
import { printable } from "../workbook/printable.ts";
import { repacked } from "../workbook/zip.ts";
import { annexes } from "./annex.ts";
import {
  ACROSS,
  balanced,
  centred,
  FONT,
  millimetres,
  type Paper,
  paragraph,
  roomOf,
  rule,
  SIZE,
  UPRIGHT,
} from "./document-style.ts";
import { shares, sideBySide } from "./document-table.ts";
import * as wording from "./export-wording.ts";
import { narrative, type Paragraph as Told } from "./narrative.ts";

type Block = Paragraph | Table;

const CORE_PROPERTIES = "docProps/core.xml";
const FIRST_LINE = millimetres(12.7);
/** Paragraphs at the end that stay with the signature, which may not stand alone on a page. */
const CLOSING = 2;
/** Room for a signature, a stamp and a name. */
const SIGNATURE_LINES = 5;

/**
 * The report as a Word document laid out after decree 30/2020/NĐ-CP: its heading with number and date
 * left to fill in, its body in words, the signature, and the annexes on pages of their own. The same
 * report always gives the same bytes.
 */
export async function documentBytes(report: PublishedReport): Promise<Uint8Array<ArrayBuffer>> {
  const { head } = report;
  const title = `${wording.summaryText(head)} - ${head.period_name}`;
  const document = new Document({
    title: printable(title),
    subject: printable(wording.versionText(report)),
    creator: printable(head.document_agency),
    lastModifiedBy: printable(head.document_agency),
    revision: 1,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: SIZE.body, color: "000000", language: { value: "vi-VN" } },
        },
      },
    },
    sections: [
      section(report, UPRIGHT, [...heading(report), ...body(report), ...signature(report)]),
      ...annexes(report, roomOf(ACROSS)).map((blocks) => section(report, ACROSS, blocks)),
    ],
  });
  const written = parseMoment(report.publication.recorded_at)
    .toISOString()
    .replace(/\.\d+Z/, "Z");
  const bytes = await Packer.toBuffer(document);
  return new Uint8Array(
    repacked(bytes, (name, content) =>
      name === CORE_PROPERTIES ? dated(content, written) : undefined,
    ),
  );
}

/** The library stamps the moment at which it runs. */
export function dated(content: Uint8Array, moment: string): Uint8Array {
  const text = new TextDecoder()
    .decode(content)
    .replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${moment}`);
  return new TextEncoder().encode(text);
}

/** Each section counts its own pages, and shows the number from its second one. */
function section(report: PublishedReport, paper: Paper, children: Block[]): ISectionOptions {
  const isAcross = paper.width > paper.height;
  const marks = wording.pageMarks(report).join(" - ");
  const mark = (): Paragraph[] =>
    marks === ""
      ? []
      : [
          paragraph(
            marks,
            { bold: true, size: SIZE.list, color: "C00000" },
            {
              alignment: AlignmentType.RIGHT,
            },
          ),
        ];
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: SIZE.heading })],
  });
  return {
    properties: {
      titlePage: true,
      page: {
        size: {
          // The library takes both as of the upright sheet and turns them by itself.
          width: millimetres(isAcross ? paper.height : paper.width),
          height: millimetres(isAcross ? paper.width : paper.height),
          orientation: isAcross ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: millimetres(paper.top),
          bottom: millimetres(paper.bottom),
          left: millimetres(paper.left),
          right: millimetres(paper.right),
          header: millimetres(8),
          footer: millimetres(8),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: {
      default: new Header({ children: [number, ...mark()] }),
      first: new Header({ children: [...mark(), ...(marks === "" ? [paragraph("")] : [])] }),
    },
    children,
  };
}

function heading(report: PublishedReport): Block[] {
  const { head, publication } = report;
  const room = roomOf(UPRIGHT);
  const [left = 0, right = 0] = shares([38, 62], room);
  const national = { size: SIZE.national, bold: true };
  const tight = { spacing: { before: 0, after: 0 } };
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
  const below = { spacing: { before: 120, after: 0 } };
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
  return [
    sideBySide(
      [
        [issuer, state],
        [[number], [place]],
      ],
      [left, right],
    ),
    centred(wording.DOCUMENT_TYPE, bold, { spacing: { before: 300, after: 0 } }),
    centred(wording.subjectText(head), bold, tight),
    rule(room, 0.3),
    ...wording
      .pageMarks(report)
      .map((mark) =>
        centred(`(${mark})`, { ...bold, color: "C00000" }, { spacing: { before: 120, after: 0 } }),
      ),
    paragraph("", {}, { spacing: { before: 0, after: 0 } }),
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

function body(report: PublishedReport): Paragraph[] {
  const told = narrative(report);
  return told.map((one, index) => bodyParagraph(one, index >= told.length - CLOSING));
}

function bodyParagraph({ kind, text }: Told, isClosing: boolean): Paragraph {
  const isHeading = kind === "part" || kind === "point" || kind === "subpoint";
  return paragraph(
    text,
    { bold: kind === "part" || kind === "point", italics: kind === "subpoint" },
    {
      alignment: isHeading ? AlignmentType.LEFT : AlignmentType.BOTH,
      indent: { firstLine: FIRST_LINE },
      spacing: { before: kind === "part" ? 160 : 0, after: 120, line: 264 },
      keepNext: isHeading || isClosing,
      ...(isClosing ? { keepLines: true } : {}),
      widowControl: true,
    },
  );
}

function signature({ head, publication }: PublishedReport): Block[] {
  const [left = 0, right = 0] = shares([1, 1], roomOf(UPRIGHT));
  const tight = { spacing: { before: 0, after: 0 }, keepNext: true };
  const list = { size: SIZE.list };
  const recipients = [
    paragraph(wording.RECIPIENTS, { size: SIZE.national, bold: true, italics: true }, tight),
    ...head.document_recipients.map((name) => paragraph(`- ${name};`, list, tight)),
    paragraph(`- Lưu: ${head.document_filed_at}.`, list, { spacing: { before: 0, after: 0 } }),
  ];
  const { document } = publication;
  const ofPlan = [head.document_authority, head.document_signatory_title].flatMap((lines) =>
    signatureLines(lines ?? ""),
  );
  const isOfPlan = document.signature.length === 0;
  const titles = isOfPlan ? ofPlan : document.signature;
  // the plan's name goes with the plan's office
  const signatory = document.signatory ?? (isOfPlan ? head.document_signatory : null);
  const bold = { size: SIZE.body, bold: true };
  const signed = [
    ...(titles.length === 0 ? [wording.SIGNATORY] : titles).map((title) =>
      centred(capitals(title), bold, tight),
    ),
    ...Array.from({ length: SIGNATURE_LINES }, () => centred("", bold, tight)),
    ...(signatory === null ? [] : [centred(signatory, bold, tight)]),
  ];
  return [
    paragraph("", { size: SIZE.small }, tight),
    sideBySide([[recipients, signed]], [left, right]),
  ];
}

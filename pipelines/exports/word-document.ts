import {
  AlignmentType,
  Document,
  Header,
  type ISectionOptions,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from "docx";
import type { PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { printable } from "../workbook/xml.ts";
import { repacked } from "../workbook/zip.ts";
import { millimetres, paragraph, type Section, SIZE } from "./document-block.ts";
import { documentTitle, reportSections } from "./report-document.ts";
import { FONT, wordBlock } from "./word-block.ts";

const CORE_PROPERTIES = "docProps/core.xml";

/** The report as a Word document. The same report always gives the same bytes. */
export async function documentBytes(report: PublishedReport): Promise<Uint8Array<ArrayBuffer>> {
  return wordBytes(
    {
      title: documentTitle(report),
      subject: wording.versionText(report),
      agency: report.head.document_agency,
      written: parseMoment(report.publication.recorded_at),
      marks: wording.pageMarks(report),
    },
    reportSections(report),
  );
}

/** Metadata of a document. */
export interface WordFacts {
  readonly title: string;
  readonly subject?: string;
  /** The issuing agency. */
  readonly agency: string;
  readonly written: Date;
  /** Marks on every page. */
  readonly marks: readonly string[];
}

/** Sections as a Word document. The same blocks and facts always give the same bytes. */
export async function wordBytes(
  { title, subject, agency, written, marks }: WordFacts,
  sections: readonly Section[],
): Promise<Uint8Array<ArrayBuffer>> {
  const document = new Document({
    title: printable(title),
    ...(subject === undefined ? {} : { subject: printable(subject) }),
    creator: printable(agency),
    lastModifiedBy: printable(agency),
    revision: 1,
    styles: {
      default: {
        document: {
          run: { font: FONT, size: SIZE.body, color: "000000", language: { value: "vi-VN" } },
        },
      },
    },
    sections: sections.map((one) => wordSection(one, marks.join(" - "))),
  });
  const moment = written.toISOString().replace(/\.\d+Z/, "Z");
  const bytes = await Packer.toBuffer(document);
  return new Uint8Array(
    repacked(bytes, (name, content) =>
      name === CORE_PROPERTIES ? dated(content, moment) : undefined,
    ),
  );
}

/** The library stamps the moment at which it runs. */
function dated(content: Uint8Array, moment: string): Uint8Array {
  const text = new TextDecoder()
    .decode(content)
    .replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${moment}`);
  return new TextEncoder().encode(text);
}

/** Each section counts its own pages, and shows the number from its second one. */
function wordSection({ paper, blocks }: Section, marks: string): ISectionOptions {
  const isAcross = paper.width > paper.height;
  const mark = (): ReturnType<typeof wordBlock>[] =>
    marks === ""
      ? []
      : [
          wordBlock(
            paragraph(marks, { bold: true, size: SIZE.list, color: "C00000" }, { align: "right" }),
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
          // The library expects portrait sizes and swaps them itself.
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
      first: new Header({
        children: [...mark(), ...(marks === "" ? [wordBlock(paragraph(""))] : [])],
      }),
    },
    children: blocks.map(wordBlock),
  };
}

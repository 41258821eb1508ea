import { readFileSync } from "node:fs";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readDocument } from "../../pipelines/readers/document-reader.ts";
import type { Block } from "../../pipelines/reading-plans/outline.ts";
import { type PlanReading, readPlan } from "../../pipelines/reading-plans/read-plan.ts";
import type { KnownUnit } from "../../pipelines/reading-plans/units.ts";
import { pack } from "../../pipelines/workbook/zip.ts";
import { writtenDocument } from "../reading-plans/written-document.ts";

const file = (path: string): Buffer => readFileSync(new URL(`../${path}`, import.meta.url));
const MARKDOWN = file("fixtures/plan-texts/ke-hoach-217.txt").toString("utf8");

interface ShippedPlan {
  readonly number: string;
  readonly issued_on: string;
  readonly title: string;
  readonly issuer: string;
  readonly units: readonly (KnownUnit & { readonly name: string })[];
  readonly indicators: readonly {
    readonly quote: string;
    readonly unit_of_measure: string;
    readonly target: { readonly comparator: string; readonly value: number };
  }[];
}
const SHIPPED = parse(
  file("../sources/plans/217-kh-ubnd-2024.yaml").toString("utf8"),
) as ShippedPlan;
const UNITS = SHIPPED.units.map(({ code, name }) => ({ code, names: [name] }));

async function read(bytes: Buffer): Promise<PlanReading> {
  const blocks = await readDocument(bytes);
  if ("code" in blocks) throw new Error(blocks.found);
  return readPlan(blocks, UNITS);
}

/** Two slips of the scan that the plan file mends. */
const mended = (text: string): string =>
  text.replaceAll("để phát sinh", "dễ phát sinh").replaceAll("công tác viên", "cộng tác viên");

describe.each<[form: string, bytes: () => Promise<Buffer> | Buffer]>([
  ["a .docx with headings", () => writtenDocument(MARKDOWN, { headings: true, lists: true })],
  [
    "a .docx of plain paragraphs",
    () => writtenDocument(MARKDOWN, { headings: false, lists: false }),
  ],
  ["Markdown", () => Buffer.from(MARKDOWN)],
  [
    "an old encoding",
    () => iconv.encode(MARKDOWN.replace(/[^\0-\u1fff]/gu, "-").normalize("NFC"), "tcvn"),
  ],
])("plan 217 as %s", (_, bytes) => {
  test("gives what the plan file has", async () => {
    const plan = await read(await bytes());
    expect(plan).toMatchObject({
      number: SHIPPED.number,
      date: SHIPPED.issued_on,
      title: SHIPPED.title,
      authority: SHIPPED.issuer,
      years: [2024],
      signatory: { name: "Nguyễn Thị Hồng Vân", post: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" },
      not_understood: [],
    });
    expect(plan.carries_out).toMatchObject([
      { name: "Kế hoạch số 76/KH-UBND", date: "2024-03-29" },
    ]);
    const targets = plan.targets.map(({ sentence, unit, comparator, value }) => ({
      ...{ quote: mended(sentence), unit_of_measure: unit },
      target: expect.objectContaining({ comparator, value: Number(value) }),
    }));
    expect(SHIPPED.indicators).toEqual(targets.map((one) => expect.objectContaining(one)));
    // one is of something without a number, one goes without its «ít nhất»
    const marked = plan.targets.flatMap(({ marks }, index) => (marks.length > 0 ? [index] : []));
    expect(marked).toEqual([1, 4]);
    expect(plan.calendar).toMatchObject([
      { kind: "quarter", day: 10, month: null, month_of_period: "last", is_exclusive: true },
      { kind: "half_year", day: 5, month: 6, month_of_period: null, is_exclusive: true },
      { kind: "year", day: 15, month: 11, month_of_period: null, is_exclusive: true },
    ]);
    expect(plan.units.map(({ code }) => code)).toEqual(SHIPPED.units.map(({ code }) => code));
    const everywhere = plan.units.filter(({ each_area }) => each_area);
    expect(everywhere.map(({ name }) => name)).toEqual(["UBND các phường, xã"]);
  });
});

const zip = (parts: Record<string, string>): Buffer =>
  Buffer.from(
    pack(
      Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]),
      6,
    ),
  );
const docx = (body: string, parts: Record<string, string> = {}): Buffer =>
  zip({
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": `<w:document><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
const p = (text: string, properties = ""): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const numbered = (text: string, depth: number): string =>
  p(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="3"/></w:numPr>`);
const NUMBERING = `<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>`;
const cell = (text: string): string => `<w:tc>${p(text)}</w:tc>`;
const ODT = "application/vnd.oasis.opendocument.text";

/** Rows of a table as they are typed, cells two blanks apart. */
const table = (typed: string): string[][] =>
  typed.split("\n").map((line) => line.trim().split(/ {2,}/));

async function texts(bytes: Buffer): Promise<unknown> {
  const blocks = await readDocument(bytes);
  return "code" in blocks
    ? blocks.code
    : blocks.map((one: Block) => (one.kind === "table" ? one.rows : one.text));
}

const DELETED =
  "<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:r><w:t>mới</w:t></w:r></w:p>";
const ROWS = `<w:tr>${cell("Xã")}${cell("Số")}</w:tr><w:tr>${cell("Bình Minh")}${cell("12")}</w:tr>`;
const OPEN_TEXT = `<o><text:h text:outline-level="1">Mục tiêu</text:h><text:list><text:list-item><text:p>Đạt<text:s/>95%</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Xã</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table></o>`;
const COUNTED =
  numbered("MỤC TIÊU", 0) +
  numbered("Chung", 1) +
  numbered("Riêng", 1) +
  numbered("NHIỆM VỤ", 0) +
  numbered("Một", 1);
const LIST_STYLES = `<o><text:list-style style:name="W">${[1, 2].map((level) => `<text:list-level-style-number text:level="${level}" style:num-format="1" style:num-suffix="." text:display-levels="${level}"/>`).join("")}</text:list-style></o>`;
const COVERED = `<table:table-row>${["Xã", "Số"].map((text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`).join("")}</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>`;
const tabbed = (...cells: string[]): string =>
  `<w:p><w:r>${cells.map((one) => `<w:t>${one}</w:t>`).join("<w:tab/>")}</w:r></w:p>`;
const OLD_FONT =
  "Kh«ng ®Ó x¶y ra, phÊn ®Êu ®¹t vµ v­ît chØ tiªu kÕ ho¹ch vÒ phßng, chèng tÖ n¹n x· héi trªn ®Þa bµn thµnh phè ";
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const WORKBOOK = { "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>" };

test.each<[what: string, bytes: Buffer, blocks: unknown]>([
  [
    "numbers that Word counts",
    docx(COUNTED, { "word/numbering.xml": NUMBERING }),
    ["I. MỤC TIÊU", "1. Chung", "2. Riêng", "II. NHIỆM VỤ", "1. Một"],
  ],
  [
    "a table, and what was deleted with its changes marked",
    docx(`${DELETED}<w:tbl>${ROWS}</w:tbl>`),
    ["mới", table("Xã  Số\nBình Minh  12")],
  ],
  [
    "an OpenDocument text",
    zip({ mimetype: ODT, "content.xml": OPEN_TEXT }),
    ["Mục tiêu", "- Đạt 95%", table("Xã  12")],
  ],
  [
    "an OpenDocument text whose lists have the numbers of a style, and a cell that covers another",
    zip({
      mimetype: ODT,
      "styles.xml": LIST_STYLES,
      "content.xml": `<o><text:list text:style-name="W"><text:list-item><text:p>Chung</text:p><text:list><text:list-item><text:p>Riêng</text:p></text:list-item></text:list></text:list-item></text:list><table:table>${COVERED}</table:table></o>`,
    }),
    [
      "1. Chung",
      "1.1. Riêng",
      [
        ["Xã", "Số"],
        ["", "12"],
      ],
    ],
  ],
  [
    "cells between tabs, and a line that was broken by hand",
    docx(
      `${tabbed("Cấp", "Có (%)", "Bỏ (%)")}${tabbed("Tiểu học", "9", "1")}<w:p><w:r><w:t>Không để xảy ra ca tử vong do bệnh dại trên người; khống chế không</w:t><w:br/><w:t>quá 02 ổ dịch.</w:t></w:r></w:p>`,
    ),
    [
      table("Cấp  Có (%)  Bỏ (%)\nTiểu học  9  1"),
      "Không để xảy ra ca tử vong do bệnh dại trên người; khống chế không quá 02 ổ dịch.",
    ],
  ],
  [
    "lines of a text that go on",
    Buffer.from("- Ít nhất 95% hồ sơ\nđược giải quyết.\n- Đạt 90%"),
    ["- Ít nhất 95% hồ sơ được giải quyết.", "- Đạt 90%"],
  ],
  [
    "a table of Markdown",
    Buffer.from("| Xã | Số |\n|---|---|\n| An | 1 |"),
    [table("Xã  Số\nAn  1")],
  ],
  // what cannot be read is told from what has no text
  ["no text at all", docx(""), "no_text"],
  ["XML that is none", docx("<w:p"), "damaged_document"],
  ["a document type", zip({ "word/document.xml": "<!DOCTYPE x><w:document/>" }), "unsafe_document"],
  ["a workbook", zip(WORKBOOK), "not_a_document"],
  ["a photograph", Buffer.from("ffd8ffe000104a464946", "hex"), "not_a_document"],
  ["old Word", Buffer.concat([OLE, Buffer.from("WordDocument", "utf16le")]), "not_a_document"],
  ["a PDF", Buffer.from("%PDF-1.7 whatever"), "not_a_document"],
  ["letters of an old font", docx(p(OLD_FONT.repeat(3))), "old_font"],
])("%s", async (_, bytes, blocks) => {
  expect(await texts(bytes)).toEqual(blocks);
});

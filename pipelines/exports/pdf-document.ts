import type { PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { printable } from "../workbook/xml.ts";
import {
  type BesideBlock,
  type Block,
  columnWidths,
  type Letters,
  type Line,
  type ParagraphBlock,
  type RuleBlock,
  type Section,
  SIZE,
  type Side,
  type TableBlock,
} from "./document-block.ts";
import { type Element, PdfPages, points, type SetText } from "./pdf-page.ts";
import { documentTitle, reportSections } from "./report-document.ts";

/** Padding of a cell, in points. */
const PADDING = 2.25;
const PADDING_ABOVE = 1;
const HEADER_FILL = "#EDEDED";
const RULE_HEIGHT = 5;
const RED: Letters = { size: SIZE.list, bold: true, color: "C00000" };
/** From the upper edge of the sheet. */
const NUMBER_AT = 23;
/** Lines of a paragraph that may not stand alone on a page. */
const LEAST_LINES = 2;

const ROLES = { title: "H1", part: "H2", point: "H3" } as const;

/**
 * The report as a PDF to be signed: PDF/A-2a, tagged, its letters embedded, from the same blocks as
 * the Word document. The same report always gives the same bytes.
 */
export async function pdfBytes(report: PublishedReport): Promise<Uint8Array<ArrayBuffer>> {
  const pages = await PdfPages.begin({
    title: printable(documentTitle(report)),
    subject: printable(wording.versionText(report)),
    author: printable(report.head.document_agency),
    written: parseMoment(report.publication.recorded_at),
  });
  for (const section of reportSections(report)) {
    new SectionWriter(pages, section, wording.pageMarks(report).join(" - ")).write();
  }
  return pages.end();
}

/** Sets the blocks of one section on as many pages as they need. */
class SectionWriter {
  private readonly pages: PdfPages;
  private readonly section: Section;
  private readonly marks: string;
  private readonly tables = new Map<TableBlock, readonly TableRow[]>();
  private readonly paragraphs = new Map<ParagraphBlock, SetParagraph>();
  private y = 0;
  private number = 0;

  constructor(pages: PdfPages, section: Section, marks: string) {
    this.pages = pages;
    this.section = section;
    this.marks = marks;
  }

  write(): void {
    this.turn();
    const { blocks } = this.section;
    for (const [index, block] of blocks.entries()) {
      const needed = this.neededFrom(index);
      const { top } = this.pages.frame;
      if (this.y > top && this.y + needed > this.pages.frame.bottom) this.turn();
      const next = this.section.blocks[index + 1];
      const isKept = block.kind === "table" && block.keepNext === true && next !== undefined;
      this.put(block, isKept ? this.heightOf(next) : 0);
    }
  }

  private turn(): void {
    this.pages.newPage(this.section.paper);
    this.number += 1;
    this.y = this.pages.frame.top;
    if (this.number > 1) {
      this.pages.asideText(String(this.number), { size: SIZE.heading }, NUMBER_AT, "center");
    }
    if (this.marks !== "") this.pages.asideText(printable(this.marks), RED, NUMBER_AT, "right");
  }

  private get width(): number {
    return this.pages.frame.right - this.pages.frame.left;
  }

  /** The room that a block needs: with all blocks kept with it, and the first lines of the next. */
  private neededFrom(index: number): number {
    let needed = 0;
    for (const [offset, block] of this.section.blocks.slice(index).entries()) {
      const isKept = block.kind === "paragraph" && block.keepNext === true;
      needed += isKept ? this.heightOf(block) : this.leastOf(block);
      // a rule stays with the heading above it
      if (!isKept && !(offset === 0 && block.kind === "rule")) break;
    }
    return needed;
  }

  private leastOf(block: Block): number {
    if (block.kind === "paragraph" && block.keepLines !== true) {
      const { set, before } = this.setParagraph(block, this.width);
      const lines = Math.min(LEAST_LINES, set.lines.length);
      return before + lines * set.lineHeight;
    }
    if (block.kind === "table") {
      const rows = this.rowsOf(block);
      return rows.slice(0, 2).reduce((sum, { height }) => sum + height, 0);
    }
    return this.heightOf(block);
  }

  private heightOf(block: Block, width = this.width): number {
    switch (block.kind) {
      case "paragraph": {
        const { set, before, after } = this.setParagraph(block, width);
        return before + set.height + after;
      }
      case "rule":
        return RULE_HEIGHT;
      case "table":
        return this.rowsOf(block).reduce((sum, { height }) => sum + height, 0);
      case "beside":
        return this.heightsOf(block).reduce((sum, height) => sum + height, 0);
    }
  }

  /** @param below room for what is kept with the end of a table */
  private put(block: Block, below: number): void {
    switch (block.kind) {
      case "paragraph":
        this.putParagraph(block);
        break;
      case "rule":
        this.putRule(block, this.pages.frame.left, this.width);
        break;
      case "table":
        this.putTable(block, below);
        break;
      case "beside":
        this.putBeside(block);
    }
  }

  /** A block always stands in the same width. */
  private setParagraph(block: ParagraphBlock, width: number): SetParagraph {
    const known = this.paragraphs.get(block);
    if (known !== undefined) return known;
    const set = this.pages.set(printable(block.text), block, width - points(block.indent ?? 0), {
      first: points(block.firstLine ?? 0),
      ...(block.line === undefined ? {} : { line: block.line }),
    });
    const made = { set, before: points(block.before ?? 0), after: points(block.after ?? 0) };
    this.paragraphs.set(block, made);
    return made;
  }

  private putParagraph(block: ParagraphBlock): void {
    const { set, before, after } = this.setParagraph(block, this.width);
    const { left, top } = this.pages.frame;
    if (this.y > top) this.y += before;
    const element =
      block.text.trim() === ""
        ? null
        : this.pages.element(block.role === undefined ? "P" : ROLES[block.role]);
    let from = 0;
    while (from < set.lines.length) {
      const to = this.fitting(set, from, block.keepLines === true);
      if (to <= from) {
        this.turn();
        continue;
      }
      const at = {
        x: left + points(block.indent ?? 0),
        y: this.y,
        width: this.width - points(block.indent ?? 0),
        align: block.align ?? ("left" as const),
        first: points(block.firstLine ?? 0),
      };
      this.y =
        element === null
          ? this.y + (to - from) * set.lineHeight
          : this.pages.place(element, set, at, { from, to });
      from = to;
      if (from < set.lines.length) this.turn();
    }
    element?.end();
    this.y += after;
  }

  /** The line up to which a paragraph fits on this page, without widows and orphans. */
  private fitting({ lines, lineHeight }: SetText, from: number, isWhole: boolean): number {
    const { bottom, top } = this.pages.frame;
    const room = Math.floor((bottom - this.y + 0.01) / lineHeight);
    const left = lines.length - from;
    if (room >= left) return lines.length;
    // on an empty page it is placed anyway
    if (this.y <= top) return from + Math.max(room, 1);
    if (isWhole) return from;
    const taken = left - room < LEAST_LINES ? left - LEAST_LINES : room;
    return taken < LEAST_LINES ? from : from + taken;
  }

  private putRule({ part }: RuleBlock, x: number, width: number): void {
    const margin = (width * (1 - part)) / 2;
    this.pages.line([x + margin, this.y + 3.5], [x + width - margin, this.y + 3.5], 0.75);
    this.y += RULE_HEIGHT;
  }

  private heightsOf({ rows, widths }: BesideBlock): number[] {
    return rows.map((row) =>
      Math.max(
        ...row.map((lines, side) =>
          lines.reduce((sum, one) => sum + this.heightOf(one, points(widths[side] ?? 0)), 0),
        ),
      ),
    );
  }

  private putBeside(block: BesideBlock): void {
    const heights = this.heightsOf(block);
    for (const [index, row] of block.rows.entries()) {
      const top = this.y;
      let x = this.pages.frame.left;
      for (const [side, lines] of row.entries()) {
        const width = points(block.widths[side] ?? 0);
        this.y = top;
        for (const line of lines) this.putWithin(line, x, width);
        x += width;
      }
      this.y = top + (heights[index] ?? 0);
    }
  }

  private putWithin(line: Line, x: number, width: number): void {
    if (line.kind === "rule") {
      this.putRule(line, x, width);
      return;
    }
    const { set, before, after } = this.setParagraph(line, width);
    this.y += before;
    if (line.text.trim() === "") this.y += set.height;
    else {
      const element = this.pages.element("P");
      this.y = this.pages.place(element, set, { x, y: this.y, width, align: line.align ?? "left" });
      element.end();
    }
    this.y += after;
  }

  private rowsOf(block: TableBlock): readonly TableRow[] {
    const known = this.tables.get(block);
    if (known !== undefined) return known;
    const { columns, lines, room, size } = block;
    const widths = columnWidths(block).map(points);
    const cellOf = (texts: readonly string[], width: number, align: Side, bold: boolean): Cell => {
      const sets = texts.map((text, index) =>
        this.pages.set(
          printable(text),
          index === 0 ? { size, bold } : { size: SIZE.small, italics: true },
          width - 2 * PADDING,
        ),
      );
      const height = sets.reduce((sum, set) => sum + set.height, 0);
      return { sets, width, align, height };
    };
    const rowOf = (cells: readonly Cell[], isHeader = false): TableRow => ({
      cells,
      isHeader,
      height: Math.max(...cells.map(({ height }) => height)) + 2 * PADDING_ABOVE,
    });
    const rows = [
      rowOf(
        columns.map(({ header }, index) => cellOf([header], widths[index] ?? 0, "center", true)),
        true,
      ),
      ...lines.map((line) =>
        "heading" in line
          ? rowOf([cellOf([line.heading], points(room), "left", true)])
          : rowOf(
              line.map((texts, index) =>
                cellOf(texts, widths[index] ?? 0, columns[index]?.align ?? "left", false),
              ),
            ),
      ),
    ];
    this.tables.set(block, rows);
    return rows;
  }

  private putTable(block: TableBlock, below: number): void {
    const table = this.pages.element("Table");
    const [header, ...rows] = this.rowsOf(block);
    if (header === undefined) return;
    this.putRow(header, table);
    for (const [index, row] of rows.entries()) {
      const isHeading = row.cells.length === 1 && block.columns.length > 1;
      const following = rows[index + 1];
      const next = following === undefined ? below : isHeading ? following.height : 0;
      if (this.y + row.height + next > this.pages.frame.bottom) {
        this.turn();
        this.putRow(header, null);
      }
      this.putRow(row, table, block.columns.length);
    }
    table.end();
  }

  /** @param table its element; null for a repeated header, which is not tagged again */
  private putRow(
    { cells, height, isHeader }: TableRow,
    table: Element | null,
    columns = cells.length,
  ): void {
    const { left } = this.pages.frame;
    const [top, bottom] = [this.y, this.y + height];
    const width = cells.reduce((sum, one) => sum + one.width, 0);
    if (isHeader) this.pages.fill(left, top, width, height, HEADER_FILL);
    const row = table === null ? null : this.pages.element("TR", table);
    let x = left;
    for (const { sets, width: wide, align, height: tall } of cells) {
      let y = top + (height - tall) / 2;
      const at = { x: x + PADDING, width: wide - 2 * PADDING, align };
      if (row === null) {
        for (const set of sets) {
          this.pages.aside("Pagination", () => {
            y = this.pages.place(null, set, { ...at, y });
          });
        }
      } else {
        const cell = this.pages.element(isHeader ? "TH" : "TD", row, {
          O: "Table",
          ...(isHeader ? { Scope: "Column" } : {}),
          ...(cells.length < columns ? { ColSpan: columns } : {}),
        });
        for (const set of sets) y = this.pages.place(cell, set, { ...at, y });
        cell.end();
      }
      this.pages.line([x, top], [x, bottom]);
      x += wide;
    }
    row?.end();
    this.pages.line([x, top], [x, bottom]);
    this.pages.line([left, top], [x, top]);
    this.pages.line([left, bottom], [x, bottom]);
    this.y = bottom;
  }
}

interface SetParagraph {
  readonly set: SetText;
  readonly before: number;
  readonly after: number;
}

interface Cell {
  readonly sets: readonly SetText[];
  readonly width: number;
  readonly align: Side;
  readonly height: number;
}

interface TableRow {
  readonly cells: readonly Cell[];
  readonly isHeader: boolean;
  readonly height: number;
}

import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";
import { defined } from "../vocabulary/defined.ts";
import { printable } from "../workbook/xml.ts";
import {
  type BesideBlock,
  type Block,
  columnWidths,
  type Letters,
  type Line,
  type ParagraphBlock,
  type RuleBlock,
  SIZE,
  type Side,
  type TableBlock,
  type TableLine,
} from "./document-block.ts";

export const FONT = "Times New Roman";

const LINE = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" };
const NO_BORDERS = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
};
const HEADER_FILL = "EDEDED";
const ALIGNMENT = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.BOTH,
} as const;

/** A block as Word has it. */
export function wordBlock(block: Block): Paragraph | Table {
  switch (block.kind) {
    case "paragraph":
    case "rule":
      return wordLine(block);
    case "table":
      return wordTable(block);
    case "beside":
      return wordBeside(block);
  }
}

function wordLine(line: Line): Paragraph {
  return line.kind === "rule" ? wordRule(line) : wordParagraph(line);
}

function runOf({ size, bold, italics, color }: Letters): IRunOptions {
  return defined({ size, bold, italics, color });
}

function wordParagraph(block: ParagraphBlock): Paragraph {
  const { align, firstLine, indent, before, after, line, keepNext, keepLines } = block;
  const spacing = defined({ before, after, line });
  const options: IParagraphOptions = {
    ...defined({ alignment: align && ALIGNMENT[align], keepNext }),
    ...(firstLine === undefined ? {} : { indent: { firstLine }, widowControl: true }),
    ...(indent === undefined ? {} : { indent: { left: indent } }),
    ...(Object.keys(spacing).length === 0 ? {} : { spacing }),
    ...(keepLines === true ? { keepLines } : {}),
  };
  return new Paragraph({
    ...options,
    children: [new TextRun({ ...runOf(block), text: printable(block.text) })],
  });
}

function wordRule({ room, part }: RuleBlock): Paragraph {
  const indent = Math.round((room * (1 - part)) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 40, after: 0, line: 60, lineRule: "exact" },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 0, color: "000000" } },
    children: [],
  });
}

function wordTable(block: TableBlock): Table {
  const { columns, lines, room, size, keepNext = false } = block;
  const widths = columnWidths(block);
  const header = columns.map(({ header: text }, index) =>
    cell([text], widths[index] ?? 0, "center", { size, bold: true }, HEADER_FILL),
  );
  return new Table({
    width: { size: room, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: LINE,
      bottom: LINE,
      left: LINE,
      right: LINE,
      insideHorizontal: LINE,
      insideVertical: LINE,
    },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: header }),
      ...lines.map(
        (line, row) =>
          new TableRow({
            cantSplit: true,
            children: isHeading(line)
              ? [
                  cell([line.heading], room, "left", { size, bold: true }, undefined, {
                    across: columns.length,
                    keepNext: true,
                  }),
                ]
              : line.map((texts, index) =>
                  cell(
                    texts,
                    widths[index] ?? 0,
                    columns[index]?.align ?? "left",
                    { size },
                    undefined,
                    {
                      keepNext: keepNext && row === lines.length - 1,
                    },
                  ),
                ),
          }),
      ),
    ],
  });
}

/** Whether a line of a table is one text across it. */
export function isHeading(line: TableLine): line is { readonly heading: string } {
  return "heading" in line;
}

function cell(
  texts: readonly string[],
  width: number,
  align: Side,
  letters: Letters,
  fill?: string,
  { across = 1, keepNext = false }: { across?: number; keepNext?: boolean } = {},
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan: across,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 15, bottom: 15, left: 45, right: 45 },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: "auto", fill } }),
    children: texts.map((text, index) =>
      wordParagraph({
        kind: "paragraph",
        text,
        ...(index === 0 ? letters : { ...letters, size: SIZE.small, italics: true }),
        align,
        before: 0,
        after: 0,
        ...(keepNext ? { keepNext } : {}),
      }),
    ),
  });
}

function wordBeside({ rows, widths }: BesideBlock): Table {
  return new Table({
    width: { size: widths[0] + widths[1], type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: NO_BORDERS,
    rows: rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: row.map(
            (lines, index) =>
              new TableCell({
                width: { size: widths[index] ?? 0, type: WidthType.DXA },
                margins: { left: 0, right: 0 },
                children: lines.map(wordLine),
              }),
          ),
        }),
    ),
  });
}

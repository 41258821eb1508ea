import {
  AlignmentType,
  BorderStyle,
  type IRunOptions,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from "docx";
import { paragraph, SIZE } from "./document-style.ts";

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

type Side = (typeof AlignmentType)["LEFT" | "CENTER" | "RIGHT"];

export interface TableColumn {
  readonly header: string;
  /** Parts of the room; they need not add up to anything. */
  readonly width: number;
  readonly align: Side;
}

/** Lines of one cell, or a row of one text across the whole table. */
export type TableLine = readonly (readonly string[])[] | { readonly heading: string };

/**
 * A table with borders whose header stands on every page and whose rows are never torn apart.
 * The second and later lines of a cell are small.
 * @param room width of the whole table, in twips.
 * @param size of the text, in half points.
 */
export function dataTable(
  columns: readonly TableColumn[],
  lines: readonly TableLine[],
  room: number,
  size: number,
): Table {
  const widths = shares(
    columns.map(({ width }) => width),
    room,
  );
  const header = columns.map(({ header: text, align: _ }, index) =>
    cell([text], widths[index] ?? 0, AlignmentType.CENTER, { size, bold: true }, HEADER_FILL),
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
        (line) =>
          new TableRow({
            cantSplit: true,
            children: isHeading(line)
              ? [
                  cell([line.heading], room, AlignmentType.LEFT, { size, bold: true }, undefined, {
                    across: columns.length,
                  }),
                ]
              : line.map((texts, index) =>
                  cell(texts, widths[index] ?? 0, columns[index]?.align ?? AlignmentType.LEFT, {
                    size,
                  }),
                ),
          }),
      ),
    ],
  });
}

function isHeading(line: TableLine): line is { readonly heading: string } {
  return "heading" in line;
}

function cell(
  texts: readonly string[],
  width: number,
  align: Side,
  run: IRunOptions,
  fill?: string,
  { across = 1 }: { across?: number } = {},
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    columnSpan: across,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 15, bottom: 15, left: 45, right: 45 },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: "auto", fill } }),
    children: texts.map((text, index) =>
      paragraph(text, index === 0 ? run : { ...run, size: SIZE.small, italics: true }, {
        alignment: align,
        spacing: { before: 0, after: 0 },
        ...(across > 1 ? { keepNext: true } : {}),
      }),
    ),
  });
}

/** Two columns without lines, by which headings and signatures stand beside each other. */
export function sideBySide(
  rows: readonly (readonly [ReturnType<typeof paragraph>[], ReturnType<typeof paragraph>[]])[],
  widths: readonly [number, number],
): Table {
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
            (children, index) =>
              new TableCell({
                width: { size: widths[index] ?? 0, type: WidthType.DXA },
                margins: { left: 0, right: 0 },
                children,
              }),
          ),
        }),
    ),
  });
}

/** Shares out a room so that the parts add up to it exactly. */
export function shares(parts: readonly number[], room: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  const widths = parts.map((part) => Math.floor((part / sum) * room));
  const left = room - widths.reduce((total, width) => total + width, 0);
  return widths.map((width, index) => (index === widths.length - 1 ? width + left : width));
}

import type { CellStyle, FontStyle } from "hucre";

export const FONT_NAME = "Times New Roman";

/** Font sizes in points (decree 30/2020/NĐ-CP, annex I, a size less in tables so that they fit A4). */
export const SIZE = { title: 13, text: 12, table: 11, small: 10 } as const;

const LINE = { style: "thin", color: { rgb: "000000" } } as const;
const BORDER = { top: LINE, right: LINE, bottom: LINE, left: LINE } as const;
const HEADER_FILL = { type: "pattern", pattern: "solid", fgColor: { rgb: "EDEDED" } } as const;
const ENTRY_FILL = { type: "pattern", pattern: "solid", fgColor: { rgb: "FFF8DC" } } as const;

type Horizontal = "left" | "center" | "right";

/** Locked text on the page. */
export function textStyle(
  size: number,
  horizontal: Horizontal,
  font: Omit<FontStyle, "name" | "size"> = {},
): CellStyle {
  return {
    font: { name: FONT_NAME, size, ...font },
    alignment: { horizontal, vertical: "center", wrapText: true },
  };
}

/** Locked text in a table. */
export function tableStyle(horizontal: Horizontal, font: { italic?: boolean } = {}): CellStyle {
  return { ...textStyle(SIZE.table, horizontal, font), border: BORDER };
}

export function headerStyle(size: number): CellStyle {
  return { ...textStyle(size, "center", { bold: true }), border: BORDER, fill: HEADER_FILL };
}

/**
 * A cell to fill in. Its number format stays General: a date typed by mistake (10/6) then turns into
 * a date that the reader can name, instead of a five-digit number.
 */
export function entryStyle(horizontal: Horizontal): CellStyle {
  const style = { ...tableStyle(horizontal), fill: ENTRY_FILL, protection: { locked: false } };
  // Figures against the right border are hard to read on paper.
  const indent = horizontal === "right" ? 1 : 0;
  return { ...style, alignment: { ...style.alignment, indent } };
}

/** A cell for free text, kept as text whatever is typed. */
export function noteStyle(): CellStyle {
  return { ...smaller(entryStyle("left")), numFmt: "@" };
}

/** A cell for free text, kept as text whatever is typed. */
export function remarkStyle(): CellStyle {
  return { ...entryStyle("left"), numFmt: "@" };
}

/** Text below the table that may be typed over: place and date, names. */
export function freeTextStyle(font: { italic?: boolean } = {}): CellStyle {
  return { ...textStyle(SIZE.text, "center", font), protection: { locked: false } };
}

/** The same style with its text at the top of the cell. */
export function top(style: CellStyle): CellStyle {
  return { ...style, alignment: { ...style.alignment, vertical: "top" } };
}

/** The same style in the smallest size. */
export function smaller(style: CellStyle): CellStyle {
  return { ...style, font: { ...style.font, size: SIZE.small } };
}

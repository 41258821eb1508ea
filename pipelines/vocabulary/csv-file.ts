/** How a CSV file parts its columns and writes its decimals. */
export interface CsvDialect {
  readonly separator: string;
  readonly decimalMark: string;
}

/** What other programs read: commas, and a point before the decimals. */
export const FOR_PROGRAMS: CsvDialect = { separator: ",", decimalMark: "." };

/** What Excel in Vietnamese opens as it stands: semicolons, and a comma before the decimals. */
export const FOR_EXCEL: CsvDialect = { separator: ";", decimalMark: "," };

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";

/** What a spreadsheet may take for the beginning of a formula, full-width letters included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
const GUARD = "'";

/** What a cell may hold only within quotes, whichever way its file parts columns. */
const QUOTED = /[",\r\n;\t]|^\s|\s$/;

/**
 * A text as a cell. One that a spreadsheet could take for a formula gets an apostrophe before it, and
 * so does one that begins with an apostrophe: a reader that takes one leading apostrophe away has the
 * text as it was.
 */
export function textCell(text: string): string {
  const guarded = FORMULA.test(text) || text.startsWith(GUARD) ? GUARD + text : text;
  return QUOTED.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/**
 * A figure with a point before its decimals as a cell; it stays a figure, without zeros that say nothing.
 * A comma in it stands within quotes: a spreadsheet that parts columns at commas, too, leaves it whole.
 */
export function figureCell(figure: string, dialect: CsvDialect): string {
  const short = figure.includes(".") ? figure.replace(/\.?0+$/, "") : figure;
  const written = short.replace(".", dialect.decimalMark);
  return written.includes(",") ? `"${written}"` : written;
}

/** The text of a file, from its rows of cells: with the mark of UTF-8, lines ended as Windows does. */
export function csvFile(rows: readonly (readonly string[])[], dialect: CsvDialect): string {
  const lines = rows.map((cells) => cells.join(dialect.separator) + LINE_END);
  return BYTE_ORDER_MARK + lines.join("");
}

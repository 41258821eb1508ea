/** What a column is filled up to; a longer text moves the rest of its row aside. */
const WIDEST = 72;

/** A figure, or what stands in its place where there is none. */
const FIGURE = /^([–+-]?[\d.,]+ ?%?|[–…x-]|\(\*\)|)$/;

/** Rows of texts as a table whose columns stand below each other; those of figures end together. */
export function alignedTable(rows: readonly (readonly string[])[]): string[] {
  // a row with one text goes through all columns
  const full = rows.filter((row) => row.filter((text) => text !== "").length > 1);
  const columns = Math.max(0, ...full.map(({ length }) => length));
  const texts = Array.from({ length: columns }, (_, column) =>
    full.map((row) => row[column] ?? ""),
  );
  const widths = texts.map((column) => Math.min(WIDEST, Math.max(...column.map(lengthOf))));
  const areFigures = texts.map((column) => column.slice(1).every((text) => FIGURE.test(text)));
  return rows.map((row) =>
    row
      .map((text, column) => {
        const blank = " ".repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(text)));
        return areFigures[column] ? blank + text : text + blank;
      })
      .join(" | ")
      .replace(/[ |]+$/, ""),
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** A text in which what is by chance is the same each time: digests, and the sizes of files with one. */
export function withoutChance(text: string): string {
  return text
    .replace(/\b[0-9a-f]{12,64}\b/g, "[digest]")
    .replace(/\b[0-9A-F]{5}(-[0-9A-F]{5}){3}\b/g, "[code]")
    .replace(/[\d.,]+ kB\b/g, "[size]");
}

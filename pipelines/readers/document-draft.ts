import type { Block } from "../reading-plans/outline.ts";

/** A table that only lays out the head or the end of a document. */
const LAYOUT = /cộng\s+h(?:òa|oà)\s+xã\s+hội|độc\s+lập\s*-|nơi\s+nhận/iu;
const MAX_COLUMNS = 64;

/** Collects the blocks of an office document, tables within tables as text of their cell. */
export class DocumentDraft {
  readonly blocks: Block[] = [];
  private rows: string[][] = [];
  private depth = 0;
  private cell: string[] = [];

  openTable(): void {
    this.depth += 1;
    if (this.depth === 1) this.rows = [];
  }

  openRow(): void {
    if (this.depth === 1) this.rows.push([]);
  }

  openCell(): void {
    if (this.depth === 1) this.cell = [];
  }

  closeCell(columns: number): void {
    if (this.depth !== 1) return;
    const row = this.rows.at(-1);
    row?.push(this.cell.join("\n"));
    const more = Math.min(columns - 1, MAX_COLUMNS - (row?.length ?? 0));
    for (let index = 0; index < more; index += 1) row?.push("");
    this.cell = [];
  }

  closeTable(): void {
    this.depth -= 1;
    if (this.depth > 0) return;
    const { rows } = this;
    const isLayout =
      rows.every((row) => row.length < 2) ||
      rows.some((row) => row.some((cell) => LAYOUT.test(cell)));
    if (!isLayout) {
      this.blocks.push({
        kind: "table",
        rows: rows.map((row) => row.map((cell) => cell.replace(/\s+/gu, " "))),
        page: null,
      });
    } else
      for (const text of rows.flat().flatMap((cell) => cell.split("\n")))
        this.paragraph(text, null);
  }

  /** A paragraph, each of its lines by itself. */
  paragraph(text: string, level: number | null): void {
    for (const line of text.normalize("NFC").split("\n")) {
      const shown = line.replace(/\s+/gu, " ").trim();
      if (shown === "") continue;
      if (this.depth > 0) this.cell.push(shown);
      else this.blocks.push({ kind: "paragraph", text: shown, level, page: null });
    }
  }
}

/** `iv` for 4, `d` for 4: a number of a list, in its format: `lowerRoman` or `i`, `upperLetter` or `A`. */
export function listNumber(value: number, format: string): string {
  const shown = /Roman$|^i$/i.test(format)
    ? roman(value)
    : /Letter$|^a$/i.test(format)
      ? String.fromCharCode(64 + Math.min(value, 26))
      : String(value);
  return /^(?:lower|[ia]$)/.test(format) ? shown.toLowerCase() : shown;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function roman(value: number): string {
  let rest = Math.min(value, 89);
  return ROMAN.map(([size, sign]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return sign.repeat(count);
  }).join("");
}

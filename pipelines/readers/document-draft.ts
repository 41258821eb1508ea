import type { Block, Paragraph } from "../reading-plans/outline.ts";
import { cellsOf, STARTS } from "./text-blocks.ts";

/** A table that only lays out the head or the end of a document. */
const LAYOUT = /cộng\s+h(?:òa|oà)\s+xã\s+hội|độc\s+lập\s*-|nơi\s+nhận/iu;
const MAX_COLUMNS = 64;
/** The letters of a line that fills a page, at least. */
const BROKEN = 60;

/** Collects the blocks of an office document, tables within tables as text of their cell. */
export class DocumentDraft {
  private readonly found: Block[] = [];
  /** Lines whose cells stand between tabs. */
  private tabbed: string[][] = [];
  private rows: string[][] = [];
  private depth = 0;
  private cell: string[] = [];

  get blocks(): readonly Block[] {
    this.closeTabbed();
    return this.found;
  }

  private closeTabbed(): void {
    const rows = this.tabbed;
    this.tabbed = [];
    if (rows.length > 1) this.found.push({ kind: "table", rows });
    else for (const row of rows) this.paragraph(row.join(" "), null);
  }

  openTable(): void {
    this.closeTabbed();
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
      this.found.push({
        kind: "table",
        rows: rows.map((row) => row.map((cell) => cell.replace(/\s+/gu, " "))),
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
      const cells = this.depth > 0 ? null : cellsOf(line.trimStart(), this.tabbed.length > 0);
      if (cells === null) this.closeTabbed();
      const last = this.found.at(-1);
      if (this.depth > 0) this.cell.push(shown);
      else if (level === null && last?.kind === "paragraph" && isBroken(last, shown))
        this.found.splice(-1, 1, { ...last, text: `${last.text} ${shown}` });
      else if (cells !== null) this.tabbed.push(cells);
      else this.found.push({ kind: "paragraph", text: shown, level });
    }
  }
}

/** Whether a line goes on with the one before, which somebody broke by hand at the margin. */
function isBroken({ text, level }: Paragraph, shown: string): boolean {
  const isOpen = level === null && text.length >= BROKEN && !/[.;:!?…]["”)]?$/u.test(text);
  return isOpen && /^[\p{Ll}\d]/u.test(shown) && !STARTS.test(shown);
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

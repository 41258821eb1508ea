import type { Block, Paragraph } from "../reading-plans/outline.ts";

/** A line of a text. */
interface TextLine {
  readonly text: string;
  /** It reaches the right margin, so that the next one may go on with it; null where nobody knows. */
  readonly isFull: boolean | null;
  /** How many more letters would have had room before the right margin; 0 where nobody knows. */
  readonly room: number;
}

/** What a paragraph of a plan begins with. */
export const STARTS =
  /^(?:[-–—+*•●▪◦·]\s*\S|(?:phần|chương|điều)\s+(?:[IVX]+|\d+|thứ\s+\S+)(?!\p{L})|[IVX]{1,5}\s*[.)]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|\d{1,2}\.\d{1,2}\s|[a-zđ]\d?[.)]\s|\(\d{1,2}\)|nơi\s+nhận|kế\s+hoạch$|(?:TM|KT|TL|TUQ)\.)/iu;
const ENDS = /(?:[.;:!?…]|\.\/\.)["”)]?$/u;
/** A line of text that goes on is not shorter. */
const GOES_ON = 50;

/** Lines that a program broke are no longer, and but for the last one of a paragraph hardly shorter. */
const WIDEST = 130;
const FULL = 0.85;

/** A line that is drawn. */
const LINE = /^[-=_*]{3,}$/;

interface OpenParagraph {
  text: string;
  last: TextLine;
  lines: number;
}

/** The paragraphs that lines make: a line goes on with the one before where that does not end a sentence. */
function joined(lines: readonly TextLine[]): Paragraph[] {
  const blocks: OpenParagraph[] = [];
  let isBroken = false;
  for (const line of lines) {
    const before = isBroken ? undefined : blocks.at(-1);
    isBroken = LINE.test(line.text);
    if (isBroken) continue;
    if (before !== undefined && goesOn(before, line)) {
      before.text += `${/[\p{L}\d]-$/u.test(before.text) ? "" : " "}${line.text}`;
      before.last = line;
      before.lines += 1;
    } else blocks.push({ text: line.text, last: line, lines: 1 });
  }
  return blocks.map(({ text }) => ({ kind: "paragraph", text, level: null }));
}

function goesOn(paragraph: OpenParagraph, line: TextLine): boolean {
  const { last: before } = paragraph;
  const isFull = before.isFull === true;
  // «kinh tế» at the end of a line, «- xã hội» at the beginning of the next one
  const isDash = /^[-–]\s+\p{Ll}/u.test(line.text) && !ENDS.test(before.text);
  if (STARTS.test(line.text)) return isFull && isDash;
  if (ENDS.test(before.text)) return isFull;
  if (isFull && !(isShouted(before.text) && !isShouted(line.text))) return true;
  // the next word had no room any more
  const [word = ""] = line.text.split(" ");
  if (before.room > 0 && before.room <= word.length && /^[\p{Ll}\d(“"]/u.test(line.text))
    return true;
  const isLong = paragraph.lines > 1 || before.text.length >= GOES_ON;
  return /^[\p{Ll}(“"]/u.test(line.text) || (/^\d/u.test(line.text) && isLong);
}

function isShouted(text: string): boolean {
  return text === text.toLocaleUpperCase("vi") && /\p{L}/u.test(text);
}

/** How long lines are that a program broke; null where they are of any length. */
function widthOf(lines: readonly string[]): number | null {
  const lengths = lines.map((line) => line.trim().length).filter((length) => length > 0);
  const width = lengths.sort((one, other) => one - other)[Math.floor(lengths.length * 0.95)] ?? 0;
  const long = lengths.filter((length) => length >= width * FULL);
  return width <= WIDEST && long.length > Math.max(10, lengths.length * 0.3) ? width : null;
}

/** The sign before a note at the end of a text: `[1]`, `[^1]:`. */
const NOTE_SIGN = /^\[\^?\d{1,2}\]:?\s+/u;
/** Fewer are a list with its signs, or the two heads of a document. */
const LEAST_CELLS = 3;

/** The cells of a line, between bars or tabs; null of a line of another kind. */
export function cellsOf(typed: string, isInTable: boolean): string[] | null {
  const line = typed.trim();
  const isBarred = /^\|.*\|$/.test(line);
  const cells = (isBarred ? line.slice(1, -1).split("|") : typed.trimEnd().split("\t")).map(
    (cell) => cell.replace(/\s+/gu, " ").trim(),
  );
  const filled = isInTable ? cells.length + 1 : cells.filter((cell) => cell !== "").length;
  return isBarred || (cells.length > 1 && filled >= LEAST_CELLS) ? cells : null;
}

const RULE = /^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$/;

/** The blocks of a text file, Markdown or plain. */
export function textBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: TextLine[] = [];
  let rows: string[][] = [];
  const typedLines = text.normalize("NFC").split(/\r\n|[\n\r\f]/);
  const width = widthOf(typedLines);
  const lineOf = (shown: string): TextLine => ({
    text: shown,
    isFull: width === null ? null : shown.length >= width * FULL,
    room: width === null ? 0 : Math.max(0, width - shown.length),
  });
  const end = (): void => {
    if (rows.length > 1) blocks.push({ kind: "table", rows });
    else for (const row of rows) lines.push(lineOf(row.join(" | ")));
    blocks.push(...joined(lines));
    [lines, rows] = [[], []];
  };
  for (const typed of typedLines) {
    const line = typed
      .replace(/\*\*|__/g, "")
      .replace(/\\([-*_.#+])/g, "$1")
      .replace(/\s+/g, " ")
      .trim();
    const heading = /^(#{1,6})\s+(.+)$/.exec(line);
    const cells = cellsOf(typed.replace(/\*\*|__/g, ""), rows.length > 0);
    if (cells !== null) {
      if (lines.length > 0) end();
      if (!RULE.test(line)) rows.push(cells);
      continue;
    }
    if (rows.length > 0 || line === "" || heading !== null || NOTE_SIGN.test(line)) end();
    if (NOTE_SIGN.test(line))
      blocks.push({
        kind: "paragraph",
        text: line.replace(NOTE_SIGN, ""),
        level: null,
        isNote: true,
      });
    else if (heading !== null)
      blocks.push({
        kind: "paragraph",
        text: heading[2] ?? "",
        level: heading[1]?.length ?? 1,
      });
    else if (line !== "") lines.push(lineOf(line));
  }
  end();
  return blocks;
}

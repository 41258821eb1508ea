import type { Block, Paragraph } from "../reading-plans/outline.ts";

/** A line of a text, or of a page. */
export interface TextLine {
  readonly text: string;
  readonly page: number | null;
  /** It reaches the right margin, so that the next one may go on with it; null where nobody knows. */
  readonly isFull: boolean | null;
  /** How many more letters would have had room before the right margin; 0 where nobody knows. */
  readonly room: number;
  /** How far it stands in from the left margin, in heights of its letters. */
  readonly indent: number;
  /** Its parts, where wide gaps keep many apart. */
  readonly cells?: readonly string[];
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

/** A line that stands in so much further than another begins there. */
const INDENT = 1;
/** The text of a list hangs no deeper behind its sign. */
const DEEPEST = 4;
/** Lines of one paragraph stand in alike. */
const SAME_INDENT = 0.3;

/** A line that is drawn. */
const LINE = /^[-=_*]{3,}$/;

interface OpenParagraph {
  text: string;
  readonly first: TextLine;
  last: TextLine;
  lines: number;
}

/** The paragraphs that lines make: a line goes on with the one before where that does not end a sentence. */
export function joined(lines: readonly TextLine[]): Paragraph[] {
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
    } else blocks.push({ text: line.text, first: line, last: line, lines: 1 });
  }
  return blocks.map(({ text, last: { page } }) => ({ kind: "paragraph", text, level: null, page }));
}

/**
 * Whether a line stands in as the first one of a paragraph: further than the line before. The text of a
 * list hangs behind its sign, and a line right below one that stands in by itself is another such first
 * line, unless it goes on in the middle of a sentence.
 */
function beginsByIndent({ first, last, lines }: OpenParagraph, line: TextLine): boolean {
  if (line.indent - last.indent > INDENT) return lines > 1 || !STARTS.test(first.text);
  const isBeside = lines === 1 && line.indent > INDENT && line.indent - first.indent > -INDENT;
  return isBeside && !(/^\p{Ll}/u.test(line.text) && !ENDS.test(last.text));
}

/** It stands below the words of a list whose sign stands further out. */
function hangs({ first, last, lines }: OpenParagraph, line: TextLine): boolean {
  const behind = line.indent - first.indent;
  return (
    /^[-–—+*•●▪◦·]/u.test(first.text) &&
    behind > INDENT &&
    behind < DEEPEST &&
    (lines === 1 || Math.abs(line.indent - last.indent) < SAME_INDENT)
  );
}

function goesOn(paragraph: OpenParagraph, line: TextLine): boolean {
  const { last: before } = paragraph;
  const isIndented = beginsByIndent(paragraph, line);
  const isFull = before.isFull === true && !isIndented;
  // «kinh tế» at the end of a line, «- xã hội» at the beginning of the next one
  const isDash = /^[-–]\s+\p{Ll}/u.test(line.text) && !ENDS.test(before.text);
  if (STARTS.test(line.text)) return isFull && isDash && line.indent <= before.indent + INDENT;
  if (hangs(paragraph, line)) return true;
  if (ENDS.test(before.text)) return isFull;
  if (isFull && !(isShouted(before.text) && !isShouted(line.text))) return true;
  if (isIndented) return false;
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
    page: null,
    isFull: width === null ? null : shown.length >= width * FULL,
    indent: 0,
    room: width === null ? 0 : Math.max(0, width - shown.length),
  });
  const end = (): void => {
    if (rows.length > 1) blocks.push({ kind: "table", rows, page: null });
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
        page: null,
        isNote: true,
      });
    else if (heading !== null)
      blocks.push({
        kind: "paragraph",
        text: heading[2] ?? "",
        level: heading[1]?.length ?? 1,
        page: null,
      });
    else if (line !== "") lines.push(lineOf(line));
  }
  end();
  return blocks;
}

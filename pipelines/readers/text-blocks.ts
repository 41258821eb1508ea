import type { Block } from "../reading-plans/outline.ts";

/** A line of a text, or of a page. */
export interface TextLine {
  readonly text: string;
  readonly page: number | null;
  /** It reaches the right margin, so that the next one may go on with it; null where nobody knows. */
  readonly isFull: boolean | null;
  /** It stands in from the left margin, as the first line of a paragraph. */
  readonly isIndented: boolean;
  /** Its parts, where wide gaps keep many apart. */
  readonly cells?: readonly string[];
}

const STARTS =
  /^(?:[-–—+*•●▪◦·]\s*\S|(?:phần|chương|điều)\s+\S+|[IVX]{1,5}\s*[.)]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|\d{1,2}\.\d{1,2}\s|[a-zđ]\d?[.)]\s|\(\d{1,2}\)|nơi\s+nhận|kế\s+hoạch$|(?:TM|KT|TL|TUQ)\.)/iu;
const ENDS = /(?:[.;:!?…]|\.\/\.)["”)]?$/u;
/** A line of text that goes on is not shorter. */
const GOES_ON = 50;

/** Lines that a program broke are no longer, and but for the last one of a paragraph hardly shorter. */
const WIDEST = 130;
const FULL = 0.85;

/** The paragraphs that lines make: a line goes on with the one before where that does not end a sentence. */
export function joined(lines: readonly TextLine[]): Block[] {
  const blocks: { text: string; last: TextLine }[] = [];
  for (const line of lines) {
    const before = blocks.at(-1);
    if (before !== undefined && goesOn(before.last, line)) {
      before.text += `${/[\p{L}\d]-$/u.test(before.text) ? "" : " "}${line.text}`;
      before.last = line;
    } else blocks.push({ text: line.text, last: line });
  }
  return blocks.map(({ text, last: { page } }) => ({ kind: "paragraph", text, level: null, page }));
}

function goesOn(before: TextLine, line: TextLine): boolean {
  const isFull = before.isFull === true && !line.isIndented;
  // «kinh tế» at the end of a line, «- xã hội» at the beginning of the next one
  const isDash = /^[-–]\s+\p{Ll}/u.test(line.text) && !ENDS.test(before.text);
  if (STARTS.test(line.text)) return isFull && isDash;
  if (ENDS.test(before.text)) return isFull;
  if (isFull && !(isShouted(before.text) && !isShouted(line.text))) return true;
  if (line.isIndented) return false;
  const isLong = before.text.length >= GOES_ON;
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
    isIndented: false,
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
    if (/^\|.*\|$/.test(line)) {
      if (lines.length > 0) end();
      if (!RULE.test(line))
        rows.push(
          line
            .slice(1, -1)
            .split("|")
            .map((cell) => cell.trim()),
        );
      continue;
    }
    if (rows.length > 0 || line === "" || heading !== null) end();
    if (heading !== null)
      blocks.push({
        kind: "paragraph",
        text: heading[2] ?? "",
        level: heading[1]?.length ?? 1,
        page: null,
      });
    else if (line !== "" && !/^[-=_*]{3,}$/.test(line)) lines.push(lineOf(line));
  }
  end();
  return blocks;
}

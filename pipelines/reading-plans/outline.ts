/** A paragraph of a document, as its reader has it. */
export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: string;
  /** Level of a heading by its style; null of other paragraphs, and where styles say nothing. */
  readonly level: number | null;
  /** It stands at the foot of a page, or at the end, for a sign in the text. */
  readonly isNote?: true;
}

export interface DocumentTable {
  readonly kind: "table";
  readonly rows: readonly (readonly string[])[];
}

export type Block = Paragraph | DocumentTable;

/** Where something stands in a document. */
export interface Place {
  /** Of paragraphs and tables, from 1. */
  readonly paragraph: number;
  /** The headings above it, the widest first. */
  readonly headings: readonly string[];
  /** In a table, from 1. */
  readonly row?: number;
}

/** A block with where it stands. */
export interface Placed<B extends Block = Block> {
  readonly block: B;
  readonly place: Place;
  readonly isHeading: boolean;
}

/** What a heading begins with, the widest first. */
const MARKERS: readonly RegExp[] = [
  /^(?:(?:phần|chương)\s+(?:thứ\s+\p{L}+|[IVX]+|\d+)[.:)]?\s*|(?=phụ\s+lục))/iu,
  /^[A-HĐ]\s*[.)]\s+(?=\p{Lu})/u,
  /^[IVX]{1,5}\s*[.)\-–/:]\s*(?=\S)/u,
  /^(?:(?:điều\s+)?\d{1,2}[.)]\s*|\d{1,2}\/\s+)(?=\D)/iu,
  /^\d{1,2}\.\d{1,2}[.)]?\s+(?=\D)/u,
  /^\d{1,2}(?:\.\d{1,2}){2,}[.)]?\s+(?=\D)/u,
  /^[a-zđ]\d?[.)]\s*(?=\S)/u,
];
const BULLET = /^(?:[-–—+_*•●▪◦·]|\(\d{1,2}\)|\d{1,2}\))\s*/u;
/** Headings that have no sign before them in some documents. */
const KNOWN =
  /^(?:về\s+)?(?:các\s+|một\s+số\s+)?(?:mục\s+(?:tiêu|đích)|chỉ\s+tiêu|nhiệm\s+vụ|giải\s+pháp|yêu\s+cầu|kinh\s+phí|tổ\s+chức\s+thực\s+hiện|quan\s+điểm|phân\s+công|chế\s+độ\s+báo\s+cáo|mở\s+đầu|đặt\s+vấn\s+đề)/iu;
const LONGEST_HEADING = 250;
/** «Phần thứ nhất», whose words stand in the next line. */
const PART_ALONE = /^(?:phần|chương)\s+(?:thứ\s+\p{L}+|[IVX]+|\d+)[.:]?$/iu;

/** What stands before the words of a paragraph, `a)` or `-`, taken away. */
export function withoutMarker(text: string): string {
  const marker = [...MARKERS, BULLET].find((one) => one.test(text));
  return (marker === undefined ? text : text.replace(marker, "")).trim();
}

/** `1.`, `a)`: it is an item of a list that is counted. */
export function isNumbered(text: string): boolean {
  return MARKERS.some((one) => one.test(text));
}

/** How wide a heading is, 0 the widest; null of a paragraph that is none. */
function rankOf({ text, level }: Paragraph): number | null {
  const rank = MARKERS.findIndex((one) => one.test(text));
  const isClosed =
    /[.;,]$/u.test(text) || text.length > LONGEST_HEADING || /^kế\s+hoạch/iu.test(text);
  if (isClosed) return null;
  if (rank >= 0) return rank;
  if (BULLET.test(text)) return null;
  if (level !== null) return level + MARKERS.length - 1;
  return KNOWN.test(text) && text.length < 80 ? MARKERS.length : null;
}

/** Between that of a part and that of what has a sign of its own. */
const BELOW_PART = 0.5;

/** Every block with its place. */
export function placed(blocks: readonly Block[]): Placed[] {
  const above: { readonly rank: number; readonly text: string }[] = [];
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    const isNamed = before?.kind === "paragraph" && PART_ALONE.test(before.text);
    const rank = block.kind !== "paragraph" ? null : isNamed ? BELOW_PART : rankOf(block);
    if (rank !== null) while ((above.at(-1)?.rank ?? -1) >= rank) above.pop();
    else if (block.kind === "paragraph") endItem(above, block.text);
    const headings = above.map(({ text }) => text);
    if (rank !== null && block.kind === "paragraph") above.push({ rank, text: block.text });
    const place = { paragraph: index + 1, headings };
    return { block, place, isHeading: rank !== null };
  });
}

/** A numbered item that is no heading stands beside the heading with such a number before it, not below it. */
function endItem(above: { readonly rank: number }[], text: string): void {
  const rank = MARKERS.findIndex((one) => one.test(text));
  const beside = above.findIndex((one) => one.rank === rank);
  if (beside >= 0) above.length = beside;
}

export function isParagraph(one: Placed): one is Placed<Paragraph> {
  return one.block.kind === "paragraph";
}

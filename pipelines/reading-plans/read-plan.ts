import { calendarOf, type ReportDue } from "./calendar.ts";
import {
  type Block,
  type DocumentTable,
  isParagraph,
  type Paragraph,
  type Placed,
  placed,
  withoutMarker,
} from "./document.ts";
import { headOf, type PlanHead } from "./head.ts";
import { sentencesOf } from "./sentence.ts";
import { type QuotaTable, readTable } from "./tables.ts";
import {
  ALL_CRITERIA,
  type NotUnderstood,
  type ReadTarget,
  readSentence,
  type Section,
  type SentenceReading,
  withoutNumber,
} from "./targets.ts";
import { type KnownUnit, type ReadUnit, unitsOf } from "./units.ts";

/** What a signed plan says. */
export interface PlanReading extends PlanHead {
  readonly targets: readonly ReadTarget[];
  /** Tables that give each place or unit its own number. */
  readonly quotas: readonly QuotaTable[];
  readonly calendar: readonly ReportDue[];
  readonly units: readonly ReadUnit[];
  readonly not_understood: readonly NotUnderstood[];
}

/** Reads the blocks of a plan: its head, targets, calendar and units, and what was not understood of it. */
export function readPlan(blocks: readonly Block[], known: readonly KnownUnit[] = []): PlanReading {
  const document = placed(blocks);
  const body = document.slice(...bodyOf(document));
  const calendar = calendarOf(body);
  const told = new Set(calendar.map(({ sentence }) => sentence));
  const readings = body.filter(isParagraph).flatMap((one) => readingsOf(one, told));
  const tables = body.filter(isTable).map(readTable);
  return {
    ...headOf(document),
    targets: [...readings, ...tables].flatMap(({ targets }) => targets),
    quotas: tables.flatMap(({ quotas }) => quotas),
    calendar,
    units: unitsOf(body, known),
    not_understood: [...readings, ...tables].flatMap(({ left }) => left),
  };
}

function isTable(one: Placed): one is Placed<DocumentTable> {
  return one.block.kind === "table";
}

/** From behind the date to before the list of who gets it; an annex comes after that. */
function bodyOf(document: readonly Placed[]): [start: number, end: number] {
  const says = (words: RegExp) => (one: Placed) => isParagraph(one) && words.test(one.block.text);
  const title = document.findIndex(says(/^kế\s+hoạch(?!\s+số)/iu));
  const dated = document.findIndex(says(/,\s*ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}[\s|]*$/iu));
  const end = document.findIndex(says(/^nơi\s+nhận/iu));
  const start = Math.max(title, dated < HEAD ? dated : -1) + 1;
  return [start, end < start ? document.length : end];
}

const HEAD = 40;

function readingsOf(
  { block, place, isHeading }: Placed<Paragraph>,
  told: ReadonlySet<string>,
): SentenceReading[] {
  const section = sectionOf(place.headings);
  return sentencesOf(withoutMarker(block.text)).flatMap((sentence) => {
    const reading = readSentence(sentence, place, section);
    // a sentence about reports has its numbers in the calendar
    if (told.has(sentence) && reading.targets.length === 0) return [];
    const isBare =
      reading.targets.length === 0 &&
      reading.left.length === 0 &&
      !isHeading &&
      !sentence.endsWith(":");
    const isList = section === "targets" || (section === "aims" && ALL_CRITERIA.test(sentence));
    return [isBare && isList ? withoutNumber(sentence, place) : reading];
  });
}

function sectionOf(headings: readonly string[]): Section {
  return (
    [...headings]
      .reverse()
      .flatMap((heading) => SECTIONS.find(([words]) => words.test(heading))?.[1] ?? [])[0] ??
    "tasks"
  );
}

const SECTIONS: readonly (readonly [words: RegExp, section: Section])[] = [
  [
    /kết\s+quả\s+(?:thực\s+hiện|đạt)|thực\s+trạng|tình\s+hình|đánh\s+giá|tồn\s+tại|hạn\s+chế|nguyên\s+nhân/iu,
    "past",
  ],
  [/chỉ\s+tiêu/iu, "targets"],
  [/nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|kinh\s+phí/iu, "tasks"],
  [/mục\s+tiêu/iu, "aims"],
];

import { amountsIn } from "./amounts.ts";
import { calendarOf, deadlinesLeft, type ReportDue } from "./calendar.ts";
import { headOf, type PlanHead, TITLE } from "./head.ts";
import { readListing } from "./listed-quotas.ts";
import type { Section } from "./number-roles.ts";
import {
  type Block,
  type DocumentTable,
  isParagraph,
  type Paragraph,
  type Placed,
  placed,
  withoutMarker,
} from "./outline.ts";
import { sentencesOf } from "./sentence.ts";
import { type QuotaTable, readTable, type TableReading } from "./tables.ts";
import {
  type NotUnderstood,
  ONLY_A_TIME,
  type ReadTarget,
  type SentenceReading,
  together,
} from "./targets.ts";
import { duesIn } from "./times.ts";
import { type KnownUnit, type ReadUnit, unitsOf } from "./units.ts";

/** What is read of a signed plan. */
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
  const [document, notes] = [placed(blocks.filter(isText)), placed(blocks).filter(isNote)];
  const body = bodyOf(document);
  // a plan without a part for them has its targets anywhere
  const isParted = body.some(({ place }) =>
    /aims|targets/.test(sectionOf(place.headings, "tasks")),
  );
  const otherwise = isParted ? "tasks" : "aims";
  const calendar = calendarOf(body);
  const readings = body.map((one) =>
    isParagraph(one)
      ? readingOf(one, calendar, otherwise)
      : readTable(one as Placed<DocumentTable>, sectionOf(one.place.headings, otherwise)),
  );
  const head = headOf(document);
  const { targets, left } = together(readings.map((one) => withoutPast(one, head.years[0] ?? 0)));
  const quotas = readings.flatMap((one) => one.quotas);
  const units = unitsOf(body, known);
  const noted = notes.flatMap(({ block: { text: sentence }, place }): NotUnderstood[] => {
    const numbers = amountsIn(sentence).map(({ digits }) => digits);
    return numbers.length === 0 ? [] : [{ sentence, place, numbers, reason: IN_A_NOTE }];
  });
  return { ...head, targets, quotas, calendar, units, not_understood: [...left, ...noted] };
}

const IS_PAST = "nêu tình hình, kết quả đã có";

/** What is told of a year before those of the plan asks for nothing. */
function withoutPast({ targets, left }: SentenceReading, first: number): SentenceReading {
  const isPast = ({ due, change }: ReadTarget): boolean =>
    change?.against == null &&
    /^\d{4}/u.test(due?.until ?? "") &&
    Number(due?.until?.slice(0, 4)) < first;
  const past = targets.filter(isPast).map(({ sentence, place, asked }) => ({
    ...{ sentence, place, numbers: [asked] },
    reason: IS_PAST,
  }));
  return { targets: targets.filter((one) => !isPast(one)), left: [...left, ...past] };
}

const isNote = (one: Placed): one is Placed<Paragraph> =>
  isParagraph(one) && one.block.isNote === true;
const isText = (block: Block): boolean => block.kind === "table" || block.isNote !== true;
const IN_A_NOTE = "nằm trong chú thích";

const NO_PERIOD = "ngày phải báo cáo, không rõ của kỳ nào";
/** In so many blocks stand the number, the date and the title. */
const HEAD = 40;

/** What stands behind the date and the title, without the list of who gets it; an annex comes after that. */
function bodyOf(document: readonly Placed[]): Placed[] {
  const hasWords = (words: RegExp) => (one: Placed) =>
    isParagraph(one) && words.test(one.block.text);
  const title = document.findIndex(hasWords(TITLE));
  const dated = document.findIndex(hasWords(/,\s*ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}[\s|]*$/iu));
  const [start, end] = [
    Math.max(title < HEAD ? title : -1, dated < HEAD ? dated : -1) + 1,
    document.findIndex(hasWords(/^nơi\s+nhận/iu)),
  ];
  if (end < start) return document.slice(start);
  const isAnnex = hasWords(/^(?:phụ\s+lục|biểu|danh\s+mục)(?!\p{L})/iu);
  const annex = document.findIndex(
    (one, index) => index > end && (!isParagraph(one) || isAnnex(one)),
  );
  return [...document.slice(start, end), ...(annex < 0 ? [] : document.slice(annex))];
}

/** What an annex belongs to. */
const ABOUT_ANNEX = /^\((?:ban\s+hành\s+)?kèm\s+theo\s[^()]*\)$/iu;

function readingOf(
  { block, place, isHeading }: Placed<Paragraph>,
  calendar: readonly ReportDue[],
  otherwise: Section,
): TableReading {
  // «MỤC TIÊU: Giảm …» is its own heading
  const [inline] =
    /^(?:mục\s+tiêu|chỉ\s+tiêu)[^:\d]{0,40}:(?=\s*\S)/iu.exec(withoutMarker(block.text)) ?? [];
  if (ABOUT_ANNEX.test(block.text)) return { targets: [], left: [], quotas: [] };
  const section = sectionOf(inline === undefined ? place.headings : [inline], otherwise);
  const readings = sentencesOf(withoutMarker(block.text)).flatMap((sentence): TableReading[] => {
    const isItem = section === "targets" && !isHeading && !sentence.endsWith(":");
    const reading = readListing(sentence, place, section, isItem);
    const isEmpty = [reading.targets, reading.left, reading.quotas].every(({ length }) => !length);
    const numbers = duesIn(sentence).flatMap(({ words, until }) => (until === null ? [] : [words]));
    if (isEmpty && numbers.length > 0 && !isHeading && /aims|targets/.test(section)) {
      const left = [{ sentence, place, numbers, reason: ONLY_A_TIME }];
      return [{ targets: [], left, quotas: [] }];
    }
    // a sentence about reports has its numbers in the calendar
    const lost = deadlinesLeft(sentence, calendar);
    const late = lost.length === 0 ? [] : [{ sentence, place, numbers: lost, reason: NO_PERIOD }];
    const isOfCalendar =
      calendar.some((one) => one.sentence === sentence) &&
      reading.targets.every(({ unit }) => /^(?:ngày|giờ)(?!\p{L})/u.test(unit ?? ""));
    return isOfCalendar
      ? [{ targets: [], left: late, quotas: [] }]
      : [{ ...reading, left: [...reading.left, ...late] }];
  });
  return { ...together(readings), quotas: readings.flatMap(({ quotas }) => quotas) };
}

/** What a part is for: by the nearest heading that names it. */
const SECTIONS: readonly (readonly [words: RegExp, section: Section])[] = [
  [
    /^(?:những\s+)?(?:đánh\s+giá|tình\s+hình|kết\s+quả|(?:thực|hiện)\s+trạng|mở\s+đầu|bối\s+cảnh|đặc\s+điểm|khái\s+quát|sự\s+cần\s+thiết|tồn\s+tại|hạn\s+chế|khó\s+khăn|nguyên\s+nhân)|kết\s+quả\s+(?:thực\s+hiện|đạt\s+được)/iu,
    "past",
  ],
  [/^(?!nhiệm\s+vụ|giải\s+pháp).*chỉ\s+tiêu/iu, "targets"],
  [/^(?!.*(?:nhiệm\s+vụ|giải\s+pháp).*mục\s+tiêu).*mục\s+tiêu/iu, "aims"],
  [/nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|kinh\s+phí/iu, "tasks"],
];

function sectionOf(headings: readonly string[], otherwise: Section): Section {
  const sections = [...headings]
    .reverse()
    .flatMap(
      (heading) => SECTIONS.find(([words]) => words.test(withoutMarker(heading)))?.[1] ?? [],
    );
  return sections[0] ?? otherwise;
}

import { type FigureRow, figureRows, groupsOf, otherMeasures } from "../contract/figure-row.ts";
import {
  type Doubt,
  type Head,
  type Item,
  type Line,
  type PublishedReport,
  Status,
  type Tally,
  type TextHead,
} from "../contract/report.ts";
import { TEXT_HEADS } from "../contract/text-heads.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { decimalText, signOf } from "../vocabulary/decimal.ts";
import { findingSentence } from "../vocabulary/finding-text.ts";
import { capital, capitals, inSentence } from "../vocabulary/letter-case.ts";
import { levelsOf } from "../vocabulary/level.ts";
import {
  attainedBy,
  isHidden,
  isLacking,
  isPaced,
  LACKING,
  LACKING_TEXT,
  PROVISIONAL,
  wordWithin,
} from "../vocabulary/status.ts";
import { CLASSES, TERMS } from "../vocabulary/words.ts";
import { amountText, levelMovedText } from "./amount.ts";
import { annexNumber, MAX_OTHERS } from "./annex-number.ts";
import { causeText } from "./cause.ts";
import { type Covered, gathered, lackingClauses, lackingSentences } from "./lacking.ts";
import { firstNamesText, joined, present } from "./name-list.ts";
import * as wording from "./report-words.ts";
import { provisional, sidesText } from "./standing.ts";

/**
 * One paragraph of a report's body: `part` is a heading I., II., `point` a heading 1., 2. (decree
 * 30/2020, annex I), `text` running text, `item` a line of a list.
 */
export interface Paragraph {
  readonly kind: "part" | "point" | "text" | "item";
  readonly text: string;
  /** A table below it. */
  readonly table?: BodyTable;
}

/** Rows below the heads of their columns. */
export interface BodyTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Areas that are described at length; the annex has them all. */
const MAX_AREAS = 8;
/** Causes of changes, and changed figures, that the body names on one page; the workbook has them all. */
const MAX_CAUSES = 10;
const MAX_CHANGED = 25;
const MAX_DOUBTS = 10;
/** A line for a person to write on. */
const TO_BE_WRITTEN = "…".repeat(32);

/**
 * The body of the report in paragraphs, numbered as administrative documents are: the results by
 * indicator and by area, what is to be said of them, tasks and proposals; then what it stands on, what changed, what
 * is doubtful. Every figure in it is a figure of the report, or somebody's who wrote under a head.
 */
export function reportBody(report: PublishedReport): Paragraph[] {
  const parts = [
    { title: "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", paragraphs: results(report) },
    {
      title: `KẾT QUẢ THEO ${capitals(wording.areaNoun(report.head))}`,
      paragraphs: areas(report),
    },
    { title: "CÁC SỐ LIỆU KHÁC CỦA KẾ HOẠCH", paragraphs: otherFigures(report) },
    { title: "ĐÁNH GIÁ CHUNG", paragraphs: assessment(report) },
    { title: capitals(TEXT_HEADS.tasks), paragraphs: under(report, "tasks") },
    { title: capitals(TEXT_HEADS.proposals), paragraphs: under(report, "proposals") },
    { title: "TÌNH HÌNH BÁO CÁO SỐ LIỆU", paragraphs: coverage(report) },
    {
      title: "NỘI DUNG THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC",
      paragraphs: report.publication.version > 1 ? changes(report) : [],
    },
    { title: "NHỮNG ĐIỂM CẦN LƯU Ý VỀ SỐ LIỆU", paragraphs: cautions(report) },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
  return [
    ...opening(report.head),
    ...replacing(report),
    ...parts.flatMap(({ title, paragraphs }, index) => [
      { kind: "part" as const, text: `${roman(index + 1)}. ${title}` },
      ...paragraphs,
    ]),
    text(closing(report.head)),
  ];
}

function opening(head: Head): Paragraph[] {
  const from = `số ${head.plan_number} ngày ${vietnameseDate(head.issued_on)} của ${head.issuer}`;
  const title = /^Kế hoạch /.exec(head.plan_title);
  const plan =
    title === null
      ? `${head.plan_title} (${from})`
      : `Kế hoạch ${from} ${aboutText(head.plan_title.slice(title[0].length))}`;
  const superior = head.carries_out === null ? "" : `${head.carries_out} và `;
  return [
    text(
      `Thực hiện ${superior}${plan}, ${head.document_agency} báo cáo kết quả thực hiện ` +
        `${inSentence(head.period_name)} như sau:`,
    ),
  ];
}

/** `về thực hiện công tác …`: what a plan is about, behind its number. */
function aboutText(subject: string): string {
  return /^về /i.test(subject) ? subject : `về ${subject}`;
}

/** The document that went out before, and now no longer holds; its number is filled in by hand where nobody has said it. */
function replacing({ head, publication }: PublishedReport): Paragraph[] {
  if (publication.version === 1) return [];
  const { replaces } = publication.document;
  const before =
    replaces === null
      ? `        /BC-${head.document_abbreviation} ngày       tháng       năm         `
      : `${replaces.number} ngày ${vietnameseDate(replaces.dated)} `;
  return [
    text(
      `Báo cáo này thay thế Báo cáo số ${before}của ${head.document_agency}, để ` +
        `${whyText(publication)}.`,
    ),
  ];
}

/** What a version is for, and its reason unless that says no more. */
function whyText(publication: PublishedReport["publication"]): string {
  const reason = publication.reason.replace(/[.\s]+$/, "");
  const what = inSentence(CLASSES[publication.class]);
  if (!/\p{L}/u.test(reason)) return what;
  const [verb = "", object = ""] = what.split(" ");
  return inSentence(reason).startsWith(`${verb} ${object} `)
    ? inSentence(reason)
    : `${what}. Lý do: ${reason}`;
}

/** The paragraphs under a head. */
function under({ texts }: PublishedReport, wanted: TextHead): Paragraph[] {
  return texts.filter(({ head }) => head === wanted).map((one) => item(one.text));
}

/** No figure shows why something is lacking: room for it unless somebody wrote it or left the head out. */
function assessment(report: PublishedReport): Paragraph[] {
  const { audience, publication } = report;
  const isOpen =
    audience !== "shared" &&
    publication.document.texts?.heads.causes === undefined &&
    under(report, "shortcomings").length > 0;
  return (["achieved", "shortcomings", "causes"] as const)
    .map((head) => {
      const paragraphs = under(report, head);
      const isToBeWritten = head === "causes" && isOpen && paragraphs.length === 0;
      return { head, paragraphs: isToBeWritten ? [text(TO_BE_WRITTEN)] : paragraphs };
    })
    .filter(({ paragraphs }) => paragraphs.length > 0)
    .flatMap(({ head, paragraphs }, index) => [
      point(`${index + 1}. ${TEXT_HEADS[head]}`),
      ...paragraphs,
    ]);
}

function closing(head: Head): string {
  return (
    `Trên đây là kết quả thực hiện ${wording.planNumber(head)} ` +
    `${inSentence(head.period_name)}, ${head.document_agency} báo cáo./.`
  );
}

function coverage(report: PublishedReport): Paragraph[] {
  const { publication, head, units } = report;
  const period = inSentence(head.period_name);
  const standing = publication.is_final
    ? inSentence(TERMS.final.word)
    : `${inSentence(TERMS.provisional.word)}${
        head.is_estimate
          ? ", trong đó có phần ước thực hiện do hạn gửi báo cáo trước ngày chốt số liệu"
          : ""
      }`;
  const late = units.filter(({ timeliness }) => timeliness === "late");
  const listed = (what: string, those: typeof units): Paragraph | null =>
    those.length === 0
      ? null
      : item(`${what}: ${those.map(({ unit_name }) => unit_name).join("; ")}.`);
  const sent =
    head.units_expected === 0
      ? "Kỳ này không đơn vị nào phải gửi báo cáo"
      : head.units_reported === head.units_expected && head.units_expected > 1
        ? `Toàn bộ ${wording.count(head.units_expected)} đơn vị đã gửi báo cáo ${period}`
        : `${head.units_reported}/${head.units_expected} đơn vị đã gửi báo cáo ${period}`;
  const inTime =
    late.length > 0
      ? `trong đó ${wording.count(late.length)} đơn vị gửi trễ hạn`
      : head.units_reported > 0 && "tất cả đúng hạn";
  const howLate = late.map(({ unit_name, days_late }) =>
    days_late === null ? unit_name : `${unit_name} (trễ ${wording.count(days_late)} ngày)`,
  );
  return present([
    text(
      `Số liệu trong kỳ tính từ ngày ${vietnameseDate(head.data_from)} đến hết ngày ` +
        `${vietnameseDate(head.data_to)}. Báo cáo tổng hợp từ số liệu của các đơn vị nhận ` +
        `được đến ${wording.momentText(publication.as_of)}, là ${standing}.`,
    ),
    text(`${joined([sent, inTime])}.`),
    late.length > 0 && item(`Gửi trễ hạn: ${howLate.join("; ")}.`),
    listed(
      "Chưa gửi báo cáo",
      units.filter(({ timeliness }) => timeliness === "missing"),
    ),
    listed(
      "Chưa gửi, chưa đến hạn",
      units.filter(({ timeliness }) => timeliness === "not_due"),
    ),
    listed(
      "Báo cáo không phát sinh",
      units.filter(({ is_nil_return }) => is_nil_return),
    ),
    ...lackingSentences(coveredBy(report)).map(item),
  ]);
}

/** The report's lines and units as the sentences about them have them. */
function coveredBy(report: PublishedReport, of: Line["section"] = "indicator"): Covered {
  const { head, tallies, units, doubts } = report;
  return {
    period_name: head.period_name,
    area_noun: wording.areaNoun(head),
    units_expected: head.units_expected,
    lines: figureRows(report)
      .filter(({ line }) => line.section === of)
      .map(({ line, item: { value_kind } }) => ({
        ...line,
        value_kind,
        is_hidden: line.is_withheld,
      })),
    units: units.map((unit) => ({
      ...unit,
      area_no:
        tallies.find(({ area_id }) => area_id !== null && area_id === unit.area_id)?.area_no ??
        null,
    })),
    areas: areaNames(report),
    has_doubts: doubts.some(({ is_acknowledged }) => !is_acknowledged),
  };
}

/** Reporting areas as they are written within a sentence, by their number. */
function areaNames({ tallies }: PublishedReport): Map<number, string> {
  return new Map(
    tallies
      .filter(({ area_id }) => area_id !== null)
      .map((tally) => [tally.area_no, nameOf(tally)]),
  );
}

function nameOf({ area_name, area_name_within_sentence }: Tally): string {
  return area_name_within_sentence ?? area_name ?? "";
}

function results(report: PublishedReport): Paragraph[] {
  const rows = figureRows(report).filter(
    ({ line }) => line.section === "indicator" && line.area_id === null,
  );
  if (rows.length === 0) return [];
  return [
    ...summary(report),
    ...wording.changedSinceSentences(report.head).map(text),
    ...[...groupsOf(rows)].flatMap(([name, inGroup], index) =>
      present([
        name !== null && point(`${index + 1}. ${name}`),
        ...inGroup.map((row) => item(indicatorSentence(report.head, row))),
      ]),
    ),
  ];
}

/** The paragraph that the page of the version begins with, too. */
function summary({ texts }: PublishedReport): Paragraph[] {
  return texts.filter(({ head }) => head === "summary").map((one) => text(one.text));
}

function indicatorSentence(head: Head, { item: indicator, line }: FigureRow): string {
  const clauses = present([
    [valueClause(head, indicator, line), ...comparisonClauses(head, indicator, line)].join(", "),
    verdictClause(indicator, line),
  ]);
  return `Chỉ tiêu ${indicator.code} - ${indicator.name}: ${clauses.join("; ")}.`;
}

function valueClause(
  { period_name }: Head,
  { value_kind, unit_of_measure }: Item,
  line: Line,
): string {
  if (line.value_shown === null) {
    return line.is_withheld
      ? "số liệu không công bố trong bản này"
      : value_kind === "change" && line.status === "not_applicable" && line.areas_reported
        ? "không áp dụng vì không có số để so sánh"
        : inSentence(wording.statusText(line.status));
  }
  if (value_kind === "change") {
    // part of a year may be measured against a whole one
    const until = `tính đến hết ${inSentence(period_name)}`;
    return `${until} ${wording.movedText(line.value_shown, unit_of_measure)}${sidesText(line.sides)}`;
  }
  const parts =
    line.numerator === null || line.denominator === null
      ? ""
      : ` (${decimalText(line.numerator)}/${decimalText(line.denominator)})`;
  return `kết quả ${wording.amountInText(line.value_shown, unit_of_measure)}${parts}`;
}

/** The target and how the value stands to it; null where that has been said for want of a value. */
function verdictClause(indicator: Item, line: Line): string | null {
  const isWithheld = line.value_shown === null && line.is_withheld;
  const isJudged = line.status !== null && line.status !== "withheld";
  const verdict =
    isJudged && (line.value_shown !== null || isWithheld)
      ? inSentence(wording.verdictText(line))
      : null;
  const target = wording.targetPhrase(indicator, line);
  if (target === null) return verdict;
  const isOnTheWay = line.status !== null && isPaced(line.status);
  const shown = line.pace_shown ?? line.pace_value;
  const pace =
    shown === null || !isOnTheWay
      ? ""
      : `, mức cần đạt tại kỳ này ${wording.amountInText(shown, indicator.unit_of_measure)}`;
  const lacks = wording.lackingClause(indicator, line, wording.amountInText);
  return joined(
    [`mức chỉ tiêu ${target}${lacks === null ? "" : ` (${lacks})`}${pace}`, verdict],
    ": ",
  );
}

function comparisonClauses(head: Head, item: Item, line: Line): string[] {
  const { unit_of_measure: unit } = item;
  if (item.value_kind === "change") {
    // what has changed how much less than before says nothing to anyone
    const { previous_value: before } = line;
    const name = head.previous_period_name;
    const isOther = head.previous_changed_version !== null;
    if (before === null || name === null || line.value_shown === null || isOther) return [];
    return [`${inSentence(name)} ${wording.movedText(before, unit)}`];
  }
  const compared = (
    change: string | null,
    period_name: string | null,
    before: string | null,
  ): string | null => {
    if (change === null || period_name === null) return null;
    const name = inSentence(period_name);
    const moved =
      signOf(change) === 0
        ? null
        : levelMovedText(before ?? "", line.value_shown ?? "", unit, name);
    return moved ?? `${wording.changeText(change, unit)} so với ${name}`;
  };
  return present([
    compared(line.change_from_previous, head.previous_period_name, line.previous_value),
    compared(line.change_from_last_year, head.last_year_period_name, line.last_year_value),
  ]);
}

/** Whether anything of a place was held against a target. */
function isJudged(tally: Tally): boolean {
  return Status.options.some(
    (status) => tally[status] > 0 && (attainedBy(status) !== null || isHidden(status)),
  );
}

function lacking(tally: Tally): number {
  return Status.options.filter(isLacking).reduce((sum, status) => sum + tally[status], 0);
}

function areas(report: PublishedReport): Paragraph[] {
  const { head, tallies } = report;
  const parts = tallies.filter(({ area_id, indicators }) => area_id !== null && indicators > 0);
  if (parts.length === 0) return [];
  const noun = wording.areaNoun(head);
  if (!parts.some(isJudged)) {
    return [text(`Kỳ này chưa ${noun} nào có chỉ tiêu được đánh giá theo mức riêng.`)];
  }
  const ranked = parts
    .filter(({ attention_rank }) => attention_rank !== null)
    .sort((a, b) => (a.attention_rank ?? 0) - (b.attention_rank ?? 0) || a.area_no - b.area_no);
  const named = ranked.slice(0, MAX_AREAS);
  const rest = ranked.length - named.length;
  const rows = figureRows(report).filter(({ line }) => line.section === "indicator");
  const silent = parts.filter(({ not_reported }) => not_reported > 0);
  const calm = parts.filter(
    // an area that is no more has no indicator of which that could be said
    (tally) => tally.attention_rank === null && isJudged(tally) && tally.not_reported === 0,
  );
  // a status that is withheld may be any
  const none = parts.some(({ withheld }) => withheld > 0)
    ? "Trong các chỉ tiêu được công bố, không có"
    : "Không có";
  const open = parts.filter(({ area_id }) =>
    rows.some(
      ({ line }) =>
        line.area_id === area_id &&
        line.is_provisional === true &&
        line.status !== null &&
        attainedBy(line.status) !== null,
    ),
  );
  const ofOpen = open.length === 0 ? "" : ` (${PROVISIONAL}: ${open.map(nameOf).join("; ")})`;
  const settled = calm.map(
    (tally) => nameOf(tally) + provisional({ is_provisional: open.includes(tally) }),
  );
  const counted = silent.map(
    (tally) => `${nameOf(tally)} (${wording.count(tally.not_reported)} chỉ tiêu)`,
  );
  return present([
    text(
      named.length > 0
        ? `${capital(noun)} có chỉ tiêu ${LACKING_TEXT}${orderText(ranked.map(lacking))}:`
        : `${none} ${noun} nào có chỉ tiêu ${LACKING_TEXT}${ofOpen}.`,
    ),
    ...gathered(named.map((tally) => [missedText(tally, rows), nameOf(tally)])).map(
      ([lacks, names]) => item(`${capital(firstNamesText(names, noun, wording.count))}: ${lacks}.`),
    ),
    rest > 0 &&
      item(
        `Còn ${wording.count(rest)} ${noun} khác, nêu tại Phụ lục ${annexNumber(report, "areas")}.`,
      ),
    silent.length > 0 &&
      text(`${capital(noun)} còn chỉ tiêu chưa có số liệu: ${counted.join("; ")}.`),
    calm.length > 0 &&
      named.length > 0 &&
      text(`${none} chỉ tiêu nào ${LACKING_TEXT}: ${settled.join("; ")}.`),
  ]);
}

/** In which order places are listed, by how much they lack; one that sent nothing comes last. */
function orderText(counts: readonly number[]): string {
  if (new Set(counts).size < 2) return "";
  const isDescending = counts.every((count, index) => count <= (counts[index - 1] ?? count));
  return `, xếp từ nhiều đến ít${isDescending ? "" : "; nơi chưa gửi báo cáo xếp sau"}`;
}

/** `04 chỉ tiêu không đạt: 1.3a Người lao động được tuyên truyền (19,08%, tạm tính), …` */
function missedText(tally: Tally, rows: readonly FigureRow[]): string {
  const own = rows.filter(({ line }) => line.area_id === tally.area_id);
  const clauses = LACKING.flatMap((name) => Status.safeParse(name).data ?? []).flatMap((status) => {
    if (tally[status] === 0) return [];
    const names = own
      .filter(({ line }) => line.status === status)
      .map(({ item: indicator, line }) => {
        const { code, short_name } = indicator;
        const inside = joined([
          line.value_shown !== null && wording.indicatorValue(indicator, line.value_shown),
          wording.lackingClause(indicator, line, wording.amountInText),
          line.is_provisional === true && PROVISIONAL,
        ]);
        return `${code} ${short_name}${inside === "" ? "" : ` (${inside})`}`;
      });
    const counted = `${wording.count(tally[status])} chỉ tiêu ${wordWithin(status)}`;
    return [`${counted}: ${names.join(", ")}`];
  });
  return clauses.join("; ");
}

function otherFigures(report: PublishedReport): Paragraph[] {
  const rows = otherMeasures(report);
  const named = rows.slice(0, MAX_OTHERS);
  const rest = rows.length - named.length;
  return present([
    ...named.map(({ item: measure, line }) =>
      item(`${measure.name}: ${measureClause(report, measure, line)}.`),
    ),
    rest > 0 &&
      text(
        `Còn ${wording.count(rest)} số liệu khác, nêu tại Phụ lục ${annexNumber(report, "measures")}.`,
      ),
  ]);
}

function measureClause(report: PublishedReport, measure: Item, line: Line): string {
  if (line.value === null) {
    const counted = levelCounts(measure, report);
    if (counted !== "") return counted;
    return line.is_withheld ? "số liệu không công bố trong bản này" : "chưa có số liệu báo cáo";
  }
  const value = measureAmount(measure, line, line.value);
  // a stock of the period alone would lack the areas of which an earlier one stands
  const isToDate =
    measure.over_time !== "last" &&
    line.value_in_period !== null &&
    line.value_in_period !== line.value;
  const inPeriod =
    isToDate && `trong kỳ ${measureAmount(measure, line, line.value_in_period ?? "")}`;
  const lacks = lackingClauses(coveredBy(report, "measure"), line).join("; ");
  return `${joined([value, inPeriod])}${lacks === "" ? "" : ` (${lacks})`}`;
}

/** `loại B: 03 nơi; loại A: 01 nơi`: how many areas have which level; empty of what is counted. */
function levelCounts(measure: Item, { head, lines }: PublishedReport): string {
  const noun = wording.areaNoun(head);
  const values = lines.flatMap(({ section, code, area_id, value }) =>
    section === "measure" && code === measure.code && area_id !== null ? (value ?? []) : [],
  );
  const levels = levelsOf(measure.unit_of_measure) ?? [];
  const counted = levels.flatMap((_, index) => {
    const count = values.filter((value) => Number(value) === index + 1).length;
    const level = amountText(index + 1, measure.unit_of_measure);
    return count === 0 ? [] : [`${level}: ${wording.count(count)} ${noun}`];
  });
  return counted.reverse().join("; ");
}

/** `08 đội`, `1.234 người`, `7 địa bàn, đơn vị có` */
function measureAmount(measure: Item, line: Line, value: string): string {
  if (measure.kind === "yes_no") return wording.measureText(measure, line, value);
  return wording.amountInText(value, measure.unit_of_measure);
}

/** What made the report another one, and which of the whole's figures and verdicts are others by now. */
function changes(report: PublishedReport): Paragraph[] {
  const { head, causes } = report;
  const changed = report.changes.filter(({ section }) => section !== "document");
  const ofDocument = report.changes
    .filter(({ section }) => section === "document")
    .map((one) => {
      const [then, now] = [one.old_value, one.new_value].map((value) =>
        wording.changedText(one, value),
      );
      return `${inSentence(wording.fieldText(one.field))} từ ${then} thành ${now}`;
    });
  const document = ofDocument.length > 0 && text(`Văn bản báo cáo: ${ofDocument.join("; ")}.`);
  if (changed.length === 0) {
    return present([text("So với báo cáo trước, không có số liệu nào thay đổi."), document]);
  }
  const named = causes.slice(0, MAX_CAUSES);
  const rest = causes.length - named.length;
  const rows = changedRows(report);
  const restOfRows = rows.length - MAX_CHANGED;
  const isOne = causes.length < 2;
  const isKnown = causes.some(({ kind }) => kind !== "unknown");
  const isOfPlaces = changed.some(({ area_no }) => area_no > 0);
  const isWithheld = changed.some(({ area_no, is_withheld }) => area_no === 0 && is_withheld);
  const heads = ["Chỉ tiêu, số liệu", "Báo cáo trước", "Báo cáo này"];
  const whole = inSentence(wording.wholeArea(head));
  const elsewhere = joined([
    restOfRows > 0 && `${wording.count(restOfRows)} số liệu khác của ${whole}`,
    isOfPlaces && `số liệu của từng ${wording.areaNoun(head)} thay đổi`,
  ]);
  return present([
    named.length > 0 &&
      text(`So với báo cáo trước, báo cáo này ${isKnown ? "thay đổi do" : "có thay đổi"}:`),
    ...named.map((cause) =>
      item(`${isOne ? "" : `(${cause.cause_no}) `}${causeText(cause, changed)}.`),
    ),
    rest > 0 && item(`${wording.count(rest)} nguyên nhân khác.`),
    changed.some(wording.isOfWords) && text("Lời văn của chỉ tiêu, số liệu có thay đổi."),
    document,
    rows.length === 0
      ? text(`Số liệu và đánh giá${isWithheld ? " được công bố" : ""} của ${whole} không thay đổi.`)
      : {
          ...text(`Số liệu, đánh giá của ${whole} thay đổi như sau:`),
          table: {
            heads: isOne ? heads : [...heads, "Do"],
            rows: rows
              .slice(0, MAX_CHANGED)
              .map(({ cells, causes: of }) => (isOne ? cells : [...cells, `(${of})`])),
          },
        },
    elsewhere !== "" &&
      text(`${capital(elsewhere)} nêu tại trang “Thay đổi” của bảng số liệu kèm theo.`),
  ]);
}

/** Of the whole: each indicator, and each figure that the body names, that is another than before. */
function changedRows(report: PublishedReport): { cells: string[]; causes: string }[] {
  const others = new Set(otherMeasures(report).map(({ item: { code } }) => code));
  const rows = figureRows(report).filter(
    ({ line: { section, code, area_id, is_withheld } }) =>
      area_id === null && !is_withheld && (section === "indicator" || others.has(code)),
  );
  return rows.flatMap(({ item: one, line }) => {
    const isIndicator = line.section === "indicator";
    const of = report.changes.filter(
      ({ section, code, area_no, field }) =>
        section === line.section &&
        code === line.code &&
        area_no === 0 &&
        ["value_shown", "status", "is_provisional"].includes(field),
    );
    if (of.length === 0) return [];
    const before: Line = { ...line };
    for (const { field, old_value } of of) {
      Object.assign(before, {
        [field]: field === "is_provisional" ? old_value === "true" : old_value,
      });
    }
    const cell = (then: Line): string =>
      joined([
        then.value_shown === null
          ? then.status === null && "chưa có số liệu"
          : isIndicator
            ? wording.indicatorValue(one, then.value_shown)
            : measureAmount(one, then, then.value_shown),
        isIndicator && then.status !== null && inSentence(wording.verdictText(then)),
      ]);
    const name = isIndicator ? `${one.code} ${one.short_name}` : one.name;
    const causes = new Set(of.flatMap((change) => change.causes?.split(", ") ?? []));
    return [{ cells: [name, cell(before), cell(line)], causes: [...causes].join(", ") }];
  });
}

function cautions({ head, doubts, lines }: PublishedReport): Paragraph[] {
  const named = doubts.slice(0, MAX_DOUBTS);
  const rest = doubts.length - named.length;
  const isWithheld = lines.some(({ is_withheld }) => is_withheld);
  const otherPeriod = ({ period, period_name }: Doubt): string | null =>
    period === head.period ? null : period_name === null ? `kỳ ${period}` : inSentence(period_name);
  return present([
    ...named.map((doubt) => item(doubtSentence(doubt, otherPeriod(doubt)))),
    rest > 0 && item(`Còn ${wording.count(rest)} điểm khác, nêu trong bảng số liệu kèm theo.`),
    isWithheld &&
      text(
        `Những số liệu ghi ${wording.MARK.withheld} không công bố trong bản này vì có số nhỏ của số liệu nhạy cảm; đánh giá dựa trên những số ấy cũng không nêu.`,
      ),
  ]);
}

/** @param period the one that the doubt is of, where it is another than the report's */
function doubtSentence(doubt: Doubt, period: string | null): string {
  const name = joined([doubt.area_name ?? doubt.unit_name, doubt.measure_name], " - ");
  const where = period === null ? name : `${name} (${period})`;
  const reason = doubt.acknowledged_reason?.replace(/[.\s]+$/, "");
  const acknowledged = doubt.is_acknowledged
    ? reason === undefined
      ? "; đã xem xét"
      : `; đã xem xét: ${reason}`
    : "";
  return `${where}: ${inSentence(findingSentence(doubt))}${acknowledged}.`;
}

function roman(number: number): string {
  return (
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"][number - 1] ?? String(number)
  );
}

const text = (words: string): Paragraph => ({ kind: "text", text: words });
const item = (words: string): Paragraph => ({ kind: "item", text: `- ${words}` });
const point = (words: string): Paragraph => ({ kind: "point", text: words });

import { type WatchState, waitingFor } from "../intake/watch-state.ts";
import type { OfficeUnit, ReportStatus, Status, StatusRow } from "../models/submission-status.ts";
import { workSentence } from "../sentences/readiness.ts";
import { lastDayBefore, officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { grouped } from "../vocabulary/grouped.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { REPORT_STATES, TIMELINESS } from "../vocabulary/words.ts";
import { tableText } from "./text-table.ts";

/** Officers copy these texts into messages to the units, so their words are Vietnamese. */
const WORDS = {
  chase: "ĐÔN ĐỐC",
  publish: "PHÁT HÀNH",
  nobody: "không có đơn vị nào cần đôn đốc",
  nothing: "Không có kỳ báo cáo nào.",
  lastDay: (row: StatusRow): string =>
    `hạn gửi: hết ngày ${vietnameseDate(lastDayBefore(row.due_before))}`,
  more: "Tình trạng của từng đơn vị: thêm --plan, hoặc mã kỳ báo cáo.",
} as const;

/**
 * Whom to chase up under which plan, which reports to publish, and then how things stand: unit by unit,
 * or, where several plans are asked for and no period, one line a period.
 */
export function statusText(
  { rows, reports }: Pick<Status, "rows" | "reports">,
  isWhole: boolean,
): string {
  if (rows.length === 0) return WORDS.nothing;
  const periods = [...grouped(rows, periodKey).values()];
  const isMany = new Set(rows.map(({ plan_id }) => plan_id)).size > 1;
  const standing =
    isMany && isWhole
      ? [overviewText(periods), WORDS.more]
      : periods.map((group) => periodText(group, isMany));
  return [chaseText(rows, isMany), ...publishTexts(reports, isMany), ...standing].join("\n\n");
}

function publishTexts(reports: readonly ReportStatus[], isMany: boolean): string[] {
  const wanted = reports.filter((one) => one.wanted !== null);
  if (wanted.length === 0) return [];
  const lines = wanted.map((one) =>
    isMany ? `${one.plan_number}: ${workSentence(one)}` : workSentence(one),
  );
  return [[`${WORDS.publish}: ${wanted.length} báo cáo.`, ...lines].join("\n")];
}

/** What the watch waits for and since when; null where there is nothing to say. */
export function watchText(state: WatchState | null): string | null {
  if (state === null) return null;
  if (!state.isRunning) return WATCH.died(at(state.written_at));
  if (state.waiting.length === 0) return null;
  const lines = state.waiting.map(({ for: what, since, reason, again_at }) => {
    const again = again_at === null ? WATCH.whenChanged : WATCH.again(at(again_at));
    return `  ${waitingFor(what)} (từ ${at(since)}): ${reason} ${again}`;
  });
  const more = state.more === 0 ? [] : [`  và ${state.more} tệp khác`];
  return [WATCH.waiting, ...lines, ...more].join("\n");
}

const at = (moment: string): string => momentText(officeTime(new Date(moment)));

const WATCH = {
  waiting: "TIẾP NHẬN TỰ ĐỘNG ĐANG CHỜ:",
  died: (moment: string): string =>
    `TIẾP NHẬN TỰ ĐỘNG ĐÃ DỪNG ĐỘT NGỘT (hoạt động gần nhất được ghi lúc ${moment}): khởi động lại chitieu watch để tiếp nhận báo cáo mới.`,
  again: (moment: string): string => `Thử lại lúc ${moment}.`,
  whenChanged: "Xử lý tiếp khi có thay đổi.",
} as const;

/** What a unit owes over all plans, what is wanted of it first, and then in the order of deadlines. */
export function unitStatusText(unit: OfficeUnit, rows: readonly StatusRow[]): string {
  const owed = rows
    .filter(({ state }) => state !== null)
    .sort((a, b) => order(a.due_before, b.due_before) || order(a.plan_id, b.plan_id));
  const name = `${unit.unit_name} (${unit.office_code})`;
  const contact = [unit.contact, unit.phone, unit.email].filter((part) => part !== null);
  const head = [
    `${name}: ${owed.length === 0 ? "không phải gửi báo cáo nào" : sumText(owed)}.`,
    ...(contact.length > 0 ? [`Liên hệ: ${contact.join(", ")}.`] : []),
  ].join("\n");
  if (owed.length === 0) return head;
  const lines = owed.map((row) => [
    vietnameseDate(lastDayBefore(row.due_before)),
    planText(row),
    row.period_name,
    [stateText(row), waitText(row)].filter((text) => text !== "").join(", "),
  ]);
  const headings = ["Hạn gửi (hết ngày)", "Kế hoạch", "Kỳ báo cáo", "Tình trạng"];
  return `${head}\n\n${tableText([headings, ...lines])}`;
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

const periodKey = ({ plan_id, period }: StatusRow): string => JSON.stringify([plan_id, period]);

function planText(row: StatusRow): string {
  return `${row.plan_number}, ${row.plan_title} (${row.plan_id})`;
}

const isOverdue = ({ wanted }: StatusRow): boolean => wanted === "overdue";
const isReturned = ({ wanted }: StatusRow): boolean => wanted === "returned";
const isToExplain = ({ wanted }: StatusRow): boolean => wanted === "to_explain";
const isNext = ({ timeliness, state }: StatusRow): boolean =>
  timeliness === "not_due" && state !== "returned";

/** `2 báo cáo quá hạn chưa gửi`: how many there are of each kind of which there are any. */
function countTexts(
  rows: readonly StatusRow[],
  kinds: readonly (readonly [isMeant: (row: StatusRow) => boolean, what: string])[],
): string[] {
  return kinds.flatMap(([isMeant, what]) => {
    const count = rows.filter(isMeant).length;
    return count === 0 ? [] : [`${count} ${what}`];
  });
}

const CHASED = [
  [isOverdue, "báo cáo quá hạn chưa gửi"],
  [isReturned, "báo cáo đã trả lại, chưa gửi lại"],
] as const;

/** What is wanted of a unit, or that there is nothing of the kind, and what comes next. */
function sumText(rows: readonly StatusRow[]): string {
  const counts = countTexts(rows, [...CHASED, [isToExplain, "báo cáo còn điểm cần giải trình"]]);
  const [next] = rows.filter(isNext);
  const coming =
    next === undefined
      ? []
      : [
          `báo cáo phải gửi tới đây: ${inSentence(next.period_name)} theo ${next.plan_number}, ${WORDS.lastDay(next)}`,
        ];
  return [
    counts.length === 0
      ? "không có báo cáo nào quá hạn, bị trả lại hoặc phải giải trình"
      : counts.join("; "),
    ...coming,
  ].join("; ");
}

function chaseText(rows: readonly StatusRow[], isMany: boolean): string {
  const wanted = rows.filter((row) => isOverdue(row) || isReturned(row));
  if (wanted.length === 0) return `${WORDS.chase}: ${WORDS.nobody}.`;
  const units = new Set(wanted.map(({ office_code, unit_code }) => office_code ?? unit_code)).size;
  const plans = [...grouped(wanted, ({ plan_id }) => plan_id).values()].map((ofPlan) => {
    const [first] = ofPlan;
    const head = isMany && first !== undefined ? [planText(first)] : [];
    const periods = [...grouped(ofPlan, periodKey).values()].map((ofPeriod) => {
      const [one] = ofPeriod;
      if (one === undefined) return "";
      const named = (what: string, kind: (row: StatusRow) => boolean): string[] => {
        const found = ofPeriod.filter(kind).map(({ unit_short_name }) => unit_short_name);
        return found.length === 0 ? [] : [`  ${what}: ${found.join("; ")}.`];
      };
      const lines = [
        `${one.period_name} (${WORDS.lastDay(one)})`,
        ...named(REPORT_STATES.not_sent.word, isOverdue),
        ...named(REPORT_STATES.returned.word, isReturned),
      ];
      return lines.map((line) => `${isMany ? "  " : ""}${line}`).join("\n");
    });
    return [...head, ...periods].join("\n");
  });
  return [
    `${WORDS.chase}: ${countTexts(wanted, CHASED).join(", ")}; ${units} đơn vị.`,
    ...plans,
  ].join("\n");
}

/** One line a plan and period. */
function overviewText(periods: readonly (readonly StatusRow[])[]): string {
  const lines = periods.flatMap((rows) => {
    const owed = rows.filter(({ state }) => state !== null);
    const [first] = owed;
    if (first === undefined) return [];
    const count = (kind: (row: StatusRow) => boolean): string => {
      const found = owed.filter(kind).length;
      return found === 0 ? "" : String(found);
    };
    const received = owed.filter(({ submissions }) => submissions > 0).length;
    return [
      [
        first.plan_id,
        `${first.period_name} (${first.period})`,
        vietnameseDate(lastDayBefore(first.due_before)),
        `${received}/${owed.length}`,
        count(({ timeliness }) => timeliness === "late"),
        count(isOverdue),
        count(isReturned),
        count(isToExplain),
      ],
    ];
  });
  const headings = [
    "Kế hoạch",
    "Kỳ báo cáo",
    "Hạn gửi (hết ngày)",
    "Đã gửi",
    TIMELINESS.late.word,
    REPORT_STATES.not_sent.word,
    REPORT_STATES.returned.word,
    "Cần giải trình",
  ];
  return tableText([headings, ...lines]);
}

function periodText(rows: readonly StatusRow[], isMany: boolean): string {
  const [first] = rows;
  if (first === undefined) return "";
  const plan = isMany ? planText(first) : first.plan_id;
  const title = `${plan}: ${first.period_name} (${first.period}), ${WORDS.lastDay(first)}`;
  if (rows.every(({ state }) => state === null)) {
    return `${title}\n${TIMELINESS.not_applicable.word}.`;
  }
  const cells = rows.map((row) => [
    row.unit_name,
    stateText(row),
    momentText(row.first_received_at),
    momentText(row.last_received_at),
    row.submissions === 0 ? "" : String(row.submissions),
  ]);
  const headings = ["Đơn vị", "Tình trạng", "Nhận lần đầu", "Nhận gần nhất", "Số lần gửi"];
  return `${title}\n${tableText([headings, ...cells])}`;
}

/** `Trễ hạn 2 ngày; còn 3 điểm cần giải trình`. */
function stateText({
  timeliness,
  days_late,
  state,
  doubts,
  submissions,
  returned_at,
}: StatusRow): string {
  const word = TIMELINESS[timeliness].word;
  const came = timeliness === "late" && days_late !== null ? `${word} ${days_late} ngày` : word;
  if (state === "returned") {
    const returned = `${REPORT_STATES.returned.word} bản nhận lúc ${momentText(returned_at)}`;
    return submissions === 0 ? returned : `${came}; ${inSentence(returned)}`;
  }
  return state === "to_explain" ? `${came}; còn ${doubts} điểm cần giải trình` : came;
}

/** `quá hạn 3 ngày`, `còn 5 ngày`: of a report that is still to come. */
function waitText(row: StatusRow): string {
  if (row.submissions > 0) return "";
  return row.days_left > 0 ? `còn ${row.days_left} ngày` : `quá hạn ${1 - row.days_left} ngày`;
}

/** `10:05 08/6/2024` for `2024-06-08 10:05:00`. */
function momentText(moment: string | null): string {
  return moment === null ? "" : `${moment.slice(11, 16)} ${vietnameseDate(moment)}`;
}

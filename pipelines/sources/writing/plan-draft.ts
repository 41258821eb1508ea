import { dayAfter } from "../../vocabulary/date.ts";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { periodNameOf } from "../../vocabulary/period-code.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import type { Area } from "../areas/area.ts";
import type { PlanPeriod } from "../plan/plan.ts";
import { DRAFT_MARK, type PlanMark, withMarks } from "./plan-marks.ts";
import { newPlanText } from "./plan-writing.ts";

/** What has to be known to begin a plan file. */
export interface PlanFacts {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly year: number;
  readonly inForceFrom: string;
  readonly rhythm: Rhythm;
  readonly area: Area;
  /** The areas directly below it; none where only the whole reports. */
  readonly parts: readonly Area[];
}

/** How often is reported. */
export const RHYTHMS = ["month", "quarter", "half_year", "year"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** `ke-hoach-12-kh-ubnd-NNNN`: an id from the number of a plan and its year. */
export function planIdOf(number: string, year: number): string {
  const plain = withoutMarks(number)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${plain === "" ? "ke-hoach" : plain}-${year}`.slice(0, 64);
}

/**
 * The text of a plan file to go on from: its periods after decree 09/2019/NĐ-CP, article 12, one measure
 * and one indicator as an example, and a mark wherever a person must decide.
 */
export function planDraft(facts: PlanFacts): string {
  const { area, parts, id, number, title, issuer, inForceFrom, rhythm, year } = facts;
  const nounOf = ({ kind }: Area): string =>
    AREA_KINDS[kind as keyof typeof AREA_KINDS] ?? "địa bàn";
  const hasParts = parts.length > 0;
  const office = { name: issuer, short_name: issuer };
  const each = { name: "Ủy ban nhân dân {area}", short_name: "UBND {area}", each_area: true };
  const unit = { code: hasParts ? "UBND" : "PHONG", item: 1, ...(hasParts ? each : office) };
  const measure = (code: string, name: string, over_time: string, more: object = {}): object => ({
    ...{ code, name, unit_of_measure: "người", kind: "count", reported_by: [unit.code], over_time },
    ...{ ...more, over_areas: "sum", sensitive: false },
  });
  const text = newPlanText({
    ...{ schema: 2, state: "draft", id, number, title, short_title: title, issuer },
    ...{ issued_on: inForceFrom, in_force_from: inForceFrom, source: `Văn bản số ${number}` },
    ...{ reports_to: issuer, area: { code: area.code, noun: nounOf(area) } },
    reporting_areas: hasParts ? "children" : "none",
    ...(hasParts ? { reporting_area_noun: [...new Set(parts.map(nounOf))].join(", ") } : {}),
    added_rules: ["Ngày chốt số liệu lấy theo Điều 12 Nghị định 09/2019/NĐ-CP."],
    groups: [{ code: "A", name: "Tuyên truyền" }],
    units: [unit],
    periods: periodsOf({ rhythm, year, ...BY_DECREE }),
    measures: [
      measure("people_total", "Số người thuộc diện tuyên truyền", "last"),
      measure("people_informed", "Số người được tuyên truyền lần đầu trong năm", "sum", {
        at_most: "people_total",
      }),
    ],
    indicators: [
      {
        ...{ code: "A1", group: "A", name: "Người được tuyên truyền" },
        short_name: "Người được tuyên truyền",
        quote: "Ít nhất 50% số người thuộc diện được tuyên truyền.",
        unit_of_measure: "%",
        value: { kind: "ratio", numerator: ["people_informed"], denominator: ["people_total"] },
        target: { comparator: ">=", value: 50, pace: "linear" },
      },
    ],
  });
  return withMarks(text, OPEN);
}

/** What is still to be decided of a plan that begins so. */
const OPEN: readonly PlanMark[] = [
  [["state"], DRAFT_MARK],
  [["short_title"], "tên gọn cho tiêu đề trang (xem lại xong chỗ nào thì xóa dòng ghi ấy)."],
  [["issued_on"], "ngày ký."],
  [["reports_to"], "báo cáo gửi về đâu."],
  [["added_rules", 0], "bỏ dòng này nếu kế hoạch tự nêu ngày chốt."],
  [["groups"], "các nhóm chỉ tiêu của kế hoạch."],
  [["units"], "các đơn vị báo cáo, theo phần phân công của kế hoạch."],
  [
    ["periods"],
    "hạn gửi từng kỳ (due_before: phải nhận được trước ngày này); bỏ kỳ mà kế hoạch không yêu cầu.",
  ],
  [["measures"], "các số liệu mà đơn vị báo cáo; hai số dưới đây là ví dụ."],
  [["indicators"], "các chỉ tiêu; chỉ tiêu dưới đây là ví dụ."],
];

interface DraftPeriod
  extends Pick<PlanPeriod, "code" | "name" | "kind" | "position" | "positions"> {
  /** Months of the year that it is made of, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** When figures are closed and due: days of the last month of a period, or of a later one. */
export interface CalendarRule {
  readonly rhythm: Rhythm;
  readonly year: number;
  /** Closed on this day of the last month; the next period begins the day after. 31: with the month. */
  readonly closedOn: number;
  /** Received before this day, so many months after the last one. */
  readonly dueBefore: number;
  readonly dueMonthsLater: number;
}

/** As decree 09/2019/NĐ-CP, article 12, closes figures. */
export const BY_DECREE = { closedOn: 14, dueBefore: 20, dueMonthsLater: 0 } as const;

/** A period as a plan file has it: only one that covers others has `covers`. */
type WrittenPeriod = Omit<PlanPeriod, "covers"> & Partial<Pick<PlanPeriod, "covers">>;

/** The periods of a year by a rule, those that cover others last. */
export function periodsOf(rule: CalendarRule): WrittenPeriod[] {
  const { rhythm, year, closedOn, dueBefore, dueMonthsLater } = rule;
  const base = basePeriods(rhythm, year);
  const close = (month: number): string => dateOf(year, month, closedOn);
  return [...base, ...coveringPeriods(rhythm, year)].map((one): WrittenPeriod => {
    const { code, name, kind, position, positions, first, last } = one;
    const covers = base
      .filter((part) => part.code !== code && part.first >= first && part.last <= last)
      .map((part) => part.code);
    const due = dateOf(year, last + dueMonthsLater, dueBefore);
    return {
      ...{ code, name, kind, year, position, positions },
      data_from: dayAfter(close(first - 1)),
      data_to: close(last),
      due_before: due,
      estimate: due <= close(last),
      ...(base.includes(one) ? {} : { covers }),
    };
  });
}

function basePeriods(rhythm: Rhythm, year: number): DraftPeriod[] {
  const positions = { month: 12, quarter: 4, half_year: 2, year: 1 }[rhythm];
  const length = 12 / positions;
  return Array.from({ length: positions }, (_, index) => {
    const code = codeOf(rhythm, index + 1, year);
    return {
      ...{ code, name: periodNameOf(code), kind: rhythm, position: index + 1, positions },
      first: index * length + 1,
      last: (index + 1) * length,
    };
  });
}

/** What sums up the base periods: quarters over months, the first half-year, the year. */
function coveringPeriods(rhythm: Rhythm, year: number): DraftPeriod[] {
  if (rhythm === "year") return [];
  const quarters = rhythm === "month" ? basePeriods("quarter", year) : [];
  const half = rhythm === "half_year" ? [] : basePeriods("half_year", year).slice(0, 1);
  return [...quarters, ...half, ...basePeriods("year", year)];
}

function codeOf(rhythm: Rhythm, position: number, year: number): string {
  if (rhythm === "year") return `${year}-Y`;
  if (rhythm === "month") return `${year}-T${String(position).padStart(2, "0")}`;
  return `${year}-${rhythm === "quarter" ? "Q" : "H"}${position}`;
}

/** A day of a month of the year, or its last one; month 0 is the last of the year before. */
function dateOf(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

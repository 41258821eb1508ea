import { inSentence } from "../vocabulary/letter-case.ts";
import { numberText } from "../vocabulary/number.ts";
import type { Status } from "../vocabulary/status.ts";
import { DIRECTIONS } from "../vocabulary/words.ts";
import { amountText } from "./amount.ts";
import { joined } from "./name-list.ts";
import { nameWithinYear, withoutYear } from "./period-name.ts";
import { judgedText } from "./standing.ts";

// What has changed between two periods.

/** A verdict that is another one than in the period before: a row of `change`. */
export interface VerdictChange {
  readonly status_before: Status;
  readonly status: Status;
  readonly provisional_before: boolean | null;
  readonly is_provisional: boolean | null;
  readonly value_before: number | null;
  readonly value: number | null;
  readonly unit: string | null;
}

/** `Từ chậm tiến độ (24,1%) thành đạt (30%)` */
export function verdictChangeText(change: VerdictChange): string {
  const shown = (value: number | null): string | null =>
    value === null ? null : amountText(value, change.unit);
  const { status_before, provisional_before: is_provisional, status } = change;
  const before = judgedText(status_before, shown(change.value_before), { is_provisional });
  return `Từ ${before} thành ${judgedText(status, shown(change.value), change)}`;
}

/** `Quý II so với quý I`: which two periods a change is between. */
export function betweenText(change: {
  readonly period_name: string;
  readonly year: number;
  readonly name_before: string;
  readonly year_before: number;
}): string {
  return `${withoutYear(change.period_name, change.year)} so với ${nameWithinYear(change.name_before, change.year_before)}`;
}

/** How many verdicts on reporting areas can be compared, and how they have changed: a row of `change_tally`. */
export interface ChangeTally
  extends Record<"compared" | "better" | "worse" | "reported" | "other" | "same", number> {
  /** Of how many that are compared either verdict is provisional. */
  readonly provisional: number;
  /** Indicators that have no period before. */
  readonly uncompared: number;
}

type Direction = keyof typeof DIRECTIONS;

const counted = (count: number, direction: Direction): string =>
  `${numberText(count)} ${inSentence(DIRECTIONS[direction])}`;

/** What has changed of a plan's reporting areas; null where none is compared. */
export function wardChangeSentence(tally: ChangeTally, noun: string): string | null {
  const { compared, same } = tally;
  if (compared === 0) return null;
  const open = openText(tally.provisional);
  if (same === compared) {
    return tally.uncompared > 0
      ? `${numberText(compared)} đánh giá so sánh được của các ${noun}${open} giữ nguyên.`
      : `Không đánh giá nào của các ${noun} thay đổi${open}.`;
  }
  const clauses = joined([
    counted(tally.better, "better"),
    counted(tally.worse, "worse"),
    tally.reported > 0 && counted(tally.reported, "reported"),
    tally.other > 0 && counted(tally.other, "other"),
    counted(same, "same"),
  ]);
  return `Trong ${numberText(compared)} đánh giá của các ${noun}${open}: ${clauses}.`;
}

/** Of how many the comparison may turn out otherwise: the verdict of now or the one before. */
function openText(provisional: number): string {
  return provisional === 0 ? "" : ` (${numberText(provisional)} tạm tính)`;
}

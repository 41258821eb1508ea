import type { Status } from "../vocabulary/status.ts";
import { amountText } from "./amount.ts";
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

import { inSentence } from "../vocabulary/letter-case.ts";
import { targetText } from "./amount.ts";

/** What a figure comes to by its due date if it goes on as it did: a row of `projection`. */
export interface Projection {
  readonly due_name: string;
  readonly value_low: number;
  readonly value_high: number;
  readonly unit: string | null;
  readonly target_value: number;
  readonly target_to: number | null;
  readonly outlook: string;
  readonly steps_gone: number;
}

/** Whether a row that may have none has a projection. */
export function isProjected<Row>(
  row: Row & { readonly [Key in keyof Projection]: Projection[Key] | null },
): row is Row & Projection {
  return row.outlook !== null;
}

/** `30%`, `từ 28% đến 33%` */
export function rangeText({ value_low: low, value_high: high, unit }: Projection): string {
  return targetText(low, low === high ? null : high, unit);
}

const OUTLOOKS: Readonly<Record<string, string>> = {
  reached: "đáp ứng",
  missed: "không đáp ứng",
};

export function projectionSentence(projection: Projection): string {
  const { steps_gone: gone, target_value, target_to, unit, outlook } = projection;
  const steps = gone === 1 ? "kỳ đã qua" : `${gone} kỳ đã qua`;
  return `Ước tính, nếu các kỳ còn lại thực hiện như ${steps}: đến ${inSentence(projection.due_name)} là ${rangeText(projection)}, ${OUTLOOKS[outlook] ?? "có thể không đáp ứng"} mức chỉ tiêu ${targetText(target_value, target_to, unit)}.`;
}

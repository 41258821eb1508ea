import type { PlanFigure } from "../models/plan-figures.ts";
import type { Plan } from "../sources/plan.ts";
import { numberText } from "../vocabulary/number.ts";
import { STATUSES } from "../vocabulary/words.ts";

/** So many changes are told one by one. */
const TOLD = 200;

/** What of figures and verdicts would be another, each in a line; the rest in numbers. */
export function changedFigures(
  before: readonly PlanFigure[],
  after: readonly PlanFigure[],
  plan: Plan,
): string[] {
  const keyOf = (one: PlanFigure): string =>
    JSON.stringify([one.section, one.code, one.period, one.area_id]);
  const were = new Map(before.map((one) => [keyOf(one), one]));
  const are = new Map(after.map((one) => [keyOf(one), one]));
  const lines = [...new Set([...were.keys(), ...are.keys()])].flatMap((key) => {
    const [was, is] = [were.get(key), are.get(key)];
    const [said, now] = [told(was), told(is)];
    const one = is ?? was;
    if (said === now || one === undefined) return [];
    const period = plan.periods.find(({ code }) => code === one.period)?.name ?? one.period;
    const name = one.section === "indicator" ? `Chỉ tiêu ${one.code}` : nameOf(plan, one.code);
    return [`${name}, ${period}, ${one.area_name ?? "toàn địa bàn"}: ${said} → ${now}`];
  });
  const left = lines.length - TOLD;
  return left <= 0 ? lines : [...lines.slice(0, TOLD), `Và ${left} thay đổi khác.`];
}

function nameOf({ measures }: Plan, code: string): string {
  return measures.find((one) => one.code === code)?.name ?? code;
}

function told(figure: PlanFigure | undefined): string {
  if (figure === undefined) return "không có";
  const { value, target_value, status } = figure;
  const word = status === null ? null : (STATUSES[status as keyof typeof STATUSES]?.word ?? status);
  const parts = [
    value === null ? "chưa có số" : numberText(value),
    ...(target_value === null ? [] : [`mức ${numberText(target_value)}`]),
    ...(word === null ? [] : [word]),
  ];
  return parts.join(", ");
}

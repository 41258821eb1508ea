import type { PlanFigure } from "../../models/plan-figures.ts";
import { amountText } from "../../sentences/amount.ts";
import type { Plan } from "../../sources/plan/plan.ts";
import { STATUSES } from "../../vocabulary/words.ts";

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
    const one = is ?? was;
    if (one === undefined) return [];
    const items = one.section === "indicator" ? plan.indicators : plan.measures;
    const item = items.find(({ code }) => code === one.code);
    const unit = item?.unit_of_measure ?? null;
    const [said, now] = [told(was, unit), told(is, unit)];
    if (said === now) return [];
    const period = plan.periods.find(({ code }) => code === one.period)?.name ?? one.period;
    const name = one.section === "indicator" ? `Chỉ tiêu ${one.code}` : (item?.name ?? one.code);
    return [`${name}, ${period}, ${one.area_name ?? "toàn địa bàn"}: ${said} → ${now}`];
  });
  const left = lines.length - TOLD;
  return left <= 0 ? lines : [...lines.slice(0, TOLD), `Và ${left} thay đổi khác.`];
}

function told(figure: PlanFigure | undefined, unit: string | null): string {
  if (figure === undefined) return "không có";
  const { value, target_value, status } = figure;
  const word = status === null ? null : (STATUSES[status as keyof typeof STATUSES]?.word ?? status);
  const parts = [
    value === null ? "chưa có số" : amountText(value, unit),
    ...(target_value === null ? [] : [`mức ${amountText(target_value, unit)}`]),
    ...(word === null ? [] : [word]),
  ];
  return parts.join(", ");
}

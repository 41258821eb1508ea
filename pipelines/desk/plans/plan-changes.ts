import { linkedPlans } from "../../models/built-from.ts";
import { type PlanFigure, readPlanFigures } from "../../models/plan-figures.ts";
import { amountText } from "../../sentences/amount.ts";
import { type Catalogue, readCatalogue } from "../../sources/catalogue.ts";
import type { Plan } from "../../sources/plan/plan.ts";
import { PROVISIONAL } from "../../vocabulary/status.ts";
import { STATUSES } from "../../vocabulary/words.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { approvedText, dataOf, type PlanDraft, withDraftIn } from "./plan-drafts.ts";

/** What a draft would be put into, and what tells whether that is as it was. */
interface OfficeAsItIs {
  readonly paths: WarehousePaths;
  readonly sources: string;
  readonly catalogue: Catalogue;
  readonly state: string;
}

/** What the draft that was looked at last would change; to compute it takes seconds. */
export class DraftChanges {
  #before: { readonly of: string; readonly figures: readonly PlanFigure[] } | null = null;
  #last: { readonly of: string; readonly lines: readonly string[] } | null = null;

  /**
   * What of figures and verdicts a draft would change, of other plans too.
   * @throws Failure when the ledger cannot be read
   */
  async of(
    draft: PlanDraft,
    { paths, sources, catalogue, state }: OfficeAsItIs,
  ): Promise<readonly string[]> {
    const { key, tables, areas, baselines } = draft;
    const of = JSON.stringify([key, approvedText(draft), tables, areas, baselines, state]);
    if (this.#last?.of === of) return this.#last.lines;
    const id = String(dataOf(draft).id);
    const lines = await withDraftIn(sources, draft, async (folder) => {
      const changed = readCatalogue(folder, { plans: paths.plans });
      // areas are common to all
      const only =
        areas.length > 0 ? undefined : linkedPlans([id], [...catalogue.plans, ...changed.plans]);
      // figures as they are: the same for each change of a plan that somebody looks at
      const ofBefore = JSON.stringify([state, [...(only ?? [])]]);
      const [before, after] = await Promise.all([
        this.#before?.of === ofBefore
          ? this.#before.figures
          : readPlanFigures(paths, catalogue, only),
        readPlanFigures(paths, changed, only),
      ]);
      this.#before = { of: ofBefore, figures: before };
      return catalogue.plans.flatMap(({ plan }) => {
        const isOwn = (one: { readonly plan_id: string }): boolean => one.plan_id === plan.id;
        const now = changed.plans.find((one) => one.plan.id === plan.id)?.plan ?? plan;
        const its = changedFigures(before.filter(isOwn), after.filter(isOwn), now);
        return plan.id === id ? its : its.map((line) => `${plan.number}: ${line}`);
      });
    });
    this.#last = { of, lines };
    return lines;
  }
}

/** So many changes are listed one by one. */
const LISTED = 200;

/** What of figures and verdicts would be another, each in a line; the rest in numbers. */
function changedFigures(
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
    const [then, now] = [figureText(was, unit), figureText(is, unit)];
    if (then === now) return [];
    const period = plan.periods.find(({ code }) => code === one.period)?.name ?? one.period;
    const name = one.section === "indicator" ? `Chỉ tiêu ${one.code}` : (item?.name ?? one.code);
    return [`${name}, ${period}, ${one.area_name ?? "toàn địa bàn"}: từ ${then} thành ${now}`];
  });
  const left = lines.length - LISTED;
  return left <= 0 ? lines : [...lines.slice(0, LISTED), `Và ${left} thay đổi khác.`];
}

function figureText(figure: PlanFigure | undefined, unit: string | null): string {
  if (figure === undefined) return "không có";
  const { value, target_value, status } = figure;
  const word = status === null ? null : (STATUSES[status as keyof typeof STATUSES]?.word ?? status);
  const parts = [
    value === null ? "chưa có số" : amountText(value, unit),
    ...(target_value === null ? [] : [`mức ${amountText(target_value, unit)}`]),
    ...(word === null ? [] : [figure.is_provisional === true ? `${word} (${PROVISIONAL})` : word]),
  ];
  return parts.join(", ");
}

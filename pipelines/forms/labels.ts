import { labelOfArea, labelOfLine, labelOfMeasure } from "../vocabulary/form-code.ts";
import { labelDigest } from "../vocabulary/label.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import * as wording from "./form-wording.ts";
import { type FormLayout, type FormTable, targetsOfForm } from "./layout.ts";

/** A line above the tables by which a reader knows whose form it is, and for when. */
export type HeadLine = keyof ReturnType<typeof headTexts>;

/** Those that begin with what they are: `Kỳ báo cáo: Quý II năm 2024`. */
export type FactLine = keyof typeof wording.LABEL;

/** What each line of the head says; the facts without the words they begin with. */
export function headTexts({ plan, unit, period }: FormLayout) {
  return {
    name: capitals(unit.name),
    heading: wording.heading(period),
    title: plan.plan.title,
    plan: wording.planLine(plan),
    unit: unit.name,
    due: wording.dueLine(period),
    period: wording.periodLine(period),
    receiver: plan.plan.reports_to,
  };
}

/** A line of the head as it is seen. */
export function headLine(layout: FormLayout, line: HeadLine): string {
  const labels: Readonly<Record<string, string>> = wording.LABEL;
  return (labels[line] ?? "") + headTexts(layout)[line];
}

/** The title of a table; null on a form that has but one. */
export function titleOfTable(layout: FormLayout, index: number, table: FormTable): string | null {
  if (layout.tables.length < 2) return null;
  const letter = String.fromCharCode(65 + index);
  const noun = layout.plan.plan.reporting_area_noun ?? wording.AREA_NOUN;
  return wording.tableTitle(letter, table.areas === null ? "own" : "by_area", noun);
}

/** Digests of the labels of a form, for its hidden identity. */
export function labelDigests(layout: FormLayout): Map<string, string> {
  const digests = new Map<string, string>();
  for (const line of Object.keys(headTexts(layout)) as HeadLine[]) {
    digests.set(labelOfLine(line), labelDigest(headLine(layout, line)));
  }
  for (const { areas, rows } of layout.tables) {
    for (const { measure } of rows) {
      const digest = labelDigest(measure.name, measure.unit_of_measure);
      digests.set(labelOfMeasure(measure.code), digest);
    }
    for (const { code, name } of areas ?? []) digests.set(labelOfArea(code), labelDigest(name));
  }
  for (const [index, line] of targetsOfForm(layout).flat().entries()) {
    digests.set(labelOfLine(`target.${index}`), labelDigest(line));
  }
  return digests;
}

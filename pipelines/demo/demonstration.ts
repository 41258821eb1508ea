import { entryKey, type FormFilling } from "../forms/filling.ts";
import { filledForm } from "../forms/form-workbook.ts";
import {
  areasIn,
  measuresOwedBy,
  type ReportingUnit,
  type ResolvedPlan,
  unitsOwing,
} from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan/plan.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { type Figures, isFlow, makeFigures } from "./figures.ts";
import { type Profile, periodsInForce, readProfile, type StoryEvent } from "./profile.ts";
import { receivedInTime, receivedLate, workingDaysAfter } from "./reception.ts";

/** A file as an office would have received it. All its figures are made up. */
export interface DemonstrationFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: Date;
}

/** A filled-in form, an .xlsx workbook. */
export interface DemonstrationForm extends DemonstrationFile {
  readonly unit: ReportingUnit;
  readonly period: PlanPeriod;
}

/** What the story says of one unit in one period. */
export interface Chapter {
  readonly unit: ReportingUnit;
  readonly period: PlanPeriod;
  readonly events: readonly StoryEvent[];
}

/**
 * The demonstration of a plan: the forms of all its units for every period since it came into force,
 * filled with made-up figures that agree with each other, apart from what its profile tells (late,
 * missing, corrected, nothing arisen). The same plan, profile and seed give the same forms.
 * @returns the forms in the order in which they come in.
 * @throws Failure when the plan has no demonstration profile, or the profile does not fit the plan.
 */
export async function demonstrationForms(
  plan: ResolvedPlan,
  seed: number,
): Promise<DemonstrationForm[]> {
  const profile = readProfile(plan);
  const figures = makeFigures(plan, profile, seed);
  const forms: DemonstrationForm[] = [];
  for (const period of periodsInForce(plan)) {
    for (const unit of unitsOwing(plan, period)) {
      const events = profile.story.filter(
        (event) => event.unit === unit.code && event.period === period.code,
      );
      forms.push(...(await formsOf(plan, profile, figures, { unit, period, events }, seed)));
    }
  }
  return forms.sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
}

async function formsOf(
  plan: ResolvedPlan,
  profile: Profile,
  figures: Figures,
  chapter: Chapter,
  seed: number,
): Promise<DemonstrationForm[]> {
  const { unit, period, events } = chapter;
  if (events.some(({ kind }) => kind === "missing")) return [];
  const late = events.find((event) => event.kind === "late");
  const receivedAt =
    late === undefined
      ? receivedInTime(unit, period, seed)
      : receivedLate(unit, period, late.days, seed);
  // as a unit with one plan may call its file: nothing goes by the name
  const fileName = `${period.code}_${unit.code}.xlsx`;
  const form = async (
    name: string,
    moment: Date,
    filling: FormFilling,
  ): Promise<DemonstrationForm> => {
    const bytes = await filledForm(plan, unit, period, filling);
    return { fileName: name, bytes, receivedAt: moment, unit, period };
  };
  const forms = [await form(fileName, receivedAt, fillingOf(plan, profile, figures, chapter))];
  const correction = events.find((event) => event.kind === "correction");
  if (correction !== undefined) {
    const filling = fillingOf(plan, profile, figures, chapter, "corrected");
    const name = fileName.replace(/\.xlsx$/, "_dinh-chinh.xlsx");
    forms.push(await form(name, workingDaysAfter(receivedAt, correction.days), filling));
  }
  return forms;
}

/** What a unit enters, as its story has it, when it reports first or when it has corrected itself. */
export function fillingOf(
  plan: ResolvedPlan,
  profile: Profile,
  figures: Figures,
  { unit, period, events }: Chapter,
  version: "first" | "corrected" = "first",
): FormFilling {
  const values = new Map<string, string>();
  const notes = new Map<string, string>();
  const nilReturn = events.some(({ kind }) => kind === "nil");
  const codes = new Map(areasIn(plan, period).map(({ area_id, code }) => [area_id, code]));
  const measures = measuresOwedBy(plan, unit, period);
  const first = measures[0];
  if (first !== undefined) notes.set(first.code, profile.note);
  for (const measure of measures) {
    const about = events.filter((event) => "measure" in event && event.measure === measure.code);
    const isBlank = about.some(({ kind }) => kind === "blank") || (nilReturn && isFlow(measure));
    for (const place of plan.places) {
      if (place.measure !== measure.code || place.unit_id !== unit.unit_id) continue;
      const area = unit.area !== null || place.area_id === null ? "" : codes.get(place.area_id);
      if (isBlank || area === undefined) continue;
      const figure = about.reduce(
        (value, event) => reportedValue(value, event, version),
        figures.at(place, period),
      );
      values.set(entryKey(measure.code, area), entered(measure, figure));
    }
    for (const event of about) {
      if (event.kind === "correction" && version === "corrected" && event.note !== undefined) {
        notes.set(measure.code, event.note);
      }
    }
  }
  const remarks = Object.fromEntries(
    events.flatMap((event) => (event.kind === "remark" ? [[event.head, event.said]] : [])),
  );
  return { nilReturn, values, notes, remarks };
}

/** The figure on a form, which the story may make differ from the true one. */
function reportedValue(value: number, event: StoryEvent, version: "first" | "corrected"): number {
  if (event.kind === "differs") return Math.max(0, value + event.add);
  if (event.kind === "correction" && version === "first") return Math.max(0, value - event.less);
  return value;
}

function entered(measure: PlanMeasure, figure: number): string {
  if (measure.kind === "yes_no") return figure > 0 ? ANSWERS.yes.word : ANSWERS.no.word;
  return String(Number(figure.toFixed(measure.decimals)));
}

import { isMap, parseDocument } from "yaml";
import { type ResolvedPlan, unitsOwing } from "../sources/catalogue.ts";
import { csvFile, FOR_PROGRAMS } from "../vocabulary/csv-file.ts";
import { type DemonstrationFile, fillingOf } from "./demonstration.ts";
import { makeFigures } from "./figures.ts";
import { type Profile, periodsInForce } from "./profile.ts";
import { receivedInTime } from "./reception.ts";

/** Lines stay as long as they are. */
const WIDE = { lineWidth: 0 };

/** A plan file, and one of the year before that it continues; both texts are YAML. */
export interface TwoYears {
  readonly text: string;
  readonly before: { readonly id: string; readonly text: string };
}

/**
 * The plan of the demonstration with one of the year before, which no office ever signed and which says
 * so: the same targets, periods and units, a year earlier.
 * @param text of a plan file that has no errors and continues none
 */
export function withYearBefore(text: string): TwoYears {
  const plan = parseDocument(text);
  const before = parseDocument(
    text.replaceAll(/\b(20\d\d)\b/g, (year) => String(Number(year) - 1)),
  );
  if (!isMap(plan.contents) || !isMap(before.contents)) throw new Error("a plan file is a map");
  const [now, then] = [String(plan.get("id")), String(before.get("id"))];
  const id = now === then ? `${then}-nam-truoc` : then;
  before.set("id", id);
  before.set("number", `${String(plan.get("number"))} (minh họa năm trước)`);
  before.set("title", `${String(before.get("title"))} (minh họa)`);
  before.set(
    "source",
    `Không có văn bản này: lập theo kế hoạch ${String(plan.get("number"))} để minh họa năm trước`,
  );
  before.delete("carries_out");
  plan.set("continues", id);
  return { text: plan.toString(WIDE), before: { id, text: before.toString(WIDE) } };
}

/**
 * The figures of the year before, a table for each period with a row for each figure of each unit. They
 * are made up from the profile of the plan that continues it.
 */
export function tablesOfYearBefore(
  plan: ResolvedPlan,
  profile: Profile,
  seed: number,
): DemonstrationFile[] {
  const figures = makeFigures(plan, lessDone(profile), seed);
  return periodsInForce(plan).map((period) => {
    const units = unitsOwing(plan, period);
    const rows = units.flatMap((unit) => {
      const { values } = fillingOf(plan, profile, figures, { unit, period, events: [] });
      return [...values].map(([key, value]) => {
        const [measure = "", area = ""] = JSON.parse(key) as readonly string[];
        return [plan.plan.id, unit.code, period.code, area, measure, value, profile.note];
      });
    });
    const moments = units.map((unit) => receivedInTime(unit, period, seed).getTime());
    return {
      fileName: `so-lieu-${period.code}.csv`,
      bytes: Buffer.from(csvFile([HEAD, ...rows], FOR_PROGRAMS)),
      receivedAt: new Date(Math.max(...moments)),
    };
  });
}

/** How much of what is done step by step in a year was done in the one before. */
const DONE_BEFORE = 0.88;

/** The places and what there is at them stay as they are; what is reached in the course of a year is less. */
function lessDone(profile: Profile): Profile {
  const less = <Steps>(steps: Steps): Steps | number[] =>
    Array.isArray(steps) ? steps.map((step: number) => step * DONE_BEFORE) : steps;
  const measures = Object.entries(profile.measures).map(([code, size]) => {
    if ("of" in size) return [code, { ...size, share: less(size.share) }];
    return [code, "holds" in size ? { holds: less(size.holds) } : size];
  });
  return { ...profile, measures: Object.fromEntries(measures) };
}

const HEAD = ["plan", "unit", "period", "area", "measure", "value", "note"];

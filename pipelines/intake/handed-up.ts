import { z } from "zod";
import { keyCode } from "../contract/check-code.ts";
import type { BlankForm } from "../forms/form-files.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import type { HandedVersion } from "../readers/handed-reader.ts";
import { signsIn } from "../readers/personal-data.ts";
import type { RawDocument, RawReading } from "../readers/raw-document.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { keyState } from "../sources/office/office-keys.ts";
import type { Plan, PlanMeasure } from "../sources/plan/plan.ts";
import type { PlanBelow } from "../sources/writing/plan-mapping.ts";
import { officeTime, parseMoment, vietnameseDate } from "../vocabulary/date.ts";
import { plainDecimal } from "../vocabulary/decimal.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import type { Problem, ReportOfUnit } from "../vocabulary/problem.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import type { Delivery, OpenIntake } from "./delivery.ts";
import { dayOf, mayKnow } from "./judge.ts";
import { NOT_QUOTED, type ProblemCode, problemOf } from "./problem-wording.ts";

/** What a version of another office says here: a report of one unit for each plan that takes from it. */
export interface Taken {
  /** Null where it is not known whose report it is, or not sure. */
  readonly document: RawDocument | null;
  readonly problems: readonly Problem[];
}

/** What is looked at of the intake and of the delivery. */
interface Known extends Pick<OpenIntake, "connection" | "catalogue" | "isDemonstration"> {
  /** What a package that came holds, as `contentSha256`; null where it cannot be read any more. */
  readonly contentOf: (sha256: string) => Promise<string | null>;
}
type Sent = Pick<Delivery, "receivedAt" | "mayReport">;

type AddProblem = (
  code: ProblemCode,
  values?: Record<string, string>,
  place?: Pick<Problem, "line" | "about">,
) => void;

/**
 * A version as it may be kept and told: its texts by the rule that texts of files go by, and its issuer by
 * the name that the line of its key has here.
 */
export function quotableVersion(
  version: HandedVersion,
  { officeKeys, printed }: Pick<Catalogue, "officeKeys"> & { readonly printed: PrintedTexts },
): HandedVersion {
  const quotable = (text: string): string =>
    PLAIN_FIGURE.test(text) || signsIn(text, printed).length === 0 ? text : NOT_QUOTED;
  const texts = <T extends object>(one: T): T =>
    Object.fromEntries(
      Object.entries(one).map(([name, text]) => [
        name,
        typeof text === "string" ? quotable(text) : text,
      ]),
    ) as T;
  const { publication, signedBy, contentSha256, period, measures, figures } = version;
  const { areaFigures, doubts } = version;
  const key = officeKeys.find((one) => one.key === signedBy && one.area === version.areaCode);
  const { sha256, plan_sha256, recorded_at } = publication;
  return {
    ...texts(version),
    ...{ signedBy, contentSha256 },
    ...(key && { issuer: key.name }),
    publication: { ...texts(publication), sha256, plan_sha256, recorded_at },
    period: texts(period),
    measures: measures.map(texts),
    figures: figures.map(texts),
    areaFigures: areaFigures.map(texts),
    doubts: doubts.map(texts),
  };
}

const PLAIN_FIGURE = /^-?\d+(?:\.\d+)?$/;

/** The plan of a version, as far as another one may take from it. */
export function planBelowOf(version: HandedVersion): PlanBelow {
  const { publication, issuer, planNumber: number, areaCode: area, carriesOut, measures } = version;
  return { id: publication.plan_id, issuer, number, area, carriesOut, measures };
}

/** Makes of a version that was handed up the reports that it is here. */
export async function takeHandedUp(
  intake: Known,
  delivery: Sent,
  file: string,
  version: HandedVersion,
): Promise<Taken> {
  const problems: Problem[] = [];
  const add: AddProblem = (code, values = {}, place = {}) => {
    const words = { issuer: version.issuer, plan_number: version.planNumber, ...values };
    problems.push(problemOf(code, file, words, place));
  };
  const { plan_id } = version.publication;
  const plans = intake.catalogue.plans.filter(({ plan }) =>
    plan.measures.some(({ taken_from }) => taken_from?.plan.includes(plan_id) === true),
  );
  if (plans.length === 0) add("version_other_plan", { plan: plan_id });
  if (version.isDemonstration && !intake.isDemonstration) add("version_made_up");
  const mayBeUnsigned =
    plans.every(({ plan }) => plan.takes_unsigned) &&
    // who has signed once goes on doing so
    !intake.catalogue.officeKeys.some(({ area }) => area === version.areaCode);
  const publishedAt = parseMoment(version.publication.recorded_at);
  if (publishedAt > delivery.receivedAt) {
    const at = { published: officeTime(publishedAt), received: officeTime(delivery.receivedAt) };
    add("version_before_itself", at);
  }
  checkKey(intake, version, { day: dayOf(delivery), mayBeUnsigned, add });
  const reports = plans.flatMap((plan) => reportOf(plan, version, add) ?? []);
  if (problems.some(isError)) return { document: null, problems: problems.filter(isError) };
  for (const report of reports) await checkOrder(intake, delivery, report, version, add);
  if (problems.some(isError)) return { document: null, problems: problems.filter(isError) };
  for (const doubt of distinct(version.doubts)) addDoubt(doubt, reports, version, add);
  const submissions = reports.map((report) => ({
    ...{ ...claimOf(report), nilReturn: false },
    ...{ formVersion: null, remarks: {}, sheet: null, cell: null },
  }));
  const readings = reports.flatMap((report) => readingsOf(report, version, add));
  return { document: { encoding: null, submissions, readings, seen: [] }, problems };
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
}

/** A unit's report here that a version is. */
interface Report extends BlankForm {
  /** The measures that it takes from the plan of the version. */
  readonly measures: readonly (PlanMeasure & { readonly theirs: string })[];
}

function checkKey(
  { catalogue }: Known,
  { signedBy, areaCode }: HandedVersion,
  { day, mayBeUnsigned, add }: { day: string; mayBeUnsigned: boolean; add: AddProblem },
): void {
  if (signedBy === null) {
    add(mayBeUnsigned ? "version_not_signed" : "version_unsigned");
    return;
  }
  const code = keyCode(signedBy);
  const { state, key } = keyState(catalogue.officeKeys, { signedBy, area: areaCode, day });
  if (state === "unknown") add("version_unknown_key", { code });
  if (state === "of_other") add("version_key_of_other", { code, name: key?.name ?? "" });
  if (state === "ended") {
    add("version_key_ended", { code, until: vietnameseDate(key?.until ?? day) });
  }
}

function reportOf(plan: ResolvedPlan, version: HandedVersion, add: AddProblem): Report | null {
  const { plan_id } = version.publication;
  const { kind, year, position, data_to, estimate } = version.period;
  const period = plan.plan.periods.find(
    (one) => one.kind === kind && one.year === year && one.position === position,
  );
  const measures = plan.plan.measures.flatMap((measure) =>
    measure.taken_from?.plan.includes(plan_id) === true
      ? [{ ...measure, theirs: measure.taken_from.measure }]
      : [],
  );
  const entries = measures.flatMap(({ reported_by }) => reported_by);
  const own = { number: plan.plan.number };
  const unit = plan.units.find(
    ({ area, entry }) => area?.code === version.areaCode && entries.includes(entry),
  );
  if (period === undefined) add("version_other_period", { ...own, period: version.period.code });
  if (unit === undefined) add("version_other_area", { ...own, area: version.areaCode });
  if (period === undefined || unit === undefined) return null;
  const about = claimOf({ plan, unit, period });
  if (period.data_to !== data_to) {
    const days = { theirs: vietnameseDate(data_to), ours: vietnameseDate(period.data_to) };
    add("version_other_days", days, { about });
  }
  if (estimate === true && !period.estimate) add("version_estimate", {}, { about });
  const ofUnit = measures.filter(({ reported_by }) => reported_by.includes(unit.entry));
  for (const measure of ofUnit) checkMeasure(measure, version, add);
  return { plan, unit, period, measures: ofUnit };
}

function claimOf({ plan, unit, period }: Pick<Report, "plan" | "unit" | "period">): ReportOfUnit {
  return { plan: plan.plan.id, unit: unit.code, period: period.code };
}

/** A measure must be counted there as it is here, and be guarded here where it is there. */
function checkMeasure(
  {
    name,
    theirs,
    unit_of_measure,
    over_time,
    over_areas,
    kind,
    sensitive,
  }: Report["measures"][number],
  { measures }: HandedVersion,
  add: AddProblem,
): void {
  const other = measures.find(({ code }) => code === theirs);
  if (other === undefined) return;
  const differs = [
    [unit_of_measure, other.unit_of_measure],
    [over_time, other.over_time],
    [over_areas, other.over_areas],
    [kind, other.kind],
  ].find(([ours, theirs]) => ours !== theirs);
  const words = { measure_name: name, other_name: other.name };
  if (differs !== undefined) {
    add("version_counts_otherwise", {
      ...words,
      ours: differs[0] ?? "",
      theirs: differs[1] ?? "",
    });
  }
  if (other.is_sensitive && !sensitive) add("version_guarded", words);
}

const KnownVersion = z.object({
  ...{ theirs: z.string(), version: WholeNumber },
  ...{ sha256: z.string(), file: z.string() },
});

/** A version that is older than one that came, or another one of the same number, is none. */
async function checkOrder(
  { connection, contentOf }: Known,
  delivery: Sent,
  report: Report,
  { publication, contentSha256 }: HandedVersion,
  add: AddProblem,
): Promise<void> {
  const claim = claimOf(report);
  // who may not send it learns nothing of what came
  if (!mayKnow([claim], delivery)) return;
  const came = await readRows(
    connection,
    KnownVersion,
    `select handed.plan_id as theirs, handed.version, handed.sha256, receipt.sha256 as file
    from ledger.handed_up as handed
    join ledger.submission as submission using (receipt_no)
    join ledger.receipt as receipt using (receipt_no)
    where
        submission.plan_id = $plan
        and submission.unit_id = $unit
        and submission.period = $period
    order by handed.version desc, receipt_no`,
    { plan: claim.plan, unit: report.unit.unit_id, period: claim.period },
  );
  const isOwn = ({ theirs }: (typeof came)[number]): boolean => theirs === publication.plan_id;
  const other = came.find((one) => !isOwn(one));
  if (other !== undefined) {
    add("version_of_another", { unit_name: report.unit.name, other: other.theirs });
  }
  const known = came.find(isOwn);
  if (known === undefined) return;
  const versions = { version: String(publication.version), known: String(known.version) };
  if (publication.version < known.version) add("version_older", versions);
  if (publication.version !== known.version) return;
  const isSame =
    publication.sha256 === known.sha256 && (await contentOf(known.file)) === contentSha256;
  if (!isSame) add("version_differs", versions);
}

function readingsOf(
  report: Report,
  { publication, figures, areaFigures }: HandedVersion,
  add: AddProblem,
): RawReading[] {
  const about = claimOf(report);
  return report.measures.map((measure): RawReading => {
    const { code, name, theirs, over_time } = measure;
    const figure = figures.find((one) => one.code === theirs);
    if (figure === undefined)
      add("version_lacks", { measure_name: name, measure: theirs }, { about });
    const value = figure === undefined ? "" : takenOf(figure, over_time);
    const missing = figure === undefined ? 0 : figure.areas_expected - figure.areas_reported;
    if (figure !== undefined && missing > 0) {
      const { areas_reported, areas_expected, line } = figure;
      const counts = { reported: String(areas_reported), expected: String(areas_expected) };
      add("version_partial", { measure_name: name, ...counts }, { line, about });
    }
    return {
      ...{ ...about, area: "", measure: code },
      ...{ value, isExact: true, note: "", sheet: null, cell: null },
      line: figure?.line ?? null,
      ...(missing > 0 && value !== "" ? { isPartial: true } : {}),
      ...(publication.withheld.includes(theirs) ? { isWithheld: true } : {}),
      ...partsOf(areaFigures.filter((one) => one.code === theirs)),
    };
  });
}

/** What is put together over time there goes on here: flows by the period, others as they stand. */
function takenOf(
  figure: { readonly value: string; readonly value_in_period: string },
  overTime: PlanMeasure["over_time"],
): string {
  return plainDecimal(overTime === "sum" ? figure.value_in_period : figure.value);
}

/** What a version says of the areas of its office, in the measures that a plan here takes from it. */
export interface AreasBelow {
  readonly plan: Plan;
  readonly measures: readonly PlanMeasure[];
  /** Each with a figure by measure; exact decimals, empty where there is none. */
  readonly areas: readonly {
    readonly name: string;
    readonly figures: readonly { readonly value: string; readonly line: number | null }[];
  }[];
}

/** The figures of areas below, by the plans that take from a version. */
export function areasBelowOf(
  plans: readonly { readonly plan: Plan }[],
  { publication, areaFigures }: HandedVersion,
): AreasBelow[] {
  const numbers = [...new Set(areaFigures.map(({ area_no }) => area_no))];
  return plans.flatMap(({ plan }) => {
    const measures = plan.measures.filter(
      ({ taken_from }) => taken_from?.plan.includes(publication.plan_id) === true,
    );
    const areas = numbers.map((no) => {
      const own = areaFigures.filter(({ area_no }) => area_no === no);
      const figures = measures.map(({ taken_from, over_time }) => {
        const figure = own.find((one) => one.code === taken_from?.measure);
        const value = figure === undefined ? "" : takenOf(figure, over_time);
        return { value, line: figure?.line ?? null };
      });
      return { name: own[0]?.area_name ?? no, figures };
    });
    return measures.length === 0 ? [] : [{ plan, measures, areas }];
  });
}

/** What each area there has of a figure: a ratio leaves some of them out. */
function partsOf(areas: HandedVersion["areaFigures"]): { readonly parts?: string } {
  const parts = areas.map(({ area_no, value, value_in_period }) => ({
    area: area_no,
    to_date: value || null,
    in_period: value_in_period || null,
  }));
  return parts.length === 0 ? {} : { parts: JSON.stringify(parts) };
}

/** Doubts that say the same of the same figure are one here: each finding is known by its words and place. */
function distinct(doubts: HandedVersion["doubts"]): HandedVersion["doubts"] {
  const key = ({ measure, unit_name, area_name, said, reason }: (typeof doubts)[number]): string =>
    JSON.stringify([measure, unit_name, area_name, said, reason]);
  return [...new Map(doubts.map((one) => [key(one), one])).values()];
}

/** A doubt that was let stand below stands here, at the figure that it is about. */
function addDoubt(
  { measure, unit_name, area_name, said, reason }: HandedVersion["doubts"][number],
  reports: readonly Report[],
  { figures }: HandedVersion,
  add: AddProblem,
): void {
  const isTaken = reports.some(({ measures }) => measures.some(({ theirs }) => theirs === measure));
  const line = figures.find(({ code }) => code === measure)?.line;
  if (!isTaken || line === undefined) return;
  const where = [unit_name, area_name].filter((one) => one !== "").join(", ");
  const values = { where, doubt: inSentence(said), why: reason === "" ? "không ghi" : reason };
  add("version_doubt", values, { line });
}

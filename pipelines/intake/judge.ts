import { z } from "zod";
import { isKind } from "../readers/file-kind.ts";
import { isPersonal, signsIn } from "../readers/personal-data.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import type { Problem, ReportOfUnit } from "../vocabulary/problem.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import type { Delivery, JudgedFile, OpenIntake, ReadFile } from "./delivery.ts";
import { type EarlierAcceptance, optional } from "./earlier-receipts.ts";
import { findProblems, isOfOneRow, type PlacedProblem, resolveClaims } from "./find-problems.ts";
import { labelProblems } from "./form-labels.ts";
import { rowsOfModel } from "./intake-sql.ts";
import { ALL_ROWS, loadDocuments, type RowRange } from "./intake-tables.ts";
import { heldTexts } from "./personal-readings.ts";
import { furtherPlaces, NOT_QUOTED, type ProblemCode, problemOf } from "./problem-wording.ts";
import type { Renamings } from "./resolve-names.ts";
import { ofAnotherTime } from "./unread-writing.ts";

const LEFT_OUT: ProblemCode = "measures_left_out";
/** Marks that senders repeat wherever they have no figure; reported once. */
const REPORTED_ONCE: readonly string[] = [
  "mark",
  "mark_of_stock",
  "mark_of_choice",
] satisfies readonly ProblemCode[];

/** The day in office time, `YYYY-MM-DD`, on which a delivery was received. */
export function dayOf({ receivedAt }: Pick<Delivery, "receivedAt">): string {
  return officeTime(receivedAt).slice(0, 10);
}

/**
 * Judges one file of any kind.
 * @param earlier the earlier acceptances of its bytes; it is asked what they would replace
 */
export async function judgeOne(
  intake: OpenIntake,
  file: ReadFile,
  earlier: EarlierAcceptance | null = null,
): Promise<JudgedFile> {
  const [judged] = await judge(intake, [file]);
  if (judged === undefined) throw new Error("the file was not judged");
  const problems = [...judged.problems, ...returnQuestions(judged, earlier)];
  return refuseOlder(intake, await refuseOthers(intake, { ...judged, problems }));
}

/**
 * Judges files together: one of any kind, or several readable forms received on one day, which cost
 * as much as one since the same statements judge them. Leaves their rows in `intake.claim` and
 * `intake.judged`.
 */
export async function judge(intake: OpenIntake, files: readonly ReadFile[]): Promise<JudgedFile[]> {
  const ranges = await loadForms(intake, files);
  const isReadable = files.some((one) => one.isReadable);
  const [{ delivery } = { delivery: null }] = files;
  const receivedOn = delivery === null ? "" : dayOf(delivery);
  const { connection } = intake;
  const [text = null] = files.map(({ judged }) => judged);
  if (text === null && !isReadable && files.some(({ hasClaims }) => hasClaims)) {
    await resolveClaims(connection, receivedOn);
  }
  const found = isReadable ? (text?.found ?? (await findProblems(connection, receivedOn))) : [];
  const renamings = ranges.length > 0 ? await intake.renamings() : () => [];
  const judged: JudgedFile[] = [];
  for (const [index, file] of files.entries()) {
    judged.push(await judgeIn(intake, file, ranges[index] ?? ALL_ROWS, { found, renamings }));
  }
  return judged;
}

/** Loads what forms say. @returns the rows of each */
async function loadForms(
  { connection }: OpenIntake,
  files: readonly ReadFile[],
): Promise<RowRange[]> {
  const documents = files.flatMap(({ document }) => (document === null ? [] : [document]));
  return documents.length > 0 ? loadDocuments(connection, documents) : [];
}

/** Gathers the problems of one of the files that were judged together. */
async function judgeIn(
  intake: OpenIntake,
  file: ReadFile,
  rows: RowRange,
  { found, renamings }: { found: readonly PlacedProblem[]; renamings: Renamings },
): Promise<JudgedFile> {
  const { catalogue, printed } = intake;
  const { document } = file;
  const { name } = file.file;
  const own = found
    // a problem that sums up others may belong to any of the files
    .filter(({ row }) => !isOfOneRow(row) || (row >= rows.first && row < rows.end))
    .map(({ problem }) => problem);
  const forms = (document?.seen ?? []).map((one) =>
    labelProblems(one, catalogue, renamings, printed, dayOf(file.delivery)),
  );
  const seen = forms.flatMap(({ problems }) => problems);
  const unread = forms.flatMap((one) => (one.unread === "" ? [] : [one.unread])).join(" ");
  const inReadings = file.judged?.personal ?? {
    problems: [],
    held: document === null ? [] : heldTexts(document, printed),
  };
  const placed = [...seen, ...own].map((problem) => ({ ...problem, file: name }));
  const above = await problemsAbove(intake, file);
  const all = [...file.problems, ...above, ...placed, ...inReadings.problems];
  // what is wrong besides would quote what must not be kept
  const problems = isPersonal(all) ? all.filter((one) => isPersonal([one]) || isKind(one)) : all;
  const isRefused = problems.some(({ severity }) => severity === "error");
  // of a file with lines that could not be read nobody can say what it leaves out
  const sure = isRefused ? problems.filter(({ code }) => code !== LEFT_OUT) : problems;
  const held = inReadings.held;
  return { ...file, rows, problems: onceAFile(sure), unread, held, repeats: null };
}

/** Asks about what stands above the names of a text file and is of another time than its figures. */
async function problemsAbove(
  { connection, catalogue, printed }: OpenIntake,
  { file, above = [] }: ReadFile,
): Promise<Problem[]> {
  if (above.length === 0) return [];
  const claims = await readRows(
    connection,
    Claim.pick({ plan: true, period: true }),
    "select distinct plan, period from intake.claim",
  );
  const periods = claims.flatMap(({ plan, period }) => {
    const found = catalogue.plans.find((one) => one.plan.id === plan);
    return found?.plan.periods.filter(({ code }) => code === period) ?? [];
  });
  return ofAnotherTime(above, periods).map((index) => {
    const text = above[index]?.replace(/^[\s,;|"]+|[\s,;|"]+$/g, "") ?? "";
    const seen = signsIn(text, printed).length > 0 ? NOT_QUOTED : text;
    return problemOf("csv_above_differs", file.name, { seen }, { line: index + 1 });
  });
}

/** The problems, those that are reported once with their further places in the first of each kind. */
function onceAFile(problems: readonly Problem[]): Problem[] {
  return problems.flatMap((problem, index): Problem[] => {
    if (!REPORTED_ONCE.includes(problem.code)) return [problem];
    const isSame = ({ code }: Problem): boolean => code === problem.code;
    if (problems.findIndex(isSame) < index) return [];
    const further = problems.filter(isSame).slice(1);
    if (further.length === 0) return [problem];
    return [{ ...problem, found: `${problem.found} ${furtherPlaces(further)}` }];
  });
}

const NewerReport = z.object({
  ...{ unit_name: z.string(), period_name: z.string(), plan_number: z.string() },
  ...{ cell: optional(z.string()), line: optional(WholeNumber), sent_at: WholeNumber },
});

/** A sender's clock may be so far ahead of this one. */
const AHEAD_MS = 5 * 60_000;

/**
 * Refuses a message that came after a newer one, as when a bus sends again what it thinks was lost; nothing
 * is then recorded against its unit.
 */
async function refuseOlder({ connection }: OpenIntake, judged: JudgedFile): Promise<JudgedFile> {
  const { delivery, document, file, hasClaims, problems } = judged;
  const sentAt = document?.sentAt;
  const isRefused = !hasClaims || problems.some(({ severity }) => severity === "error");
  if (sentAt === undefined || delivery.again === true || isRefused) return judged;
  const sent = officeTime(new Date(sentAt));
  if (Date.parse(sentAt) > delivery.receivedAt.getTime() + AHEAD_MS) {
    const received = officeTime(delivery.receivedAt);
    return { ...judged, problems: [problemOf("sent_ahead", file.name, { sent, received })] };
  }
  const values = { sent_at: sentAt, received_at: delivery.receivedAt.toISOString() };
  const newer = await rowsOfModel(connection, "newer_report", NewerReport, { values });
  if (newer.length === 0) return judged;
  const older = newer.map(({ unit_name: unit, period_name, plan_number, sent_at, ...place }) => {
    const period = inSentence(period_name);
    const words = { sent, unit, period, plan_number, newer: officeTime(new Date(sent_at)) };
    return problemOf("older_message", file.name, words, place);
  });
  return { ...judged, hasClaims: false, problems: older };
}

/** Asks about each report that was corrected since the same file was accepted. */
function returnQuestions(
  { delivery, file }: JudgedFile,
  earlier: EarlierAcceptance | null,
): Problem[] {
  if (earlier === null || delivery.again === true || delivery.isTyped === true) return [];
  const at = (moment: string): string => `${moment.slice(11, 16)} ngày ${vietnameseDate(moment)}`;
  return earlier.replaced.map(
    ({ unit_name, period_name, plan_number, received_at, plan, unit, period, ...place }) => {
      const values = {
        first: at(earlier.first_received_at),
        unit: unit_name,
        period: inSentence(period_name),
        plan_number,
        replaced: at(received_at),
      };
      const about = { plan, unit, period };
      return problemOf("sent_again_after_correction", file.name, values, { ...place, about });
    },
  );
}

export function reportKey({ plan, unit, period }: ReportOfUnit): string {
  return JSON.stringify([plan, unit, period]);
}

/** Whether a sender may report all of some reports. */
export function mayKnow(
  reports: readonly ReportOfUnit[],
  { mayReport }: Pick<Delivery, "mayReport">,
): boolean {
  return mayReport === undefined || reports.every((report) => mayReport.has(reportKey(report)));
}

const Claim = z.object({
  plan: z.string(),
  unit: z.string(),
  period: z.string(),
  unit_name: z.string().nullable(),
  period_name: z.string().nullable(),
});

/**
 * Refuses a judged file that reports for a unit that its sender does not report for; nothing is then
 * recorded against that unit.
 */
async function refuseOthers({ connection }: OpenIntake, judged: JudgedFile): Promise<JudgedFile> {
  const { mayReport } = judged.delivery;
  if (mayReport === undefined || !judged.hasClaims) return judged;
  const claims = await readRows(
    connection,
    Claim,
    "select plan, unit, period, unit_name, period_name from intake.claim order by claim_no",
  );
  const others = claims.filter((claim) => !mayReport.has(reportKey(claim)));
  if (others.length === 0) return judged;
  const problems = others.map(({ unit, period, unit_name, period_name }) =>
    problemOf("not_own_unit", judged.file.name, {
      unit: unit_name ?? unit,
      period: period_name === null ? period : inSentence(period_name),
    }),
  );
  return { ...judged, hasClaims: false, problems };
}

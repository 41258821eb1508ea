import { type BlankForm, blankForms } from "../../forms/form-files.ts";
import { reportKey } from "../../intake/judge.ts";
import type { RecordedAct, ReportStand } from "../../ledger/recorded-acts.ts";
import { type Finding, isAboutUnit } from "../../models/finding.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { grouped } from "../../vocabulary/grouped.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import type { ReportOfUnit } from "../../vocabulary/problem.ts";
import { type Account, isNameOf } from "../accounts/accounts.ts";
import { may } from "../accounts/roles.ts";
import type { ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import type { Visitor } from "./page.tsx";
import type { Desk } from "./request.ts";

/** Whom something is shown: an account, or a key, which sends for its units. */
type Reader = Pick<Account, "units"> & Partial<Pick<Account, "role">>;

/**
 * What of the office somebody may see, by what it says and however it was computed: how a report stands,
 * what was found about one, for which one a file is. Nobody is shown any of it but through here.
 */
function isSeenBy(board: Board, reader: Reader): (one: Reported & Partial<Finding>) => boolean {
  const { role } = reader;
  if (role !== undefined && may(role, "see every unit")) return () => true;
  if (role !== undefined && !may(role, "send for own units")) return () => false;
  const own = new Set(rowsOf(board, reader).map(unitOf));
  return (one) => {
    const plan = board.catalogue.plans.find(({ plan: { id } }) => id === one.plan_id);
    const said = { measure: null, area_id: null, ...one };
    return plan !== undefined && own.has(unitOf(one)) && isAboutUnit(said, plan, one.unit_id);
  };
}

const unitOf = ({ plan_id, unit_id }: Reported): string => `${plan_id} ${unit_id}`;

/**
 * Which receipts somebody may see: all, or those of what an account sent itself and of what reports
 * for its units alone.
 */
export function receiptsSeenBy(
  { account }: Visitor,
  board: Board,
): (receipt: ListedReceipt) => boolean {
  if (may(account.role, "see every unit")) return () => true;
  const isOwn = isOfUnits(board, account);
  return (receipt) =>
    isOwn(receipt) ||
    (receipt.by?.way === "desk" &&
      isNameOf(account, receipt.by.account) &&
      may(account.role, "send for own units"));
}

/** Whether a file is of reports alone that somebody may see. */
export function isOfUnits(board: Board, reader: Reader): (receipt: ListedReceipt) => boolean {
  const isSeen = isSeenBy(board, reader);
  return ({ claims }) => claims.length > 0 && claims.every(isSeen);
}

/** What units owe and have sent. */
export function rowsOf({ rows }: Board, { units }: Pick<Account, "units">): readonly StatusRow[] {
  return units.length === 1
    ? ofKey(rows, officeCode, units[0] ?? "")
    : rows.filter((row) => units.includes(officeCode(row)));
}

const officeCode = ({ office_code }: StatusRow): string => office_code ?? "";

/** The open doubts about the reports of an account's units. */
export function doubtsOf(board: Board, account: Account): Finding[] {
  const ids = [...new Set(rowsOf(board, account).map(reportId))];
  return ids.sort().flatMap((id) => doubtsAbout(board, id, account));
}

/** The open doubts about a report that somebody may see. */
export function doubtsAbout(board: Board, id: string, reader: Reader): Finding[] {
  const isSeen = isSeenBy(board, reader);
  return ofKey(board.findings, reportId, id).filter(
    (one) => one.severity === "doubt" && !one.is_acknowledged && isSeen(one),
  );
}

/** What the reports of an accepted file have come to since, of those that somebody may see. */
export interface Standing {
  /** Those that count as this file has them. */
  readonly counted: readonly StatusRow[];
  /** Those in whose place something else counts, or nothing. */
  readonly gone: readonly StatusRow[];
  /** Open doubts about what counts. */
  readonly doubts: readonly Finding[];
}

type KeyOf<T> = (one: T) => string;

const INDEXES = new WeakMap<
  readonly object[],
  Map<KeyOf<never>, ReadonlyMap<string, readonly object[]>>
>();

/**
 * What of a list, as of a board, has a key, in its order: a page asks for a few of very many.
 * @param keyOf the same function each time
 */
export function ofKey<T extends object>(
  all: readonly T[],
  keyOf: KeyOf<T>,
  key: string,
): readonly T[] {
  const known = INDEXES.get(all) ?? new Map<KeyOf<never>, ReadonlyMap<string, readonly object[]>>();
  INDEXES.set(all, known);
  const index = known.get(keyOf) ?? grouped(all, keyOf);
  known.set(keyOf, index);
  // a list is kept with its own
  return (index.get(key) as readonly T[] | undefined) ?? [];
}

export function standingOf(board: Board, receipt: ListedReceipt, reader: Reader): Standing {
  const claimed = new Set(receipt.claims.map(reportId));
  const own = [...claimed]
    .flatMap((id) => ofKey(board.rows, reportId, id))
    .filter(isSeenBy(board, reader));
  const counted = own.filter(({ sha256 }) => sha256 === receipt.sha256);
  const doubts = [...new Set(counted.map(reportId))]
    .flatMap((id) => doubtsAbout(board, id, reader))
    .filter(({ sha256 }) => (sha256 ?? receipt.sha256) === receipt.sha256);
  return { counted, gone: own.filter((row) => !counted.includes(row)), doubts };
}

/** The receipt of the newest file that was sent back, by each report that it was for. */
export function sentBackOf(refused: readonly ListedReceipt[]): Map<string, number> {
  // the newest first, which is set last
  return new Map(
    refused
      .flatMap(({ receiptNo, claims }) => claims.map((one) => [reportId(one), receiptNo] as const))
      .reverse(),
  );
}

/** What was done about the report of a unit, in its order. */
export function actsOn({ acts }: Board, row: Reported): readonly RecordedAct[] {
  return ofKey(acts, reportId, reportId(row));
}

/** Files that came for a report, the newest first, and by what one knows that nothing came or was done since. */
export async function sentFor(
  { office: { board }, receipts }: Pick<Desk, "office" | "receipts">,
  report: Reported,
): Promise<{ readonly sent: readonly ListedReceipt[]; readonly stand: ReportStand }> {
  const isOf = ({ claims }: ListedReceipt): boolean =>
    claims.some((claim) => isSameReport(claim, report));
  const sent = await receipts.list(isOf, LISTED);
  return { sent, stand: { receipt: sent[0]?.receiptNo ?? 0, acts: actsOn(board, report).length } };
}

/** Files of a report that are shown. */
const LISTED = 50;

/** How a report stands that somebody may see by its address; null where there is none. */
export function reportOfVisitor(
  board: Board,
  account: Account,
  { plan, period, unit }: ReportOfUnit,
): StatusRow | null {
  const row = board.rows.find(
    (one) =>
      one.plan_id === plan &&
      one.period === period &&
      one.unit_code === unit &&
      one.timeliness !== "not_applicable",
  );
  return row !== undefined && isSeenBy(board, account)(row) ? row : null;
}

/** What is of a unit's report for a period of a plan. */
interface Reported {
  readonly plan_id: string;
  readonly period: string;
  readonly unit_id: string;
}

export function isSameReport(one: Reported, other: Reported): boolean {
  return (
    one.plan_id === other.plan_id && one.period === other.period && one.unit_id === other.unit_id
  );
}

export function reportId(of: Reported): string {
  // codes have no blanks; of the reports of many years it is asked at each request
  return `${of.plan_id} ${of.period} ${of.unit_id}`;
}

/** The reports that an account's units owe, as `reportKey` writes them. */
export function reportsOf(board: Board, units: Pick<Account, "units">): ReadonlySet<string> {
  return new Set(
    rowsOf(board, units).map((row) =>
      reportKey({ plan: row.plan_id, unit: row.unit_code, period: row.period }),
    ),
  );
}

/** The report of a period of a plan. */
export interface ReportOfPlan {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
}

/** A plan and one of its periods; null where there is no such report. */
export function reportIn({ catalogue }: Board, planId: string, code: string): ReportOfPlan | null {
  const plan = catalogue.plans.find((one) => one.plan.id === planId);
  const period = plan?.plan.periods.find((one) => one.code === code);
  return plan === undefined || period === undefined ? null : { plan, period };
}

/** The blank forms of a period of a plan; none where there is no such period. */
export function formsOf(board: Board, planId: string, code: string): BlankForm[] {
  const report = reportIn(board, planId, code);
  return report === null ? [] : blankForms(report.plan, report.period);
}

/** A report by its names, of a unit or of the office; by codes where the plan is no more. */
export function nameOfReport(
  { catalogue }: Board,
  { plan_id, period, unit_id }: { plan_id: string; period?: string; unit_id?: string },
): string {
  const plan = catalogue.plans.find((one) => one.plan.id === plan_id);
  const unit = plan?.units.find((one) => one.unit_id === unit_id)?.name ?? unit_id;
  const name = plan?.plan.periods.find(({ code }) => code === period)?.name ?? period;
  const number = `kế hoạch ${plan?.plan.number ?? plan_id}`;
  return [unit, name && inSentence(name), number].filter(Boolean).join(", ");
}

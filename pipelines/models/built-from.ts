import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { CONFIRMS_CLOCK } from "../ledger/clock.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { martTablesOf } from "../sources/catalogue-tables.ts";
import { planState } from "../sources/plan-state.ts";
import { officeTime } from "../vocabulary/date.ts";
import { readRow, readValue, readValues, WholeNumber } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";

/** The last rows of the ledger. */
const LastRows = z.object({
  entry: z.object({ entry_no: WholeNumber, sha256: z.string() }).nullable(),
  receipt_no: WholeNumber,
  submission_no: WholeNumber,
  acknowledgement_no: WholeNumber,
  publication_no: WholeNumber,
  report_no: WholeNumber,
  shortfall_no: WholeNumber,
});

/** What marts were built from, kept with them to find what is new since. */
export const BuiltFrom = LastRows.extend({
  models_sha256: z.string(),
  /** Digest of areas and of the office's list of units. */
  shared_sha256: z.string(),
  /** By plan: digest of all that the source files hold of it. */
  plans: z.record(z.string(), z.string()),
  /** By plan: its key in the tables that marts are made of and that stay beside them. */
  plan_keys: z.record(z.string(), WholeNumber),
  /** By plan: the day in the office of which it is. */
  days: z.record(z.string(), z.string()),
  /** By plan: what its rows were computed from and when; two builds with other rows never share it. */
  builds: z.record(z.string(), z.string()),
});
export type BuiltFrom = z.infer<typeof BuiltFrom>;

/**
 * Entries of the journal of which it is known what plan they are about; explanations and reminders
 * change no marts.
 */
const KNOWN_ENTRIES = [
  "receipt",
  "acknowledgement",
  "explanation",
  "reminder",
  "publication",
  "report",
  "shortfall",
];

/** What marts are made from now, of the ledger that is attached. */
export async function builtFromNow(
  connection: DuckDBConnection,
  given: { readonly catalogue: Catalogue; readonly modelsSha256: string; readonly asOf: Date },
): Promise<BuiltFrom> {
  const { catalogue, modelsSha256, asOf } = given;
  const ledger = await readRow(
    connection,
    LastRows,
    `select
        (
            select { 'entry_no': entry_no, 'sha256': sha256 }
            from ledger.main.entry order by entry_no desc limit 1
        ) as entry,
        (select coalesce(max(receipt_no), 0) from ledger.main.receipt) as receipt_no,
        (select coalesce(max(submission_no), 0) from ledger.main.submission) as submission_no,
        (select coalesce(max(acknowledgement_no), 0) from ledger.main.acknowledgement)
            as acknowledgement_no,
        (select coalesce(max(publication_no), 0) from ledger.main.publication) as publication_no,
        (select coalesce(max(report_no), 0) from ledger.main.report_act) as report_no,
        (select coalesce(max(shortfall_no), 0) from ledger.main.shortfall) as shortfall_no`,
  );
  const ofAll = {
    ...ledger,
    models_sha256: modelsSha256,
    shared_sha256: sha256Of(JSON.stringify(martTablesOf({ ...catalogue, plans: [] }))),
  };
  const plans = catalogue.plans.map((one) => [one.plan.id, planDigest(one, catalogue)] as const);
  const builds = plans.map(([id, digest]) => {
    const from = JSON.stringify([ofAll, digest, asOf.toISOString()]);
    return [id, sha256Of(from)] as const;
  });
  return {
    ...ofAll,
    plans: Object.fromEntries(plans),
    plan_keys: Object.fromEntries(plans.map(([id], index) => [id, index + 1])),
    days: Object.fromEntries(plans.map(([id]) => [id, officeTime(asOf).slice(0, 10)])),
    builds: Object.fromEntries(builds),
  };
}

/**
 * What marts are made from of which only some plans were computed now, the others when they were `before`.
 * @param left plans that are to be computed and could not be: they are, the next time
 */
export function builtInPart(
  now: BuiltFrom,
  before: BuiltFrom,
  computed: ReadonlySet<string>,
  left: Pick<ReadonlySet<string>, "keys">,
): BuiltFrom {
  const inPart = (all: BuiltFrom["builds"], earlier: BuiltFrom["builds"]): BuiltFrom["builds"] =>
    Object.fromEntries(
      Object.entries(all).map(([id, one]) => [id, computed.has(id) ? one : (earlier[id] ?? one)]),
    );
  let last = Math.max(0, ...Object.values(before.plan_keys));
  const planKeys = Object.keys(now.plans).map((id) => [id, before.plan_keys[id] ?? ++last]);
  return {
    ...now,
    plans: { ...now.plans, ...Object.fromEntries([...left.keys()].map((id) => [id, ""])) },
    plan_keys: Object.fromEntries(planKeys),
    days: inPart(now.days, before.days),
    builds: inPart(now.builds, before.builds),
  };
}

/**
 * By which number it is known whether a table of the ledger has new rows: of receipts only those of
 * submissions count, but for `refusal`, which is read with what was sent once more since.
 */
const NUMBER_OF = {
  submission: "submission_no",
  reading: "submission_no",
  receipt: "submission_no",
  problem: "submission_no",
  held_text: "submission_no",
  handed_up: "submission_no",
  refusal: "receipt_no",
  acknowledgement: "acknowledgement_no",
  report_act: "report_no",
  shortfall: "shortfall_no",
} as const;

/**
 * Whether a table that models read, `raw.plan` or `ledger.reading`, may have other rows of the touched
 * plans than when marts were made from `before`.
 */
export function newInputs(
  before: BuiltFrom,
  now: BuiltFrom,
  touched: ReadonlySet<string>,
): (input: string) => boolean {
  const isSourceNew = [...touched].some((id) => before.plans[id] !== now.plans[id]);
  const isPublicationNew = before.publication_no !== now.publication_no;
  const isOther = isSourceNew || [...touched].some((id) => before.days[id] !== now.days[id]);
  const numbers: Readonly<Record<string, keyof BuiltFrom>> = NUMBER_OF;
  return (input) => {
    if (input.startsWith("raw.")) return isSourceNew;
    const number = numbers[input.slice("ledger.".length)];
    // what is left is of publications and erasures
    if (isPublicationNew || number === undefined) return isPublicationNew;
    return isOther || before[number] !== now[number];
  };
}

/** By plan object, which stays the same until its files are read again. */
const DIGESTS = new WeakMap<ResolvedPlan, string>();

function planDigest(plan: ResolvedPlan, catalogue: Catalogue): string {
  const known = DIGESTS.get(plan);
  if (known !== undefined) return known;
  const states = chainOf(plan, catalogue).map(planState);
  const digest = sha256Of(JSON.stringify(states));
  DIGESTS.set(plan, digest);
  return digest;
}

/** A plan and those that it continues, the earliest first. */
export function chainOf(plan: ResolvedPlan, catalogue: Catalogue): readonly ResolvedPlan[] {
  const earlier = catalogue.plans.find((one) => one.plan.id === plan.plan.continues?.plan);
  return earlier === undefined ? [plan] : [...chainOf(earlier, catalogue), plan];
}

/** Stores it in marts that are attached under a name. */
export async function writeBuiltFrom(
  connection: DuckDBConnection,
  database: string,
  from: BuiltFrom,
): Promise<void> {
  await connection.run(`create schema if not exists ${database}.built`);
  const table = `${database}.built.built_from`;
  await connection.run(`create or replace table ${table} as select $from::varchar as content`, {
    from: JSON.stringify(from),
  });
  await connection.run(`
    comment on table ${table} is 'Những gì các bảng đã được tính từ đó; chỉ phần mềm dùng.';
    comment on column ${table}.content is 'Các dấu kiểm tra, dạng JSON.'`);
}

/** What marts that are attached under a name were made from; null where an earlier program made them. */
export async function readBuiltFrom(
  connection: DuckDBConnection,
  database: string,
): Promise<BuiltFrom | null> {
  const tables = await readValues(
    connection,
    z.string(),
    `select table_name from duckdb_tables()
    where database_name = $database and schema_name = 'built' and table_name = 'built_from'`,
    { database },
  );
  if (tables.length === 0) return null;
  const content = await readValue(
    connection,
    z.string(),
    `select content from ${database}.built.built_from`,
  );
  return BuiltFrom.safeParse(JSON.parse(content)).data ?? null;
}

/** Plans to be computed. */
export interface PlansToCompute {
  /** Those whose figures may be others. */
  readonly touched: ReadonlySet<string>;
  /** The others that are of an earlier day, on which no date of theirs has passed since: days are counted anew. */
  readonly aged: ReadonlySet<string>;
}

/**
 * The plans whose marts may be others now than those attached under a name, which were made from
 * `before`: what has come since is about them, their files have changed, a date of theirs has passed,
 * or they continue such a plan or are continued by it; or they are no more.
 * @returns null where the marts have to be made anew, as where the models are others
 */
export async function plansToCompute(
  connection: DuckDBConnection,
  database: string,
  before: BuiltFrom,
  now: BuiltFrom,
  { plans }: Catalogue,
): Promise<PlansToCompute | null> {
  const isAgeing = ([id, day]: [string, string]): boolean => day !== (now.days[id] ?? day);
  const aged = new Map(Object.entries(before.days).filter(isAgeing));
  if (
    before.models_sha256 !== now.models_sha256 ||
    // the clock was put back
    [...aged].some(([id, day]) => day > (now.days[id] ?? day)) ||
    before.shared_sha256 !== now.shared_sha256 ||
    !(await continuesFrom(connection, before))
  ) {
    return null;
  }
  const touched = new Set(await plansOfNewRows(connection, database, before, aged.size === 0));
  for (const id of new Set([...Object.keys(before.plans), ...Object.keys(now.plans)])) {
    if (before.plans[id] !== now.plans[id]) touched.add(id);
  }
  for (const { plan } of plans) {
    const [from, to] = [aged.get(plan.id), now.days[plan.id]];
    if (from === undefined || to === undefined) continue;
    const dates = plan.periods.flatMap(({ data_from, due_before }) => [data_from, due_before]);
    if (dates.some((date) => from < date && date <= to)) touched.add(plan.id);
  }
  const linked = linkedPlans(touched, plans);
  for (const id of linked) aged.delete(id);
  return { touched: linked, aged: new Set(aged.keys()) };
}

/** Some plans, with those that they continue and those that continue them. */
export function linkedPlans(ids: Iterable<string>, plans: readonly ResolvedPlan[]): Set<string> {
  const linked = new Set(ids);
  for (let size = -1; size !== linked.size; ) {
    size = linked.size;
    for (const { plan } of plans) {
      const earlier = plan.continues?.plan;
      if (earlier === undefined) continue;
      if (linked.has(earlier)) linked.add(plan.id);
      if (linked.has(plan.id) && plans.some((one) => one.plan.id === earlier)) linked.add(earlier);
    }
  }
  return linked;
}

/** Whether the ledger goes on from where it was, with entries of known kinds alone. */
async function continuesFrom(connection: DuckDBConnection, { entry }: BuiltFrom): Promise<boolean> {
  const { is_there, others } = await readRow(
    connection,
    z.object({ is_there: z.boolean(), others: WholeNumber }),
    `select
        coalesce(bool_or(entry_no = $entry_no and sha256 = $sha256), false) as is_there,
        count(*) filter (
            entry_no > $entry_no
            and not list_contains($known::json::varchar[], kind)
            and not ${CONFIRMS_CLOCK}
        ) as others
    from ledger.main.entry`,
    {
      entry_no: entry?.entry_no ?? 0,
      sha256: entry?.sha256 ?? "",
      known: JSON.stringify(KNOWN_ENTRIES),
    },
  );
  return (is_there || entry === null) && others === 0;
}

/** The plans of rows that were added to the ledger since. */
async function plansOfNewRows(
  connection: DuckDBConnection,
  database: string,
  before: BuiltFrom,
  isSameDay: boolean,
): Promise<string[]> {
  return readValues(
    connection,
    z.string(),
    `select plan_id from ledger.main.submission where receipt_no > $receipt_no
    union
    select plan_id from ledger.main.refusal where receipt_no > $receipt_no
    union
    -- sent once more, which says something where another file was refused meanwhile
    select submission.plan_id
    from ledger.main.receipt as again
    inner join ledger.main.receipt as first
        on again.sha256 = first.sha256
    inner join ledger.main.submission as submission
        on first.receipt_no = submission.receipt_no
    inner join ledger.main.refusal as refusal
        on submission.plan_id = refusal.plan_id
        and submission.unit_id = refusal.unit_id
        and submission.period = refusal.period
    where again.receipt_no > $receipt_no
    union
    select finding.plan_id
    from ledger.main.acknowledgement as acknowledgement
    inner join ${database}.marts.findings as finding
        on acknowledgement.finding_id = finding.finding_id
    where acknowledgement.acknowledgement_no > $acknowledgement_no
    union
    select plan_id from ledger.main.publication where publication_no > $publication_no
    union
    select plan_id from ledger.main.shortfall where shortfall_no > $shortfall_no
    union
    -- a new day may be the last of more time that was granted
    select plan_id from ledger.main.report_act
    where report_no > $report_no or (act = 'granted' and due_before >= $day::date)`,
    {
      receipt_no: before.receipt_no,
      acknowledgement_no: before.acknowledgement_no,
      publication_no: before.publication_no,
      report_no: before.report_no,
      day: isSameDay ? "infinity" : (Object.values(before.days).sort()[0] ?? "infinity"),
      shortfall_no: before.shortfall_no,
    },
  );
}

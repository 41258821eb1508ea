import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readValue, readValues, WholeNumber } from "../warehouse/connection.ts";

/**
 * The tables of `ledger.duckdb`, which is made from the journal: when they change, it is made again. Rows are only ever added, by `appendEntries`, which keeps them in the
 * journal too; moments alone are those of the journal as later entries have set them right. Rows have numbers from `nextNumber`. A moment is stored in UTC with zone:
 * `received_at` is when a file reached the office and decides on time or late and which submission
 * is the later one; `recorded_at` is when the ledger learned of it and decides what was known as of
 * a past moment.
 */
export const LEDGER_TABLES = `
-- one row per entry of the journal in the archive whose rows are in here
create table entry (
    entry_no bigint not null,
    kind varchar not null check (
        kind in (
            'receipt', 'acknowledgement', 'explanation', 'reminder', 'publication', 'decision',
            'erasure', 'plan', 'report', 'shortfall', 'clock'
        )
    ),
    -- of the entry's file
    sha256 varchar not null,
    -- the entry's file, letter by letter: a journal that was lost is made again from these
    content varchar not null,
    -- the last moment in it, as it was written and as it was set right since
    recorded_at timestamptz,
    moment timestamptz
);

-- one row: what a program must know to use this ledger
create table ledger_schema (
    schema integer not null
);

-- one row per file ingested, whatever became of it; of an archive or a mail one after those of the
-- files in it
create table receipt (
    receipt_no bigint not null,
    sha256 varchar not null,
    file_name varchar not null,
    byte_size bigint not null,
    medium varchar not null check (
        medium in ('form', 'csv', 'json', 'package', 'version', 'unknown')
    ),
    outcome varchar not null check (outcome in ('accepted', 'refused', 'duplicate')),
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    -- somebody said when it was received; otherwise that is by the clock
    is_moment_stated boolean default false,
    is_demonstration boolean not null,
    software_version varchar not null,
    -- how its text was read; null of a workbook in Unicode, and of what was not read
    encoding varchar,
    delimiter varchar,
    -- names words in it that became neither figure nor note
    unread varchar,
    -- when its sender says that it was sent, by his clock; null where it does not say
    sent_at timestamptz
);

-- one row per problem found in a file
create table problem (
    receipt_no bigint not null,
    problem_no integer not null,
    severity varchar not null check (severity in ('error', 'doubt')),
    code varchar not null,
    sheet varchar,
    cell varchar,
    line bigint,
    found varchar not null,
    remedy varchar not null,
    -- the accepted report of the file that it is about; null where it is about the whole file, and
    -- where that was not kept yet
    submission_no bigint
);

-- one row per unit and period in an accepted file
create table submission (
    submission_no bigint not null,
    receipt_no bigint not null,
    plan_id varchar not null,
    plan_sha256 varchar not null,
    unit_id varchar not null,
    period varchar not null,
    is_nil_return boolean not null,
    form_version varchar,
    -- as it was at intake: a later catalogue may give the unit another one
    unit_code varchar not null,
    -- what the unit says in words on its form; null where it says nothing
    difficulties varchar,
    proposals varchar
);

-- one row per value of a measure in a submission; area_id is null where it is for the whole unit
create table reading (
    submission_no bigint not null,
    measure varchar not null,
    area_id integer,
    state varchar not null check (state in ('reported', 'nil', 'blank')),
    value decimal(18, 4),
    note varchar,
    sheet varchar,
    cell varchar,
    line bigint,
    -- of what another office handed up: something of it is still owed there
    is_partial boolean default false,
    -- that office keeps the figure from everybody
    is_withheld boolean default false,
    -- of what another office handed up: of each of its areas {area, to_date, in_period}, as JSON
    parts varchar
);

-- one row per version of another office that was accepted: whose it is, and why it was published
create table handed_up (
    receipt_no bigint not null,
    plan_id varchar not null,
    period varchar not null,
    version integer not null,
    sha256 varchar not null,
    class varchar not null,
    reason varchar not null,
    published_at varchar not null,
    issuer varchar not null,
    -- the public key of its seal; null where it is not signed
    signed_by varchar
);

-- one row per unit and period that a refused file was recognised to report for
create table refusal (
    receipt_no bigint not null,
    plan_id varchar not null,
    unit_id varchar not null,
    period varchar not null
);

-- one row per note of an accepted file that may be about a person: it is shown to nobody until
-- somebody has decided
create table held_text (
    receipt_no bigint not null,
    said varchar not null
);

-- one row per decision on who may read a text, which is known by its id as in staging.note and
-- staging.reason; the latest holds
create table text_decision (
    decision_no bigint not null,
    text_id varchar not null,
    -- who may read it: the city, everybody who sees the pages, nobody
    decision varchar not null check (decision in ('city', 'shared', 'struck')),
    decided_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per doubt that somebody has looked into and lets stand; finding_id as in marts.findings
create table acknowledgement (
    acknowledgement_no bigint not null,
    finding_id varchar not null,
    reason varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per explanation of a doubt by the unit that it is about; the latest holds. It is read by the
-- office alone and goes into no marts
create table explanation (
    explanation_no bigint not null,
    finding_id varchar not null,
    said varchar not null,
    said_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per report that a unit was reminded of
create table reminder (
    reminder_no bigint not null,
    plan_id varchar not null,
    unit_id varchar not null,
    period varchar not null,
    -- mail is one that the desk has sent itself
    way varchar not null check (way in ('letter', 'message', 'mail')),
    -- of a letter, as in 12/UBND-LĐTBXH; null where it is not known
    letter_number varchar,
    -- of a mail: its address, its text, and what the server said when it took it
    sent_to varchar,
    said varchar,
    server_answer varchar,
    reminded_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per published version of the report of a plan and period
create table publication (
    publication_no bigint not null,
    plan_id varchar not null,
    period varchar not null,
    version integer not null,
    class varchar not null check (class in ('first', 'late', 'correction', 'method')),
    reason varchar not null,
    is_final boolean not null,
    -- its figures are those known at this moment
    as_of timestamptz not null,
    recorded_at timestamptz not null,
    software_version varchar not null,
    -- each of these is kept in the archive under its digest
    plan_sha256 varchar not null,
    inputs_sha256 varchar not null,
    models_sha256 varchar not null,
    lines_sha256 varchar not null,
    -- over this row, the digests of all its parts and the sha256 of the version before
    sha256 varchar not null,
    -- goes into the digests, which are published: without it the few counts that are withheld could
    -- be tried out until the digest fits
    nonce varchar,
    -- of pipelines/contract; null, as the seal, of a version from before its files were kept
    contract_version integer,
    -- the digest above as people compare it
    check_code varchar,
    -- sha256 of the seal before, and the public key that this one is signed with; both null where
    -- there is none
    previous_seal varchar,
    signed_by varchar,
    -- the text that is signed: the digest above, those of the files, and the seal before
    seal varchar,
    signature varchar,
    -- as JSON, of its document: number, date, who signs; null where nothing was said
    document varchar,
    -- as_of and recorded_at, which are sealed, as they were set right since
    known_at timestamptz,
    moment timestamptz
);

-- what a version holds: each part is the rows of models/report/<part>.sql, as JSON text
create table publication_row (
    publication_no bigint not null,
    part varchar not null,
    row_no integer not null,
    content varchar not null
);

-- one row per file of a version that a reader can get, kept in the archive under its digest
create table publication_file (
    publication_no bigint not null,
    audience varchar not null check (audience in ('shared', 'city', 'superior')),
    -- its place among the files for the audience, from 1
    file_no integer not null,
    name varchar not null,
    media_type varchar not null,
    byte_size bigint not null,
    sha256 varchar not null
);

-- one row per erasure: what was taken in and had to go for good
create table erasure (
    erasure_no bigint not null,
    erased_by varchar not null,
    reason varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- what an erasure took away or changed
create table erased (
    erasure_no bigint not null,
    -- a file of the archive; an entry of the journal, of which texts were taken out; a version, of
    -- whose rows texts were taken out, so that its digest cannot be taken any more
    what varchar not null check (what in ('file', 'entry', 'version')),
    -- of the file or of the entry before; null of a version
    sha256 varchar,
    -- name of the entry's file, and its sha256 since
    entry_file varchar,
    now_sha256 varchar,
    -- of a version, and of a file that was published with it
    publication_no bigint
);

-- one row per text on why an indicator is not attained, or what is done about it; of each plan, period,
-- indicator, unit and side the latest holds, and an empty one takes back what was said
create table shortfall (
    shortfall_no bigint not null,
    plan_id varchar not null,
    period varchar not null,
    indicator_code varchar not null,
    -- whose it is; null where the office says it of the whole area
    unit_id varchar,
    side varchar not null check (side in ('cause', 'remedy')),
    said varchar not null,
    -- it may be about a person: shown to nobody until somebody has decided
    is_held boolean not null,
    said_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per plan file that was approved at the desk
create table plan_change (
    plan_no bigint not null,
    plan_id varchar not null,
    -- its name in the folder of the plans, and sha256 of its bytes as they were approved
    file_name varchar not null,
    plan_sha256 varchar not null,
    prepared_by varchar not null,
    approved_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per act on a report of a unit: its unit asks for more time, which is granted or refused; the
-- office sends it back; its unit recalls it
create table report_act (
    report_no bigint not null,
    plan_id varchar not null,
    unit_id varchar not null,
    period varchar not null,
    act varchar not null check (
        act in (
            'asked', 'granted', 'refused', 'returned', 'recalled', 'kept', 'questioned', 'answered'
        )
    ),
    -- the day before which it is on time, that is asked for or granted; before which a question is
    -- to be answered
    due_before date,
    -- the last that had come when it was sent back or recalled: up to this one none counts
    submission_no bigint,
    -- the reason, or the remark of the office; it is read at the desk and goes into no marts
    said varchar not null,
    said_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);

-- one row per act on the clock: somebody says that it is right, or that some entries were recorded
-- under a wrong one, by how much, and so when they were recorded
create table clock_act (
    clock_no bigint not null,
    act varchar not null check (act in ('confirmed', 'corrected')),
    first_entry bigint,
    last_entry bigint,
    -- what is added to their moments
    shift_ms bigint,
    said varchar not null,
    said_by varchar not null,
    recorded_at timestamptz not null,
    software_version varchar not null
);
`;

/**
 * What an older program cannot know of a ledger: raised when it would misread one. A ledger with a
 * lower number is made again from the journal.
 */
export const LEDGER_SCHEMA = 13;

/** Creates the tables of a ledger in the empty database that is attached under a name. */
export async function createTables(connection: DuckDBConnection, name: string): Promise<void> {
  await connection.run(`use ${name}`);
  try {
    await connection.run(LEDGER_TABLES);
    await connection.run(`insert into ledger_schema values (${LEDGER_SCHEMA})`);
  } finally {
    await connection.run("use memory");
  }
}

/** `receipt.sha256`: every column of a new ledger; to make one only to see them takes ten times as long. */
export const LEDGER_COLUMNS = [
  ...LEDGER_TABLES.matchAll(/^create table (\w+) \((.*?)^\);/gms),
].flatMap(([, table, body = ""]) =>
  [...body.matchAll(/^ {4}(\w+) /gm)].map(([, one]) => `${table}.${one}`),
);

/**
 * Whether the ledger that is attached as `ledger` has every table and column that a new one has.
 * @throws Failure where a newer program made it, which this one must not touch
 */
export async function hasEveryColumn(connection: DuckDBConnection): Promise<boolean> {
  const found = new Set(
    await readValues(
      connection,
      z.string(),
      "select table_name || '.' || column_name from duckdb_columns() where database_name = 'ledger'",
    ),
  );
  // one from before there was a number has the lowest
  const schema = found.has("ledger_schema.schema")
    ? await readValue(
        connection,
        WholeNumber,
        "select coalesce(max(schema), 0) from ledger.ledger_schema",
      )
    : 0;
  if (schema > LEDGER_SCHEMA) {
    throw new Failure(
      `Sổ tiếp nhận do bản chitieu mới hơn lập (cấu trúc ${schema}; bản này đọc được đến ${LEDGER_SCHEMA}). Chưa thay đổi gì. Dùng lại bản mới ấy.`,
    );
  }
  return schema === LEDGER_SCHEMA && LEDGER_COLUMNS.every((one) => found.has(one));
}

/**
 * The tables of `ledger.duckdb`. Rows are only ever added. A moment is stored in UTC with zone:
 * `received_at` is when a file reached the office and decides on time or late and which submission
 * is the later one; `recorded_at` is when the ledger learned of it and decides what was known as of
 * a past moment.
 */
export const LEDGER_TABLES = `
create sequence if not exists receipt_no;
create sequence if not exists submission_no;

-- one row per file taken in, whatever became of it
create table if not exists receipt (
    receipt_no bigint not null,
    sha256 varchar not null,
    file_name varchar not null,
    byte_size bigint not null,
    medium varchar not null check (medium in ('form', 'csv', 'unknown')),
    outcome varchar not null check (outcome in ('accepted', 'refused', 'duplicate')),
    received_at timestamptz not null,
    recorded_at timestamptz not null,
    is_demonstration boolean not null,
    software_version varchar not null
);

-- one row per problem found in a file
create table if not exists problem (
    receipt_no bigint not null,
    problem_no integer not null,
    severity varchar not null check (severity in ('error', 'doubt')),
    code varchar not null,
    sheet varchar,
    cell varchar,
    line bigint,
    found varchar not null,
    remedy varchar not null
);

-- one row per unit and period in an accepted file
create table if not exists submission (
    submission_no bigint not null,
    receipt_no bigint not null,
    plan_id varchar not null,
    plan_sha256 varchar not null,
    unit_id varchar not null,
    period varchar not null,
    is_nil_return boolean not null,
    form_version varchar,
    -- as it was at intake: a later catalogue may give the unit another one
    unit_code varchar not null
);

-- one row per value of a measure in a submission; area_id is null where it is for the whole unit
create table if not exists reading (
    submission_no bigint not null,
    measure varchar not null,
    area_id integer,
    state varchar not null check (state in ('reported', 'nil', 'blank')),
    value decimal(18, 4),
    note varchar,
    sheet varchar,
    cell varchar,
    line bigint
);
`;

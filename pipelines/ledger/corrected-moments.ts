import type { DuckDBConnection } from "@duckdb/node-api";
import { readValue, WholeNumber } from "../warehouse/connection.ts";

/** The number by which each table with moments knows its rows. */
const NUMBERS = {
  receipt: "receipt_no",
  text_decision: "decision_no",
  acknowledgement: "acknowledgement_no",
  explanation: "explanation_no",
  reminder: "reminder_no",
  publication: "publication_no",
  erasure: "erasure_no",
  shortfall: "shortfall_no",
  plan_change: "plan_no",
  report_act: "report_no",
  clock_act: "clock_no",
} as const;

/** What becomes of the moments of a row, where it is not its `recorded_at` alone that moves. */
const MOVED: Partial<Record<keyof typeof NUMBERS, string>> = {
  // what somebody said holds; a moment before the file was recorded was right already where the clock
  // was ahead
  receipt: `recorded_at = own.recorded_at + own.shift,
    received_at = if(
        one.is_moment_stated
        or (own.shift < interval 0 seconds and own.received_at <= own.recorded_at + own.shift),
        own.received_at,
        own.received_at + own.shift
    )`,
  // its own moments are under its seal; one that was asked for holds
  publication: `moment = own.recorded_at + own.shift,
    known_at = if(
        own.recorded_at - own.as_of <= interval 1 second,
        own.as_of + own.shift,
        own.as_of
    )`,
};

/**
 * Makes the moments of the ledger those of the journal as entries about the clock set them right.
 * Within a transaction.
 * @param ledger the name under which it is attached, quoted
 * @param acts only so many of the acts on the clock, the first; by default all of them
 */
export async function correctMoments(
  connection: DuckDBConnection,
  ledger: string,
  acts?: number,
): Promise<void> {
  const known = acts === undefined ? "true" : `act.clock_no <= ${acts}`;
  const moved = `select entry.entry_no, any_value(entry.content)::json as content,
        to_milliseconds(coalesce(sum(act.shift_ms) filter (where ${known}), 0)::bigint) as shift
    from ${ledger}.entry as entry
    inner join ${ledger}.clock_act as act
        on act.act = 'corrected' and entry.entry_no between act.first_entry and act.last_entry
    group by entry.entry_no`;
  await connection.run(
    `update ${ledger}.entry as one set moment = one.recorded_at + moved.shift
    from (${moved}) as moved where one.entry_no = moved.entry_no`,
  );
  for (const [table, number] of Object.entries(NUMBERS)) {
    const set = MOVED[table as keyof typeof NUMBERS] ?? "recorded_at = own.recorded_at + own.shift";
    await connection.run(
      `update ${ledger}.${table} as one set ${set}
      from (
        select
            (row->>'${number}')::bigint as number,
            (row->>'recorded_at')::timestamptz as recorded_at,
            (row->>'received_at')::timestamptz as received_at,
            (row->>'as_of')::timestamptz as as_of,
            shift
        from (
            select shift, unnest(from_json(content->'$.rows.${table}', '["json"]')) as row
            from (${moved})
        )
      ) as own
      where one.${number} = own.number`,
    );
  }
}

/** What goes with a receipt. */
const OF_RECEIPT = ["submission", "problem", "refusal", "held_text", "handed_up"];

/**
 * Puts in the place of the ledger that is attached, where moments were set right since a version was
 * published, one in memory as it was then: with the moments and the rows that were known. By what was
 * written under a clock that was ahead, later ones could be earlier.
 */
export async function restoreMoments(
  connection: DuckDBConnection,
  publicationNo: string,
): Promise<void> {
  const published = await readValue(
    connection,
    WholeNumber,
    `select coalesce(
        (
            select entry_no from ledger.main.entry where kind = 'publication'
            order by entry_no limit 1 offset ${BigInt(publicationNo) - 1n}
        ),
        (select max(entry_no) from ledger.main.entry),
        0
    )`,
  );
  const acts = `select count(*) from ledger.main.entry where kind = 'clock' and entry_no`;
  const then = await readValue(connection, WholeNumber, `${acts} < ${published}`);
  if ((await readValue(connection, WholeNumber, `${acts} > ${published}`)) === 0) return;
  await connection.run(`attach ':memory:' as ledger_then; copy from database ledger to ledger_then;
    detach ledger; alter database ledger_then set alias to ledger`);
  await correctMoments(connection, "ledger.main", then);
  for (const [table, number] of Object.entries(NUMBERS)) {
    await connection.run(
      `delete from ledger.main.${table} where ${number} >= (
        select min((row->>'${number}')::bigint)
        from (
            select unnest(from_json(content::json->'$.rows.${table}', '["json"]')) as row
            from ledger.main.entry where entry_no > ${published}
        )
      )`,
    );
  }
  for (const table of OF_RECEIPT) {
    await connection.run(
      `delete from ledger.main.${table}
      where receipt_no not in (select receipt_no from ledger.main.receipt)`,
    );
  }
}

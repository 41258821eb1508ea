import { expect, test } from "vitest";
import {
  type KnownColumn,
  type KnownTables,
  resultColumns,
} from "../../pipelines/development/result-columns.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { casesIn } from "../case-lines.ts";

const ID: KnownColumn = { isNeverNull: true, words: undefined };
const TABLES: KnownTables = new Map([
  [
    "s.ward",
    new Map<string, KnownColumn>([
      ["id", ID],
      ["status", { isNeverNull: true, words: "Status" }],
      ["value", { isNeverNull: false, words: undefined }],
    ]),
  ],
  [
    "s.doubt",
    new Map([
      ["id", ID],
      ["doubts", ID],
    ]),
  ],
]);

/** `never` or `null` for each column, with its words. */
async function typesOf(sql: string): Promise<string> {
  const columns = await withConnection((connection) => resultColumns(connection, sql, TABLES));
  return columns
    .map(({ isNeverNull, words }) => `${isNeverNull ? "never" : "null"}${words ? ` ${words}` : ""}`)
    .join(", ");
}

test.each(
  casesIn(`
  select id, status, value from s.ward ⇒ never, never Status, null
  select * from s.ward ⇒ never, never Status, null
  select w.*, w.status as s from s.ward as w ⇒ never, never Status, null, never Status
  // a join
  select status, doubts from s.ward join s.doubt using (id) ⇒ never Status, never
  select status, doubts from s.ward left join s.doubt using (id) ⇒ never Status, null
  select status, doubts from s.ward right join s.doubt using (id) ⇒ null Status, never
  select status, doubts from s.ward full join s.doubt using (id) ⇒ null Status, null
  select w.id, d.id from s.ward as w left join s.doubt as d using (id) ⇒ never, null
  select id from s.ward left join s.doubt using (id) ⇒ never
  select c.doubts from s.ward as a left join (select * from s.doubt) as c on true ⇒ null
  // what is made of columns
  select id + 1, id = 2, id + value, coalesce(value, 0), not id = 1 from s.ward ⇒ never, never, null, never, never
  select id / 2, lower(status), value is null from s.ward ⇒ null, never, never
  select id::varchar, try_cast(status as integer), null, 'a' from s.ward ⇒ never, null, null, never
  select count(*), count(value) filter (where id = 1), sum(id), max(id) from s.ward ⇒ never, never, null, null
  select (select id from s.ward), case when true then 1 else 2 end ⇒ null, null
  // rows put together
  select status from s.ward union all select status from s.ward ⇒ never Status
  select id, status from s.ward union all select value, 'met' from s.ward ⇒ null, never
  select status from s.ward union all select null ⇒ null Status
  select null as status union all select status from s.ward ⇒ null Status
  // groups
  select status, count(*) from s.ward group by rollup (status) ⇒ null Status, null
  select status, count(*) from s.ward group by all ⇒ never Status, never
  // a table that is not known
  with t as (select id from s.ward) select id from t ⇒ null
`),
)("%s", async (sql, expected) => {
  expect(await typesOf(sql)).toBe(expected);
});

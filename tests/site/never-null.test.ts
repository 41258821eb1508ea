import { expect, test } from "vitest";
import { checkNeverNull, neverNullOf } from "../../pipelines/site/never-null.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";

test.each([
  ["-- One row per plan.\n-- Never null: a, b\nselect 1", ["a", "b"]],
  ["-- Never null: a,\n-- b, c,\n-- d\n-- and more\nselect 1", ["a", "b", "c", "d"]],
  ["-- One row per plan, never null: a\nselect 1", []],
  ["select 1", []],
])("%j", (sql, names) => {
  expect(neverNullOf(sql)).toEqual(names);
});

const check = (names: readonly string[]) =>
  withConnection(async (connection) => {
    await connection.run(
      "create table t as from (values (1, 'x'), (2, null), (3, null)) as v(a, b)",
    );
    await checkNeverNull(connection, "t", names, "sources/t.sql");
  });

test("what is said to be never null is looked at", async () => {
  await check([]);
  await check(["a"]);
  await expect(check(["a", "b"])).rejects.toThrow(
    'sources/t.sql says "Never null" of columns that are null: b (2 rows).',
  );
  await expect(check(["c"])).rejects.toThrow('"c"');
});

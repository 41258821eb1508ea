import { expect, test } from "vitest";
import { checkKey, checkNeverNull, keyOf, neverNullOf } from "../../pipelines/site/row-rules.ts";
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

test("a query says by what its rows are ordered, and that tells them apart", async () => {
  expect(
    keyOf("-- One row per plan.\n-- Key: a,\n-- b\n-- Never null: a\nselect 1", "x.sql"),
  ).toEqual(["a", "b"]);
  expect(() => keyOf("-- Never null: a\nselect 1", "sources/x.sql")).toThrow(
    /^sources\/x\.sql does not say which columns tell its rows apart/,
  );
  await withConnection(async (connection) => {
    await connection.run(
      "create table t as from (values (1, 'x'), (2, null), (2, null)) as v(a, b)",
    );
    await expect(checkKey(connection, "t", ["a", "b"], "sources/t.sql")).rejects.toThrow(
      'sources/t.sql says "Key: a, b", but 2 rows have {"a":2,"b":null}.',
    );
    await connection.run("delete from t where a = 2");
    await checkKey(connection, "t", ["a"], "sources/t.sql");
  });
});

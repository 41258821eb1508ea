import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKS } from "../../pipelines/intake/checks.ts";
import { FUNCTIONS } from "../../pipelines/intake/intake-sql.ts";
import { KINDS } from "../../pipelines/intake/problem-wording.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { MODELS_FOLDER, readSqlFiles } from "../../pipelines/warehouse/sql-file.ts";

const FOLDER = join(MODELS_FOLDER, "intake");

test("every check has its model, and every model of a check is run", () => {
  const files = readdirSync(join(FOLDER, "checks")).map((name) => name.replace(/\.sql$/, ""));
  expect([...new Set(CHECKS.map(({ code, model }) => model ?? code))].sort()).toEqual(files.sort());
});

test("every kind of problem with words for many of it has one check", () => {
  const { csv: _, ...kinds } = KINDS;
  expect(CHECKS.map(({ code }) => code).sort()).toEqual(Object.keys(kinds).sort());
});

test("every model of intake but its functions is one SELECT", async () => {
  const models = [...readSqlFiles(FOLDER), ...readSqlFiles(join(FOLDER, "checks"))].filter(
    ({ name }) => !FUNCTIONS.includes(name),
  );
  const broken = await withConnection(async (connection) => {
    const found: string[] = [];
    for (const { name, sql } of models) {
      const [row] = await selectRows(
        connection,
        "select json_serialize_sql($sql::varchar)::varchar as tree",
        { sql },
      );
      const tree = JSON.parse(String(row?.tree));
      if (tree.error === true || tree.statements.length !== 1) found.push(name);
    }
    return found;
  });
  expect(broken).toEqual([]);
  expect(models.length).toBeGreaterThan(70);
});

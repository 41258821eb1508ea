import { expect, test } from "vitest";
import { intakeModels } from "../../pipelines/intake/intake-sql.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const models = [...intakeModels().values()];
const checks = models.filter(({ file }) => file.includes("/checks/"));

test("every check is run on a suspicion", () => {
  const suspicion = intakeModels().get("suspicion")?.sql ?? "";
  expect(checks.length).toBeGreaterThan(5);
  expect(checks.filter(({ name }) => !suspicion.includes(`'${name}'`))).toEqual([]);
});

test("every model of intake is one SELECT", async () => {
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
  expect(models.length).toBeGreaterThan(50);
});

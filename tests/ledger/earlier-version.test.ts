import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { attachLedgerForReading } from "../../pipelines/ledger/ledger.ts";
import { createTables, LEDGER_COLUMNS } from "../../pipelines/ledger/ledger-tables.ts";
import { readValues, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { csvOf, newWorld, sendOne } from "../intake/given.ts";

test("a ledger that an earlier version made is made again from the journal, and the old one is kept", async () => {
  const world = newWorld();
  await sendOne(world, { file: "a.csv", content: csvOf(["UB-01,Q2,,people,5,"]) });
  await withConnection(async (connection) => {
    await connection.run(`attach '${world.paths.ledger}' as ledger`);
    await connection.run(`
      drop table ledger.publication;
      drop table ledger.publication_row;
      alter table ledger.receipt drop column encoding;
    `);
  });
  for (const turn of ["first", "second"]) {
    const found = await withConnection(async (connection) => {
      await attachLedgerForReading(connection, world.paths);
      return selectRows(
        connection,
        `select file_name, encoding, (select count(*)::integer from ledger.publication) as published
        from ledger.receipt`,
      );
    });
    expect(found, turn).toEqual([{ file_name: "a.csv", encoding: "UTF-8", published: 0 }]);
  }
  expect(readdirSync(world.paths.folder).filter((name) => name.startsWith("ledger-"))).toHaveLength(
    1,
  );
});

test("a new ledger has the columns by which an earlier one is known", async () => {
  const made = await withConnection(async (connection) => {
    await createTables(connection, "memory");
    const columns =
      "select table_name || '.' || column_name from duckdb_columns() where not internal";
    return readValues(connection, z.string(), columns);
  });
  expect(made.sort()).toEqual([...LEDGER_COLUMNS].sort());
});

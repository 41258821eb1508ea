import { setTimeout as sleep } from "node:timers/promises";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";

/** Holds the ledger of a warehouse until it is killed; says so when it does. */
await withLedger(warehousePaths(process.argv[2] ?? ""), async (connection) => {
  await connection.run("begin transaction");
  await connection.run(
    "insert into ledger.entry (entry_no, kind, sha256, content) values (99, 'receipt', 'never committed', '')",
  );
  process.stdout.write("held\n");
  await sleep(600_000);
});

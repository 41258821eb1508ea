import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteName } from "../../pipelines/warehouse/sql.ts";

/**
 * What says nothing but when, by what or with which random text the demonstration was made. It is
 * given fixed values in the ledger, before marts, files and page tables are made from it, so that
 * these can be compared to the last byte.
 */
const FIXED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // the journal's file and its digest, in which there are the columns below
  entry: { sha256: "sha256(entry_no::varchar)", content: "sha256(entry_no::varchar)" },
  // of package.json, which changes with each release
  receipt: { software_version: "'fixed'" },
  acknowledgement: { software_version: "'fixed'" },
  publication: {
    software_version: "'fixed'",
    // of the text of all models: a space changes it
    models_sha256: "sha256('models')",
    // of the catalogue as JSON, whose rows are compared as marts
    inputs_sha256: "sha256('inputs')",
    // random
    nonce: "sha256('nonce')",
    // over the nonce
    lines_sha256: "sha256('lines ' || publication_no)",
    sha256: "sha256('version ' || publication_no)",
    // over that, and the digests of the files
    seal: "'seal ' || publication_no",
    check_code: "'code ' || publication_no",
    previous_seal: "if(previous_seal is null, null, sha256('seal before ' || publication_no))",
  },
  // the files say the digest of their version; they are compared as the program makes them
  publication_file: { sha256: "sha256(publication_no || name)", byte_size: "0" },
};

/** Gives a ledger those values. */
export async function fixLedger(paths: WarehousePaths): Promise<void> {
  await withConnection(async (connection) => {
    await attach(connection, paths.ledger, "ledger");
    for (const [table, columns] of Object.entries(FIXED)) {
      const set = Object.entries(columns).map(
        ([column, value]) => `${quoteName(column)} = ${value}`,
      );
      await connection.run(`update ledger.main.${quoteName(table)} set ${set.join(", ")}`);
    }
    await connection.run("checkpoint ledger");
  });
}

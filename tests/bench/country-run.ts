import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COUNTRY } from "./country.ts";
import { benchCountry } from "./country-bench.ts";
import { Table } from "./table.ts";

/** `npm run bench:country [COMMUNES]`: a country of any size; 13284 communes are 15,6 million readings. */
const folder = mkdtempSync(join(tmpdir(), "chitieu-bench-country-"));
try {
  const communes = Number(process.argv[2] ?? COUNTRY.communes);
  if (!(await benchCountry(folder, new Table(), communes))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

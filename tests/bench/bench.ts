/**
 * `npm run bench -- [NAME] [ARGUMENTS]`: measures on an idle machine and prints what is found beside
 * what is asked. Without a name: the budgets of `docs/performance.md`. The file of each bench says what
 * its arguments are.
 */
import { removeFolders } from "../folders.ts";
import { Table } from "./table.ts";

/** Measures, and prints into the table. @returns whether all that has to hold does */
type Bench = (args: readonly string[], table: Table) => Promise<boolean>;

const BENCHES: Readonly<Record<string, () => Promise<{ readonly run: Bench }>>> = {
  budgets: () => import("./budgets.ts"),
  country: () => import("./country-bench.ts"),
  evening: () => import("./evening.ts"),
  habits: () => import("./habits.ts"),
  form: () => import("./form.ts"),
  nation: () => import("./nation.ts"),
  pages: () => import("./pages.ts"),
  years: () => import("./years.ts"),
};

const [name = "budgets", ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load === undefined) {
  console.error(`There is no bench ${name}: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
const { run } = await load();
const isRight = await run(args, new Table());
removeFolders();
process.exit(isRight ? 0 : 1);

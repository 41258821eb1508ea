/**
 * `npm run bench:auditor -- [OFFICES [FROM]]`: random offices with corrections, late reports and several
 * versions; what everybody can work out of hidden counts from all pages and versions together, and what
 * a ward that knows its own figures could. The offices are always the same; FROM goes on where a run
 * was ended.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { audit } from "../privacy/auditor.ts";
import { history, PLAN, statesOf } from "../privacy/random-world.ts";
import { officeIn } from "../publishing/given.ts";

const WORLDS = Number(process.argv[2] ?? 100);
const FROM = Number(process.argv[3] ?? 0);
const SEED = 20260917;
/** Ward 1, who knows what it has sent. */
const INSIDER = 11;
/** A sum that his own figures are in. */
const OWN = new RegExp(` ${INSIDER}(?![\\d])`);

const all = { worlds: 0, equations: 0, hidden: 0, narrowed: 0, byInsider: 0 };
for (const [index, steps] of fc.sample(history, { numRuns: WORLDS, seed: SEED }).entries()) {
  if (index < FROM) continue;
  const folder = mkdtempSync(join(tmpdir(), "chitieu-auditor-"));
  try {
    const office = officeIn(folder, PLAN);
    const guarded = office.plan.plan.measures.filter(({ sensitive }) => sensitive);
    const states = await statesOf(office, steps);
    const { equations, hidden, narrowed } = await audit(states, "small", guarded);
    const insider = await audit(states, "small", guarded, ({ area_id }) => area_id === INSIDER);
    const ofOthers = insider.narrowed.filter(({ what }) => !OWN.test(what));
    all.worlds += 1;
    all.equations += equations;
    all.hidden += hidden;
    all.narrowed += narrowed.length;
    all.byInsider += ofOthers.length;
    if (all.worlds % 10 === 0) say();
    for (const one of narrowed) {
      console.log(`office ${index}: ${one.what} is ${one.truth}: ${one.least} to ${one.most}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
say();
if (all.narrowed > 0) process.exitCode = 1;

/** What has been found so far; every ten offices, so that a run that is ended has said something. */
function say(): void {
  console.log(
    `${all.worlds} offices, ${all.equations} equations, ${all.hidden} hidden counts: ` +
      `${all.narrowed} narrowed by everybody, ${all.byInsider} of others by ward 1`,
  );
}

import { expect, test } from "vitest";
import { findingsIfCame } from "../../../pipelines/models/finding.ts";
import { csvOf, open, type World } from "../../intake/given.ts";
import { linesOf, takeIn, wardWorld } from "../server/between.ts";

/** What a form would be asked about, by unit and figure. */
async function doubtsAbout(world: World, rows: object): Promise<string[]> {
  const [plan] = world.catalogue.plans;
  if (plan === undefined) throw new Error("no plan");
  const found = await findingsIfCame({ ...world, plan, rows });
  const ofWards = found.filter(({ area_name }) => area_name !== null);
  return ofWards.map((one) => `${one.unit_name} ${one.rule} ${one.measure} ${one.value}`).sort();
}

test("what is tried shares no number with what came in since it was examined", async () => {
  const { world } = await wardWorld(4);
  const now = new Date();
  const content = { bytes: Buffer.from(csvOf(linesOf("01", "Q2"))) };
  const delivery = { file: "q2.csv", content, receivedAt: now, recordedAt: now };
  const examined = await open(world, (intake) => intake.examine(delivery));
  if (examined instanceof Error || examined.rows === null) throw new Error("not examined");
  const { rows } = examined;
  const quiet = await doubtsAbout(world, rows);
  expect(quiet).toEqual(["UBND Phường 01 jump people 900.0000"]);
  await takeIn(world, ["CA,Q2,02,cases,3,", "CA,Q2,03,cases,2,"]);
  expect(await doubtsAbout(world, rows)).toEqual(quiet);
  const recorded = { submission: [{ submission_no: "3", receipt_no: "3" }] };
  await expect(doubtsAbout(world, recorded)).rejects.toThrow(/numbers of the ledger/);
});

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { appendEntries, type NewEntry } from "../../pipelines/ledger/entry.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { newWorld } from "../intake/given.ts";

const ACT = { finding_id: "a", reason: "đúng", software_version: "test" };
const actNo = (acknowledgement_no: number, more = {}): NewEntry => ({
  acknowledgement: [{ acknowledgement_no, recorded_at: "2030-07-01T03:00:00Z", ...ACT, ...more }],
});

test.each([
  ["all of them", actNo(2), ["1", "2"]],
  ["none where it does not take one", { acknowledgement: { query: "from nowhere" } }, []],
  ["none where the ledger does not take one", actNo(2, { unheard_of: 1 }), []],
] as const)(
  "of acts added together the journal keeps %s, and the ledger what it keeps",
  async (...given) => {
    const [, second, kept] = given;
    const { paths, rows } = newWorld();
    const added = [actNo(1), second].map((one) => ({ rows: one }));
    await withLedger(paths, (connection) =>
      appendEntries(connection, paths, "acknowledgement", added),
    ).catch(() => undefined);
    const acts = await rows("select acknowledgement_no as no from acknowledgement order by all");
    expect(await rows("select entry_no as no from entry order by all")).toEqual(acts);
    expect(acts.map(({ no }) => no)).toEqual(kept);
    expect(readdirSync(paths.entries)).toHaveLength(kept.length);
  },
);

import { expect, test } from "vitest";
import { z } from "zod";
import {
  ClockAsked,
  clockDoubt,
  confirmClock,
  correctClock,
  likelyMoment,
  readEntries,
} from "../../pipelines/ledger/clock.ts";
import { readLedger } from "../../pipelines/ledger/ledger.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { verifyReports } from "../../pipelines/publishing/verify.ts";
import { officeTime, parseMoment } from "../../pipelines/vocabulary/date.ts";
import { readRows } from "../../pipelines/warehouse/connection.ts";
import { csvOf, newWorld, sendOne, type World } from "../intake/given.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice } from "../publishing/given.ts";

const recording = (moment: string) => ({
  recordedAt: parseMoment(moment),
  softwareVersion: "test",
  reason: "Máy thay pin",
});

/** Under which clock the first report came, and when the unit sent it again. */
const WRONG: [what: string, first: string, isRight: string, again: string, isTaken: boolean][] = [
  ["two days ahead", "2030-11-06T09:00", "2030-11-04T09:00", "2030-11-04T10:00", false],
  ["a year ahead", "2031-11-04T09:00", "2030-11-04T09:00", "2030-11-04T10:00", false],
  ["three hours ahead", "2030-11-04T12:00", "2030-11-04T09:00", "2030-11-04T10:00", false],
  ["three hours back", "2030-11-04T06:00", "2030-11-04T09:00", "2030-11-04T10:00", true],
];

test.each(WRONG)(
  "of a report received %s what the unit sent again counts, once it is set right",
  async (_, first, right, again, isTaken) => {
    const sentAgain = async (
      isCorrected: boolean,
    ): Promise<[boolean, string | null | undefined]> => {
      const world = newWorld();
      await sendOne(world, {
        content: csvOf(["UB-01,Q2,,people,4,"]),
        received: "2030-11-03T09:00",
      });
      await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]), received: first });
      if (isCorrected) {
        const at = parseMoment(right);
        await correctClock(world.paths, {
          ...recording("2030-11-04T09:30"),
          first: 2,
          last: 2,
          at,
        });
      }
      const outcome = await sendOne(world, {
        content: csvOf(["UB-01,Q2,,people,6,"]),
        received: again,
      });
      const [taken] = outcome.submissions;
      if (isCorrected) {
        expect(await momentsOf(world)).toEqual([
          ["receipt", "2030-11-03 09:00:00"],
          ["receipt", officeTime(parseMoment(right))],
          ["clock", "2030-11-04 09:30:00"],
          ["receipt", "2030-11-04 10:00:00"],
        ]);
        expect(await receivedIn(world)).toEqual([
          "2030-11-03 09:00:00",
          officeTime(parseMoment(right)),
          "2030-11-04 10:00:00",
        ]);
        expect((await rebuildLedger(world.paths, { replace: false })).result).toBe("equal");
      }
      return [taken?.replaces_earlier === true, taken?.newer_received_at];
    };
    expect(await sentAgain(true)).toEqual([true, null]);
    expect((await sentAgain(false))[0]).toBe(isTaken);
  },
);

async function momentsOf({ paths }: Pick<World, "paths">): Promise<[string, string][]> {
  const entries = await readLedger(paths, (connection) =>
    readEntries(connection, { from: 1, to: 99 }),
  );
  return entries.map(({ kind, moment }) => [kind, officeTime(moment)]);
}

async function receivedIn({ paths }: World): Promise<string[]> {
  const rows = await readLedger(paths, (connection) =>
    readRows(
      connection,
      z.object({ at: z.coerce.number() }),
      "select epoch_ms(received_at) as at from ledger.receipt order by receipt_no",
    ),
  );
  return rows.map(({ at }) => officeTime(new Date(at)));
}

test("an office that published under a clock a year ahead goes on as if it had not", async () => {
  const office = newOffice(smallPlan([indicator(REACH)]));
  const { paths } = office;
  await office.send("2030-02-05T08:00", "W-A1", "Q1", "people 100\nreached 40");
  await office.publish("2031-02-06T09:00", "Q1");
  await office.send("2031-02-06T10:00", "W-A2", "Q1", "people 200\nreached 20");
  // the clock is right again, in the afternoon of the same day
  const now = parseMoment("2030-02-05T15:00");
  const { doubt, entries } = await readLedger(paths, async (connection) => ({
    doubt: await clockDoubt(connection, now),
    entries: await readEntries(connection, { from: 1, to: 3 }),
  }));
  expect(doubt).toMatchObject({ is: "behind", after: { first: 2, last: 3 } });
  await expect(confirmClock(paths, recording("2030-02-05T15:00"))).rejects.toThrow(ClockAsked);
  // the last day on which neither entry lies ahead, at the same time of day
  expect(doubt && likelyMoment(doubt, entries)).toBe("2030-02-05T09:00:00");
  const at = parseMoment("2030-02-05T09:00");
  await correctClock(paths, { ...recording("2030-02-05T15:00"), first: 2, last: 3, at });
  expect(await momentsOf(office)).toEqual([
    ["receipt", "2030-02-05 08:00:00"],
    ["publication", "2030-02-05 09:00:00"],
    ["receipt", "2030-02-05 10:00:00"],
    ["clock", "2030-02-05 15:00:00"],
  ]);
  expect(await readLedger(paths, (connection) => clockDoubt(connection, now))).toBeNull();

  await office.send("2030-02-06T08:00", "W-A2", "Q1", "people 200\nreached 30");
  const second = await office.publish("2030-02-06T09:00", "Q1", { class: "late", reason: "Muộn" });
  expect(second.as_of).toBe("2030-02-06 09:00:00");
  const [first, now2] = [await office.read("Q1", 1), await office.read("Q1", 2)];
  expect(first.publication.as_of).toBe("2031-02-06 09:00:00");
  const whole = now2.lines.find(({ code, area_id }) => code === "I" && area_id === null);
  // 40 + 30 of 300, before the deadline of 10 March
  expect([whole?.numerator, whole?.is_due]).toEqual(["70.0000", false]);
  expect(now2.units.filter(({ timeliness }) => timeliness === "missing")).toEqual([]);
  expect(first.units.filter(({ timeliness }) => timeliness === "missing")).not.toEqual([]);
  // the second one is told by the report that came
  expect(now2.causes.map(({ kind, unit_name }) => [kind, unit_name])).toContainEqual([
    "received",
    "Ward Ward 2",
  ]);

  const checked = await verifyReports(paths, { planId: null, period: null });
  expect(
    checked.versions.flatMap(({ faults, differences }) => [...faults, ...differences]),
  ).toEqual([]);
  expect((await rebuildLedger(paths, { replace: false })).result).toBe("equal");
});

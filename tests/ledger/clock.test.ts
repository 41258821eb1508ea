import { expect, test } from "vitest";
import { clockDoubt, confirmClock, correctClock } from "../../pipelines/ledger/clock.ts";
import { createTables } from "../../pipelines/ledger/ledger-tables.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { csvOf, newWorld, sendOne } from "../intake/given.ts";

// what follows from a wrong clock, and from setting it right: clock.long.test.ts

/** By day of the week: Mon 4, Tue 5, Fri 8, Sat 9, Sun 10, Mon 11 November 2030. */
const DOUBTS: [what: string, entries: string[], now: string, is: "behind" | "ahead" | null][] = [
  ["nothing recorded yet", [], "2030-11-04T09:00", null],
  ["an hour later", ["2030-11-04T09:00"], "2030-11-04T10:00", null],
  ["set by the network", ["2030-11-04T09:00"], "2030-11-04T08:56", null],
  ["set by the network, over midnight", ["2030-11-05T00:01"], "2030-11-04T23:59", "behind"],
  ["back by three hours", ["2030-11-04T09:00"], "2030-11-04T06:00", "behind"],
  ["back by a year", ["2030-11-04T09:00"], "2029-11-04T09:00", "behind"],
  ["the next morning", ["2030-11-04T17:00"], "2030-11-05T08:00", null],
  ["forward by two days", ["2030-11-04T09:00"], "2030-11-06T09:00", "ahead"],
  ["Friday evening to Monday morning", ["2030-11-08T17:00"], "2030-11-11T08:00", null],
  ["Friday forward by two days", ["2030-11-08T09:00"], "2030-11-10T09:00", "ahead"],
  ["Friday to Tuesday", ["2030-11-08T09:00"], "2030-11-12T10:00", "ahead"],
  ["nothing for weeks", ["2030-11-04T09:00"], "2030-12-02T08:00", null],
  ["suspended over Tết", ["2030-01-31T17:00"], "2030-02-11T08:00", null],
  ["a quarter", ["2030-04-10T09:00"], "2030-07-05T09:00", null],
  ["forward by a year", ["2030-11-04T09:00"], "2031-11-04T09:00", "ahead"],
  [
    "an earlier entry ahead",
    ["2031-11-04T09:00", "2030-11-04T09:00"],
    "2030-11-04T10:00",
    "behind",
  ],
];

test("a clock is asked about by what was recorded last", async () => {
  await withConnection(async (connection) => {
    await attach(connection, ":memory:", "ledger");
    await createTables(connection, "ledger");
    for (const [what, entries, now, is] of DOUBTS) {
      await connection.run("delete from ledger.entry");
      for (const [index, moment] of entries.entries()) {
        const at = parseMoment(moment).toISOString();
        await connection.run(
          `insert into ledger.entry values (${index + 1}, 'receipt', '', '', '${at}', '${at}')`,
        );
      }
      const doubt = await clockDoubt(connection, parseMoment(now));
      expect([what, doubt?.is ?? null]).toEqual([what, is]);
    }
  });
});

const recording = (moment: string) => ({
  recordedAt: parseMoment(moment),
  softwareVersion: "test",
  reason: "Máy thay pin",
});

const REFUSED: [what: string, first: number, last: number, at: string, says: RegExp][] = [
  ["an entry that is not there", 2, 4, "2030-11-04T09:00", /không có các mục 2–4/],
  ["the last before the first", 2, 1, "2030-11-04T09:00", /không có các mục 2–1/],
  ["before the one before", 2, 2, "2030-11-01T09:00", /nằm trước mục 1/],
  ["in the future", 2, 2, "2030-11-05T09:00", /nằm sau .*, theo đồng hồ máy bây giờ/],
  ["as it is", 2, 2, "2030-11-04T09:00", /nằm như đang ghi/],
  ["after the one after", 1, 1, "2030-11-04T09:30", /nằm sau .*, lúc ghi mục 2/],
];

test("a moment that cannot be is refused, and nothing recorded", async () => {
  const world = newWorld();
  await sendOne(world, { content: csvOf(["UB-01,Q2,,people,4,"]), received: "2030-11-03T09:00" });
  await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]), received: "2030-11-04T09:00" });
  for (const [, first, last, at, says] of REFUSED) {
    const correction = { ...recording("2030-11-04T10:00"), first, last, at: parseMoment(at) };
    await expect(correctClock(world.paths, correction)).rejects.toThrow(says);
  }
  expect(await world.rows("from entry")).toHaveLength(2);
  // what lies too far ahead is confirmed once
  await confirmClock(world.paths, recording("2030-11-06T10:00"));
  await expect(confirmClock(world.paths, recording("2030-11-06T10:05"))).rejects.toThrow(
    /Không có gì phải xác nhận/,
  );
});

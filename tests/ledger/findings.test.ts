import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { entryKey, NOTHING_FILLED } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import {
  csvOf,
  ledgerRows,
  newWorld,
  type Sent,
  send,
  sendOne,
  type World,
} from "../intake/given.ts";
import { readTable } from "../models/text-table.ts";

const GOOD = csvOf(["UB-01,Q2,,people,10,"]);
const BAD = csvOf(["UB-01,Q2,,people,x,"]);

/** `rule unit period` of the errors that are open, as it was known at a moment. */
async function openErrors(world: World, asOf = "2031-01-01"): Promise<string[]> {
  return queryModels({
    ...world,
    asOf: parseMoment(asOf),
    models: ["marts.findings"],
    read: async (connection) => {
      const rows = await readTable(
        connection,
        "select severity, rule, unit_id, period from marts.findings where severity = 'error' order by all",
      );
      return rows.map((row) => Object.values(row).join(" "));
    },
  });
}

/** Files that a unit sends one after another, a day apart, and what is open after the last. */
const CASES: [name: string, contents: string[], open: string[]][] = [
  ["refused", [BAD], ["error refused_not_resent UB@2 Q2"]],
  ["refused, then accepted", [BAD, GOOD], []],
  ["accepted, then refused", [GOOD, BAD], ["error refused_not_resent UB@2 Q2"]],
  ["accepted, refused, and sent once more as it was", [GOOD, BAD, GOOD], []],
  [
    "refused, then another unit",
    [BAD, csvOf(["UB-02,Q2,,people,10,"])],
    ["error refused_not_resent UB@2 Q2"],
  ],
  ["refused for a period that needs no report", [csvOf(["UB-01,Q1,,people,10,"])], []],
  ["refused for a period that has not begun", [csvOf(["UB-01,Q4,,people,10,"])], []],
  ["refused without a unit", [csvOf(["UB-09,Q2,,people,10,"])], []],
  [
    "refused for two units",
    [csvOf(["UB-01,Q2,,people,10,", "UB-02,Q2,,people,x,"])],
    ["error refused_not_resent UB@2 Q2", "error refused_not_resent UB@3 Q2"],
  ],
];

test.each(CASES)("open errors: %s", async (_, contents, open) => {
  const world = newWorld();
  const sent = contents.map(
    (content, index): Sent => ({ content, received: `2030-07-0${index + 1}T10:00` }),
  );
  await send(world, ...sent);
  expect(await openErrors(world)).toEqual(open);
});

test("an error is open as of the moments between refusal and correction", async () => {
  const world = newWorld();
  await send(
    world,
    { content: BAD, received: "2030-07-02T10:00" },
    { content: GOOD, received: "2030-07-04T10:00" },
  );
  expect(await openErrors(world, "2030-07-01")).toEqual([]);
  expect(await openErrors(world, "2030-07-03")).toHaveLength(1);
  expect(await openErrors(world, "2030-07-05")).toEqual([]);
});

test("a refused file is put down with the unit and period that it is for", async () => {
  const world = newWorld();
  await send(world, { content: BAD });
  expect(await ledgerRows(world, "from refusal")).toEqual([
    { receipt_no: "1", plan_id: "thu", unit_id: "UB@2", period: "Q2" },
  ]);
});

test("so is a form that could not be read to its end", async () => {
  const world = newWorld();
  const [plan] = world.catalogue.plans;
  const period = plan?.plan.periods[1];
  const unit = plan?.units.find(({ code }) => code === "UB-02");
  if (plan === undefined || period === undefined || unit === undefined) throw new Error("no unit");
  const values = new Map([[entryKey("people"), "777"]]);
  const parts = unzipSync(await filledForm(plan, unit, period, { ...NOTHING_FILLED, values }));
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  const broken = sheet.replace(/<c ([^>]*)><v>777<\/v>/, '<c $1 t="e"><v>#REF!</v>');
  parts["xl/worksheets/sheet1.xml"] = strToU8(broken);
  const { problems } = await sendOne(world, { content: zipSync(parts) });
  expect(problems.map(({ code }) => code)).toEqual(["error_cell"]);
  expect(await ledgerRows(world, "select unit_id, period from refusal")).toEqual([
    { unit_id: "UB@3", period: "Q2" },
  ]);
});

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { formOf } from "../intake/form-given.ts";
import { csvOf, newWorld, type Sent, send, sendOne, type World } from "../intake/given.ts";
import { readTable } from "../models/text-table.ts";

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

/** What somebody sends about reports, one file after another, and of which the last is open. */
const CASES: [name: string, reports: string[], people: string[][], open: string[], on?: string][] =
  [
    ["refused for a period that has not begun", ["UB-02,Q4"], [["10"]], [], "2030-07-02"],
    ["refused", ["UB-01,Q2"], [["x"]], ["UB@2 Q2"]],
    ["accepted, then refused", ["UB-01,Q3"], [["10"], ["x"]], ["UB@4 Q3"]],
    ["accepted, refused, and sent again as it was", ["UB-02,Q3"], [["10"], ["x"], ["10"]], []],
    ["refused, while another unit is accepted", ["UB-03,Q3"], [["x"]], ["UB@5 Q3"]],
    ["accepted beside one that is refused", ["UB-01,Q4"], [["10"]], []],
    ["refused for a period that needs no report", ["UB-01,Q1"], [["10"]], []],
    ["refused without a unit", ["UB-09,Q2"], [["10"]], []],
    ["refused for two", ["UB-03,Q4", "UB-04,Q4"], [["10", "x"]], ["UB@5 Q4", "UB@6 Q4"]],
  ];

const reportFile = (reports: readonly string[], people: readonly string[]): string =>
  csvOf(reports.map((report, index) => `${report},,people,${people[index]},`));

let world: World;
beforeAll(async () => {
  world = newWorld();
  const sent = CASES.flatMap(([, reports, people, , on = "2030-12-01"]) =>
    people.map(
      (one, index): Sent => ({
        content: reportFile(reports, one),
        received: `${on}T1${index}:00`,
      }),
    ),
  );
  const corrected: Sent[] = [
    { content: reportFile(["UB-02,Q2"], ["x"]), received: "2030-07-02T10:00" },
    { content: reportFile(["UB-02,Q2"], ["10"]), received: "2030-07-04T10:00" },
  ];
  await send(world, ...corrected, ...sent);
});

test("an error is open until a file is accepted in the place of the refused one", async () => {
  expect(await openErrors(world)).toEqual(
    CASES.flatMap(([, , , open]) => open.map((one) => `error refused_not_resent ${one}`)).sort(),
  );
});

test("an error is open as of the moments between refusal and correction", async () => {
  const open = "error refused_not_resent UB@3 Q2";
  expect(await openErrors(world, "2030-07-01")).toEqual([]);
  expect(await openErrors(world, "2030-07-03")).toEqual([open]);
  expect(await openErrors(world, "2030-07-05")).toEqual([]);
});

test("a refused file is put down with the unit and period that it is for", async () => {
  expect(await world.rows("from refusal order by receipt_no limit 1")).toEqual([
    { receipt_no: "1", plan_id: "thu", unit_id: "UB@3", period: "Q2" },
  ]);
});

test("so is a form that could not be read to its end", async () => {
  const other = newWorld();
  const parts = unzipSync(await formOf(other, "UB-02", { people: "777" }));
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  const broken = sheet.replace(/<c ([^>]*)><v>777<\/v>/, '<c $1 t="e"><v>#REF!</v>');
  parts["xl/worksheets/sheet1.xml"] = strToU8(broken);
  const { problems } = await sendOne(other, { content: zipSync(parts) });
  expect(problems.map(({ code }) => code)).toEqual(["error_cell"]);
  expect(await other.rows("select unit_id, period from refusal")).toEqual([
    { unit_id: "UB@3", period: "Q2" },
  ]);
});

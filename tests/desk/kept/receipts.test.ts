import { copyFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Receipts } from "../../../pipelines/desk/kept/receipts.ts";
import { erase } from "../../../pipelines/ledger/erase.ts";
import { JournalEnd } from "../../../pipelines/ledger/journal-end.ts";
import { withLedger } from "../../../pipelines/ledger/ledger.ts";
import { type WarehousePaths, warehousePaths } from "../../../pipelines/warehouse/paths.ts";
import { newFolder } from "../../folders.ts";
import { csvOf, newWorld, send, type World } from "../../intake/given.ts";

const line = (unit: string, value: number | string, note = "") =>
  csvOf([`${unit},Q2,,people,${value},${note}`]);

/** Two accepted, one refused, one again. */
async function sendFour(world: World): Promise<void> {
  const first = { content: line("UB-01", 5, "bà Hoa kể lại"), received: "2024-12-20" };
  const rest = [line("UB-02", "trên 7"), line("UB-01", 6), line("UB-01", 6)];
  await send(world, first, ...rest.map((content) => ({ content, received: "2024-12-22" })));
}

const open = (paths: WarehousePaths): Receipts => new Receipts(paths, (work) => work());

/** What a page shows of the receipts, the latest first. */
async function shown(receipts: Receipts): Promise<unknown[]> {
  const listed = await receipts.list(() => true, 100);
  return Promise.all(listed.map(({ receiptNo }) => receipts.find(receiptNo)));
}

test("receipts of years come from the ledger, what is new from the journal: the same", async () => {
  const world = newWorld("2024");
  const early = open(world.paths);
  expect(await shown(early)).toEqual([]);
  await sendFour(world);
  const seen = await shown(early);
  expect(seen).toMatchObject([
    { receiptNo: 4, outcome: "duplicate", problems: [], claims: [] },
    {
      receiptNo: 3,
      outcome: "accepted",
      claims: [{ plan_id: "thu", unit_id: "UB@2", period: "Q2" }],
    },
    { receiptNo: 2, outcome: "refused", problems: [{ code: "not_a_number", line: 2 }] },
    {
      receiptNo: 1,
      outcome: "accepted",
      problems: [{ code: "measures_left_out" }, { code: "may_be_personal" }],
    },
  ]);
  const late = open(world.paths);
  expect(await shown(late)).toEqual(seen);

  // an erasure changes entries that were read, of the ledger and of the journal alike
  await erase({
    ...{ paths: world.paths, receipts: [2], texts: [], phrases: ["bà Hoa"] },
    ...{ erasedBy: "Lan", reason: "theo yêu cầu", softwareVersion: "test" },
    recordedAt: new Date("2024-12-23T03:00:00Z"),
  });
  const left = await shown(open(world.paths));
  expect(JSON.stringify([left, seen])).toMatch(/đã xóa.*trên 7/);
  expect(await shown(early)).toEqual(left);
  expect(await shown(late)).toEqual(left);
});

const NAMES = [1, 2, 3, 4].map((no) => `00000000000${no}-receipt.json`) as [
  string,
  string,
  string,
  string,
];

/** What happens to the folder of a journal of four, and what is told of it. */
const HAPPENED: [what: string, happen: (entries: string) => void, kept: number, added: string[]][] =
  [
    ["nothing", () => undefined, 4, []],
    [
      "another process writes two",
      (entries) => [5, 6].map((no) => write(entries, no)),
      4,
      ["5", "6"],
    ],
    [
      "the same on a disk that gives the folder no other time",
      (entries) => {
        write(entries, 5);
        utimesSync(entries, 0, 0);
      },
      4,
      ["5"],
    ],
    [
      "a transaction that failed takes its entry away",
      (entries) => rmSync(join(entries, NAMES[3])),
      3,
      [],
    ],
    [
      "another one gets its number",
      (entries) => {
        write(entries, 9);
        renameSync(join(entries, nameOf(9)), join(entries, NAMES[3]));
      },
      3,
      ["4"],
    ],
    [
      "an older journal was put back",
      (entries) => NAMES.slice(2).map((one) => rmSync(join(entries, one))),
      2,
      [],
    ],
    [
      "the last was moved away and a later one is there",
      (entries) => {
        rmSync(join(entries, NAMES[3]));
        write(entries, 5);
      },
      3,
      ["5"],
    ],
  ];

const nameOf = (no: number): string => `00000000000${no}-receipt.json`;

const write = (entries: string, no: number): void =>
  writeFileSync(join(entries, nameOf(no)), `${no} ${performance.now()}`);

test.each(HAPPENED)(
  "who looks again at a journal sees what became of it: %s",
  async (_, happen, kept, added) => {
    const paths = warehousePaths(newFolder());
    mkdirSync(paths.entries, { recursive: true });
    for (const no of [1, 2, 3, 4]) write(paths.entries, no);
    utimesSync(paths.entries, 0, 0);
    const end = new JournalEnd(paths);
    expect((await end.look()).added.map(({ file }) => file)).toEqual(NAMES);
    happen(paths.entries);
    const looked = await end.look();
    expect([looked.kept, looked.added.map(({ entryNo }) => String(entryNo))]).toEqual([
      kept,
      added,
    ]);
    const last = added.length === 0 ? kept : Number(added.at(-1));
    expect([await end.look(), await end.file()]).toEqual([{ kept: last, added: [] }, nameOf(last)]);
    // an entry that is known from elsewhere is where it begins, unless it is gone
    const from = (no: number) => new JournalEnd(paths, { entryNo: no, file: nameOf(no) }).look();
    expect([await from(last), (await from(99)).kept]).toEqual([{ kept: last, added: [] }, 0]);
  },
);

test("whoever writes adds what another process has recorded since, and refuses a journal that was changed", async () => {
  const world = newWorld("2024");
  await sendFour(world);
  // recorded by a process that was killed before its rows were in the ledger
  const [last] = await world.rows("select content from entry where entry_no = 4");
  const { paths } = world;
  const digest = (await world.rows("select sha256 from entry where entry_no = 4"))[0]?.sha256;
  const content = String(last?.content)
    .replace('"entry_no": 4', '"entry_no": 5')
    .replace('"receipt_no": 4', '"receipt_no": 5')
    .replace(/"previous": "\w+"/, `"previous": "${digest}"`);
  writeFileSync(join(paths.entries, nameOf(5)), content);
  const count = "select count(*)::integer as n from receipt";
  expect(await world.rows(count)).toEqual([{ n: 5 }]);
  copyFileSync(join(paths.entries, NAMES[0]), join(paths.entries, nameOf(5)));
  await expect(withLedger(paths, async () => null)).rejects.toThrow(/kết thúc ở mục 5/);
});

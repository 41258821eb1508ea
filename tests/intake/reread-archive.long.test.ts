import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readArchiveAgain } from "../../pipelines/intake/reread-archive.ts";
import { type Entry, entryText } from "../../pipelines/ledger/journal.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice, type Office } from "../publishing/given.ts";

const WORLD = smallPlan([indicator(REACH)]);

async function officeWithReports(): Promise<Office> {
  const office = newOffice(WORLD);
  await office.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T09:00", "W-A2", "Q1", "people 200\nreached 20"],
    // the same file a second time, and a correction
    ["2030-03-09T08:00", "W-A1", "Q1", "people 100\nreached 45"],
  ]);
  return office;
}

const check = ({ paths, catalogue }: Office) => readArchiveAgain(paths, catalogue);

/** Changes entries of the journal and chains it anew, as somebody with a shell and patience would. */
function rewriteJournal(office: Office, change: (entry: Entry) => Entry | null): void {
  const folder = office.paths.entries;
  let previous: string | null = null;
  for (const name of readdirSync(folder).sort()) {
    const entry: Entry = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const changed = change(entry);
    rmSync(join(folder, name));
    if (changed === null) continue;
    const text = entryText({ ...changed, previous });
    writeFileSync(join(folder, name), text);
    previous = sha256Of(text);
  }
}

const withReading = (from: string, to: string) => (entry: Entry) => ({
  ...entry,
  rows: {
    ...entry.rows,
    reading: (entry.rows.reading ?? []).map((row) =>
      row.value === from ? { ...row, value: to } : row,
    ),
  },
});

test("what is as it was received holds, and nothing is left beside it", async () => {
  const office = await officeWithReports();
  const before = readdirSync(office.paths.folder).sort();
  expect(await check(office)).toEqual({ files: 3, faults: [], unread: [] });
  expect(readdirSync(office.paths.folder).sort()).toEqual(before);
});

test("a figure that was changed in the ledger alone is named, against the journal and its file", async () => {
  const office = await officeWithReports();
  await office.tamper("update reading set value = 90 where value = 45");
  const { faults } = await check(office);
  expect(faults).toEqual([
    expect.stringMatching(/khác kho lưu trữ ở: reading/),
    expect.stringMatching(
      /^archive\/[0-9a-f]{64} \(phiếu số 3\), W-A1 Q1: reached của địa bàn 11 là 90\.0000 trong sổ tiếp nhận, 45\.0000 trong tệp, dòng \d+\.$/,
    ),
  ]);
});

test("a figure that was changed in the ledger and the journal, chained anew, is named by its file", async () => {
  const office = await officeWithReports();
  rewriteJournal(office, withReading("45.0000", "90.0000"));
  rmSync(office.paths.ledger);
  await rebuildLedger(office.paths, { replace: true });
  const { faults } = await check(office);
  expect(faults).toEqual([
    expect.stringMatching(
      /reached của địa bàn 11 là 90\.0000 trong sổ tiếp nhận, 45\.0000 trong tệp/,
    ),
  ]);
});

test("a figure that was put into the journal, or taken out of it, is named", async () => {
  const office = await officeWithReports();
  rewriteJournal(office, (entry) => {
    const [first, ...rest] = entry.rows.reading ?? [];
    if (first === undefined || entry.entry_no !== 1) return entry;
    return {
      ...entry,
      rows: { ...entry.rows, reading: [{ ...first, measure: "posts" }, ...rest] },
    };
  });
  rmSync(office.paths.ledger);
  await rebuildLedger(office.paths, { replace: true });
  const { faults } = await check(office);
  expect(faults).toHaveLength(2);
  expect(faults.join("\n")).toMatch(
    /posts của địa bàn 11 là \S+ trong sổ tiếp nhận, không có trong tệp/,
  );
  expect(faults.join("\n")).toMatch(/là không có trong sổ tiếp nhận, /);
});

test("a received file that was changed is named, and one that is gone", async () => {
  const office = await officeWithReports();
  const files = readdirSync(office.paths.archive).filter((name) => /^[0-9a-f]{64}$/.test(name));
  expect(files).toHaveLength(3);
  appendFileSync(join(office.paths.archive, files[0] ?? ""), "\n");
  expect((await check(office)).faults).toEqual([expect.stringMatching(/không còn như khi nhận/)]);
  rmSync(join(office.paths.archive, files[0] ?? ""));
  expect((await check(office)).faults.join("\n")).toMatch(/Không đọc được/);
});

test("a file that the plan of now would refuse is left out, and said so", async () => {
  const office = await officeWithReports();
  const { files, faults, unread } = await readArchiveAgain(office.paths, {
    ...office.catalogue,
    plans: [],
  });
  expect([files, faults]).toEqual([0, []]);
  expect(unread).toHaveLength(3);
});

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readArchiveAgain } from "../../pipelines/intake/reread-archive.ts";
import { archivedPath } from "../../pipelines/ledger/archive.ts";
import { makeBackup } from "../../pipelines/ledger/backup.ts";
import { copiesOf, erase, plannedErasure } from "../../pipelines/ledger/erase.ts";
import { carryOut, isOrdered } from "../../pipelines/ledger/erasure-order.ts";
import { checkJournal } from "../../pipelines/ledger/journal-check.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { rebuildJournal } from "../../pipelines/ledger/rebuild-journal.ts";
import { remindUnits } from "../../pipelines/ledger/recorded-acts.ts";
import { restoreFiles } from "../../pipelines/ledger/restore.ts";
import { writeCountry, writeReadings } from "../bench/country.ts";
import { newFolder } from "../folders.ts";
import { formOf } from "../intake/form-given.ts";
import { csvOf, newWorld, sendOne, sendPackage, type World, worldIn } from "../intake/given.ts";
import { zipFile } from "../readers/zip-given.ts";

const SECRET = "bà Hoa ở tổ 3 kể lại";
const OTHER = "tăng do sáp nhập tổ 3";

/** Three reports: one with a text about a person, the same sent again corrected, and another one. */
async function worldWithSecret(): Promise<World> {
  const world = newWorld();
  const sent = [
    csvOf([`UB-01,Q2,,people,5,${SECRET}`, `UB-01,Q2,,reached,3,${OTHER}`]),
    csvOf([`UB-01,Q2,,people,6,${SECRET}`]),
    csvOf([`UB-02,Q2,,people,7,${OTHER}`]),
  ];
  for (const [day, content] of sent.entries()) {
    const { outcome } = await sendOne(world, { content, received: `2030-07-0${day + 1}T08:00` });
    expect(outcome).toBe("accepted");
  }
  return world;
}

const REQUEST = {
  erasedBy: "Lan",
  reason: "theo yêu cầu của đương sự",
  recordedAt: new Date("2030-08-01T03:00:00Z"),
  softwareVersion: "test",
};

const eraseIn = (
  world: World,
  wanted: { receipts?: number[]; texts?: string[]; phrases?: string[] },
) => erase({ ...REQUEST, paths: world.paths, receipts: [], texts: [], phrases: [], ...wanted });

/** Files below a folder in which a text stands, letter by letter, or in whose names it does. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes(text) || readFileSync(path).includes(text));
}

async function holds(world: World): Promise<void> {
  const { faults } = await withLedger(world.paths, (connection) =>
    checkJournal(connection, world.paths),
  );
  expect(faults).toEqual([]);
  expect(await rebuildLedger(world.paths, { replace: false })).toMatchObject({ result: "equal" });
  expect((await readArchiveAgain(world.paths, world.catalogue)).faults).toEqual([]);
}

const NOTES =
  "select measure, value::integer as value, note from reading where state = 'reported' order by all";

test("a text goes with every file that it came in, and the figures stay", async () => {
  const world = await worldWithSecret();
  const remarks = { proposals: SECRET, difficulties: OTHER };
  await sendOne(world, {
    file: "bieu.xlsx",
    content: await formOf(world, "UB-02", { people: "7" }, { remarks }),
    received: "2030-07-04T08:00",
  });
  expect(filesWith(world.paths.folder, SECRET).length).toBeGreaterThan(4);
  const { files, texts, entries } = await eraseIn(world, { texts: [SECRET] });
  expect(files.map(({ receipt_no }) => receipt_no)).toEqual([1, 2, 4]);
  expect(texts).toBeGreaterThanOrEqual(3);
  expect(entries).toEqual([1, 2, 4].map((no) => `00000000000${no}-receipt.json`));
  expect(
    await world.rows("select difficulties, proposals from submission where receipt_no = 4"),
  ).toEqual([{ difficulties: OTHER, proposals: null }]);
  expect(filesWith(world.paths.folder, SECRET)).toEqual([]);
  expect(await world.rows(NOTES)).toEqual([
    { measure: "people", value: 5, note: null },
    { measure: "people", value: 6, note: null },
    { measure: "people", value: 7, note: OTHER },
    { measure: "people", value: 7, note: null },
    { measure: "reached", value: 3, note: OTHER },
  ]);
  expect(await world.rows("select erased_by, reason, software_version from erasure")).toEqual([
    { erased_by: "Lan", reason: REQUEST.reason, software_version: "test" },
  ]);
  await holds(world);
});

test("a file goes with all that was written in it, and does not come back", async () => {
  const world = await worldWithSecret();
  const to = join(world.folder, "backups");
  const { paths, sources } = world;
  await makeBackup({
    ...{ paths, sources, to, softwareVersion: "test", keep: null },
    now: new Date("2030-07-20T03:00:00Z"),
  });
  const erasure = await eraseIn(world, { receipts: [1] });
  expect(erasure.files.map(({ receipt_no }) => receipt_no)).toEqual([1]);
  const [{ sha256 } = { sha256: "" }] = erasure.files;
  expect(existsSync(archivedPath(paths, sha256))).toBe(false);
  expect(await world.rows(NOTES)).toEqual([
    { measure: "people", value: 5, note: null },
    { measure: "people", value: 6, note: SECRET },
    { measure: "people", value: 7, note: OTHER },
    { measure: "reached", value: 3, note: null },
  ]);
  await holds(world);

  const again = await sendOne(world, {
    content: csvOf([`UB-01,Q2,,people,5,${SECRET}`, `UB-01,Q2,,reached,3,${OTHER}`]),
    received: "2030-09-01T08:00",
  });
  expect(again).toMatchObject({ outcome: "refused", is_kept: false });
  expect(again.problems.map(({ found }) => found)).toEqual([
    "Tệp này đã bị xóa khỏi hồ sơ ngày 01/8/2030. Tệp không được tiếp nhận và không được lưu lại.",
  ]);
  const [backup = ""] = readdirSync(to);
  expect(await copiesOf(paths, erasure, [to], async () => false)).toEqual([join(to, backup)]);
  expect(await restoreFiles(join(to, backup), paths)).toEqual([]);
  expect(existsSync(archivedPath(paths, sha256))).toBe(false);
});

test("what came in an archive goes with the archive, the others in it stay", async () => {
  const world = newWorld();
  const one = csvOf([`UB-01,Q2,,people,5,${SECRET}`]);
  const two = csvOf([`UB-02,Q2,,people,7,${OTHER}`]);
  const outcomes = await sendPackage(world, {
    file: "cả hai.zip",
    content: zipFile([
      { name: "một.csv", content: one },
      { name: "hai.csv", content: two },
    ]),
  });
  expect(outcomes.map(({ receipt_no, medium }) => [receipt_no, medium])).toEqual([
    [3, "package"],
    [1, "csv"],
    [2, "csv"],
  ]);
  const byText = await plannedErasure(world.paths, { receipts: [], texts: [SECRET], phrases: [] });
  expect(byText.files.map(({ receipt_no }) => receipt_no)).toEqual([1, 3]);
  const byPackage = await plannedErasure(world.paths, { receipts: [3], texts: [], phrases: [] });
  expect(byPackage.files.map(({ receipt_no }) => receipt_no)).toEqual([1, 2, 3]);
  expect(await world.rows("from erasure")).toEqual([]);

  await eraseIn(world, { receipts: [1] });
  const kept = readdirSync(world.paths.archive).filter((name) => /^[0-9a-f]{64}$/.test(name));
  expect(kept).toEqual(outcomes.filter(({ receipt_no }) => receipt_no === 2).map((o) => o.sha256));
  await holds(world);
});

test("by its words everything goes that says them, in whatever letters, a file's name and its replies, too", async () => {
  const world = newWorld();
  const sent = [
    ["tổ 7 Tân Hòa.csv", csvOf(["UB-01,Q2,,people,5,"])],
    ["q2.csv", csvOf(["UB-02,Q2,,people,7,TỔ 7 (TÂN HOÀ) báo"])],
    ["q2-sửa.csv", csvOf(["UB-02,Q2,,people,8,theo to 7 Tan Hoa"])],
    ["q3.csv", csvOf([`UB-02,Q3,,people,9,${OTHER}`])],
    // refused with what was typed
    ["q4.csv", csvOf(["UB-02,Q4,,people,tổ 7 Tân Hòa,"])],
  ] as const;
  for (const [index, [file, content]] of sent.entries()) {
    await sendOne(world, { file, content, received: `2030-07-0${index + 1}T08:00` });
  }
  await remindUnits(world.paths, {
    reports: [{ plan_id: "thu", unit_id: "UB-02", period: "Q2" }],
    how: {
      way: "mail",
      sentTo: "to7-tan-hoa@langson.gov.vn",
      text: "Kính gửi tổ 7, Tân Hòa",
      serverAnswer: "250 OK",
    },
    recordedAt: new Date("2030-07-06T03:00:00Z"),
    softwareVersion: "test",
    by: { way: "desk", account: "lan", name: "Lan", role: "Chuyên viên" },
  });
  const phrases = ["tổ 7 Tân Hòa"];
  const wanted = { receipts: [], texts: [], phrases };
  const { written, files } = await plannedErasure(world.paths, wanted);
  expect(written.map(({ kind, text }) => `${kind}: ${text}`)).toMatchInlineSnapshot(`
    [
      "file name: tổ 7 Tân Hòa.csv",
      "note: TỔ 7 (TÂN HOÀ) báo",
      "note: theo to 7 Tan Hoa",
      "finding: Số liệu “Số người” ghi “tổ 7 Tân Hòa”, không phải là một số.",
      "reminder: to7-tan-hoa@langson.gov.vn",
      "reminder: Kính gửi tổ 7, Tân Hòa",
    ]
  `);
  expect(files.map(({ receipt_no }) => receipt_no)).toEqual([2, 3, 5]);
  await eraseIn(world, { phrases });
  for (const text of ["Tân Hòa", "TÂN HOÀ", "Tan Hoa", "Tân-Hòa"]) {
    expect(filesWith(world.paths.folder, text)).toEqual([]);
  }
  expect(await world.rows("select file_name from receipt order by receipt_no")).toEqual(
    ["(đã xóa)", "q2.csv", "q2-sửa.csv", "q3.csv", "q4.csv"].map((file_name) => ({ file_name })),
  );
  expect(await world.rows("select note from reading where note is not null")).toEqual([
    { note: OTHER },
  ]);
  expect(await world.rows("select sent_to, said, server_answer from reminder")).toEqual([
    { sent_to: "(đã xóa)", said: "(đã xóa)", server_answer: "250 OK" },
  ]);
  await holds(world);
});

test("the same bytes within an archive go with the archive", async () => {
  const world = newWorld();
  const content = csvOf([`UB-01,Q2,,people,5,${SECRET}`]);
  await sendOne(world, { content, received: "2030-07-01T08:00" });
  await sendPackage(world, {
    file: "tất cả.zip",
    content: zipFile([
      { name: "một.csv", content },
      { name: "hai.csv", content: csvOf([`UB-02,Q2,,people,7,${OTHER}`]) },
    ]),
  });
  await eraseIn(world, { texts: [SECRET] });
  const kept = readdirSync(world.paths.archive).filter((name) => /^[0-9a-f]{64}$/.test(name));
  // the other form of the archive, and no archive
  expect(kept).toHaveLength(1);
  expect(filesWith(world.paths.archive, SECRET)).toEqual([]);
  await holds(world);
});

test("texts are taken out of an entry twice, and the journal can still be made from the ledger", async () => {
  const world = await worldWithSecret();
  await eraseIn(world, { texts: [SECRET] });
  await eraseIn(world, { texts: [OTHER] });
  expect(filesWith(world.paths.folder, OTHER)).toEqual([]);
  await holds(world);
  const before = readdirSync(world.paths.entries).map((name) =>
    readFileSync(join(world.paths.entries, name), "utf8"),
  );
  renameSync(world.paths.entries, join(world.folder, "lost"));
  mkdirSync(world.paths.entries);
  await rebuildJournal(world.paths);
  const after = readdirSync(world.paths.entries).map((name) =>
    readFileSync(join(world.paths.entries, name), "utf8"),
  );
  expect(after).toEqual(before);
  await sendOne(world, { content: csvOf(["UB-02,Q3,,people,8,"]), received: "2030-10-01T08:00" });
  await holds(world);
});

test("an entry that was changed after an erasure is named like any other", async () => {
  const world = await worldWithSecret();
  await eraseIn(world, { texts: [SECRET] });
  const path = join(world.paths.entries, "000000000001-receipt.json");
  const text = readFileSync(path, "utf8");
  expect(text).toContain('"value": "5.0000"');
  writeFileSync(path, text.replace('"value": "5.0000"', '"value": "9.0000"'));
  const { faults } = await withLedger(world.paths, (connection) =>
    checkJournal(connection, world.paths),
  );
  expect(faults).toEqual([expect.stringMatching(/^Mục 1 của nhật ký không khớp/)]);
  // by the chain alone, too
  rmSync(world.paths.ledger);
  await expect(rebuildLedger(world.paths, { replace: false })).rejects.toThrow(
    /Mục 2 của nhật ký không nối tiếp/,
  );
});

test("readings that lie in Parquet lose their notes too", async () => {
  const folder = newFolder();
  const world = worldIn(folder, folder, writeCountry(folder, 6));
  const file = join(folder, "readings.csv");
  const rows = await writeReadings(file, 6);
  // more than an entry holds itself
  expect(rows).toBeGreaterThan(5000);
  const text = readFileSync(file, "utf8").trimEnd().split("\n");
  const noted = text.map((line, index) =>
    index % 1000 === 7 ? line.replace(/(,"")?$/, `,${SECRET}`) : line,
  );
  const sent = await sendOne(world, {
    content: `${noted.join("\n")}\n`,
    received: "2025-06-01T08:00",
  });
  expect(sent.outcome).toBe("accepted");
  const before = await world.rows(FIGURES);
  expect(before[0]).toMatchObject({ notes: Math.ceil((rows - 6) / 1000) });
  const { texts } = await eraseIn(world, { receipts: [1] });
  expect(texts).toBeGreaterThanOrEqual(Math.ceil((rows - 6) / 1000));
  expect(await world.rows(FIGURES)).toEqual([{ ...before[0], notes: 0 }]);
  await holds(world);
});

const FIGURES = `select count(*)::integer as rows, count(note)::integer as notes,
    sum(hash(submission_no, measure, value))::varchar as digest from reading`;

test.each(["before anything was put in its place", "in the middle"])(
  "an erasure that a kill ended %s is carried out by whoever opens the ledger next",
  async (when) => {
    const whole = await worldWithSecret();
    const { paths } = whole;
    const killed = erase({
      ...REQUEST,
      ...{ paths, receipts: [], texts: [SECRET], phrases: [] },
      onOrdered: async () => {
        if (when === "in the middle") await carryOut(paths);
        throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
    expect(isOrdered(paths)).toBe(true);
    expect(await whole.rows("select erased_by from erasure")).toEqual([{ erased_by: "Lan" }]);
    expect(isOrdered(paths)).toBe(false);
    expect(filesWith(paths.folder, SECRET)).toEqual([]);
    await holds(whole);
  },
);

test("what nobody has, or is no receipt, is told, and nothing changes", async () => {
  const world = await worldWithSecret();
  await expect(eraseIn(world, { texts: ["không có"] })).rejects.toThrow(
    /Không có nội dung nào như vậy/,
  );
  await expect(eraseIn(world, { receipts: [9] })).rejects.toThrow(/Không có phiếu số 9/);
  expect(await world.rows("from erasure")).toEqual([]);
});

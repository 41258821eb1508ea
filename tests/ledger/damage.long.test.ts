import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { rebuildJournal } from "../../pipelines/ledger/rebuild-journal.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { verifyReports } from "../../pipelines/publishing/verify.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { shownMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { alter } from "../asked.ts";
import { writeCountry, writeReadings } from "../bench/country.ts";
import { runHere } from "../cli/run.ts";
import { newFolder } from "../folders.ts";
import { csvOf, newWorld, send, type World } from "../intake/given.ts";
import { fewModels } from "../models/few-models.ts";

const EVERYTHING = { planId: null, period: null };

let filled: Promise<World> | null = null;

/** A copy of a world with four entries: two accepted, one refused, one again. */
async function world(): Promise<World> {
  filled ??= (async () => {
    const made = newWorld("2024");
    const first = csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,3,chữ “có dấu”"]);
    await send(
      made,
      { content: first, received: "2024-12-20" },
      { content: csvOf(["UB-02,Q2,,people,trên 7,"]), received: "2024-12-21" },
      { content: csvOf(["UB-01,Q2,,people,6,"]), received: "2024-12-22" },
      { content: csvOf(["UB-01,Q2,,people,6,"]), received: "2024-12-22" },
    );
    return made;
  })();
  const { folder, ...rest } = await filled;
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return {
    ...rest,
    folder: copy,
    sources: join(copy, "sources"),
    paths: warehousePaths(join(copy, "warehouse")),
  };
}

const foldersOf = ({ sources, paths }: World): string[] => [
  "--sources",
  sources,
  "--warehouse",
  paths.folder,
];

/** The journal as it is, by the names of its files. */
const journalOf = ({ paths }: World): Record<string, string> =>
  Object.fromEntries(
    readdirSync(paths.entries).map((name) => [
      name,
      readFileSync(join(paths.entries, name), "utf8"),
    ]),
  );

const flipBlocks = (ledger: string): void => {
  const bytes = readFileSync(ledger);
  for (let at = 12_288 + 4000; at < bytes.length; at += 4000) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(ledger, bytes);
};

const RUINED: [string, (ledger: string) => void][] = [
  ["truncated", (ledger) => truncateSync(ledger, 20_000)],
  ["empty", (ledger) => truncateSync(ledger, 0)],
  ["garbage", (ledger) => writeFileSync(ledger, "garbage ".repeat(5000))],
  ["flipped", flipBlocks],
];

test.each(RUINED)(
  "a %s ledger is told with the command that mends it, and never as a stack",
  async (what, ruin) => {
    const one = await world();
    ruin(one.paths.ledger);
    for (const command of [["status"], ["refresh"], ["verify"]]) {
      const { code, err, out } = await runHere([...command, ...foldersOf(one)]);
      const output = `${command[0]}: ${err}${out}`;
      expect(output).not.toMatch(/lỗi của chương trình|^ +at /m);
      // one without a byte is opened as a new one, which is made from the journal at once
      if (what !== "empty")
        expect(output).toMatch(/ledger\.duckdb bị hỏng\. chitieu rebuild dựng lại/);
      if (what !== "empty") expect(code).toBe(1);
    }
    const rebuilt = await runHere(["rebuild", ...foldersOf(one)]);
    expect([rebuilt.code, rebuilt.err]).toEqual([0, ""]);
    expect((await runHere(["verify", ...foldersOf(one)])).code).toBe(0);
  },
);

const entry = ({ paths }: World, number: number): string =>
  join(paths.entries, readdirSync(paths.entries).sort()[number - 1] ?? "");

const WRONG_JOURNAL: [string, (world: World) => void, RegExp][] = [
  [
    "an entry edited in the middle",
    (one) => {
      const path = entry(one, 1);
      writeFileSync(path, readFileSync(path, "utf8").replace("5.0000", "9.0000"));
    },
    /Mục 1 của nhật ký không khớp với sổ tiếp nhận/,
  ],
  [
    "the last entry edited",
    (one) => appendFileSync(entry(one, 4), " "),
    /Mục 4 của nhật ký không khớp với sổ tiếp nhận/,
  ],
  ["an entry deleted in the middle", (one) => rmSync(entry(one, 2)), /Nhật ký thiếu mục 2/],
  [
    "the last entry missing",
    (one) => rmSync(entry(one, 4)),
    /kết thúc ở mục 3, sổ tiếp nhận ở mục 4/,
  ],
  ["an entry truncated", (one) => truncateSync(entry(one, 3), 100), /không phải một mục nhật ký/],
  [
    "no entries",
    (one) => rmSync(one.paths.entries, { recursive: true }),
    /kết thúc ở mục 0, sổ tiếp nhận ở mục 4/,
  ],
];

test.each(WRONG_JOURNAL)(
  "%s: verify names it, and the ledger writes the journal again letter by letter",
  async (_, spoil, expected) => {
    const one = await world();
    const before = journalOf(one);
    spoil(one);
    const verified = await runHere(["verify", ...foldersOf(one)]);
    expect([verified.code, verified.err]).toEqual([1, expect.stringMatching(expected)]);
    expect(verified.err).toMatch(/chitieu rebuild --journal ghi lại nhật ký/);

    const mended = await runHere(["rebuild", "--journal", ...foldersOf(one)]);
    expect([mended.code, mended.err]).toEqual([0, ""]);
    expect(journalOf(one)).toEqual(before);
    expect((await runHere(["verify", ...foldersOf(one)])).code).toBe(0);
    expect((await rebuildLedger(one.paths, { replace: false })).result).toBe("equal");
    expect((await rebuildJournal(one.paths)).result).toBe("equal");
  },
);

test("what a kill kept from the ledger stays in a journal that is mended, and verify adds it", async () => {
  const one = await world();
  const before = readFileSync(one.paths.ledger);
  await send(one, { content: csvOf(["UB-03,Q4,,people,8,"]), received: "2024-12-23" });
  const whole = journalOf(one);
  writeFileSync(one.paths.ledger, before);
  rmSync(entry(one, 2));
  expect((await rebuildJournal(one.paths)).mended).toEqual(["000000000002-receipt.json"]);
  expect(journalOf(one)).toEqual(whole);
  expect((await verifyReports(one.paths, EVERYTHING)).faults).toEqual([]);
  expect((await rebuildLedger(one.paths, { replace: false })).result).toBe("equal");
});

test("where both are damaged a backup is what is left", async () => {
  const one = await world();
  truncateSync(one.paths.ledger, 20_000);
  rmSync(entry(one, 2));
  for (const command of [["rebuild"], ["rebuild", "--journal"]]) {
    const { code, err } = await runHere([...command, ...foldersOf(one)]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/chitieu (restore BẢN_SAO|rebuild dựng lại)/),
    ]);
  }
  const { err } = await runHere(["rebuild", ...foldersOf(one)]);
  expect(err).toMatch(/Nhật ký thiếu mục 2.* chitieu restore BẢN_SAO/);
});

test("a Parquet file of the journal that was lost is written again from the ledger", async () => {
  const folder = newFolder();
  const paths = warehousePaths(join(folder, "warehouse"));
  const catalogue = writeCountry(folder, 10);
  const file = join(folder, "readings.csv");
  await writeReadings(file, 10);
  const moment = new Date("2025-06-01T00:00:00Z");
  const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "test" };
  await withIntake(settings, async ({ ingest }) => {
    const sent = { file: "readings.csv", content: { path: file }, receivedAt: moment };
    await ingest({ ...sent, recordedAt: moment });
    // something that comes after it
    await ingest({ ...sent, content: { bytes: Buffer.from("no report") }, recordedAt: moment });
  });
  const part = "000000000001-reading.parquet";
  rmSync(join(paths.entries, part));
  expect((await rebuildJournal(paths)).mended).toContain(part);
  expect((await rebuildLedger(paths, { replace: false })).result).toBe("equal");
  await withLedger(paths, async () => undefined);
});

/** Everything of a warehouse, to see that nothing was touched. */
const contentOf = (paths: WarehousePaths): Record<string, string> =>
  Object.fromEntries(
    readdirSync(paths.folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path, readFileSync(path, "latin1")]),
  );

const alterLedger = ({ paths }: World, sql: string) => alter(paths.ledger, "ledger", sql);

const NEWER: [string, (world: World) => Promise<unknown>, RegExp][] = [
  [
    "a ledger of a newer version",
    (one) => alterLedger(one, "update ledger.ledger_schema set schema = 99; checkpoint ledger"),
    /Sổ tiếp nhận do bản chitieu mới hơn lập \(cấu trúc 99; bản này đọc được đến \d+\)\. Chưa thay đổi gì\./,
  ],
  [
    "a journal of a newer version, without its ledger",
    async (one) => {
      rmSync(one.paths.ledger);
      const path = entry(one, 1);
      writeFileSync(path, readFileSync(path, "utf8").replace(/"schema": \d+/, '"schema": 99'));
    },
    /Nhật ký do bản chitieu mới hơn ghi \(cấu trúc 99; bản này đọc được đến \d+\)\. Chưa thay đổi gì\./,
  ],
  [
    "a journal of an earlier version whose entries lack something, without its ledger",
    async (one) => {
      rmSync(one.paths.ledger);
      for (let gone = 0; gone < 3; gone += 1) rmSync(entry(one, 2));
      const path = entry(one, 1);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll('"unit_code"', '"form_version"'));
    },
    /000000000001-receipt\.json do một bản chitieu \(test\) ghi mà bản này không đọc được: .*unit_code.* Chưa thay đổi gì\./,
  ],
  [
    "a ledger of an earlier version, without a journal",
    async (one) => {
      await alterLedger(one, "drop table ledger.ledger_schema; checkpoint ledger");
      rmSync(one.paths.entries, { recursive: true });
    },
    /do bản chitieu cũ hơn lập, mà .* không có nhật ký để dựng lại\. Chưa thay đổi gì\./,
  ],
];

test.each(NEWER)("%s is refused, and nothing is written", async (_, make, expected) => {
  const one = await world();
  await make(one);
  const before = contentOf(one.paths);
  for (const command of ["status", "refresh", "rebuild", "verify"]) {
    const { code, err } = await runHere([command, ...foldersOf(one)]);
    if (command !== "rebuild" || /newer/.test(String(expected))) {
      expect([command, code, err]).toEqual([command, 1, expect.stringMatching(expected)]);
    }
    expect(contentOf(one.paths)).toEqual(before);
  }
});

test("a ledger of an earlier version is made again from the journal", async () => {
  const one = await world();
  await alterLedger(one, "drop table ledger.ledger_schema; alter table ledger.entry drop content");
  expect((await runHere(["refresh", ...foldersOf(one)])).code).toBe(0);
  expect((await rebuildJournal(one.paths)).result).toBe("equal");
});

test("ruined marts are made again by a build", async () => {
  const one = await world();
  const build = () => buildMarts({ ...one, asOf: null, set: fewModels() });
  await build();
  for (const [what, ruin] of RUINED) {
    ruin(shownMarts(one.paths.marts) ?? "");
    // of marts that can be read, nothing would be computed
    expect([what, (await build()).models]).toEqual([what, fewModels().models.length]);
  }
});

test("a warehouse that cannot be written is one line", async () => {
  const one = await world();
  const turn = join(one.paths.folder, "marts/turn.lock");
  mkdirSync(turn, { recursive: true });
  const { code, err } = await runHere(["build", ...foldersOf(one)]);
  expect(code).toBe(1);
  expect(err).not.toMatch(/lỗi của chương trình|^ +at /m);
});

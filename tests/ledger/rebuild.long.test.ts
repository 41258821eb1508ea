import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { appendEntries, nextNumber } from "../../pipelines/ledger/entry.ts";
import { attachLedgerForReading, withLedger } from "../../pipelines/ledger/ledger.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { acknowledgeFindings, explainFinding } from "../../pipelines/ledger/recorded-acts.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { alter } from "../asked.ts";
import { writeCountry, writeReadings } from "../bench/country.ts";
import { run } from "../cli/run.ts";
import { newFolder } from "../folders.ts";
import { csvOf, newWorld, send, sendOne, type World } from "../intake/given.ts";

const TABLES = [
  "entry",
  "receipt",
  "problem",
  "refusal",
  "submission",
  "reading",
  "acknowledgement",
  "explanation",
  "reminder",
  "publication",
  "publication_row",
  "erasure",
  "erased",
];

/** Every row that one of two ledgers holds and the other does not. */
async function differences(one: string, other: string): Promise<Record<string, number>> {
  return withConnection(async (connection) => {
    await attach(connection, one, "one", { readOnly: true });
    await attach(connection, other, "other", { readOnly: true });
    const found: Record<string, number> = {};
    for (const table of TABLES) {
      const [row] = await selectRows(
        connection,
        `select count(*) as rows from (
          (from one.${table} except all from other.${table})
          union all
          (from other.${table} except all from one.${table})
        )`,
      );
      if (Number(row?.rows) > 0) found[table] = Number(row?.rows);
    }
    return found;
  });
}

const RIGHT = csvOf(["UB-01,Q2,,people,5,", 'UB-01,Q2,,reached,3,"ghi chú ""x"" \\ $1"']);

/** A ledger with everything that can come into one; a copy of it lies beside. */
async function filledWorld(): Promise<World & { copy: string }> {
  const world = newWorld();
  const outcomes = await send(
    world,
    { content: RIGHT, received: "2030-06-01" },
    { content: RIGHT, received: "2030-06-02", file: "lần hai.csv" },
    { content: csvOf(["UB-01,Q2,,people,6,", "UB-01,Q2,,reached,,"]), received: "2030-06-03" },
    { content: csvOf(["UB-02,Q2,,people,trên 100,", "UB-09,Q2,,people,1,"]) },
    { content: "not a report" },
    { content: csvOf(["GD,Q2,01,pupils_reached,không phát sinh,", 'GD,Q2,,budget,"0,25",']) },
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    "accepted",
    "duplicate",
    "accepted",
    "refused",
    "refused",
    "accepted",
  ]);
  const recorded = (at: string) => ({ recordedAt: new Date(at), softwareVersion: "test" });
  const reason = "đã hỏi lại phường; đúng";
  const examined = { ...recorded("2030-07-01T03:00:00.123Z"), findingIds: ["abc"], reason };
  await acknowledgeFindings(world.paths, examined);
  const text = "tổ dân phố mới nhập";
  const explained = { ...recorded("2030-07-01T03:00:00.500Z"), findingId: "abc", text };
  const by = { way: "desk", account: "p2", name: "Phường Hai", role: "clerk" } as const;
  await explainFinding(world.paths, { ...explained, by });
  await withLedger(world.paths, async (connection) => {
    const rows = {
      publication: [
        {
          publication_no: await nextNumber(connection, "publication"),
          plan_id: "thu",
          period: "Q2",
          version: 1,
          class: "first",
          reason: "kỳ đầu",
          is_final: true,
          as_of: "2030-07-01T03:00:00Z",
          recorded_at: "2030-07-01T03:00:00Z",
          software_version: "test",
          plan_sha256: "a",
          inputs_sha256: "b",
          models_sha256: "c",
          lines_sha256: "d",
          sha256: "e",
        },
      ],
      publication_row: [
        { publication_no: 1, part: "line", row_no: 1, content: '{"value":"1.10"}' },
        { publication_no: 1, part: "line", row_no: 2, content: "{}" },
      ],
    };
    await appendEntries(connection, world.paths, "publication", [{ rows }]);
  });
  const copy = join(world.folder, "copy.duckdb");
  copyFileSync(world.paths.ledger, copy);
  return { ...world, copy };
}

const lose = ({ paths }: World): void => unlinkSync(paths.ledger);
const rebuild = (world: World, replace = false) => rebuildLedger(world.paths, { replace });

test("a ledger made from the archive alone is equal to the one that was lost, and goes on", async () => {
  const world = await filledWorld();
  lose(world);
  // what a plan says today has no say in what was taken in then
  rmSync(join(world.sources, "plans"), { recursive: true });
  expect(await rebuild(world)).toEqual({
    result: "made",
    aside: null,
    entries: 9,
    receipts: 6,
    readings: 6,
  });
  expect(await differences(world.paths.ledger, world.copy)).toEqual({});
  expect(readdirSync(world.paths.folder).sort()).toEqual(["archive", "ledger.duckdb", "replies"]);
  const next = await sendOne(world, { content: csvOf(["UB-02,Q2,,people,7,"]) });
  expect([next.outcome, next.receipt_no]).toEqual(["accepted", 7]);
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** 10 communes × 40 quarters × 30 measures in one file: too many readings for an entry itself. */
async function manyReadings(): Promise<WarehousePaths> {
  const folder = newFolder("chitieu-");
  folders.push(folder);
  const paths = warehousePaths(join(folder, "warehouse"));
  const catalogue = writeCountry(folder, 10);
  await writeReadings(join(folder, "readings.csv"), 10);
  const moment = new Date("2025-06-01T00:00:00Z");
  const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "test" };
  const { outcome } = await withIntake(settings, ({ ingest }) =>
    ingest({
      file: "readings.csv",
      content: { path: join(folder, "readings.csv") },
      receivedAt: moment,
      recordedAt: moment,
    }),
  );
  expect(outcome).toBe("accepted");
  return paths;
}

test("very many readings lie beside their entry, and come back the same", async () => {
  const paths = await manyReadings();
  expect(readdirSync(paths.entries)).toEqual([
    "000000000001-reading.parquet",
    "000000000001-receipt.json",
  ]);
  const copy = join(paths.folder, "copy.duckdb");
  copyFileSync(paths.ledger, copy);
  unlinkSync(paths.ledger);
  const { readings } = await rebuildLedger(paths, { replace: false });
  expect(readings).toBeGreaterThan(11_000);
  expect(await differences(paths.ledger, copy)).toEqual({});

  const part = join(paths.entries, "000000000001-reading.parquet");
  const bytes = readFileSync(part);
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  writeFileSync(part, bytes);
  unlinkSync(paths.ledger);
  await expect(rebuildLedger(paths, { replace: false })).rejects.toThrow(
    `${part} bị thiếu hoặc khác với khi ghi.`,
  );
});

const flip = (path: string): void => {
  const bytes = readFileSync(path);
  const at = bytes.length - 5;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

const entryOf = (world: World, number: number): string => {
  const name = readdirSync(world.paths.entries).find((one) => Number(one.slice(0, 12)) === number);
  return join(world.paths.entries, name ?? "");
};
const archivedOf = (world: World): string =>
  join(
    world.paths.archive,
    readdirSync(world.paths.archive).find((name) => /^[0-9a-f]{64}$/.test(name)) ?? "",
  );

/** What happened to the archive, and what is said of it. */
const DAMAGE: [string, (world: World) => void, RegExp][] = [
  [
    "an archived file that was changed",
    (world) => flip(archivedOf(world)),
    /archive\/[0-9a-f]{64}, nhận với tên .+\.csv và ghi ở mục \d, không còn như khi nhận: SHA-256 nay là [0-9a-f]{64}\./,
  ],
  [
    "an archived file that is missing",
    (world) => unlinkSync(archivedOf(world)),
    /^Không đọc được .*archive\/[0-9a-f]{64}, nhận với tên .+\.csv: không có tệp hoặc thư mục này/,
  ],
  [
    "an entry that is missing",
    (world) => unlinkSync(entryOf(world, 3)),
    /^Nhật ký thiếu mục 3: tiếp theo là 4\./,
  ],
  [
    "an entry that was changed",
    (world) => {
      const path = entryOf(world, 3);
      writeFileSync(path, readFileSync(path, "utf8").replace("6.0000", "7.0000"));
    },
    /^Mục 4 của nhật ký không nối tiếp mục trước/,
  ],
  [
    "an entry that is no JSON any more",
    (world) => truncateSync(entryOf(world, 3), 100),
    /000000000003-receipt\.json không phải một mục nhật ký/,
  ],
  [
    "no journal at all",
    (world) => rmSync(world.paths.entries, { recursive: true }),
    /entries không có nhật ký nên không có gì để dựng sổ tiếp nhận\. chitieu restore BẢN_SAO/,
  ],
];

test.each(DAMAGE)("%s is named, and no ledger is made", async (_, damage, expected) => {
  const world = await filledWorld();
  lose(world);
  damage(world);
  await expect(rebuild(world)).rejects.toThrow(expected);
  expect(readdirSync(world.paths.folder).sort()).toEqual(["archive", "replies"]);
});

test("a ledger that holds what the archive holds stays as it is", async () => {
  const world = await filledWorld();
  const before = readFileSync(world.paths.ledger);
  expect((await rebuild(world, true)).result).toBe("equal");
  expect(readFileSync(world.paths.ledger).equals(before)).toBe(true);
});

test("a ledger that can be read and differs is replaced only when told to, and kept", async () => {
  const world = await filledWorld();
  const altered = "update ledger.reading set value = 6 where value = 5";
  await alter(world.paths.ledger, "ledger", altered);
  await expect(rebuild(world)).rejects.toThrow(
    /đọc được, nhưng khác kho lưu trữ ở: reading \(6 hàng, từ kho lưu trữ 6\)\.\nTệp giữ nguyên\./,
  );
  expect(await differences(world.paths.ledger, world.copy)).toEqual({ reading: 2 });
  const { result, aside } = await rebuild(world, true);
  expect(result).toBe("replaced");
  expect(await differences(world.paths.ledger, world.copy)).toEqual({});
  expect(await differences(aside ?? "", world.copy)).toEqual({ reading: 2 });
});

const RUINED: [string, (ledger: string) => void][] = [
  ["overwritten", (ledger) => writeFileSync(ledger, "not a database")],
  ["cut short", (ledger) => truncateSync(ledger, 20_000)],
  [
    "with other bytes in the middle",
    (ledger) => {
      const bytes = readFileSync(ledger);
      writeFileSync(ledger, bytes.fill(0x5a, 12_288));
    },
  ],
];

test.each(RUINED)("a ledger %s is made again, and the ruin is kept", async (_, ruin) => {
  const world = await filledWorld();
  ruin(world.paths.ledger);
  appendFileSync(`${world.paths.ledger}.wal`, "what would be played into the new one");
  const { result, aside } = await rebuild(world);
  expect([result, existsSync(aside ?? "")]).toEqual(["replaced", true]);
  expect(existsSync(`${world.paths.ledger}.wal`)).toBe(false);
  expect(await differences(world.paths.ledger, world.copy)).toEqual({});
});

test.each([
  ["written to", async (world: World) => void (await sendOne(world, { content: RIGHT }))],
  [
    "read",
    (world: World) =>
      withConnection((connection) => attachLedgerForReading(connection, world.paths)),
  ],
])("a ledger that was lost is made again when it is next %s", async (_, open) => {
  const world = await filledWorld();
  lose(world);
  await open(world);
  const rows = await world.rows(
    "select count(*)::integer as entries from entry where entry_no <= 8",
  );
  expect(rows).toEqual([{ entries: 8 }]);
  expect((await rebuild(world)).result).toBe("equal");
});

test("entries that a kill kept from the ledger are added when it is next opened", async () => {
  const world = await filledWorld();
  const old = readFileSync(world.paths.ledger);
  await send(
    world,
    { content: csvOf(["UB-02,Q2,,people,7,"]) },
    { content: csvOf(["UB-03,Q4,,people,8,"]) },
  );
  copyFileSync(world.paths.ledger, world.copy);
  writeFileSync(world.paths.ledger, old);
  // half a file of an entry that never came about
  writeFileSync(join(world.paths.entries, ".staged-x"), "{");
  writeFileSync(join(world.paths.entries, "000000000012-reading.parquet"), "PAR1");
  await withLedger(world.paths, async () => undefined);
  expect(await differences(world.paths.ledger, world.copy)).toEqual({});
  expect(readdirSync(world.paths.entries)).toHaveLength(11);
});

test("a ledger that does not stand on the journal beside it is not written to", async () => {
  const [world, other] = [await filledWorld(), newWorld()];
  await sendOne(other, { content: csvOf(["UB-02,Q2,,people,9,"]) });
  copyFileSync(other.paths.ledger, world.paths.ledger);
  await expect(sendOne(world, { content: RIGHT })).rejects.toThrow(
    /kết thúc ở mục 1, mà nhật ký trong .*entries không có mục ấy như khi ghi/,
  );
});

test("chitieu rebuild says what it made", async () => {
  const world = await filledWorld();
  lose(world);
  const ended = await run(["rebuild", "--warehouse", world.paths.folder]);
  expect([ended.code, ended.err, ended.out]).toEqual([
    0,
    "",
    `Đã dựng ${world.paths.ledger} từ kho lưu trữ: 9 mục nhật ký, 6 phiếu, 6 số liệu.\n`,
  ]);
});

import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archivedPath } from "../../pipelines/ledger/archive.ts";
import { type BackupRequest, makeBackup } from "../../pipelines/ledger/backup.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newWorld, sendOne, type World, wholeCsvOf } from "../intake/given.ts";

const NOON = new Date("2024-06-08T05:00:00Z");

function requestOf({ paths, sources, folder }: World): BackupRequest {
  const to = join(folder, "backups");
  return { paths, sources, to, now: NOON, softwareVersion: "1.2.3", keep: null };
}

async function filledWorld(): Promise<World & { readonly sha256: string }> {
  const world = newWorld();
  const { sha256 } = await sendOne(world, { content: wholeCsvOf(["UB-01,Q2,,people,5,"]) });
  return { ...world, sha256 };
}

test("a ledger that was lost comes back from the backup as it was", async () => {
  const world = await filledWorld();
  writeFileSync(join(world.sources, "inbox", "waiting.csv"), "");
  const made = await makeBackup(requestOf(world));
  expect(made.folder).toBe(join(world.folder, "backups", "chitieu-20240608-120000"));
  expect(made).toMatchObject({ entries: 1, receipts: 1, readings: 8 });
  expect(readdirSync(made.folder).sort()).toEqual(["archive", "backup.json", "sources"]);
  expect(readdirSync(join(made.folder, "sources")).sort()).toEqual(["areas", "plans"]);
  expect(statSync(made.folder).mode & 0o077).toBe(0);
  const record: unknown = JSON.parse(readFileSync(join(made.folder, "backup.json"), "utf8"));
  expect(record).toMatchObject({
    schema: 2,
    made_at: "2024-06-08 12:00:00",
    software_version: "1.2.3",
  });

  const other = warehousePaths(join(world.folder, "other"));
  cpSync(join(made.folder, "archive"), other.archive, { recursive: true });
  expect(await rebuildLedger(other, { replace: false })).toMatchObject({
    result: "made",
    readings: 8,
  });
  // what was rebuilt is what stands: of the first warehouse the rebuilding finds nothing to do
  rmSync(world.paths.archive, { recursive: true });
  cpSync(join(made.folder, "archive"), world.paths.archive, { recursive: true });
  expect(await rebuildLedger(world.paths, { replace: false })).toMatchObject({ result: "equal" });
});

test("an office that has recorded nothing yet is backed up with what its desk keeps", async () => {
  const world = newWorld();
  mkdirSync(world.paths.archive, { recursive: true });
  mkdirSync(join(world.paths.desk, "sessions"), { recursive: true });
  writeFileSync(join(world.paths.desk, "office.json"), "{}");
  writeFileSync(join(world.paths.desk, "sessions", "one.json"), "{}");
  const { entries, files } = await makeBackup(requestOf(world));
  expect(entries).toBe(0);
  expect(files.map(({ path }) => path).filter((path) => !path.startsWith("sources/"))).toEqual([
    "desk/office.json",
  ]);
});

const SPOILT: [what: string, spoil: (world: World, sha256: string) => void, expected: RegExp][] = [
  [
    "a received file was changed",
    ({ paths }, sha256) => appendFileSync(archivedPath(paths, sha256), "x"),
    /^archive\/[0-9a-f]{64} không còn như khi nhận/,
  ],
  [
    "a received file is missing",
    ({ paths }, sha256) => rmSync(archivedPath(paths, sha256)),
    /không có tệp hoặc thư mục này/,
  ],
  [
    "an entry of the journal was changed",
    ({ paths }) => {
      const [entry = ""] = readdirSync(paths.entries);
      writeFileSync(join(paths.entries, entry), "{}");
    },
    /không phải một mục nhật ký/,
  ],
];

test.each(SPOILT)(
  "where %s there is no new backup, and the old one stays",
  async (_, spoil, expected) => {
    const world = await filledWorld();
    const before = await makeBackup(requestOf(world));
    spoil(world, world.sha256);
    const later = { ...requestOf(world), now: new Date(NOON.getTime() + 1000), keep: 1 };
    await expect(makeBackup(later)).rejects.toThrow(expected);
    expect(readdirSync(later.to)).toEqual(["chitieu-20240608-120000"]);
    expect(existsSync(before.folder)).toBe(true);
  },
);

test("of several backups the newest are kept, and nothing that is none is touched", async () => {
  const world = await filledWorld();
  const request = requestOf(world);
  mkdirSync(join(request.to, "chitieu-20200101-000000"), { recursive: true });
  writeFileSync(join(request.to, "notes.txt"), "");
  for (const second of [0, 1, 2]) {
    const now = new Date(NOON.getTime() + second * 1000);
    await makeBackup({ ...request, now, keep: 2 });
  }
  expect(readdirSync(request.to).sort()).toEqual([
    "chitieu-20200101-000000",
    "chitieu-20240608-120001",
    "chitieu-20240608-120002",
    "notes.txt",
  ]);
});

test("a folder in the warehouse is refused, also behind a link", async () => {
  const world = await filledWorld();
  const link = join(world.folder, "link");
  symlinkSync(world.paths.folder, link);
  for (const to of [world.paths.folder, join(world.paths.folder, "a", "b"), join(link, "c")]) {
    await expect(makeBackup({ ...requestOf(world), to })).rejects.toThrow(/nằm trong kho dữ liệu/);
  }
  // a name that only begins like it is another folder
  await makeBackup({ ...requestOf(world), to: `${world.paths.folder}-backups` });
});

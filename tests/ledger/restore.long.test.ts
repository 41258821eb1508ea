import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Accounts } from "../../pipelines/desk/accounts/accounts.ts";
import { Sessions } from "../../pipelines/desk/accounts/sessions.ts";
import { SystemKeys } from "../../pipelines/desk/accounts/system-keys.ts";
import { ActLog } from "../../pipelines/desk/kept/act-log.ts";
import { type BackupRequest, makeBackup } from "../../pipelines/ledger/backup.ts";
import { provenFile } from "../../pipelines/ledger/proven.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { runHere, start } from "../cli/run.ts";
import { csvOf, newWorld, send, sendOne, type World } from "../intake/given.ts";

const PASSWORD = "cây đa bến nước";
const OF_AN_ACT = { act: "đăng nhập", about: "", address: "10.0.0.7" };
const NOW = new Date("2024-12-24T05:00:00Z");
const STAMP = "chitieu-20241224-120000";

const requestOf = ({ paths, sources, folder }: World): BackupRequest => ({
  paths,
  sources,
  to: join(folder, "backups"),
  now: NOW,
  softwareVersion: "test",
  keep: null,
});

const report = (unit: string, people: string) => ({
  content: csvOf([`${unit},Q2,,people,${people},`]),
  received: "2024-12-20",
});

async function filledWorld(): Promise<World> {
  const world = newWorld("2024");
  await send(world, report("UB-01", "5"), report("UB-02", "trên 7"));
  return world;
}

const chitieu = (world: World, ...args: string[]) =>
  runHere([...args, "--sources", world.sources, "--warehouse", world.paths.folder]);

const receipts = (world: World) =>
  world.rows("select receipt_no::integer as no, outcome, sha256 from receipt order by 1");

test("a machine that was lost comes back with one command: plans, archive, ledger, replies, desk", async () => {
  const world = await filledWorld();
  const { desk } = world.paths;
  const accounts = new Accounts(desk);
  const facts = { name: "an", shownName: "An", role: "staff", units: [] } as const;
  await accounts.invite(facts, NOW);
  const invited = await accounts.find("an");
  if (invited === null) throw new Error("nobody was invited");
  await accounts.takeUp(invited, PASSWORD);
  const session = await new Sessions(desk).begin("an", new Date());
  await new ActLog(desk).add({ at: NOW.toISOString(), account: "an", ...OF_AN_ACT });
  const kept = await accounts.list();
  const before = await receipts(world);
  const replies = readdirSync(world.paths.replies);
  const { folder } = await makeBackup(requestOf(world));
  for (const lost of [world.paths.folder, world.sources]) rmSync(lost, { recursive: true });

  const { code, out, err } = await chitieu(world, "restore", folder);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(
    /đã trở lại như khi sao lưu lúc 2024-12-24 12:00:00: 2 mục nhật ký, 2 phiếu, 1 số liệu/,
  );
  expect(out).toMatch(/tài khoản vào được: an\n.*Xem lại: tài khoản hoặc mã nào đã bị khóa/);
  expect(await receipts(world)).toEqual(before);
  expect(readdirSync(world.paths.replies)).toEqual(replies);
  expect((await rebuildLedger(world.paths, { replace: false })).result).toBe("equal");
  expect((await chitieu(world, "refresh")).code).toBe(0);
  const { out: verified } = await chitieu(world, "verify");
  expect(verified).toContain("nhật ký việc ở bàn làm việc: đúng, 1 việc");
  expect(await new Accounts(desk).list()).toEqual(kept);
  expect(statSync(desk).mode & 0o077).toBe(0);
  expect(await new Sessions(desk).find(session, new Date())).toBeNull();
});

test("what is there is replaced only when told to, and kept; plans that were changed stay", async () => {
  const world = await filledWorld();
  const { folder } = await makeBackup(requestOf(world));
  await sendOne(world, report("UB-03", "9"));
  const plan = join(world.sources, "plans", "thu.yaml");
  appendFileSync(plan, "# changed since\n");
  truncateSync(world.paths.ledger, 20_000);
  // the backup holds no desk: the one that is there stays
  const mine = join(world.paths.desk, "office.json");
  mkdirSync(world.paths.desk);
  writeFileSync(mine, "{}");

  const refused = await chitieu(world, "restore", folder);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/Đã có .*--replace/)]);
  writeFileSync(provenFile(world.paths), "{}");
  const { code, out } = await chitieu(world, "restore", folder, "--replace");
  // what was proven was so of what was there
  expect([code, existsSync(provenFile(world.paths))]).toEqual([0, false]);
  expect(out).toMatch(
    /kho cũ được giữ ở .*before-restore-\d+-\w+; 1 tệp trong archive\/ của kho cũ nhận sau/,
  );
  expect(out).toContain(`${plan} khác với bản sao lưu; giữ nguyên`);
  expect(await receipts(world)).toHaveLength(2);
  expect(readFileSync(mine, "utf8")).toBe("{}");
  const aside = readdirSync(world.paths.folder).find((name) => name.startsWith("before-restore-"));
  expect(existsSync(join(world.paths.folder, aside ?? "", "archive", "entries"))).toBe(true);
});

test.each([
  ["on a machine that is there", false],
  ["on an empty one, by a later backup", true],
])(
  "an account that was locked since, and a key that was revoked, do not come in again %s",
  async (_, isLost) => {
    const world = await filledWorld();
    const [accounts, keys] = [new Accounts(world.paths.desk), new SystemKeys(world.paths.desk)];
    for (const name of ["an", "hoa"]) {
      await accounts.invite({ name, shownName: name, role: "leader", units: [] }, NOW);
    }
    const facts = { units: [], audience: "shared", perMinute: 1, mib: 1, by: "an" } as const;
    const [{ key }] = [await keys.make({ name: "Kho", ...facts }, NOW)];
    const { folder } = await makeBackup(requestOf(world));
    const hoa = await accounts.find("hoa");
    if (hoa === null) throw new Error("nobody was invited");
    // under another name by then
    await accounts.rename(hoa, "hoa.b", "hoa");
    await accounts.setDisabled((await accounts.find("hoa.b")) ?? hoa, true);
    await keys.revoke(key, "an", NOW);
    if (isLost) {
      await makeBackup({ ...requestOf(world), now: new Date(NOW.getTime() + 1000) });
      rmSync(world.paths.folder, { recursive: true });
    }
    const { out } = await chitieu(world, "restore", folder, "--replace");
    expect(out).toContain(`nay vẫn vậy: hoa, ${key.id} Kho\n  tài khoản vào được: an\n`);
    expect(out).not.toContain("mã truy cập còn hiệu lực");
    expect([(await accounts.find("hoa"))?.is_disabled, (await keys.find(key.id))?.revoked]).toEqual(
      [true, { at: NOW.toISOString(), by: "an" }],
    );
    const acts = new ActLog(world.paths.desk);
    await acts.takeLeft();
    const [month = ""] = await acts.months();
    expect(await acts.of(month)).toMatchObject([
      { act: "khôi phục bản sao lưu", about: `2024-12-24 12:00:00, hoa, ${key.id} Kho` },
    ]);
  },
);

test("a backup that is not whole changes nothing", async () => {
  const world = await filledWorld();
  const { folder } = await makeBackup(requestOf(world));
  const before = await receipts(world);
  const [entry = ""] = readdirSync(join(folder, "archive", "entries"));
  appendFileSync(join(folder, "archive", "entries", entry), " ");
  const spoilt = await chitieu(world, "restore", folder, "--replace");
  expect([spoilt.code, spoilt.err]).toEqual([
    1,
    expect.stringMatching(/không còn như khi sao lưu\. Chưa thay đổi gì/),
  ]);
  const none = await chitieu(world, "restore", world.sources, "--replace");
  expect([none.code, none.err]).toEqual([2, expect.stringMatching(/không phải bản sao lưu/)]);
  expect(await receipts(world)).toEqual(before);
  expect(readdirSync(world.paths.folder).filter((name) => /restor/.test(name))).toEqual([]);
});

test("received files that are missing or damaged are put back by themselves", async () => {
  const world = await filledWorld();
  const { folder } = await makeBackup(requestOf(world));
  const [one = "", other = ""] = readdirSync(world.paths.archive).filter((name) =>
    /^[0-9a-f]{64}$/.test(name),
  );
  rmSync(join(world.paths.archive, one));
  appendFileSync(join(world.paths.archive, other), "x");
  await expect(rebuildLedger(world.paths, { replace: false })).rejects.toThrow(
    /chitieu restore BẢN_SAO --files trả lại tệp từ bản sao lưu/,
  );
  const { out } = await chitieu(world, "restore", folder, "--files");
  expect(out).toMatch(/^đã trả lại 2 tệp/);
  expect((await rebuildLedger(world.paths, { replace: false })).result).toBe("equal");
});

test("a slow copy while files are taken in is one that can be restored, and so is a quick one", async () => {
  const world = newWorld("2024");
  // so long ago that no clock is asked about
  const received = new Date(Date.now() - 3_600_000).toISOString();
  await send(world, { ...report("UB-01", "1"), received });
  const [RUNS, FILES] = [2, 8];
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  let isOver = false;
  const takingIn = (async (): Promise<void> => {
    for (let run = 0; run < RUNS; run += 1) {
      const files = Array.from({ length: FILES }, (_, index) => {
        const number = run * FILES + index + 2;
        const path = join(world.folder, `${number}.csv`);
        writeFileSync(path, csvOf([`UB-0${(number % 2) + 1},Q2,,people,${number},`]));
        return path;
      });
      const { child, ended } = start(["ingest", ...files, ...folders]);
      onTestFinished(() => {
        child.kill("SIGKILL");
      });
      expect((await ended).code).toBe(0);
    }
  })().finally(() => {
    isOver = true;
  });
  const entries = () => readdirSync(world.paths.entries).length;
  const backups: { entries: number; after: number; folder: string }[] = [];
  for (let number = 0; !isOver; number += 1) {
    const now = new Date(NOW.getTime() + number * 1000);
    const begun = entries();
    // every other one is so slow that files come in after the journal was copied, with the plans
    const onCopied = async (path: string): Promise<void> => {
      const isSlow = number % 2 === 0 && path.startsWith("plans");
      while (isSlow && !isOver && entries() === begun) await sleep(20);
    };
    const made = await makeBackup({ ...requestOf(world), now, onCopied });
    backups.push({ entries: made.entries, folder: made.folder, after: entries() });
  }
  await takingIn;
  // of one at least files came in while it was copied
  expect(backups.some((made) => made.entries < made.after)).toBe(true);
  // some of both: how many were made depends on the machine
  const [slow, quick] = [
    backups.filter((made) => made.entries < made.after),
    backups.filter((made) => made.entries === made.after),
  ];
  for (const made of [...slow.slice(0, 3), ...slow.slice(-1), ...quick.slice(0, 2)]) {
    const other = {
      ...world,
      paths: warehousePaths(join(world.folder, `other-${made.entries}-${made.after}`)),
    };
    const { code, err } = await chitieu(other, "restore", made.folder, "--replace");
    expect([code, err]).toEqual([0, ""]);
    expect((await rebuildLedger(other.paths, { replace: false })).entries).toBe(made.entries);
  }
  const last = await makeBackup({ ...requestOf(world), now: new Date(NOW.getTime() + 3_600_000) });
  expect([last.entries, existsSync(join(last.folder, "backup.json"))]).toEqual([
    RUNS * FILES + 1,
    true,
  ]);
});

test("a watch that runs is ended first", async () => {
  const world = await filledWorld();
  const { folder } = await makeBackup(requestOf(world));
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  const { child } = start(["watch", ...folders]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  while (!existsSync(world.paths.watch)) await sleep(100);
  const { code, err } = await chitieu(world, "restore", folder, "--replace");
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/Tiếp nhận tự động của kho này đang chạy \(tiến trình \d+\)/),
  ]);
  expect(readFileSync(world.paths.watch, "utf8")).toContain('"waiting"');
  expect(STAMP).toBe(folder.split("/").at(-1));
});

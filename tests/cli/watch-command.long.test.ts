import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../../pipelines/cli/context.ts";
import { watchSources } from "../../pipelines/cli/watch.ts";
import { rowsIn } from "../asked.ts";
import { causesOf, csvOf, inboxNames, newWorld, systemUser, type World } from "../intake/given.ts";
import { foldersOf, runIn, start } from "./run.ts";
import { shiftedClock } from "./shifted-clock.ts";

const HOLDER = fileURLToPath(new URL("../ledger/hold-ledger.ts", import.meta.url));

const put = (world: World, name: string, ...lines: string[]): void =>
  writeFileSync(join(world.sources, "inbox", name), csvOf(lines));

interface Watched {
  readonly child: ChildProcess;
  readonly ended: ReturnType<typeof start>["ended"];
  /** Everything that was said so far. */
  output(): string;
  /** Waits until something has been said. */
  until(pattern: RegExp): Promise<void>;
}

/** Starts a watch without pages, which ends with the test. */
function watch(world: World): Watched {
  const { child, ended } = start(["watch", ...foldersOf(world)]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (part: string) => {
      text += part;
    });
  }
  const until = async (pattern: RegExp): Promise<void> => {
    for (let tries = 0; tries < 900 && !pattern.test(text); tries += 1) await sleep(100);
    expect(text).toMatch(pattern);
  };
  return { child, ended, output: () => text, until };
}

const statusOf = async (world: World): Promise<string> => (await runIn(world, "status")).out;

test("watch takes in each file that comes, says what it cannot do, and ends when asked", async () => {
  const world = newWorld("2024");
  const { child, ended, output, until } = watch(world);
  await until(/đang theo dõi /);
  expect(existsSync(world.paths.marts)).toBe(true);

  put(world, "a.csv", "UB-01,Q2,,people,5,");
  await until(/đã nhận +a\.csv.*số liệu: /s);
  // left in the inbox, where it is said once
  mkdirSync(join(world.sources, "inbox", "a folder"));
  put(world, "b.csv", "UB-01,Q2,,people,not a number,");
  await until(/trả lại +b\.csv.*số liệu: /s);
  expect(await statusOf(world)).toMatch(
    /^TIẾP NHẬN TỰ ĐỘNG ĐANG CHỜ:\n {2}a folder \(từ [^)]+\): không phải tệp; .*\. Xử lý tiếp khi có thay đổi\.\n/,
  );
  put(world, "c.csv", "UB-02,Q2,,people,7,");
  await until(/đã nhận +c\.csv.*số liệu: /s);
  await sleep(2500);
  expect(output().match(/số liệu: /g)?.length).toBe(4);
  expect(output().match(/a folder: không phải tệp/g)?.length).toBe(1);
  expect(inboxNames(world)).toEqual(["a folder"]);
  expect(causesOf(world)).toEqual(Array(3).fill(systemUser("folder")));

  child.kill("SIGTERM");
  expect((await ended).code).toBe(1);
  expect(existsSync(world.paths.watch)).toBe(false);
  expect(await statusOf(world)).not.toMatch(/TỰ ĐỘNG/);
});

test("what is ready is taken in while other things still arrive", async () => {
  const world = newWorld("2024");
  const { until, output } = watch(world);
  await until(/đang theo dõi /);
  const growing = join(world.sources, "inbox", "growing.csv");
  let isWhole = false;
  const copying = setInterval(() => appendFileSync(growing, "x,"), 200);
  onTestFinished(() => clearInterval(copying));
  for (const [name, unit] of [
    ["a", "UB-01"],
    ["b", "UB-02"],
  ] as const) {
    put(world, `${name}.csv`, `${unit},Q2,,people,5,`);
    await until(new RegExp(`đã nhận +${name}\\.csv.*số liệu: `, "s"));
    expect(isWhole).toBe(false);
  }
  clearInterval(copying);
  isWhole = true;
  writeFileSync(`${growing}.new`, csvOf(["UB-03,Q4,,people,5,"]));
  renameSync(`${growing}.new`, growing);
  await until(/đã nhận +growing\.csv/);
  expect(output()).not.toMatch(/growing\.csv:/);
});

test("what failed is tried again by itself, and status says since when and for what", async () => {
  const world = newWorld("2024");
  const { child, until } = watch(world);
  await until(/đang theo dõi /);
  const holder = spawn(process.execPath, ["--import", "tsx", HOLDER, world.paths.folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    holder.kill("SIGKILL");
  });
  if (holder.stdout !== null) await once(holder.stdout, "data");
  put(world, "a.csv", "UB-01,Q2,,people,5,");
  await until(/Tiếp nhận báo cáo: .*ledger\.duckdb đang do tiến trình \d+.*\n +Thử lại sau 5 giây/);
  await sleep(600);
  const status = statusOf(world);
  holder.kill("SIGKILL");
  expect(await status).toMatch(
    /TIẾP NHẬN TỰ ĐỘNG ĐANG CHỜ:\n {2}Tiếp nhận báo cáo \(từ \d\d:\d\d [\d/]+\): .*đang do tiến trình \d+.* Thử lại lúc/,
  );
  // nothing has changed in any folder
  await until(/đã nhận +a\.csv.*số liệu: /s);

  // areas that cannot be read keep files waiting, until they can
  const areas = join(world.sources, "areas", "areas.csv");
  renameSync(areas, `${areas}.away`);
  writeFileSync(areas, "x\n1\n");
  put(world, "b.csv", "UB-02,Q2,,people,5,");
  await until(/Đọc kế hoạch và địa bàn: .*areas\.csv/);
  expect(await statusOf(world)).not.toMatch(/đã nhận/);
  renameSync(`${areas}.away`, areas);
  await until(/đã nhận +b\.csv.*số liệu: /s);

  // a plan that cannot be read keeps none waiting: it is followed as it was
  const plan = join(world.sources, "plans", "thu.yaml");
  writeFileSync(plan, "id: [");
  await until(
    /thu\.yaml: 1 lỗi\. .* vẫn theo bản không có lỗi gần nhất.*số liệu: không có gì mới/s,
  );

  // the marts cannot be written: no reason to keep a file waiting
  const turn = join(world.paths.folder, "marts/turn.lock");
  renameSync(turn, `${turn}.away`);
  mkdirSync(turn);
  put(world, "c.csv", "UB-03,Q4,,people,5,");
  await until(/đã nhận +c\.csv/);
  await until(/số liệu: [^đ]/);
  rmdirSync(turn);
  await until(/đã nhận +c\.csv.*số liệu: đã tính \d/s);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await statusOf(world)).toMatch(/^TIẾP NHẬN TỰ ĐỘNG ĐÃ DỪNG ĐỘT NGỘT/);
}, 900_000);

test("what a command puts down is in the marts of a watch that runs", async () => {
  const world = newWorld("2024");
  const { until } = watch(world);
  await until(/đang theo dõi /);
  const file = join(world.folder, "a.csv");
  writeFileSync(file, csvOf(["UB-01,Q2,,people,5,"]));
  await runIn(world, "ingest", file);
  await until(/số liệu: .*\n(.*\n)*.*số liệu: đã tính \d+/);
  const sql = "select count(*)::integer as n from marts.submission";
  const received = await rowsIn(world.paths.marts, sql);
  expect(received).toEqual([{ n: 1 }]);
});

test("a new day begins by itself: what is late, closed or due changes with it", async () => {
  const world = newWorld("2024");
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2024-06-10T16:59:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const ending = new AbortController();
  const nothing = (): void => undefined;
  const context: Context = {
    ...{ out: nothing, warn: nothing, progress: nothing, step: nothing, refuse: nothing },
  };
  const watching = watchSources({ ...world, signal: ending.signal }, context);
  const dayOfMarts = async (): Promise<string> => {
    if (!existsSync(world.paths.marts)) return "";
    const [row] = await rowsIn(world.paths.marts, "select as_of from marts.plan limit 1");
    return String(row?.as_of).slice(0, 10);
  };
  const until = async (day: string): Promise<void> => {
    for (let tries = 0; tries < 300 && (await dayOfMarts()) !== day; tries += 1) await sleep(100);
    expect(await dayOfMarts()).toBe(day);
  };
  await until("2024-06-10");
  // midnight in the office is five in the afternoon of the day before in UTC
  vi.setSystemTime(new Date("2024-06-10T17:00:30Z"));
  await until("2024-06-11");
  ending.abort();
  await watching;
});

test("what comes under a clock that is ahead waits in the inbox, and is taken in once it is set", async () => {
  const clock = shiftedClock();
  const world = newWorld("2024");
  const { ended, child, until } = watch(world);
  await until(/đang theo dõi/);
  put(world, "mot.csv", "UB-01,Q2,,people,5,");
  await until(/mot\.csv/);
  clock.set(48);
  put(world, "hai.csv", "UB-02,Q2,,people,6,");
  await until(/hai\.csv.*chờ trong thư mục nhận.*đồng hồ máy đi trước quá xa/);
  expect(inboxNames(world)).toContain("hai.csv");
  clock.set(0);
  await until(/đã nhận +hai\.csv/);
  // once a year ahead: what was left then is not put off until that year
  clock.set(24 * 365);
  put(world, "ba.csv", "UB-01,Q3,,people,7,");
  await until(/ba\.csv.*chờ trong thư mục nhận/);
  clock.set(0);
  await until(/đã nhận +ba\.csv/);
  child.kill("SIGTERM");
  await ended;
});

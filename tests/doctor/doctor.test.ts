import { chmodSync, cpSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Diagnosis } from "../../pipelines/doctor/diagnosis.ts";
import { examineMachine } from "../../pipelines/doctor/machine.ts";
import { examineSources } from "../../pipelines/doctor/sources.ts";
import { examineWarehouse } from "../../pipelines/doctor/warehouse.ts";
import { archivedPath } from "../../pipelines/ledger/archive.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { run } from "../cli/run.ts";
import { csvOf, newWorld, sendOne, type World } from "../intake/given.ts";

/** An hour ago: a clock that is years from the last entry is asked about. */
const RECEIVED = new Date(Date.now() - 3_600_000);
const RIGHT = csvOf(["UB-01,Q2,,people,5,"]);

let whole: World & { readonly sha256: string };
beforeAll(async () => {
  const world = newWorld();
  const { sha256 } = await sendOne(world, { content: RIGHT, received: RECEIVED.toISOString() });
  whole = { ...world, sha256 };
});

/** A warehouse with one accepted file, and what was built of it a minute later. */
function filledWorld(): World & { readonly sha256: string } {
  const world = newWorld();
  cpSync(whole.paths.folder, world.paths.folder, { recursive: true });
  writeFileSync(world.paths.marts, "");
  age(world.paths.marts, 60);
  return { ...world, sha256: whole.sha256 };
}

/** Dates a file so many seconds after the file was taken in. */
function age(file: string, seconds: number): void {
  const moment = RECEIVED.getTime() / 1000 + seconds;
  utimesSync(file, moment, moment);
}

function problems(findings: readonly Diagnosis[]): string[] {
  return findings.filter(({ state }) => state === "problem").map(({ found }) => found);
}

describe("a warehouse", () => {
  test("that is whole has no problem", async () => {
    const { paths } = filledWorld();
    const findings = await examineWarehouse(paths.folder, true);
    expect(problems(findings)).toEqual([]);
    expect(findings.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "folder ok",
      "ledger ok",
      "archive ok",
      "clock ok",
      "marts ok",
    ]);
  });

  const BROKEN: [what: string, found: RegExp, breakIt: (world: World, sha256: string) => void][] = [
    [
      "a received file is gone",
      /^thiếu 1\/1 tệp đã nhận, như \S+\.csv \([0-9a-f]{64}\)$/,
      ({ paths }, sha256) => rmSync(archivedPath(paths, sha256)),
    ],
    [
      "the journal is gone",
      /^sổ tiếp nhận có 1 mục đến số 1, nhật ký có 0 mục đến số 0$/,
      ({ paths }) => renameSync(paths.entries, `${paths.archive}/.moved`),
    ],
    [
      "the ledger is gone",
      /^không có \S+ledger\.duckdb, mà kho lưu trữ có 1 mục nhật ký$/,
      ({ paths }) => rmSync(paths.ledger),
    ],
    [
      "the ledger is no database",
      /^không đọc được \S+ledger\.duckdb: /,
      ({ paths }) => writeFileSync(paths.ledger, "x".repeat(20_000)),
    ],
    [
      "the marts are older than the last file",
      /^tính lúc .*; tệp cuối được nhận lúc /,
      ({ paths }) => age(paths.marts, -3600),
    ],
  ];
  test.each(BROKEN)("of which %s", async (_, found, breakIt) => {
    const world = filledWorld();
    breakIt(world, world.sha256);
    const all = problems(await examineWarehouse(world.paths.folder, true));
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(found);
  });

  test("that another process holds is not waited for", async () => {
    const { paths } = filledWorld();
    // a process of its own: one that holds a file is not kept from it itself
    const found = await withLedger(
      paths,
      async () => await run(["doctor", "--warehouse", paths.folder]),
    );
    expect(found.out).toMatch(
      new RegExp(`lưu ý +kho dữ liệu sổ tiếp nhận: .* đang do tiến trình ${process.pid} `),
    );
    expect(found.out).toMatch(/phần đang giữ chưa được kiểm tra/);
  });

  test("of another user says so", async () => {
    const { paths, folder } = filledWorld();
    for (const one of [folder, paths.folder]) chmodSync(one, 0o755);
    if (process.getuid?.() !== 0) return;
    const sources = ["--sources", join(folder, "sources")];
    const found = await run(["doctor", "--warehouse", paths.folder, ...sources], { uid: 65534 });
    expect(found.out).toMatch(
      /vấn đề +kho dữ liệu thư mục: người dùng này không có quyền đọc hoặc ghi /,
    );
    expect(found.code).toBe(1);
  });

  test("may be missing only where nobody named it", async () => {
    const { paths } = newWorld();
    expect(problems(await examineWarehouse(paths.folder, false))).toEqual([]);
    expect(problems(await examineWarehouse(paths.folder, true))).toEqual([
      `${paths.folder} không phải kho dữ liệu: không có thư mục này`,
    ]);
  });
});

describe("sources", () => {
  test("that can be read have no problem, and waiting files are counted", async () => {
    const { sources, paths } = newWorld();
    expect(problems(await examineSources(sources, paths))).toEqual([]);
    writeFileSync(join(sources, "inbox", "a.csv"), RIGHT);
    const inbox = (await examineSources(sources, paths)).find(({ what }) => what === "inbox");
    expect(inbox).toMatchObject({ state: "note", found: "1 tệp đang chờ" });
  });

  test("with a wrong plan name file and field", async () => {
    const { sources, paths } = newWorld();
    writeFileSync(join(sources, "plans", "wrong.yaml"), "schema: 9\n");
    expect(problems(await examineSources(sources, paths))[0]).toMatch(
      /wrong\.yaml:1: schema: ghi “9”: phải là 2/,
    );
  });
});

test("this machine has what it needs, and a folder that is not there yet is no obstacle", async () => {
  const findings = await examineMachine("/none/of/this");
  expect(findings.map(({ what }) => what)).toEqual([
    "node",
    "engine",
    "time zone",
    "memory",
    "disk",
    "pages",
  ]);
  for (const what of ["node", "engine", "time zone", "pages"]) {
    expect(findings.find((one) => one.what === what)?.state, what).toBe("ok");
  }
});

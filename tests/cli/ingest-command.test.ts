import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TIMELINESS } from "../../pipelines/vocabulary/words.ts";
import {
  causesOf,
  csvOf,
  inboxNames,
  newWorld,
  systemUser,
  type World,
  wholeCsvOf,
} from "../intake/given.ts";
import { foldersOf, run, runIn } from "./run.ts";

async function expectOnTime(world: World): Promise<void> {
  const { out } = await runIn(world, "status", "Q2");
  const line = `UBND phường Một ${TIMELINESS.on_time.word} 10:00 08/6/2024`;
  expect(out.replace(/ +/g, " ")).toContain(line);
}

/** Writes a file with one reading. */
function fileOf(world: World, name: string, people: number): string {
  const file = join(world.folder, name);
  writeFileSync(file, wholeCsvOf([`UB-01,Q2,,people,${people},`]));
  return file;
}

test("ingest leaves the file, puts the moment down that is given, and prints JSON when asked", async () => {
  const world = newWorld("2024");
  const file = fileOf(world, "a.csv", 5);
  const ended = await runIn(world, "ingest", file, "--received", "2024-06-08T10:00", "--json");
  expect(JSON.parse(ended.out)).toMatchObject({
    outcomes: [{ file: "a.csv", outcome: "accepted", receipt_no: 1, problems: [], reply: null }],
    left: [],
  });
  expect(readdirSync(world.folder)).toContain("a.csv");
  expect(
    await world.rows(
      "select received_at::varchar as received_at, recorded_at > received_at as is_later from receipt",
    ),
  ).toEqual([{ received_at: "2024-06-08 10:00:00+07", is_later: true }]);
  await expectOnTime(world);
});

test("a moment that was put down wrongly is corrected with --again", async () => {
  const world = newWorld("2024");
  const file = fileOf(world, "a.csv", 5);
  const ingest = (...more: string[]) => runIn(world, "ingest", file, ...more);
  await ingest("--received", "2024-07-08T10:00");
  expect((await ingest("--received", "2024-06-08T10:00")).out).toBe(
    "đã có     a.csv: đã nhận tệp giống hệt (nhận lúc 2024-07-08 10:00:00); không có gì thay đổi. Muốn ghi nhận lại với thời điểm đã nêu, chạy lại với --again\n",
  );
  expect((await ingest("--received", "2024-06-08T10:00", "--again")).out).toMatch(/^đã nhận/);
  expect((await ingest()).out).toMatch(/không có gì thay đổi[^\n]*\n$/);
  await expectOnTime(world);
});

test("refresh empties the inbox and says what was refused", async () => {
  const world = newWorld("2024");
  const inbox = join(world.sources, "inbox");
  writeFileSync(join(inbox, "a.csv"), wholeCsvOf(["UB-01,Q2,,people,5,"]));
  writeFileSync(join(inbox, "b.csv"), csvOf(["UB-02,Q2,,people,x,"]));
  const ended = await runIn(world, "refresh");
  expect(ended.out).toMatch(/thư mục nhận tệp: 1 đã nhận, 1 trả lại/);
  expect(ended.code).toBe(1);
  expect(inboxNames(world)).toEqual([]);
  expect(readdirSync(world.paths.replies)).toHaveLength(1);
  expect(causesOf(world)).toEqual(causesOf(world).map(() => systemUser("command")));
});

test("a folder that may not be written is one line, not a stack", async () => {
  const world = newWorld("2024");
  const file = fileOf(world, "a.csv", 5);
  mkdirSync(world.paths.folder);
  chmodSync(world.folder, 0o755);
  chmodSync(world.paths.folder, 0o555);
  // a superuser may write anywhere, so the program runs as nobody
  const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const ended = await run(["ingest", file, ...foldersOf(world)], nobody);
  chmodSync(world.paths.folder, 0o755);
  expect(ended.err).toBe(
    `chitieu: Người dùng này không có quyền đọc hoặc ghi ${world.paths.folder}. Chạy lệnh bằng người dùng sở hữu, hoặc cấp quyền cho người dùng này.\n`,
  );
  expect(ended.code).toBe(1);
  expect(readdirSync(world.paths.folder)).toEqual([]);
});

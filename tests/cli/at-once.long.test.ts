import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Office } from "../../pipelines/desk/office/office.ts";
import { newWorld, wholeCsvOf } from "../intake/given.ts";
import { foldersOf, run } from "./run.ts";

// who waits longer says for whom
const WAITS = /^.*ledger\.duckdb đang do tiến trình \d+ dùng; đang chờ tiến trình ấy xong\.\n/;

test("of intakes at once, and then of builds, each waits for the other, and nothing is lost", async () => {
  const world = newWorld("2024");
  const atOnce = async (commands: readonly string[][]) => {
    const ended = await Promise.all(commands.map((one) => run([...one, ...foldersOf(world)])));
    expect(ended.map(({ code, err }) => [code, err.replace(WAITS, "")])).toEqual(
      commands.map(() => [0, expect.not.stringContaining("chitieu: ")]),
    );
  };
  await atOnce(
    [1, 2, 3].map((people) => {
      const file = join(world.folder, `${people}.csv`);
      writeFileSync(file, wholeCsvOf([`UB-01,Q2,,people,${people},`]));
      return ["ingest", file];
    }),
  );
  expect(
    await world.rows("select value from reading where value is not null order by value"),
  ).toEqual([{ value: "1.0000" }, { value: "2.0000" }, { value: "3.0000" }]);
  await atOnce([["build"], ["build"]]);
  const left = readdirSync(join(world.paths.folder, "marts"));
  expect(left.filter((name) => !["turn.lock", "shown"].includes(name))).toHaveLength(1);
});

test("a command has the ledger, too, while files come to the desk without end", async () => {
  const world = newWorld("2024");
  const given = { ...world, softwareVersion: "test", sealKey: null };
  const office = new Office(given, () => undefined);
  let isRead = false;
  const files = ["phuong-1", "phuong-2", "phuong-3"].map(async (account) => {
    const by = { way: "desk", account, name: null, role: null } as const;
    for (let people = 0; !isRead && people < 600; people += 1) {
      const content = { bytes: Buffer.from(wholeCsvOf([`UB-02,Q2,,people,${people},`])) };
      const at = new Date();
      await office.receive({ file: "a.csv", content, by, receivedAt: at, recordedAt: at });
    }
  });
  const status = run(["status", ...foldersOf(world)]).then(() => {
    isRead = true;
  });
  await Promise.all(files);
  expect(isRead).toBe(true);
  await Promise.all([status, office.close()]);
});

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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

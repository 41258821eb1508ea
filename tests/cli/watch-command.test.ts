import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { csvOf, inboxNames, newWorld } from "../reception/given.ts";
import { start } from "./run.ts";

test("watch takes in each file that comes, says what it cannot do, and ends when asked", async () => {
  const world = newWorld("2024");
  const inbox = join(world.sources, "inbox");
  mkdirSync(inbox, { recursive: true });
  const put = (name: string, lines: readonly string[]) =>
    writeFileSync(join(inbox, name), csvOf([...lines]));
  const { child, ended } = start([
    "watch",
    "--no-site",
    "--sources",
    world.sources,
    "--warehouse",
    world.paths.folder,
  ]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let out = "";
  child.stdout?.on("data", (text: string) => {
    out += text;
  });
  const said = async (pattern: RegExp): Promise<void> => {
    for (let tries = 0; tries < 600 && !pattern.test(out); tries += 1) await sleep(100);
    expect(out).toMatch(pattern);
  };
  await said(/watching .*inbox|watching /);
  expect(existsSync(world.paths.marts)).toBe(true);

  put("a.csv", ["UB-01,Q2,,people,5,"]);
  await said(/accepted +a\.csv/);
  // left in the inbox, where it is not tried over and over
  mkdirSync(join(inbox, "a folder"));
  put("b.csv", ["UB-01,Q2,,people,not a number,"]);
  await said(/refused +b\.csv/);
  put("c.csv", ["UB-02,Q2,,people,7,"]);
  await said(/accepted +c\.csv/);
  await sleep(2500);
  expect(out.match(/models: /g)?.length).toBe(4);
  expect(inboxNames(world)).toEqual(["a folder"]);

  child.kill("SIGTERM");
  const { code, err } = await ended;
  expect(code).toBe(1);
  expect(err).toMatch(/a folder: is not a file/);
});

import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { withLock } from "../../pipelines/site/lock.ts";
import { newFolder } from "../folders.ts";

let folder = "";

beforeEach(async () => {
  folder = newFolder("chitieu-lock-");
});

test("two never work at once", async () => {
  const lock = join(folder, "lock");
  const events: string[] = [];
  const work = (name: string) =>
    withLock(lock, async () => {
      events.push(`${name} begins`);
      await sleep(100);
      events.push(`${name} ends`);
    });
  await Promise.all([work("a"), work("b"), work("c")]);
  expect(events).toHaveLength(6);
  for (let i = 0; i < 6; i += 2) expect(events[i + 1]).toBe(events[i]?.replace("begins", "ends"));
});

test("whoever waits is told who holds the lock, and waits until that one is done", async () => {
  const lock = join(folder, "lock");
  const events: string[] = [];
  let second: Promise<unknown> = Promise.resolve();
  await withLock(lock, async () => {
    second = withLock(
      lock,
      async () => events.push("second"),
      (holder) => events.push(holder),
    );
    await expect.poll(() => events.length).toBe(1);
  });
  await second;
  expect(events).toEqual([expect.stringContaining(`tiến trình ${process.pid}, từ `), "second"]);
});

test("a holder that has died is no obstacle, nor is a torn file", async () => {
  const lock = join(folder, "lock");
  const child = spawn(process.execPath, ["-e", ""]);
  await new Promise((done) => child.once("exit", done));
  const dead = { process: child.pid, began: "1", since: "2024-05-06T00:00:00Z", token: "x" };
  await writeFile(lock, JSON.stringify(dead));
  expect(await withLock(lock, async () => "done")).toBe("done");

  // Its number was given to another process meanwhile: to this one.
  await writeFile(lock, JSON.stringify({ ...dead, process: process.pid, began: "1" }));
  expect(await withLock(lock, async () => "done")).toBe("done");

  await writeFile(lock, '{"process":');
  expect(await withLock(lock, async () => "done")).toBe("done");
});

test("the lock is free again after a failure", async () => {
  const lock = join(folder, "lock");
  await expect(
    withLock(lock, async () => {
      throw new Error("no space");
    }),
  ).rejects.toThrow("no space");
  await expect(readFile(lock)).rejects.toThrow();
});

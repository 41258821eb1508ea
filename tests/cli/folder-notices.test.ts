import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { FolderNotices } from "../../pipelines/cli/folder-notices.ts";
import { newFolder } from "../folders.ts";

/** Nobody waits so long here: a test that does has failed. */
const LONG_MS = 600_000;

function noticesOf(...folders: string[]): FolderNotices {
  const notices = new FolderNotices(folders);
  onTestFinished(() => notices.close());
  return notices;
}

const never = new AbortController().signal;

test("a change in one of the folders ends the wait, also one that came before it", async () => {
  const [one, other] = [newFolder(), newFolder()];
  const notices = noticesOf(one, other);
  await notices.wait(1, never);

  const waited = notices.wait(LONG_MS, never);
  writeFileSync(join(other, "a"), "");
  await waited;

  writeFileSync(join(one, "b"), "");
  // it is told of while nobody waits
  await sleep(100);
  await notices.wait(LONG_MS, never);
});

test("a folder that is not there yet is waited for as long as was said, and then seen", async () => {
  const folder = join(newFolder(), "later");
  const notices = noticesOf(folder);
  await notices.wait(1, never);
  mkdirSync(folder);
  await notices.wait(1, never);

  const waited = notices.wait(LONG_MS, never);
  writeFileSync(join(folder, "a"), "");
  await waited;
  rmSync(folder, { recursive: true });
  await notices.wait(1, never);
});

test("whoever is told to end waits no longer", async () => {
  const ended = new AbortController();
  const waited = noticesOf(newFolder()).wait(LONG_MS, ended.signal);
  ended.abort();
  await waited;
  expect(ended.signal.aborted).toBe(true);
});

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderState } from "../../pipelines/sources/folder-state.ts";
import { newWorld } from "../intake/given.ts";

test("the state of sources is another one when a plan, an area file, a key or the list of units has changed", async () => {
  const { folder, sources } = newWorld();
  const states = [await folderState(sources)];
  const change = async (work: () => void): Promise<void> => {
    work();
    states.push(await folderState(sources));
  };
  expect(await folderState(sources)).toBe(states[0]);
  await change(() => writeFileSync(join(sources, "units.csv"), "code\n"));
  await change(() => writeFileSync(join(sources, "areas/more.csv"), "x"));
  mkdirSync(join(sources, "keys"));
  await change(() => writeFileSync(join(sources, "keys/keys.csv"), "x"));
  // as many bytes as before
  await change(() => writeFileSync(join(sources, "areas/more.csv"), "y"));
  // a plan that lies elsewhere
  const elsewhere = join(folder, "elsewhere.yaml");
  writeFileSync(elsewhere, "id: a");
  await change(() => symlinkSync(elsewhere, join(sources, "plans/linked.yaml")));
  await change(() => writeFileSync(elsewhere, "id: b"));
  await change(() => rmSync(elsewhere));
  expect(new Set(states).size).toBe(states.length);
});

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { recoverSite, swapSite } from "../../pipelines/site/publication.ts";
import { newFolder } from "../folders.ts";

/** A site of which plan A is new and plan B as it was, and the one that is to take its place. */
function twoSites() {
  const folder = newFolder("swap-");
  const out = join(folder, "site");
  const next = `${out}.new-${process.pid}`;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const file of ["index.html", "a/index.html", "b/index.html"]) write(join(out, file), "old");
  for (const file of ["index.html", "a/index.html"]) write(join(next, file), "new");
  const lies = { state: "as built", pages: 1, files: 1, bytes: 3 };
  const list = { scripts_sha256: "", folders: { a: lies, b: lies } };
  write(join(out, ".folders.json"), JSON.stringify(list));
  return { folder, out, next };
}

const shown = (out: string) =>
  ["index.html", "a/index.html", "b/index.html"].map((file) =>
    existsSync(join(out, file)) ? readFileSync(join(out, file), "utf8") : null,
  );

test("a site takes the place of another with the folders that they have in common", async () => {
  const { folder, out, next } = twoSites();
  await swapSite(next, out, ["b"]);
  expect(shown(out)).toEqual(["new", "new", "old"]);
  expect(readdirSync(folder)).toEqual(["site"]);
});

test("one that cannot leaves the other as it was, with all its folders", async () => {
  const { out, next } = twoSites();
  await expect(swapSite(next, out, ["b", "c"])).rejects.toThrow(/ENOENT/);
  expect(shown(out)).toEqual(["old", "old", "old"]);
});

/** Every state in which a kill may leave the two, and what is shown after the next build has begun. */
test.each([
  ["before anything was moved", 0, ["old", "old", "old"]],
  ["when the old one was moved aside", 1, ["old", "old", "old"]],
  ["when its folder was moved, too", 2, ["old", "old", "old"]],
  ["when the new one was in its place", 3, ["new", "new", "old"]],
] as const)("a swap that was killed %s", async (_, steps, expected) => {
  const { folder, out, next } = twoSites();
  const old = `${out}.old-${process.pid}`;
  const moves = [
    [out, old],
    [join(old, "b"), join(next, "b")],
    [next, out],
  ] as const;
  for (const [from, to] of moves.slice(0, steps)) renameSync(from, to);
  // the same however often it is looked at
  for (const _once of [1, 2]) await recoverSite(out);
  expect(shown(out)).toEqual(expected);
  expect(readdirSync(folder)).toEqual(["site"]);
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { architectureFiles } from "../../pipelines/development/architecture.ts";
import {
  HOUSES,
  importsIn,
  roomOf,
  type Use,
  usesIn,
} from "../../pipelines/development/structure.ts";
import { newFolder } from "../folders.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Uses that go from a room to one that is not below it. */
function upward(uses: readonly Use[], rooms: readonly string[]): Use[] {
  const floor = (path: string): number => rooms.indexOf(roomOf(path));
  return uses.filter(({ from, to }) => roomOf(from) !== roomOf(to) && floor(to) >= floor(from));
}

/** Files from which a way leads back to themselves, or that lie on a way between such files. */
function circles(uses: readonly Use[]): string[] {
  const using = new Set(uses.map(({ from }) => from));
  const used = new Set(uses.map(({ to }) => to));
  const left = uses.filter(({ from, to }) => used.has(from) && using.has(to));
  return left.length < uses.length ? circles(left) : [...using].sort();
}

describe.each(Object.entries(HOUSES))("%s", (house, what) => {
  const uses = usesIn(ROOT, house);
  const rooms = Object.keys(what);

  test("has no room that is not on the map", () => {
    const found = new Set(uses.flatMap(({ from, to }) => [roomOf(from), roomOf(to)]));
    if (!rooms.includes("")) found.delete("");
    expect(uses.length).toBeGreaterThan(100);
    expect([...found].filter((room) => !rooms.includes(room))).toEqual([]);
  });

  test("has no arrow upwards", () => {
    expect(upward(uses, rooms)).toEqual([]);
  });

  test("has no files that use each other in a circle", () => {
    expect(circles(uses)).toEqual([]);
  });
});

test("the drawings are those of the code: npm run generate makes them", () => {
  for (const [path, text] of architectureFiles(ROOT)) {
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
  }
});

test("in a small house what goes up is named, and so is a circle", () => {
  const folder = newFolder("chitieu-house-");
  /** Quoted apart from its word, so that nobody takes it for an import of this file. */
  const q = (path: string): string => `"${path}"`;
  const files = {
    "roof/a.ts": `import type { B } from ${q("../wall/b.ts")};\nexport const x = await import(${q("./c.ts")});\n`,
    "roof/c.ts": `import {\n  one,\n} from ${q("../floor/d.ts")};\nimport ${q("node:fs")};\n`,
    "wall/b.ts": `export { one } from ${q("../floor/d.ts")};\n`,
    "floor/d.ts": `import Bad from ${q("../roof/a.ts")};\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const uses = importsIn(folder);
  expect(upward(uses, ["floor", "wall", "roof"])).toEqual([
    { from: "floor/d.ts", to: "roof/a.ts" },
  ]);
  expect(circles(uses).join(" ")).toBe("floor/d.ts roof/a.ts roof/c.ts wall/b.ts");
});

/** What pages have as well, under the same name: words, how they are written, findings. */
const IN_BOTH = ["finding", "finding-text", "letter-case", "words"];

test("no two files of the pipelines, components and scripts of pages have one name", () => {
  const names = ["pipelines", "reports/components", "reports/template", "reports"].flatMap(
    (folder) =>
      readdirSync(join(ROOT, folder), {
        recursive: folder !== "reports",
        encoding: "utf8",
      }).filter((file) => [".ts", ".js", ".svelte"].includes(extname(file))),
  );
  const plain = names.map((file) => basename(file, extname(file)));
  const twice = plain.filter((name, index) => plain.indexOf(name) !== index);
  expect(names.length).toBeGreaterThan(200);
  expect(twice.sort()).toEqual(IN_BOTH);
});

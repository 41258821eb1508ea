import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  COMPILED,
  isStale,
  type MadeFiles,
  ROW_TYPES,
  WORD_FILES,
} from "../../pipelines/development/made-files.ts";
import { makeStale } from "../../pipelines/development/make-files.ts";
import { rowTypeFiles } from "../../pipelines/development/row-types.ts";
import { wordFiles } from "../../pipelines/vocabulary/generate-words.ts";
import { newFolder } from "../folders.ts";

const ROOT = join(import.meta.dirname, "../..");

test.each<[string, MadeFiles, ReadonlyMap<string, string>]>([
  ["words", WORD_FILES, wordFiles()],
  ["row types", ROW_TYPES, rowTypeFiles({ tables: new Map(), pages: new Map() })],
])("the files of %s are listed, and git keeps none", (_, made, texts) => {
  expect([...made.files].sort()).toEqual([...texts.keys()].sort());
  const ignored = readFileSync(join(ROOT, ".gitignore"), "utf8").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(made.files.map((file) => `/${file}`)));
});

/** A repository with what its files are made from, changed a minute ago, and none of them. */
function sourcesAlone(): string {
  const root = newFolder();
  for (const path of WORD_FILES.from) put(root, path, 60);
  return root;
}

function put(root: string, path: string, secondsAgo: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "");
  date(root, path, secondsAgo);
}

function date(root: string, path: string, secondsAgo: number): void {
  const moment = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(join(root, path), moment, moment);
}

test("a file is made where it is missing or older than its source, and else left", async () => {
  const root = sourcesAlone();
  const [words = "", , macros = ""] = WORD_FILES.files;
  put(root, macros, 10);
  await makeStale(root, [WORD_FILES]);
  for (const [path, text] of wordFiles()) {
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  }
  expect(await isStale(root, WORD_FILES)).toBe(false);

  writeFileSync(join(root, words), "by hand");
  await makeStale(root, [WORD_FILES]);
  expect(readFileSync(join(root, words), "utf8")).toBe("by hand");

  date(root, words, 90);
  await makeStale(root, [WORD_FILES]);
  expect(readFileSync(join(root, words), "utf8")).toBe(wordFiles().get(words));
});

test("the program is compiled anew when a source is changed", async () => {
  const root = newFolder();
  for (const name of ["tsconfig.json", "tsconfig.build.json", "package.json"]) {
    writeFileSync(join(root, name), readFileSync(join(ROOT, name)));
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  mkdirSync(join(root, "pipelines/cli"), { recursive: true });
  const source = join(root, "pipelines/cli/main.ts");
  for (const number of [1, 2]) {
    writeFileSync(source, `import "./other.ts";\nexport const number: number = ${number};\n`);
    await makeStale(root, [COMPILED]);
    expect(readFileSync(join(root, "dist/cli/main.js"), "utf8")).toBe(
      `import "./other.js";\nexport const number = ${number};\n`,
    );
    expect(await isStale(root, COMPILED)).toBe(false);
  }
});

test("what is within a folder counts, and what was removed from it", async () => {
  const root = newFolder();
  const made = { files: ["made.ts"], from: ["folder"] };
  put(root, "folder/within/query.sql", 60);
  put(root, "made.ts", 30);
  for (const folder of ["folder", "folder/within"]) date(root, folder, 60);
  expect(await isStale(root, made)).toBe(false);
  date(root, "folder/within/query.sql", 20);
  expect(await isStale(root, made)).toBe(true);
  date(root, "folder/within/query.sql", 60);
  date(root, "folder/within", 20);
  expect(await isStale(root, made)).toBe(true);
});

test("a file that cannot be written is named with what it is made from", async () => {
  const root = sourcesAlone();
  // a folder in its place, since root may write everywhere
  mkdirSync(join(root, WORD_FILES.files[0] ?? "", "in-the-way"), { recursive: true });
  date(root, WORD_FILES.files[0] ?? "", 90);
  await expect(makeStale(root, [WORD_FILES])).rejects.toThrow(
    /^pipelines\/vocabulary\/words\.ts cannot be made from pipelines\/vocabulary\/words\.yaml: /,
  );
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileEnd } from "../../pipelines/intake/file-end.ts";
import { newFolder } from "../folders.ts";
import { zipFile } from "../readers/zip-given.ts";
import { mailOf } from "./mail-given.ts";

const form = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, "../fixtures/forms", name));
const CSV = "plan,unit\n".repeat(40);
/** An archive that holds another one as it is, which ends like an archive before the end. */
const WITHIN = zipFile([
  { name: "a.zip", content: zipFile([{ name: "a.csv", content: CSV }]), method: 0 },
  { name: "b.csv", content: CSV },
]);

const FILES: [name: string, content: Buffer][] = [
  ["a form as .xlsx", form("as-sent.xlsx")],
  ["a form as .ods", form("as-sent.ods")],
  ["a form as .xls", form("as-sent.xls")],
  ["an archive in an archive", WITHIN],
  // its last line break says nothing
  [
    "a mail",
    Buffer.from(
      mailOf([{ name: "a.csv", content: CSV }])
        .toString()
        .trimEnd(),
    ),
  ],
];

/** Where a copy may have come to: anywhere at its end, and every block of a disk. */
function* lengthsOf(size: number): Generator<number> {
  for (let length = 512; length < size; length += 512) yield length;
  for (let length = Math.max(1, size - 600); length < size; length += 1) yield length;
}

describe.each(FILES)("%s", (_, content) => {
  const path = join(newFolder(), "file");
  const ended = (bytes: Buffer) => {
    writeFileSync(path, bytes);
    return fileEnd(path);
  };

  test("is whole", async () => {
    expect(await ended(content)).toBe("whole");
  });

  test("is not whole while it is copied, from its beginning or into a file as long as it", async () => {
    const taken: string[] = [];
    for (const length of lengthsOf(content.length)) {
      const begun = content.subarray(0, length);
      if ((await ended(begun)) === "whole") taken.push(`${length} of ${content.length}`);
      // a copy that makes the file as long as it will be first writes it in blocks
      if (length % 512 !== 0) continue;
      const filled = Buffer.concat([begun], content.length);
      if (!filled.equals(content) && (await ended(filled)) === "whole") {
        taken.push(`${length}, filled up`);
      }
    }
    expect(taken).toEqual([]);
  });
});

test("of a table and of a text nobody can tell that they are whole", async () => {
  const path = join(newFolder(), "a.csv");
  for (const content of [CSV, "no table", "%PDF-1.7 a, b, c"]) {
    writeFileSync(path, content);
    expect(await fileEnd(path)).toBe("unclear");
  }
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeSealKey, readSealKey } from "../../../pipelines/publishing/seal-key.ts";
import { keyState, readOfficeKeys } from "../../../pipelines/sources/office/office-keys.ts";
import { newFolder } from "../../folders.ts";

const folder = newFolder();
mkdirSync(join(folder, "keys"));
await makeSealKey(join(folder, "keys", "a"));
await makeSealKey(join(folder, "keys", "b"));
const { publicKey: signedBy } = await readSealKey(join(folder, "keys", "a"));

/** What is read of lines of `keys.csv`, each `area file from until`. */
function read(...lines: readonly string[]) {
  const rows = lines.map((line) => {
    const [area, file, from, until = ""] = line.split(" ");
    return `${area},${file}.pub,Văn phòng ${area},${from},${until}`;
  });
  writeFileSync(
    join(folder, "keys", "keys.csv"),
    ["area,file,name,from,until", ...rows, ""].join("\n"),
  );
  return readOfficeKeys(folder);
}

// the office of C goes on as D after a merger, with its key; later as C again
const MERGED = ["C a 2030-01-01 2030-06-30", "D a 2030-07-01 2030-12-31", "C a 2031-01-01"];

test.each([
  ["C", "2029-12-31", "unknown"],
  ["C", "2030-01-01", "trusted"],
  ["C", "2030-06-30", "trusted"],
  // who has the key speaks for one area at a time: what was signed as the old one is taken no more
  ["C", "2030-07-01", "ended"],
  ["C", "2031-01-01", "trusted"],
  ["D", "2030-06-30", "unknown"],
  ["D", "2030-07-01", "trusted"],
  ["D", "2031-01-01", "ended"],
  ["E", "2030-07-01", "of_other"],
] as const)("a key of two areas, for %s on %s: %s", (area, day, expected) => {
  const { keys, problems } = read(...MERGED);
  expect(problems).toEqual([]);
  const { state, key } = keyState(keys, { signedBy, area, day });
  expect(state).toBe(expected);
  // who it is the key of at that time
  if (expected === "of_other") expect(key?.name).toBe("Văn phòng D");
});

test.each([
  ["the same day", ["C a 2030-01-01 2030-06-30", "D a 2030-06-30"], 1],
  ["no end", ["C a 2030-01-01", "D a 2030-07-01"], 1],
  ["the later one first, no end", ["D a 2030-07-01", "C a 2030-01-01"], 1],
  ["one area twice", ["C a 2030-01-01", "C a 2030-01-01"], 1],
  ["two keys of one area", ["C a 2030-01-01", "C b 2030-01-01"], 0],
] as const)(
  "lines of one key that hold together are told, the first holds: %s",
  (_, lines, faults) => {
    const { keys, problems } = read(...lines);
    expect(problems.map(({ line }) => line)).toEqual(faults === 1 ? [3] : []);
    expect(keys).toHaveLength(2 - faults);
  },
);

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../reports/components/report/file-digest.ts";
import {
  findCode,
  findFile,
  type PublishedFile,
} from "../../reports/components/report/found-file.ts";

const byNode = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])(
  "the digest of %i bytes, by the browser and by ourselves",
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + 3) % 256);
    expect(await sha256(bytes.buffer)).toBe(byNode(bytes));
    expect(await sha256(bytes.buffer, null)).toBe(byNode(bytes));
  },
);

test("of any bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (drawn) => {
      const bytes = new Uint8Array(drawn);
      const own = await sha256(bytes.buffer, null);
      expect(own).toBe(byNode(bytes));
    }),
  );
});

const text = (content: string) => new Uint8Array(new TextEncoder().encode(content));
const published = (file_name: string, content: string, version: number): PublishedFile => ({
  file_no: 1,
  plan_id: "p",
  plan_number: "1/KH",
  period: "Q1",
  period_name: "Quý I",
  version,
  slug: `v${version}`,
  published_on: "10/3/2030",
  check_code: `1A2B3-C4D5E-F6071-8293${version}`,
  file_name,
  reader: "shared",
  bytes: text(content).length,
  sha256: byNode(text(content)),
});
const FILES = [published("a_v2.pdf", "two", 2), published("a_v1.pdf", "one", 1)];

describe("a file that somebody has", () => {
  test.each([
    ["is the file of version 2, whatever it is called", "x.bin", "two", 2, false],
    ["is the file of version 1", "a.pdf", "one", 1, false],
    ["begins with that of version 1, and is signed", "a.pdf", "one and a signature", 1, true],
    ["is none", "a.pdf", "On", null, false],
    ["was altered", "a.pdf", "twO and a signature", null, false],
  ])("%s", async (_, name, content, version, hasMore) => {
    const found = await findFile(name, text(content).buffer, FILES);
    expect([found.file?.version ?? null, found.hasMore]).toEqual([version, hasMore]);
  });
});

test.each([
  ["1A2B3-C4D5E-F6071-82932", 2],
  [" 1a2b3 c4d5e f6071 82931 ", 1],
  ["1A2B3-C4D5E-F6071-82939", null],
  ["1A2B3", null],
  ["", null],
])("the code %j is of version %j", (typed, version) => {
  expect(findCode(typed, FILES)?.version ?? null).toBe(version);
});

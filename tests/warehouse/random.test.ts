import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeSealKey, readSealKey } from "../../pipelines/publishing/seal-key.ts";
import { drawFrom, drawnBytes, uniqueName } from "../../pipelines/warehouse/random.ts";
import { sourceOf } from "../drawn-source.ts";
import { newFolder } from "../folders.ts";
import { ROOT } from "../lanes.ts";

/** What a test file draws when it runs with a seed, and the seal of one text with its key. */
async function drawnBy(seed: number, file: string, names = 1): Promise<string[]> {
  drawFrom(sourceOf(seed, join(ROOT, file)));
  for (let no = 1; no < names; no += 1) uniqueName();
  const key = join(newFolder(), "key");
  const publicKey = await makeSealKey(key);
  const sealed = (await readSealKey(key)).sign("x");
  return [publicKey, sealed, drawnBytes("nonce", 32).toString("hex")];
}

test("a test file draws the same keys, seals and nonces each time, however many names it draws", async () => {
  const first = await drawnBy(1, "tests/a.test.ts");
  expect(await drawnBy(1, "tests/a.test.ts", 3)).toEqual(first);
  const others = [
    ...(await drawnBy(2, "tests/a.test.ts")),
    ...(await drawnBy(1, "tests/b.test.ts")),
  ];
  expect(new Set([...first, ...others]).size).toBe(9);
});

test("a name is a UUID of version 4, and none comes twice", () => {
  const names = Array.from({ length: 100 }, uniqueName);
  expect(new Set(names).size).toBe(100);
  for (const name of names) {
    expect(name).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  }
});

test("the program draws in one place, from the system, and no part of it draws from elsewhere", () => {
  const folder = join(ROOT, "pipelines");
  const drawing = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      /\b(?:randomBytes|randomUUID|randomInt|getRandomValues|generateKey\w*|Math\.random|drawFrom)\b/.test(
        readFileSync(join(folder, file), "utf8"),
      ),
  );
  expect(drawing).toEqual(["warehouse/random.ts"]);
  expect(readFileSync(join(folder, "warehouse/random.ts"), "utf8")).not.toContain("process.env");
});

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { pageModules } from "../../pipelines/development/page-modules.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test.each([...pageModules()])("%s is as its source says", (path, text) => {
  expect(readFileSync(`${ROOT}${path}`, "utf8")).toBe(text);
});

import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepWritten, siteFaults } from "../../pipelines/site/written-site.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";
import { newFolder } from "../folders.ts";

const PAGE = "/thu/bao-cao/2024-Q2/v1/index.html";

/** What is done to a written site, and what of it is named. */
const ALTERED: [what: string, alter: (out: string) => void, says: RegExp | null][] = [
  ["nothing", () => undefined, null],
  [
    "the page of a version",
    (out) => writeFileSync(join(out, PAGE), "<p>46%</p>"),
    /v1\/index\.html đã bị sửa sau khi chitieu site ghi\.$/,
  ],
  [
    "only a packed copy, which nginx sends in its place",
    (out) => writeFileSync(join(out, `${PAGE}.gz`), "other"),
    /v1\/index\.html\.gz không do chitieu site ghi\.$/,
  ],
  [
    "a page that shows figures of now",
    (out) => writeFileSync(join(out, "index.html"), ""),
    /index\.html đã bị sửa/,
  ],
  ["a page that was taken away", (out) => rmSync(join(out, PAGE)), /^Thiếu .*v1\/index\.html/],
  ["all of it", (out) => rmSync(out, { recursive: true }), null],
];

test.each(ALTERED)("a written site of which was altered: %s", async (_, alter, says) => {
  const folder = newFolder();
  const out = join(folder, "site");
  const pages = { [PAGE]: "<p>45%</p>", "/index.html": "<p>45%</p>" };
  for (const [address, text] of Object.entries(pages)) {
    mkdirSync(join(out, address, ".."), { recursive: true });
    writeFileSync(join(out, address), text);
  }
  const files = Object.fromEntries(
    Object.entries(pages).map(([address, text]) => [address, sha256Of(text)]),
  );
  await keepWritten({ folder }, "shared", { out, files });
  await keepWritten({ folder }, "city", { out: join(folder, "none"), files: {} });
  const copy = join(folder, "copy");
  cpSync(out, copy, { recursive: true });
  alter(out);
  const expected = says === null ? [] : [expect.stringMatching(says)];
  expect(await siteFaults({ folder })).toEqual(expected);
  expect(await siteFaults({ folder }, copy)).toEqual([]);
});

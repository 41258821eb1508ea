import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Download } from "../../pipelines/site/downloads.ts";
import { withoutPublishedPage, withPublishedPage } from "../../pipelines/site/published-page.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";

const PAGE = '<!doctype html>\n<html lang="vi"><body><p>Đạt $& 1 < 2</p></body></html>\n';

/** The page of a version as the site renders it, in which `>` may stand in an attribute. */
const LIVE = `<main lang="vi">Bản phát hành<div class="ct-published-page" data-published="/thu/bao-cao/Q1/v1/tai-ve/thu_Q1_v1.html" role="group" aria-label="Báo cáo > quý I"><span id="can-cu"></span></div></main>`;

async function published(bytes: string): Promise<Download> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-page-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "page");
  await writeFile(file, bytes);
  return {
    ...{ plan_id: "thu", period: "Q1", version: 1, reader: "shared", file_no: 4, format: "html" },
    ...{ name: "thu_Q1_v1.html", bytes: bytes.length, sha256: sha256Of(PAGE), file },
  };
}

const framed = async (html: string, downloads: Download[]) =>
  (await withPublishedPage(Buffer.from(html), downloads)).toString();

test("a published page is put into the page of its version byte for byte", async () => {
  const put = await framed(LIVE, [await published(PAGE)]);
  expect(put).toBe(
    LIVE.replace('quý I">', () => `quý I"><template shadowrootmode="open">${PAGE}</template>`),
  );
  expect(withoutPublishedPage(put)).toBe(LIVE);
});

test("other pages stay as they are", async () => {
  const html = "<main><template></template><p>data-published</p></main>";
  expect(await framed(html, [])).toBe(html);
  expect(withoutPublishedPage(html)).toBe(html);
});

test("a page that is altered, or not offered, is not shown", async () => {
  const altered = await published(PAGE.replace("Đạt", "Đọt"));
  await expect(framed(LIVE, [altered])).rejects.toThrow(
    /đã bị sửa: đã phát hành với tên thu_Q1_v1\.html/,
  );
  await expect(framed(LIVE, [])).rejects.toThrow(/is no file of a published version/);
});

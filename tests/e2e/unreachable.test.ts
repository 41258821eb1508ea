import { expect } from "vitest";
import { askHttp } from "../site/http-given.ts";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";
import { foreignWords } from "./vietnamese.ts";

const OVERVIEW = `/${PLAN}/`;

test("when the server does not answer, what is open stays, and opens further when it does", async (visit) => {
  const page = await visit.open(OVERVIEW);
  const before = await page.locator("main").innerText();
  await page.context().setOffline(true);
  const link = page.locator(".ct-nav a", { hasText: "Tra cứu" }).first();
  await link.click();

  const message = page.getByRole("alert");
  await expect.poll(() => message.innerText()).toMatch(/Chưa mở được trang/);
  expect(await page.locator("main").innerText()).toBe(before);
  expect(new URL(page.url()).pathname).toBe(OVERVIEW);
  expect(foreignWords(await message.innerText(), () => false)).toEqual([]);

  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Thử lại" }).click();
  await page.waitForURL(`**/${PLAN}/tra-cuu/`);
  expect(await page.locator("h1").innerText()).not.toBe("");
  await expect.poll(() => message.innerText()).toBe("");
});

test("the way back leads through the pages that were opened", async (visit) => {
  const page = await visit.open(OVERVIEW);
  const title = await page.title();
  for (const [name, path] of [
    ["Tra cứu", "tra-cuu/"],
    ["Phương pháp", "phuong-phap/"],
  ] as const) {
    await page.locator(".ct-nav a", { hasText: name }).first().click();
    await page.waitForURL(`**/${PLAN}/${path}`);
  }
  await page.goBack();
  await page.waitForURL(`**/${PLAN}/tra-cuu/`);
  await page.goBack();
  await page.waitForURL(`**/${PLAN}/`);
  await expect.poll(() => page.title()).toBe(title);
});

test.for([
  ["GET", "/%E0%A4%A", 400, "Địa chỉ không hợp lệ"],
  ["POST", "/", 405, "Máy chủ chỉ cho xem trang"],
  ["GET", "/khong-co/", 404, "Không tìm thấy trang"],
] as const)(
  "the server says in Vietnamese why it answers %s %s with %i",
  async ([method, path, status, words], visit) => {
    const { port } = new URL(visit.url);
    const answer = await askHttp({ port, path, method });
    expect(answer.status).toBe(status);
    expect(String(answer.body)).toContain('lang="vi"');
    expect(String(answer.body)).toContain(words);
  },
);

import { request } from "node:http";
import { expect } from "vitest";
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
  expect(await message.innerText()).toBe("");
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
    const answer = await new Promise<{ status: number; body: string }>((done, fail) => {
      // the next server may listen on the same port: no connection is kept
      const to = { host: "127.0.0.1", port, path, method, agent: false };
      const asked = request(to, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          body += part;
        });
        response.on("end", () => done({ status: response.statusCode ?? 0, body }));
      });
      asked.on("error", fail).end();
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain('lang="vi"');
    expect(answer.body).toContain(words);
  },
);

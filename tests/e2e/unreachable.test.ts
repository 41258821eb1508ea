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
  await expect.poll(() => message.innerText()).toBe("");
});

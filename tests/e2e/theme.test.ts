import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./site.ts";

const PAGE = "/217-kh-ubnd-2024/thoi-han/";

const shownTheme = (page: Page) =>
  page.evaluate(() => document.documentElement.getAttribute("data-theme"));

/** Whether the page has the theme before anything of it is painted, that is: when its body begins. */
const themeBeforeBody = (page: Page) =>
  page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.body === null) return;
      observer.disconnect();
      sessionStorage.setItem("first", document.documentElement.dataset.theme ?? "");
    }).observe(document, { childList: true, subtree: true });
  });

test("light or dark follows the machine until the reader chooses, and then the reader", async (visit) => {
  const { page, errors } = await visit.openPage(PAGE);
  const choice = page.getByLabel("Giao diện:");
  expect(await choice.locator("option").allTextContents()).toEqual([
    "theo thiết bị",
    "sáng",
    "tối",
  ]);

  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => shownTheme(page)).toBe("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => shownTheme(page)).toBe("dark");

  await choice.selectOption("sáng");
  await expect.poll(() => shownTheme(page)).toBe("light");
  await page.reload({ waitUntil: "networkidle" });
  await expect.poll(() => shownTheme(page)).toBe("light");
  expect(await choice.inputValue()).toBe("sang");

  await choice.selectOption("theo thiết bị");
  await expect.poll(() => shownTheme(page)).toBe("dark");
  expect(await page.evaluate(() => localStorage.getItem("giao-dien"))).toBeNull();
  expect(errors).toEqual([]);
});

test("the choice holds before a page is painted, on the page for wrong addresses too", async (visit) => {
  for (const path of [PAGE, "/khong-co-trang-nay/"]) {
    const prepare = async (page: Page) => {
      await page.addInitScript(() => localStorage.setItem("giao-dien", "toi"));
      await themeBeforeBody(page);
    };
    const { page } = await visit.openPage(path, { prepare });
    expect(await page.evaluate(() => sessionStorage.getItem("first"))).toBe("dark");
  }
});

test("without scripts and on paper there is nothing to choose", async (visit) => {
  const plain = await visit.open(PAGE, { scripts: false });
  expect(await plain.getByText("Giao diện:").isVisible()).toBe(false);

  const page = await visit.open(PAGE);
  expect(await page.getByText("Giao diện:").isVisible()).toBe(true);
  await page.emulateMedia({ media: "print" });
  expect(await page.getByText("Giao diện:").isVisible()).toBe(false);
});

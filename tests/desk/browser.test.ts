import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { entryKey, NOTHING_FILLED } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { launchBrowser } from "../e2e/chromium.ts";
import type { World } from "../reception/given.ts";
import { PASSWORD, startDesk } from "./given.ts";

const AXE = readFileSync(
  join(import.meta.dirname, "../../node_modules/axe-core/axe.min.js"),
  "utf8",
);

const NARROW = { width: 320, height: 700 };

/** What axe objects to on a page, and whether it scrolls sideways, wide and on a narrow phone. */
async function faultsOf(page: Page): Promise<string[]> {
  const wide = page.viewportSize() ?? NARROW;
  const faults: string[] = [];
  for (const size of [wide, NARROW]) {
    await page.setViewportSize(size);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(async (): Promise<AxeResults> => {
      const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
      return axe.run();
    });
    faults.push(
      ...violations.flatMap((rule) => rule.nodes.map(({ html }) => `${rule.id}: ${html}`)),
    );
    const isWider = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    if (isWider) faults.push(`${page.url()} scrolls sideways at ${size.width}`);
  }
  await page.setViewportSize(wide);
  return faults;
}

/** The form of phường Hai for the second quarter with what it says of the people. */
async function formOf({ catalogue, folder }: World, people: string): Promise<string> {
  const [plan] = catalogue.plans;
  const unit = plan?.units.find(({ code }) => code === "UB-02");
  const period = plan?.plan.periods.find(({ code }) => code === "Q2");
  if (plan === undefined || unit === undefined || period === undefined) throw new Error("no form");
  const values = new Map([[entryKey("people"), people]]);
  // the browser of the tests knows no other letters in the name of a file
  const path = join(folder, "bieu.xlsx");
  writeFileSync(path, await filledForm(plan, unit, period, { ...NOTHING_FILLED, values }));
  return path;
}

/** Takes up a one-time link in a browser of its own. */
async function takeUp(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await page.getByLabel("Nhập lại mật khẩu").fill(PASSWORD);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Đặt mật khẩu" }).click();
  return page;
}

test("the whole way in a browser: invitation, wrong form, marked copy, right form, board", async () => {
  const desk = await startDesk();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const newContext = () => browser.newContext({ bypassCSP: true });

  const admin = await takeUp(await newContext(), desk.firstLink);
  const invite = async (name: string, role: string, unit?: string): Promise<string> => {
    await admin.getByLabel("Tên đăng nhập").fill(name);
    await admin.getByLabel("Người hoặc chức danh").fill(`Người của ${name}`);
    await admin.getByLabel("Vai trò").selectOption({ label: role });
    if (unit !== undefined) await admin.getByLabel("Đơn vị (").selectOption({ label: unit });
    await admin.getByRole("button", { name: "Mời" }).click();
    return admin.locator(".told code").innerText();
  };
  const clerk = await takeUp(
    await newContext(),
    await invite("hai", "Cán bộ đơn vị", "UBND phường Hai"),
  );
  const staff = await takeUp(await newContext(), await invite("tonghop", "Chuyên viên tổng hợp"));
  expect(await faultsOf(admin)).toEqual([]);

  await clerk.getByRole("heading", { name: "UBND phường Hai", level: 1 }).waitFor();
  expect(await faultsOf(clerk)).toEqual([]);
  await clerk.getByLabel("Tệp biểu mẫu đã điền").setInputFiles(await formOf(desk.world, "gần 40"));
  await clerk.getByRole("button", { name: "Gửi báo cáo" }).click();
  await clerk.getByRole("heading", { name: "Phiếu trả lại số 1" }).waitFor();
  expect(await clerk.locator(".problems li").first().innerText()).toMatch(
    /^Trang tính “.+”, ô [A-Z]+\d+: /,
  );
  expect(await faultsOf(clerk)).toEqual([]);
  const [copy] = await Promise.all([
    clerk.waitForEvent("download"),
    clerk.getByRole("link", { name: "bản sao đã đánh dấu" }).click(),
  ]);
  expect(copy.suggestedFilename()).toBe("phieu-1-danh-dau.xlsx");

  await clerk.getByRole("link", { name: "Về trang đầu" }).click();
  await clerk.getByLabel("Tệp biểu mẫu đã điền").setInputFiles(await formOf(desk.world, "40"));
  await clerk.getByRole("button", { name: "Gửi báo cáo" }).click();
  await clerk.getByRole("heading", { name: "Phiếu tiếp nhận số 2" }).waitFor();
  await clerk.getByText("Người của hai, cán bộ đơn vị").waitFor();

  await expect
    .poll(async () => {
      await staff.reload();
      return staff.getByRole("row", { name: "UB phường Hai" }).innerText();
    })
    .toMatch(/Đã nhận|Còn điểm cần giải trình/);
  expect(await faultsOf(staff)).toEqual([]);
  await staff.getByRole("link", { name: "Tệp đã gửi" }).click();
  expect(await faultsOf(staff)).toEqual([]);
  await staff.getByRole("button", { name: "Đăng xuất" }).click();
  await staff.getByRole("heading", { name: "Đăng nhập" }).waitFor();
  expect(await faultsOf(staff)).toEqual([]);
});

import { beforeAll, expect, test } from "vitest";
import { PLAN, queryMarts } from "./marts.ts";
import { builtSite, hostsOf, withSite } from "./site.ts";
import { figure } from "./words.ts";

/** How long a filter may take to answer once the engine is there. */
const ANSWER_MS = 200;

beforeAll(builtSite);

test("a filter shows its default at once, and starts the engine only when it is changed", async () => {
  await withSite(async (visit) => {
    const shares = await queryMarts(
      visit.marts,
      `select area_name, value_shown
      from marts.attainment_by_ward_period
      where indicator_code = '1.3a' and period = '2024-Q4'`,
    );
    const shareOf = (area: string) =>
      figure(shares.find(({ area_name }) => area_name === area)?.value_shown, "%");
    const { page, requests, errors } = await visit.openPage(`/${PLAN}/tra-cuu/`, {
      prepare: async (opened) => {
        await opened.addInitScript(() => {
          const blank: number[] = [];
          Object.assign(window, { blankFrames: blank });
          const look = (time: number) => {
            const cells = document.querySelectorAll("main td").length;
            if (document.readyState !== "loading" && cells !== 12 * 6) blank.push(time);
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      },
    });
    await page.waitForTimeout(2000);
    expect(await page.evaluate(() => Reflect.get(window, "blankFrames"))).toEqual([]);
    const engine = () => requests.filter((url) => /\.wasm$|worker/.test(url)).length;
    expect(engine()).toBe(0);
    const share = page.locator('[data-indicator="1.3a"] [data-cell="value"]');
    expect(await share.innerText()).toBe(shareOf("Phường Hoàng Văn Thụ"));

    const wards = page.getByRole("combobox").first();
    await wards.click();
    await page.getByRole("option", { name: "Phường Tam Thanh" }).click();
    await expect
      .poll(() => share.innerText(), { timeout: 30_000 })
      .toBe(shareOf("Phường Tam Thanh"));
    expect(engine()).toBeGreaterThan(0);

    await wards.click();
    const option = page.getByRole("option", { name: "Phường Chi Lăng" });
    await option.waitFor();
    const milliseconds = await page.evaluate(
      (expected) =>
        new Promise<number>((done) => {
          const name = [...document.querySelectorAll('[role="option"]')].find((one) =>
            one.textContent?.includes("Phường Chi Lăng"),
          );
          if (!(name instanceof HTMLElement)) throw new Error("no such choice");
          const start = performance.now();
          const wait = () => {
            const cell = document.querySelector('[data-indicator="1.3a"] [data-cell="value"]');
            if (cell?.textContent?.trim() === expected) done(performance.now() - start);
            else setTimeout(wait, 5);
          };
          name.click();
          wait();
        }),
      shareOf("Phường Chi Lăng"),
    );
    expect(milliseconds).toBeLessThan(ANSWER_MS);
    expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
    expect(errors).toEqual([]);
  });
});

import { beforeAll, expect, test } from "vitest";
import { builtSite, hostsOf, withSite } from "./site.ts";

/** How long a filter may take to answer once the engine is there. */
const ANSWER_MS = 200;

beforeAll(builtSite);

test("a filter shows its default at once, and starts the engine only when it is changed", async () => {
  await withSite(async (visit) => {
    const { page, requests, errors } = await visit.openPage("/tra-cuu/", {
      prepare: async (opened) => {
        await opened.addInitScript(() => {
          const blank: number[] = [];
          Object.assign(window, { blankFrames: blank });
          const look = (time: number) => {
            const cells = document.querySelectorAll("article td").length;
            if (document.readyState !== "loading" && cells !== 60) blank.push(time);
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
    const first = page.locator("article tr:has(td)").first();
    expect(await first.textContent()).toContain("73,52");

    await page.getByRole("combobox").click();
    await page.getByRole("option", { name: "Tam Thanh" }).click();
    await expect.poll(() => first.textContent(), { timeout: 30_000 }).toContain("66,51");
    expect(engine()).toBeGreaterThan(0);

    await page.getByRole("combobox").click();
    const option = page.getByRole("option", { name: "Chi Lăng" });
    await option.waitFor();
    const milliseconds = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          const table = document.querySelector("article table");
          const name = [...document.querySelectorAll('[role="option"]')].find((one) =>
            one.textContent?.includes("Chi Lăng"),
          );
          if (table === null || !(name instanceof HTMLElement)) throw new Error("no filter");
          const start = performance.now();
          const wait = () => {
            if (document.querySelector("article")?.textContent?.includes("69,34")) {
              done(performance.now() - start);
            } else setTimeout(wait, 5);
          };
          name.click();
          wait();
        }),
    );
    expect(milliseconds).toBeLessThan(ANSWER_MS);
    expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
    expect(errors).toEqual([]);
  });
});

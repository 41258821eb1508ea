import type { Page } from "playwright-core";

/** What is wrong with the labels of a page's chart: which stand on each other, outside or too small. */
export interface Clashes {
  readonly over: readonly string[];
  readonly outside: readonly (string | undefined)[];
  readonly small: readonly (string | undefined)[];
}

/** Looks at every label of the chart of the whole area. */
export async function clashingLabels(page: Page): Promise<Clashes> {
  return await page.evaluate(() => {
    const plot = document.querySelector(".ct-plot");
    const texts = [
      ...document.querySelectorAll(
        ".ct-plot-value, .ct-plot-end, .ct-plot-scale span, .ct-plot-periods li",
      ),
    ].map((text) => ({
      text: text.textContent?.trim(),
      box: text.getBoundingClientRect(),
      size: Number.parseFloat(getComputedStyle(text).fontSize),
    }));
    const meet = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return {
      over: texts.flatMap((one, i) =>
        texts
          .slice(i + 1)
          .filter((other) => meet(one.box, other.box))
          .map((other) => `${one.text} × ${other.text}`),
      ),
      outside: texts
        .filter(({ box }) => box.right > (plot?.getBoundingClientRect().right ?? 0) + 1)
        .map(({ text }) => text),
      small: texts.filter(({ size }) => size < 12).map(({ text }) => text),
    };
  });
}

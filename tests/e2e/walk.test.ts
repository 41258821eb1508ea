import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";
import { foreignWords } from "./vietnamese.ts";
import { expectAllPages, foreign, namesOf, SIGN, walk } from "./walk.ts";

test("pages of every kind are whole, in Vietnamese, say what they are, and are accessible", async ({
  visit,
}) => {
  expectAllPages(await walk(visit, { opened: 1, judged: 1 }));
});

/** Where something may be chosen or pressed. */
const OPERATED = [
  `/${PLAN}/`,
  `/${PLAN}/chi-tieu/1.3a/`,
  `/${PLAN}/dia-ban/`,
  `/${PLAN}/dia-ban/05974/`,
  `/${PLAN}/tra-cuu/`,
  `/${PLAN}/kham-pha/`,
];

test.for(OPERATED)(
  "what %s says when something is chosen or pressed is Vietnamese, too",
  async (path, { visit }) => {
    const names = await namesOf(visit);
    const { page, errors } = await visit.openPage(path);
    const files: string[] = [];
    page.on("download", (file) => files.push(file.suggestedFilename()));
    const english = new Set<string>();
    const right = new Set<string>();
    const look = async () => {
      for (const word of await foreign(page, names, right)) english.add(word);
    };
    for (const choice of await page.locator("main select").all()) {
      const values = await choice
        .locator("option")
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
      // The last choices of all together find nothing, which is said in words of its own.
      for (const value of values.slice(-3)) {
        await choice.selectOption(value);
        await look();
      }
    }
    for (const button of await page.locator("main button").filter({ visible: true }).all()) {
      await button.click();
      await look();
    }
    for (const file of files) {
      for (const word of foreignWords(file, (one) => names.has(one) || SIGN.test(one)))
        english.add(word);
    }
    expect([...english]).toEqual([]);
    expect(errors).toEqual([]);
  },
);

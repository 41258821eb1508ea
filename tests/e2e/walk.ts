import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityProblems, nothingJudged } from "./axe.ts";
import { crawl, kindOf, NOWHERE } from "./crawl.ts";
import { PLAN, queryMarts } from "./marts.ts";
import { hostsOf, type Visit } from "./site.ts";
import { foreignWords, textsOf } from "./vietnamese.ts";

/** What is no word of Vietnamese and stands on pages all the same. */
const NAMES = new Set([
  // programs and kinds of files, by the names that they have in every office
  ...["chitieu", "Excel", "Word", "PDF", "PDF/A", "HTML", "CSV", "SVG", "PNG", "Arrow", "Parquet"],
  "SQL",
  // what a file is checked against, and how large it is
  ...["SHA-256", "sha256", "kB"],
  // a command that whoever checks a digest types as it is
  "verify",
  // short for words of an office: báo cáo, phát sinh, áp dụng
  ...["BC", "PS", "AD"],
]);

/**
 * Every word of the plan's own texts and names. Those columns of marts that hold English codes, such
 * as statuses and kinds, are not among them: such a word is to be translated.
 */
async function namesOf(visit: Visit): Promise<ReadonlySet<string>> {
  const texts = await visit.query(`with texts(row) as (
      select [number, title, short_title, issuer, carries_out, source, reports_to, document_agency]
        from marts.plan
      union all select [indicator_code, group_code, group_name, indicator_name, short_name, quote,
        unit_of_measure, target_text] from marts.indicator
      union all select [measure_name, unit_of_measure, explanation, reported_by] from marts.measure
      union all select [area_code, area_name, kind] from marts.area
      union all select [period, period_name] from marts.period
      union all select [unit_code, unit_name, unit_short_name, file_name]
        from marts.submission_timeliness
      union all select [file_name] from marts.submission
      union all select [rule_text] from marts.plan_rule
      union all select [term, meaning, source] from marts.plan_term
      union all select [note] from marts.reading_note
      union all select [reason, software_version, check_code] from marts.report
      union all select [sheet, cell] from marts.findings
    )
    select distinct unnest(row) as text from texts`);
  const words = texts.flatMap(({ text }) => String(text ?? "").split(/\s+/));
  const trimmed = words.map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  // As what is on a page is cut: at a comma, and where a name is only part of a word.
  return new Set(trimmed.flatMap((word) => [word, ...word.split(/[.,:/&-]+/)]));
}

/** The pages of tables and columns, whose codes stand as they are in the marts. */
const DICTIONARY = "/tu-dien/";

/** The codes that the page of tables and columns names. */
async function codesOf(visit: Visit): Promise<ReadonlySet<string>> {
  const texts = await queryMarts(
    visit.marts,
    `with texts(text) as (
      select unnest([table_name, column_name, lower(data_type)]) from duckdb_columns()
        where schema_name = 'marts'
      union all select made_from from marts.lineage
      union all select unnest(regexp_extract_all(comment, '\`([^\`]+)\`', 1)) from duckdb_columns()
      union all select unnest(regexp_extract_all(comment, '\`([^\`]+)\`', 1)) from duckdb_tables()
      union all select unnest(regexp_extract_all(holds, '\`([^\`]+)\`', 1)) from marts.lineage
    )
    select distinct text from texts`,
  );
  const codes = [...texts.map(({ text }) => String(text)), "chitieu sql", "docs/analysis.md"];
  return new Set([
    "marts.duckdb",
    ...codes,
    ...codes.flatMap((code) => code.split(/[\s.,:/()-]+/)),
  ]);
}

/** A digest, the number of a version, one of Roman letters, a cell of a sheet, the name of a file. */
const SIGN =
  /^(?:[0-9a-f]{12,64}|v\d+|[IVX]+|[A-Z]{1,2}\d{1,3}|[\w-]+\.(?:xlsx|docx|pdf|html|csv|arrow|parquet|json))$/;

/**
 * The words on a page that are neither Vietnamese nor known.
 * @param right texts in which there were none, which most pages share; those of this page are added
 */
async function foreign(
  page: Page,
  names: ReadonlySet<string>,
  right: Set<string>,
): Promise<string[]> {
  const isKnown = (word: string) => NAMES.has(word) || names.has(word) || SIGN.test(word);
  return (await textsOf(page)).flatMap(({ where, text }) => {
    if (right.has(text)) return [];
    const words = foreignWords(text, isKnown);
    if (words.length === 0) right.add(text);
    return words.map((word) => `${word} (${where}: ${text.slice(0, 80)})`);
  });
}

/**
 * Goes to the pages that are linked from the first one: each is whole, in Vietnamese, says what it is,
 * and is accessible.
 * @param ofAKind how many pages of a kind are opened, and how many of them judged by axe and in all widths,
 * of some kinds alone where they are named; what pages lead to that are
 * not asked for
 * @returns the paths that were found
 */
export async function walk(
  visit: Visit,
  ofAKind: {
    readonly opened: number;
    readonly judged: number;
    readonly kinds?: readonly string[];
    readonly unasked?: Readonly<Record<string, readonly string[]>>;
  },
): Promise<string[]> {
  const problems: string[] = [];
  const judged = nothingJudged();
  const kinds = new Map<string, number>();
  const titles = new Map<string, string>();
  const names = await namesOf(visit);
  const withCodes = new Set([...names, ...(await codesOf(visit))]);
  const english = new Map<string, string>();
  const right = new Set<string>();
  const seen = await crawl(
    visit,
    ofAKind.opened,
    async (path, { page, status, requests, errors }) => {
      const isOfCodes = path.startsWith(DICTIONARY);
      const known = isOfCodes ? withCodes : names;
      // the codes that are right on that page are not so on others
      const rightHere = isOfCodes ? new Set<string>() : right;
      for (const word of await foreign(page, known, rightHere)) english.set(word, path);
      const kind = kindOf(path);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const judge = async () => {
        if ((kinds.get(kind) ?? 0) > ofAKind.judged) return;
        if (ofAKind.kinds?.includes(kind) === false) return;
        for (const one of await accessibilityProblems(page, judged))
          problems.push(`${path} ${one}`);
      };
      if (path === NOWHERE) return judge();
      const found = await page.evaluate(() => {
        // a published version has its own page within the page
        const inside = document.querySelector(".ct-published-page")?.shadowRoot;
        const sheet = inside?.querySelector<HTMLElement>(".ct-version");
        const all = (selector: string): Element[] => [
          ...(inside?.querySelectorAll(selector) ?? []),
          ...document.querySelectorAll(selector),
        ];
        const levels = all("h1, h2, h3, h4").map((h) => Number(h.tagName[1]));
        const repeated = (tree: ParentNode): number => {
          const ids = [...tree.querySelectorAll("[id]")].map(({ id }) => id);
          return ids.length - new Set(ids).size;
        };
        return {
          title: document.title,
          text: `${document.body.innerText} ${sheet?.innerText ?? ""}`,
          lang: document.documentElement.lang,
          main: document.querySelectorAll("main").length,
          banner: all(".ct-demo").length,
          headings: levels.filter((level) => level === 1).length,
          skipped: levels.filter((level, i) => level - (levels[i - 1] ?? 0) > 1).length,
          emptyTables: (all("table") as HTMLTableElement[]).filter(
            (table) => table.tBodies.length === 0 || table.tBodies[0]?.rows.length === 0,
          ).length,
          unnamedTables: all("table:not(:has(caption))").length,
          // what axe asks of the content of a page, of those too whose like it has judged
          emptyHeadings: all("h1, h2, h3, h4, th").filter(
            (one) => one.textContent?.trim() === "" && !one.hasAttribute("aria-label"),
          ).length,
          repeatedIds: repeated(document) + (inside ? repeated(inside) : 0),
          unnamed: all("a[href], button, summary")
            .filter((one) => one.checkVisibility({ visibilityProperty: true }))
            .filter(
              (one) =>
                one.textContent?.trim() === "" &&
                !one.hasAttribute("aria-label") &&
                !one.hasAttribute("aria-labelledby"),
            )
            .map((one) => one.outerHTML.slice(0, 120)),
          untold: all("svg[role=img], img").filter(
            (one) =>
              !one.hasAttribute("alt") &&
              !one.hasAttribute("aria-label") &&
              !one.hasAttribute("aria-labelledby"),
          ).length,
          unscoped: all("th:not([scope])").length,
          wordless: all(".ct-badge").filter(
            (badge) => badge.querySelector("svg") === null || badge.textContent?.trim() === "",
          ).length,
        };
      });
      const { title, text, ...counts } = found;
      expect({ path, status, errors, ...counts }).toEqual({
        path,
        status: 200,
        errors: [],
        lang: "vi",
        main: 1,
        banner: 1,
        headings: 1,
        skipped: 0,
        emptyTables: 0,
        unnamedTables: 0,
        emptyHeadings: 0,
        repeatedIds: 0,
        unnamed: [],
        untold: 0,
        unscoped: 0,
        wordless: 0,
      });
      expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
      expect(text).toContain("Số liệu minh họa");
      const isOfAllPlans = ["/bao-cao/", "/ma-kiem-tra/"].includes(path);
      expect(title).toMatch(isOfAllPlans ? / – Chỉ tiêu$/ : / – 217\/KH-UBND$/);
      // The only plan's overview is the first page, too.
      const twin = path === "/" ? undefined : titles.get(title);
      if (twin !== undefined) problems.push(`${path} has the title of ${twin}: ${title}`);
      if (path !== "/") titles.set(title, path);
      await judge();
    },
    ofAKind.unasked,
  );
  expect([...english]).toEqual([]);
  expect(problems).toEqual([]);
  return seen;
}

/** What a page says is Vietnamese whatever is chosen or pressed on it, and files are named so, too. */
export async function expectOperatedInVietnamese(visit: Visit, path: string): Promise<void> {
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
}

/** Every page of the demonstration that can be reached from the first one. */
export function expectAllPages(seen: readonly string[]): void {
  expect(seen.filter((path) => path.startsWith(`/${PLAN}/chi-tieu/`))).toHaveLength(12);
  expect(seen.filter((path) => path.startsWith(`/${PLAN}/dia-ban/`))).toHaveLength(10);
  expect(seen.filter((path) => path.startsWith(`/${PLAN}/ky/`))).toHaveLength(6);
  expect(seen.filter((path) => path.includes("/bao-cao/")).sort()).toEqual([
    `/${PLAN}/bao-cao/`,
    `/${PLAN}/bao-cao/2024-H1/`,
    `/${PLAN}/bao-cao/2024-H1/v1/`,
    `/${PLAN}/bao-cao/2024-H1/v1/can-cu/`,
    `/${PLAN}/bao-cao/2024-Q2/`,
    `/${PLAN}/bao-cao/2024-Q2/v1/`,
    `/${PLAN}/bao-cao/2024-Q2/v1/can-cu/`,
    `/${PLAN}/bao-cao/2024-Q2/v2/`,
    `/${PLAN}/bao-cao/2024-Q2/v2/can-cu/`,
    `/${PLAN}/bao-cao/2024-Q4/`,
    `/${PLAN}/bao-cao/2024-Q4/v1/`,
    `/${PLAN}/bao-cao/2024-Q4/v1/can-cu/`,
    "/bao-cao/",
  ]);
  // each indicator at each period in force
  expect(seen.filter((path) => path.startsWith(`/${PLAN}/can-cu/`))).toHaveLength(12 * 5);
  // a page for each table of the marts, and their list
  const ofTables = seen.filter((path) => path.startsWith(DICTIONARY));
  expect(ofTables).toContain(DICTIONARY);
  expect(ofTables).toContain(`${DICTIONARY}attainment_by_ward_quarter/`);
  // a page for each unit, their list, and the search over all plans
  expect(seen.filter((path) => path.startsWith("/don-vi/"))).toHaveLength(1 + 21);
  expect(seen).toContain("/tim-kiem/");
  expect(seen).toContain("/ma-kiem-tra/");
  expect(seen).toHaveLength(38 + 13 + 60 + 24 + ofTables.length);
}

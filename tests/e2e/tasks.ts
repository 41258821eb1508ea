import type { Locator, Page } from "playwright-core";
import { PLAN } from "./marts.ts";
import type { Visit } from "./site.ts";

/** Somebody goes through a page: each tap and each screen that is scrolled is counted. */
interface Walker {
  readonly page: Page;
  tap(what: string): Promise<void>;
  choose(what: string, ...values: readonly string[]): Promise<void>;
  type(what: string, text: string): Promise<void>;
  /** What was asked for is read. */
  see(what: string, says?: RegExp): Promise<void>;
}

/** What somebody wants to know or do, and how it is done. */
export interface Task {
  readonly who: "Leader, on a phone" | "Analyst" | "Staff";
  readonly wants: string;
  /** Where it begins; the first page by default. */
  readonly from?: string;
  /** Why it cannot be done on the pages, where it cannot. */
  readonly missing?: string;
  does?(walk: Walker): Promise<void>;
}

export interface Steps {
  readonly taps: number;
  readonly screens: number;
  /** Of the page on which it ends. */
  readonly ends: string;
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** What people of three kinds come for. */
export const TASKS: readonly Task[] = [
  {
    who: "Leader, on a phone",
    wants: "where we stand",
    does: ({ see }) => see(".ct-standing .ct-lead", /chỉ tiêu đạt/),
  },
  {
    who: "Leader, on a phone",
    wants: "the ward that needs attention most, and on what",
    does: ({ see }) => see(".ct-wards > li:first-child", /Phường.*được/s),
  },
  {
    who: "Leader, on a phone",
    wants: "who has not reported",
    does: ({ see }) => see("#bao-cao"),
  },
  {
    who: "Leader, on a phone",
    wants: "what has changed since the period before",
    does: ({ see }) => see("[data-cell='before']", /kỳ trước/),
  },
  {
    who: "Leader, on a phone",
    wants: "what will be missed at the end of the year",
    does: ({ see }) => see("#chi-tieu", /Không đạt/),
  },
  {
    who: "Leader, on a phone",
    wants: "the same quarter of last year",
    missing:
      "the demonstration that tests walk is of one year; that of `npm start` has the year before, in the table of an indicator and in the explorer",
  },
  {
    who: "Leader, on a phone",
    wants: "what was said when the report was published",
    does: async ({ tap, see }) => {
      await tap(".ct-published a");
      await see("h1 ~ p, .ct-summary, .ct-lead");
    },
  },
  {
    who: "Leader, on a phone",
    wants: "whom to call",
    missing: "names of people are on the city's pages alone, on the page of the unit",
  },
  {
    who: "Analyst",
    wants: "an indicator over time, ward by ward",
    does: async ({ tap, see }) => {
      await tap('#chi-tieu a[href$="/chi-tieu/1.3a/"]');
      await see('[data-chart="wards"]');
    },
  },
  {
    who: "Analyst",
    wants: "the figure of a quarter by itself beside that of the year to date",
    from: `/${PLAN}/chi-tieu/1.3a/`,
    does: async ({ tap, see }) => {
      await tap('.ct-switch button[aria-pressed="false"]');
      await see('[data-chart="trend"]');
    },
  },
  {
    who: "Analyst",
    wants: "numerator and denominator",
    from: `/${PLAN}/tra-cuu/`,
    does: ({ see }) => see('[data-cell="denominator"]'),
  },
  {
    who: "Analyst",
    wants: "three wards beside each other on two indicators, over time",
    from: `/${PLAN}/tra-cuu/`,
    does: async ({ tap, see }) => {
      for (const [filter, values] of Object.entries({
        "chi-tieu": ["1.3a", "3.2b"],
        "dia-ban": ["05974", "05977", "05989"],
      })) {
        const box = `.ct-filter:has(select[name="${filter}"])`;
        await tap(`${box} summary`);
        for (const value of values) await tap(`${box} input[value="${value}"]`);
      }
      await tap('.ct-switch button:text-is("Biểu đồ")');
      await see('[data-chart="3.2b"]');
    },
  },
  {
    who: "Analyst",
    wants: "wards compared on an indicator in an earlier quarter",
    from: `/${PLAN}/dia-ban/?chi-tieu=3.2b`,
    does: async ({ tap, see }) => {
      await tap('[data-others] a[href*="2024-Q3"]');
      await see("[data-at='2024-Q3']");
    },
  },
  {
    who: "Analyst",
    wants: "what is counted without a target, ward by ward",
    from: `/${PLAN}/kham-pha/`,
    does: async ({ choose, see }) => {
      await choose('select[name="chi-tieu"]', "~inspection_visits");
      await see('[data-row="05974"]', /Phường Tam Thanh\s+\d/);
    },
  },
  {
    who: "Analyst",
    wants: "which wards stand out",
    from: `/${PLAN}/chi-tieu/1.3a/`,
    does: ({ see }) => see("#xep-hang"),
  },
  {
    who: "Analyst",
    wants: "a file of what is seen",
    from: `/${PLAN}/tra-cuu/?chi-tieu=1.3a&ky=2024-Q4`,
    does: async ({ tap }) => tap(".ct-csv"),
  },
  {
    who: "Analyst",
    wants: "the cell that a ward's figure in the overview comes from",
    does: async ({ tap, see, page }) => {
      await tap('[data-indicator="1.3a"] .ct-trace');
      await tap('#toan-dia-ban tr[data-place="05974"] a');
      await see(`[id="${new URL(page.url()).hash.slice(1)}"] table`);
    },
  },
  {
    who: "Analyst",
    wants: "what is doubtful",
    does: async ({ tap, see }) => {
      await tap('nav a[href$="/con-thieu/"]');
      await see("[data-rule]");
    },
  },
  {
    who: "Staff",
    wants: "who is late",
    does: async ({ tap, see }) => {
      await tap('nav a[href$="/con-thieu/"]');
      await tap('main a[href$="/thoi-han/"]');
      await see("#tung-don-vi");
    },
  },
  {
    who: "Staff",
    wants: "where the blank forms are: at the desk, or by a command",
    does: async ({ tap, see }) => {
      await tap('nav a[href$="/con-thieu/"]');
      await tap('main a[href$="/thoi-han/"]');
      await see("[data-forms]", /Bàn làm việc.*lệnh/s);
    },
  },
  {
    who: "Staff",
    wants: "the newest report as a document",
    does: async ({ tap, see }) => {
      await tap('nav a[href$="/bao-cao/"]');
      await see('a[href$=".docx"]');
    },
  },
  {
    who: "Staff",
    wants: "a report of last year",
    from: "/bao-cao/",
    does: ({ see }) => see("table a[href*='/bao-cao/']"),
  },
  {
    who: "Staff",
    wants: "to check a printed report by its code",
    does: async ({ tap, type, see }) => {
      await tap('nav a[href$="/bao-cao/"]');
      await tap('main a[href="/ma-kiem-tra/"]');
      await type("main input:not([type=file])", "0000-0000");
      await see("[data-code]");
    },
  },
  ...["to chase a unit with a letter", "to send a wrong form back", "to publish"].map(
    (wants): Task => ({
      who: "Staff",
      wants,
      missing: "at the desk («Bàn làm việc»), by commands too",
    }),
  ),
];

/** What of something has to be seen, in pixels. */
const LINE = 40;

/** How far down something is on its page. */
async function topOf(page: Page, id: string): Promise<number> {
  return page.locator(`[id="${id}"]`).evaluate((one) => one.getBoundingClientRect().top + scrollY);
}

/** Does every task, those of one kind of people in one browser; null where the pages cannot. */
export async function stepsOfTasks(visit: Visit): Promise<Map<Task, Steps | null>> {
  const found = new Map<Task, Steps | null>();
  for (const who of new Set(TASKS.map((task) => task.who))) {
    const size = who === "Leader, on a phone" ? PHONE : DESK;
    const page = await visit.open("/", size);
    for (const task of TASKS.filter((one) => one.who === who)) {
      found.set(task, task.does ? await stepsOf(page, visit.url, size, task) : null);
    }
    await page.context().close();
  }
  return found;
}

async function stepsOf(
  page: Page,
  url: string,
  size: typeof PHONE,
  { from = "/", does }: Task,
): Promise<Steps> {
  await page.goto(url + from);
  await page.waitForSelector("html[data-hydrated]");
  let [taps, screens] = [0, 0];
  /** The screens between what is seen and a place, in whole ones. */
  let seen = 0;
  const scrollTo = async (target: Locator) => {
    await target.waitFor({ state: "visible" });
    await page.evaluate(() => document.fonts.ready);
    const top = await target.evaluate((one) => one.getBoundingClientRect().top + scrollY);
    const beyond = Math.max(top + LINE - seen - size.height, seen - top);
    if (beyond <= 0) return;
    screens += Math.ceil(beyond / size.height);
    seen = top;
  };
  const first = (what: string) => page.locator(what).filter({ visible: true }).first();
  await does?.({
    page,
    tap: async (what) => {
      await scrollTo(first(what));
      const href = await first(what).getAttribute("href");
      await first(what).click();
      taps += 1;
      if (href === null) return;
      const { pathname, hash } = new URL(href, page.url());
      await page.waitForURL((url) => decodeURI(url.pathname) === decodeURI(pathname));
      await page.waitForLoadState("networkidle");
      // a browser goes to the top, or to what the address names
      seen = hash === "" ? 0 : await topOf(page, hash.slice(1));
    },
    choose: async (what, ...values) => {
      await scrollTo(first(what));
      await first(what).selectOption([...values]);
      taps += 1 + values.length;
    },
    type: async (what, text) => {
      await scrollTo(first(what));
      await first(what).fill(text);
      taps += 1;
    },
    see: async (what, says) => {
      await scrollTo(first(what));
      if (says !== undefined) {
        const text = await first(what).innerText();
        if (!says.test(text)) throw new Error(`${what} says «${text}»`);
      }
    },
  });
  const ends = decodeURI(new URL(page.url()).pathname);
  return { taps, screens, ends };
}

/** The document about tasks with its table as found; what stands around that stays. */
export function taskDocument(document: string, found: ReadonlyMap<Task, Steps | null>): string {
  const lines = [...found].map(([{ who, wants, missing }, steps]) =>
    steps === null
      ? `| ${who} | ${wants} | – | – | ${missing ?? ""} |`
      : `| ${who} | ${wants} | ${steps.taps} | ${steps.screens} | \`${steps.ends}\` |`,
  );
  return document.replace(
    /^(\| who .*\n\| --- .*\n)(?:\|.*\n)*/m,
    (_, head: string) => `${head}${lines.join("\n")}\n`,
  );
}

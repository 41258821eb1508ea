import type { Locator, Page } from "playwright-core";
import { PLAN } from "./marts.ts";
import type { Visit } from "./site.ts";

const PEOPLE = ["Leader, on a phone", "Analyst", "Staff"] as const;

/** What somebody wants to know or do, and how it is done. */
export interface Task {
  readonly who: (typeof PEOPLE)[number];
  readonly wants: string;
  /** Where it begins, and what is done there: see `TASKS`. */
  readonly from: string;
  readonly does: string;
}

export interface Steps {
  readonly taps: number;
  readonly screens: number;
  /** Of the page on which it ends. */
  readonly ends: string;
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

const boxOf = (filter: string): string => `.ct-filter:has(select[name="${filter}"])`;

/**
 * What people of three kinds come for, and what they do, a step a line: `tap`, `see` (`»` what it says),
 * `choose` and `type` (`:=` a value); `see #` is the place that the address names.
 */
const OF: Readonly<
  Record<
    (typeof PEOPLE)[number],
    readonly (readonly [wants: string, does: string, from?: string])[]
  >
> = {
  "Leader, on a phone": [
    ["where we stand", "see .ct-standing .ct-lead » chỉ tiêu đạt"],
    [
      "the ward that needs attention most, and on what",
      "see .ct-wards > li:first-child » Phường.*được",
    ],
    ["who has not reported", "see #bao-cao"],
    ["what has changed since the period before", "see [data-cell='before'] » kỳ trước"],
    ["what will be missed at the end of the year", "see #chi-tieu » Không đạt"],
    [
      "what was said when the report was published",
      `tap .ct-published a
      see h1 ~ p, .ct-summary, .ct-lead`,
    ],
  ],
  Analyst: [
    [
      "an indicator over time, ward by ward",
      `tap #chi-tieu a[href$="/chi-tieu/1.3a/"]
      see [data-chart="wards"]`,
    ],
    [
      "the figure of a quarter by itself beside that of the year to date",
      `tap .ct-switch button[aria-pressed="false"]
      see [data-chart="trend"]`,
      "chi-tieu/1.3a/",
    ],
    ["numerator and denominator", 'see [data-cell="denominator"]', "tra-cuu/"],
    [
      "three wards beside each other on two indicators, over time",
      `tap ${boxOf("chi-tieu")} summary
      tap ${boxOf("chi-tieu")} input[value="1.3a"]
      tap ${boxOf("chi-tieu")} input[value="3.2b"]
      tap ${boxOf("dia-ban")} summary
      tap ${boxOf("dia-ban")} input[value="05974"]
      tap ${boxOf("dia-ban")} input[value="05977"]
      tap ${boxOf("dia-ban")} input[value="05989"]
      tap .ct-switch button:text-is("Biểu đồ")
      see [data-chart="3.2b"]`,
      "tra-cuu/",
    ],
    [
      "wards compared on an indicator in an earlier quarter",
      `tap [data-others] a[href*="2024-Q3"]
      see [data-at='2024-Q3']`,
      "dia-ban/?chi-tieu=3.2b",
    ],
    [
      "what is counted without a target, ward by ward",
      `choose select[name="chi-tieu"] := ~inspection_visits
      see [data-row="05974"] » Phường Tam Thanh\\s+\\d`,
      "kham-pha/",
    ],
    ["which wards stand out", "see #xep-hang", "chi-tieu/1.3a/"],
    ["a file of what is seen", "tap .ct-csv", "tra-cuu/?chi-tieu=1.3a&ky=2024-Q4"],
    [
      "the cell that a ward's figure in the overview comes from",
      `tap [data-indicator="1.3a"] .ct-trace
      tap #toan-dia-ban tr[data-place="05974"] a
      see #`,
    ],
    [
      "what is doubtful",
      `tap nav a[href$="/con-thieu/"]
      see [data-cell="verdict"]`,
    ],
  ],
  Staff: [
    [
      "who is late",
      `tap nav a[href$="/con-thieu/"]
      tap main a[href$="/thoi-han/"]
      see #tung-don-vi`,
    ],
    [
      "where the blank forms are: at the desk, or by a command",
      `tap nav a[href$="/con-thieu/"]
      tap main a[href$="/thoi-han/"]
      see [data-forms] » Bàn làm việc.*lệnh`,
    ],
    [
      "the newest report as a document",
      `tap nav a[href$="/bao-cao/"]
      see a[href$=".docx"]`,
    ],
    ["a report of last year", "see table a[href*='/bao-cao/']", "/bao-cao/"],
    [
      "to check a printed report by its code",
      `tap nav a[href$="/bao-cao/"]
      tap main a[href="/ma-kiem-tra/"]
      type main input:not([type=file]) := 0000-0000
      see [data-code]`,
    ],
  ],
};

export const TASKS: readonly Task[] = PEOPLE.flatMap((who) =>
  OF[who].map(
    ([wants, does, from = "/"]): Task => ({
      ...{ who, wants, does, from: from.startsWith("/") ? from : `/${PLAN}/${from}` },
    }),
  ),
);

/** A step of a task: what is done, where, and what it says or gets. */
const STEP = /^(\w+) (.+?)(?: (?:»|:=) (.+))?$/;

/** What of something has to be seen, in pixels. */
const LINE = 40;

/** How far down something is on its page. */
async function topOf(page: Page, id: string): Promise<number> {
  return page.locator(`[id="${id}"]`).evaluate((one) => one.getBoundingClientRect().top + scrollY);
}

/** Does every task, those of one kind of people in one browser. */
export async function stepsOfTasks(visit: Visit): Promise<Map<Task, Steps>> {
  const found = new Map<Task, Steps>();
  for (const who of new Set(TASKS.map((task) => task.who))) {
    const size = who === "Leader, on a phone" ? PHONE : DESK;
    const page = await visit.open("/", size);
    for (const task of TASKS.filter((one) => one.who === who)) {
      found.set(task, await stepsOf(page, visit.url + task.from, size, task.does));
    }
    await page.context().close();
  }
  return found;
}

async function stepsOf(page: Page, url: string, size: typeof PHONE, does: string): Promise<Steps> {
  await page.goto(url);
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
  const steps: Readonly<Record<string, (what: Locator, argument: string) => Promise<void>>> = {
    tap: async (what) => {
      const href = await what.getAttribute("href");
      await what.click();
      taps += 1;
      if (href === null) return;
      const { pathname, hash } = new URL(href, page.url());
      await page.waitForURL((url) => decodeURI(url.pathname) === decodeURI(pathname));
      await page.waitForLoadState("networkidle");
      // a browser goes to the top, or to what the address names
      seen = hash === "" ? 0 : await topOf(page, hash.slice(1));
    },
    choose: async (what, value) => {
      await what.selectOption(value);
      taps += 2;
    },
    type: async (what, text) => {
      await what.fill(text);
      taps += 1;
    },
    see: async (what, says) => {
      const text = await what.innerText();
      if (!new RegExp(says, "s").test(text)) throw new Error(`${says} is not in «${text}»`);
    },
  };
  for (const line of does.split("\n")) {
    const [, step = "", what = "", argument = ""] = STEP.exec(line.trim()) ?? [];
    const named = `[id="${new URL(page.url()).hash.slice(1)}"] table`;
    const where = first(what === "#" ? named : what);
    await scrollTo(where);
    await steps[step]?.(where, argument);
  }
  const ends = decodeURI(new URL(page.url()).pathname);
  return { taps, screens, ends };
}

/** The document about tasks with its table as found; what stands around that stays. */
export function taskDocument(document: string, found: ReadonlyMap<Task, Steps>): string {
  const lines = [...found].map(
    ([{ who, wants }, { taps, screens, ends }]) =>
      `| ${who} | ${wants} | ${taps} | ${screens} | \`${ends}\` |`,
  );
  return document.replace(
    /^(\| who .*\n\| --- .*\n)(?:\|.*\n)*/m,
    (_, head: string) => `${head}${lines.join("\n")}\n`,
  );
}

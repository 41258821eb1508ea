import { existsSync } from "node:fs";
import { cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { developPages } from "../../pipelines/site/dev.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { newFolder } from "../folders.ts";
import { launchBrowser } from "./chromium.ts";
import { changeMarts, queryMarts } from "./marts.ts";
import { builtSite, PATIENCE_MS } from "./site.ts";

// A copy of the project is worked on as a developer would, with its pages open in a browser. That a
// change is seen is asserted, and how long it took is printed.

const PATIENCE = 900_000;
/** Vite compiles what a page needs when it is first asked for. */
const SEEN_MS = 120_000;

let folder = "";
let browser: Browser;
let page: Page;
let url = "";
let marts = "";
let running: Promise<void>;
const ended = new AbortController();
const warnings: string[] = [];
const said: string[] = [];

beforeAll(async () => {
  const demonstration = builtSite();
  folder = newFolder("chitieu-dev-");
  const { root, reports } = findWorkspace("warehouse");
  const isOwn = (path: string) => !/\/(node_modules|\.evidence)$/.test(path);
  await cp(reports, join(folder, "reports"), { recursive: true, filter: isOwn });
  // what components import of the rest of the project
  for (const room of ["sentences", "vocabulary"]) {
    const from = join("pipelines", room);
    await cp(join(root, from), join(folder, from), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await symlink(join(reports, "node_modules"), join(folder, "reports", "node_modules"));
  await writeFile(join(folder, "model.sql"), "select 1");
  marts = demonstration.marts;
  const workspace = findWorkspace("warehouse", folder);
  const { bundler } = workspace;
  if (bundler === null) throw new Error("a checkout has a bundler");
  url = await new Promise<string>((done, fail) => {
    running = developPages({
      marts,
      audience: "shared",
      workspace,
      bundler,
      host: "127.0.0.1",
      port: 5190,
      modelInputs: [join(folder, "model.sql")],
      rebuild: async () => marts,
      out: (text) => {
        said.push(text);
        const [address] = /^http:\S+/.exec(text) ?? [];
        if (address !== undefined) done(address);
      },
      warn: (text) => warnings.push(text),
      signal: ended.signal,
    });
    running.catch(fail);
  });
  browser = await launchBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  ended.abort();
  await running;
}, PATIENCE);

/** Replaces a text in a file of the copy and waits until another is shown. */
async function change(file: string, from: string, to: string, shown: string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  const start = performance.now();
  const seen = page.getByText(shown).first();
  await writeFile(path, text.replace(from, to));
  await seen.waitFor({ timeout: SEEN_MS / 2 }).catch(async () => {
    // a page that was just loading again has missed what it was told
    await writeFile(path, text.replace(from, to));
    await seen.waitFor({ timeout: SEEN_MS });
  });
  console.log(`${file}: seen after ${Math.round(performance.now() - start)} ms`);
}

async function open(path: string): Promise<void> {
  // a page that loads again because of the last change breaks this off, or goes back where it was
  for (let left = 3; left >= 0; left -= 1) {
    const isThere = await page
      .goto(url + path)
      .then(() => page.waitForSelector("html[data-hydrated]", { timeout: SEEN_MS / 2 }))
      .then(() => new URL(page.url()).pathname === path)
      .catch(async (error: unknown) => {
        if (left === 0) throw error;
        await page.waitForTimeout(1000);
        return false;
      });
    if (isThere) return;
  }
  throw new Error(`${path} goes to ${page.url()}`);
}

test(
  "a change to a component, a page, a source query and a model is seen where the page is open",
  async () => {
    await open("/");
    await change(
      "reports/components/shell/PageShell.svelte",
      "Đến nội dung",
      "Tới nội dung",
      "Tới nội dung",
    );
    await change(
      "reports/pages/index.md",
      "</Frame>\n{/if}",
      "<p>Câu thêm</p></Frame>\n{/if}",
      "Câu thêm",
    );
    await change("reports/partials/overview.md", "<!-- ", "<p>Câu chung</p>\n\n<!-- ", "Câu chung");
    await change(
      "reports/sources/chitieu/plan.sql",
      " plan.short_title,",
      " 'Thử: ' || plan.short_title as short_title,",
      "Thử: ",
    );

    const changed = join(folder, "changed.duckdb");
    await changeMarts(marts, changed, "update marts.plan set short_title = 'Mô hình đã sửa'");
    marts = changed;
    await change("model.sql", "1", "2", "Mô hình đã sửa");
    expect(warnings).toEqual([]);
  },
  PATIENCE,
);

test(
  "a mistake in a component is told with its line, and is not said to be shown",
  async () => {
    const path = join(folder, "reports/components/shell/PageShell.svelte");
    const text = await readFile(path, "utf8");
    const shown = () => said.filter((one) => /PageShell\.svelte: hiện sau/.test(one)).length;
    const before = shown();
    await writeFile(path, `${text}<p>{no such}</p>\n`);
    const told = `PageShell.svelte:${text.split("\n").length}: `;
    await expect.poll(() => warnings.join("\n"), { timeout: SEEN_MS }).toContain(told);
    expect(shown()).toBe(before);
    await writeFile(path, text);
    await expect.poll(shown, { timeout: SEEN_MS }).toBe(before + 1);
  },
  PATIENCE,
);

test(
  "filters work, also on a page that another one led to",
  async () => {
    await open("/217-kh-ubnd-2024/");
    await page.getByRole("link", { name: "Tra cứu" }).first().click();
    await page.waitForURL("**/tra-cuu/");
    const rows = page.locator("main tbody tr");
    await rows.first().waitFor({ timeout: SEEN_MS });
    const all = await rows.count();
    await page.locator("main select").first().selectOption({ index: 1 });
    await expect.poll(() => rows.count()).toBeLessThan(all);
  },
  PATIENCE,
);

/** A page as Evidence's documentation writes them, which reads a table of the sources as a whole. */
const EVIDENCE_PAGE = `---
title: Thử
---

\`\`\`sql areas
select area_code, area_name, area_no from chitieu.area order by area_no
\`\`\`

\`\`\`sql chosen
select area_name, met from chitieu.area join chitieu.area_period using (plan_id, area_id)
where area_code = '\${inputs.noi.value}' and period = '2024-Y'
\`\`\`

\`\`\`sql total
select sum(met) as total from \${chosen}
\`\`\`

Tổng: {fmt(total[0].total, '#,##0.0')}

<Dropdown data={areas} name=noi value=area_code label=area_name order=area_no title="Nơi xem" />
<BigValue data={chosen} value=met title="Số chỉ tiêu đạt" />
<DataTable data={chosen} />
`;

test(
  "Evidence's components work as its documentation writes them, and filter",
  async () => {
    await writeFile(join(folder, "reports/pages/thu.md"), EVIDENCE_PAGE);
    // the first page with components that no page had makes the server bundle them anew
    const isAlive = async () => {
      if ((await page.goto(`${url}/thu/`))?.status() !== 200) return false;
      const hydrated = page.waitForSelector("html[data-hydrated]", { timeout: SEEN_MS / 2 });
      return hydrated.then(
        () => true,
        () => false,
      );
    };
    await expect.poll(isAlive, { timeout: 3 * SEEN_MS }).toBe(true);
    const shown = () => page.locator("table:visible tbody tr").allInnerTexts();
    const expected = async (place: number) => {
      const rows = await queryMarts(
        marts,
        `select a.area_name, s.met from marts.status_by_place as s
        join marts.area as a using (plan_id, area_id)
        where s.audience = 'shared' and s.period = '2024-Y' order by a.area_no`,
      );
      return [`${rows[place]?.area_name}\t${rows[place]?.met}`];
    };
    await expect.poll(shown, { timeout: SEEN_MS }).toEqual(await expected(0));
    const wanted = await expected(3);
    // the server may load the page anew in between, when it has bundled what it asked for
    const chosen = async () => {
      if (JSON.stringify(await shown()) === JSON.stringify(wanted)) return true;
      const soon = { timeout: SEEN_MS / 6 };
      const option = page.getByRole("option").nth(3);
      if (!(await option.isVisible())) {
        await page.getByRole("button", { name: "Nơi xem" }).click(soon);
      }
      await option.click(soon);
      return false;
    };
    await expect.poll(() => chosen().catch(() => false), { timeout: 3 * SEEN_MS }).toBe(true);
    await page.getByText(`Tổng: ${wanted[0]?.split("\t")[1]},0`).waitFor();
    await change("reports/pages/thu.md", "Số chỉ tiêu đạt", "Đạt cả năm", "Đạt cả năm");
    await change(
      "reports/pages/thu.md",
      "<DataTable data={chosen} />",
      "<BarChart data={chosen} x=nothing_such y=met />",
      "Không hiển thị được phần này của trang",
    );
    await rm(join(folder, "reports/pages/thu.md"));
  },
  PATIENCE,
);

test(
  "a query that fails is named with its file, in the browser and where the server runs",
  async () => {
    await open("/217-kh-ubnd-2024/tra-cuu/");
    await change(
      "reports/sources/chitieu/area.sql",
      "select",
      "select nothing_such as x,",
      "reports/sources/chitieu/area.sql failed",
    );
    expect(warnings.join("\n")).toMatch(
      /reports\/sources\/chitieu\/area\.sql failed: .*nothing_such/,
    );

    const home = join(folder, "reports/pages/index.md");
    const text = await readFile(home, "utf8");
    await writeFile(home, text.replace("from chitieu.plan\n", "from chitieu.plano\n"));
    await open("/217-kh-ubnd-2024/");
    await expect.poll(async () => (await page.goto(url))?.status(), { timeout: SEEN_MS }).toBe(500);
    // queries that stand on the wrong one fail with it, in any order
    await page.getByText(/reports\/pages\/index\.md: Query "\w+" failed: .*plano/).waitFor();
  },
  PATIENCE,
);

test("the kept bundle stays", () => {
  expect(
    existsSync(join(findWorkspace("warehouse").bundles.own, "server", "manifest-full.js")),
  ).toBe(true);
});

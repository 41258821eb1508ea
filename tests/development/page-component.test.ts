import { expect, test } from "vitest";
import { pageComponent } from "../../pipelines/development/page-component.ts";

const PARTS = {
  page: "[plan]/ky/[period].md",
  types: "../types/pages.ts",
  components: new Map([["Frame", "$lib/shell/Frame.svelte"]]),
  partials: new Map([["wards.md", "```sql wards\nselect 1\n```\n\n<Frame />\n{wards.length}\n"]]),
};

test("a page as a component: typed rows and parameters, every line where it was", () => {
  const page = [
    "---",
    "title: Kỳ",
    "---",
    "",
    "```sql plan",
    "select 1 as one",
    "```",
    "```sql more",
    `select * from \${plan}`,
    "```",
    "",
    "# {plan[0].one} của {params.period}, như `{này}`",
    "<Frame /><BigValue data={plan} />",
    "",
  ].join("\n");
  const [first = "", ...rest] = pageComponent(page, PARTS).split("\n");
  expect(rest).toEqual([
    ...Array.from({ length: 10 }, () => ""),
    "# {plan[0].one} của {params.period}, như ` này `",
    "<Frame /><BigValue data={plan} />",
    "",
  ]);
  expect(first).toContain('import Frame from "$lib/shell/Frame.svelte";');
  expect(first).toMatch(/import \{ BigValue \} from "..\/types\/evidence-components\.ts";/);
  expect(first).toContain('export let plan: PageData<"[plan]/ky/[period]">["plan"];');
  expect(first).toContain("export let params: Readonly<{ plan: string; period: string }>;");
  // only another query uses it
  expect(first).not.toContain("more");
});

test("a page's own script stays where it is", () => {
  const page = "# Trang\n<script>\n  const one = 1;\n</script>\n{one}\n";
  expect(pageComponent(page, PARTS)).toBe(
    '# Trang\n<script lang="ts">\n  const one = 1;\n</script>\n{one}\n',
  );
});

test("what a partial says stands on the line that takes it in, its queries typed", () => {
  const page = '# Trang\n{@partial "wards.md"}\nChữ\n';
  const [first = "", second = "", third = ""] = pageComponent(page, PARTS).split("\n");
  expect(first).toContain('export let wards: PageData<"[plan]/ky/[period]">["wards"];');
  expect(second.trim()).toBe("<Frame /> {wards.length}");
  expect(third).toBe("Chữ");
});

test("inputs are those that the page has", () => {
  const page = "<Dropdown name=noi value=code />\n{inputs.noi.label}\n";
  expect(pageComponent(page, PARTS)).toMatch(
    /export let inputs: Readonly<Record<"noi", import\(\S+evidence-components\.ts"\)\.Choice>>;/,
  );
});

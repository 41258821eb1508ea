import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { layOutProject, pagesByPart, routeOf } from "../../pipelines/site/project.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { newFolder } from "../folders.ts";
import { ROOT } from "../lanes.ts";

/** A folder of pages with a component of its own, `Frame`. */
function reportsWith(pages: Readonly<Record<string, string>>): string {
  const reports = newFolder();
  const files = { "components/shell/Frame.svelte": "", "partials/chart.md": "<LineChart />" };
  const laid = Object.entries(pages).map(([page, text]) => [`pages/${page}`, text]);
  for (const [file = "", text = ""] of [...Object.entries(files), ...laid]) {
    mkdirSync(dirname(join(reports, file)), { recursive: true });
    writeFileSync(join(reports, file), text);
  }
  return reports;
}

test.each([
  ["own", "<Frame>**Bảng**</Frame>"],
  ["own", "một <b>chữ</b> và {fmt_text}"],
  ["evidence", "<Frame><BigValue data={q} value=v /></Frame>"],
  ["evidence", '{@partial "chart.md"}'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an input of Evidence, as a page has it
  ["evidence", "```sql q\nselect '${inputs.chon.value}'\n```"],
  ["evidence", "{fmt(q[0].v, '#,##0')}"],
] as const)("a page is bundled with its components: %s %s", async (part, text) => {
  const workspace = { ...findWorkspace("warehouse"), reports: reportsWith({ "a.md": text }) };
  expect((await pagesByPart(workspace))[part]).toEqual(["a.md"]);
});

test("of a page of the other bundle there is the address, which the browser opens anew", async () => {
  const workspace = findWorkspace("warehouse");
  const reports = reportsWith({ "index.md": "<Frame />", "[plan]/xu-huong.md": "<LineChart />" });
  const { bundler } = workspace;
  if (bundler === null) throw new Error("a checkout has a bundler");
  const folder = join(newFolder(), "project");
  await layOutProject({ ...workspace, reports }, bundler, folder, "own");
  expect(existsSync(join(folder, "src/pages/+page.md"))).toBe(true);
  expect(existsSync(join(folder, "src/pages/[plan]/xu-huong/+page.md"))).toBe(false);
  const elsewhere = readFileSync(join(folder, "src/pages/[plan]/xu-huong/+page.js"), "utf8");
  expect(elsewhere).toContain("location.assign(url)");
});

test("only the sample takes Evidence's components, which take long to load", async () => {
  const { evidence } = await pagesByPart(findWorkspace("warehouse", ROOT));
  expect(evidence.map(routeOf)).toEqual(["/[plan]/phan-tich/mau"]);
});

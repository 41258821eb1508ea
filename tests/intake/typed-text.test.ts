import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { rowsIn } from "../asked.ts";
import { csvOf, newWorld, send } from "./given.ts";

const REPORTS = fileURLToPath(new URL("../../reports", import.meta.url));

const MARKUP = `<script>alert(1)</script><img src=x onerror="alert(2)">{@html note} {#if true}$\{note}`;
const FORMULA = `=HYPERLINK("http://example.org/?"&A1;"bấm vào đây")`;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test("what a ward typed comes into the marts as the text that it is", async () => {
  const world = newWorld();
  const [outcome] = await send(world, {
    content: csvOf([
      `UB-02,Q2,,people,5,${quoted(MARKUP)}`,
      `UB-02,Q2,,reached,3,${quoted(FORMULA)}`,
      `UB-02,Q2,,visits_day,1,${quoted("hai\u202Edòng\u0007\u0000.")}`,
    ]),
  });
  expect(outcome?.outcome).toBe("accepted");
  await buildMarts({ paths: world.paths, catalogue: world.catalogue, asOf: null });
  const sql = "select note from marts.reading_note order by measure";
  const notes = await rowsIn(world.paths.marts, sql);
  expect(notes).toEqual([{ note: MARKUP }, { note: FORMULA }, { note: "hai dòng ." }]);
});

test("a reply quotes it in plain text, with nothing in it that an editor would act on", async () => {
  const world = newWorld();
  const [outcome] = await send(world, {
    file: "\u202E../<b>biểu</b>.csv",
    content: csvOf([`UB-02,Q2,,people,${quoted(`${MARKUP}\u202E`)},`]),
  });
  expect(outcome?.outcome).toBe("refused");
  expect(readdirSync(world.paths.replies)).toHaveLength(1);
  const reply = readFileSync(outcome?.reply ?? "", "utf8");
  expect(outcome?.reply).toMatch(/\.txt$/);
  expect(reply).toContain("<script>alert(1)</script>");
  expect(reply).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
});

/** Files of the pages, those of libraries left out. */
function pageFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pageFiles(path);
    return /\.(svelte|md)$/.test(entry.name) ? [path] : [];
  });
}

test("no page puts data in as markup", () => {
  const files = pageFiles(REPORTS);
  expect(files.length).toBeGreaterThan(20);
  const offending = files.filter((file) => {
    const text = readFileSync(file, "utf8");
    // What a component that is given nothing and reads nothing writes is no data.
    const isConstant = !/export let|import |```sql/.test(text);
    // What it shows is a file under a seal, which was rendered when its version was published.
    if (file.endsWith("report/PublishedPage.svelte")) return false;
    return /\{@html|innerHTML|contentType\s*=\s*["']?html/.test(text) && !isConstant;
  });
  expect(offending).toEqual([]);
});

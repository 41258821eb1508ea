import { expect, test } from "vitest";
import { furtherPlaces } from "../../pipelines/intake/problem-wording.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { formRows, workbookOfRows } from "./form-given.ts";
import { csvOf, newWorld, problemText, sendOne } from "./given.ts";

test("marks in place of figures are asked about once a file, with every place and what to write", async () => {
  const world = newWorld();
  const content = csvOf([
    "UB-02,Q2,,reached,-,",
    "UB-02,Q2,,visits,x,",
    "UB-02,Q2,,visits_day,-,",
    "UB-02,Q2,,people,-,",
  ]);
  const outcome = await sendOne(world, { content });
  expect(outcome.problems.map(placesOf)).toEqual([
    "2 mark: Số người được tuyên truyền | - + dòng 3, dòng 4",
    "5 mark_of_stock: Số người | -",
  ]);
  const rows = await formRows(world.catalogue, "UB-02", { reached: "x", visits: "x" });
  const form = await sendOne(world, { file: "a.xlsx", content: await workbookOfRows(rows) });
  expect(form.problems.map(placesOf)).toEqual([
    "Biểu số liệu!F24 mark: Số người được tuyên truyền | x + ô F25",
  ]);
});

/** A problem, with the further places that it names. */
function placesOf(problem: Problem): string {
  const [found = "", further] = problem.found.split(furtherPlaces([]).slice(0, -1));
  const text = problemText({ ...problem, found: found.trim() });
  return further === undefined ? text : `${text} + ${further.slice(0, -1)}`;
}

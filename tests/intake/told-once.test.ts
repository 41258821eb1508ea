import { expect, test } from "vitest";
import { formRows, workbookOfRows } from "./form-given.ts";
import { csvOf, newWorld, sendOne } from "./given.ts";

test("marks in place of figures are asked about once a file, with every place and what to write", async () => {
  const world = newWorld();
  const content = csvOf([
    "UB-02,Q2,,reached,-,",
    "UB-02,Q2,,visits,x,",
    "UB-02,Q2,,visits_day,-,",
    "UB-02,Q2,,people,-,",
  ]);
  const outcome = await sendOne(world, { content });
  expect(
    outcome.problems.map(({ line, code, found, remedy }) => [line, code, found, remedy]),
  ).toEqual([
    [
      2,
      "mark",
      "Số liệu “Số người được tuyên truyền” ghi “-”, không phải là một số. Cũng ghi như vậy: dòng 3, dòng 4.",
      "Để trống nếu chưa có số liệu; ghi 0 nếu có theo dõi nhưng bằng không; ghi “Không phát sinh” nếu không phát sinh.",
    ],
    [
      5,
      "mark_of_stock",
      "Số liệu “Số người” ghi “-”, không phải là một số.",
      "Để trống nếu chưa có số liệu; ghi 0 nếu tại ngày chốt số liệu không có.",
    ],
  ]);
  const rows = await formRows(world.catalogue, "UB-02", { reached: "x", visits: "x" });
  const form = await sendOne(world, { file: "a.xlsx", content: await workbookOfRows(rows) });
  expect(form.problems.map(({ cell, found }) => `${cell} ${found}`)).toEqual([
    "F24 Số liệu “Số người được tuyên truyền” ghi “x”, không phải là một số. Cũng ghi như vậy: ô F25.",
  ]);
});

import { expect, test } from "vitest";
import { beginDrawing, drawBeside } from "../../pipelines/exports/drawing.ts";
import { drawDocument } from "../../pipelines/exports/exported-files.ts";
import { givenReport } from "./given.ts";

const report = givenReport();

test("a document drawn beside has the same bytes, whatever could not be drawn before it", async () => {
  const wrong = drawBeside({ report: { ...report, lines: null as never }, format: "pdf" });
  const right = (["docx", "pdf"] as const).map((format) => drawBeside({ report, format }));
  await expect(wrong).rejects.toThrow(TypeError);
  expect(await right[0]).toEqual(await drawDocument({ report, format: "docx" }));
  expect(await right[1]).toEqual(await drawDocument({ report, format: "pdf" }));
});

test("a thread that ends takes only what it was drawing with it", async () => {
  const ended = expect(drawBeside({ report, format: "pdf" })).rejects.toThrow(/bộ nhớ/);
  await beginDrawing().terminate();
  await ended;
  expect(await drawBeside({ report, format: "docx" })).not.toHaveLength(0);
});

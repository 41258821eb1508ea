import type { Worker } from "node:worker_threads";
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

const NO_MEMORY = Object.assign(new Error("heap"), { code: "ERR_WORKER_OUT_OF_MEMORY" });

test.each<[what: string, end: (thread: Worker) => unknown, says: RegExp]>([
  ["that is ended", () => undefined, /^Phần lập .* đã dừng \(mã 1\); chưa phát hành gì/],
  ["that fails", (thread) => thread.emit("error", new Error("sai")), /đã dừng \(sai\)/],
  ["that has no memory", (thread) => thread.emit("error", NO_MEMORY), /^Máy không đủ bộ nhớ/],
])("a thread %s says so, and takes only what it was drawing with it", async (_, end, says) => {
  const ended = expect(drawBeside({ report, format: "pdf" })).rejects.toThrow(says);
  const thread = beginDrawing();
  end(thread);
  await thread.terminate();
  await ended;
  expect(await drawBeside({ report, format: "docx" })).not.toHaveLength(0);
});

import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { processContext } from "../../pipelines/cli/context.ts";

function written(isTerminal: boolean, total: number): string {
  const stream = Object.assign(new PassThrough(), { isTTY: isTerminal }) as never;
  const context = processContext(stream, stream);
  for (let done = 1; done <= total; done += 1) context.step(done, total, `step ${done}`);
  context.clear();
  return String((stream as PassThrough).read() ?? "").replaceAll("\r\u001b[2K", "<");
}

test.each([
  ["a pipe", false, 5, "step 1\nstep 5\n"],
  ["a pipe", false, 1, "step 1\n"],
  ["a pipe", false, 0, ""],
  ["a terminal", true, 3, "step 1<step 2<step 3<"],
] as const)("steps in %s", (_, isTerminal, total, expected) => {
  expect(written(isTerminal, total)).toBe(expected);
});

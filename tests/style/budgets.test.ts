import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ROOT } from "../lanes.ts";
import { codeLines, linesOf, TYPESCRIPT } from "./code-lines.ts";

/** More than this below its budget, and the budget is to be lowered. */
const SLACK = 200;
const FILE = "tests/style/budgets.yaml";

const budgets = z.record(z.string(), z.int()).parse(parse(readFileSync(join(ROOT, FILE), "utf8")));
const found = codeLines(ROOT);

test.each([
  ["", 0],
  ["a;\n\n  b;\n", 2],
  ["// why\na; // why\n", 1],
  ["/* why */\n/** why\n * it\n */\na;\n", 1],
  ["a; /* why\n it */\n", 2],
  ["{/* why */}\n<p/>\n", 1],
])("%j has %d lines of code", (text, lines) => {
  expect(linesOf(text, TYPESCRIPT)).toBe(lines);
});

test.each([...new Set([...found.keys(), ...Object.keys(budgets)])])(
  "%s is as large as docs/decisions/0039 allows",
  (room) => {
    const lines = found.get(room) ?? 0;
    const budget = budgets[room] ?? 0;
    const wanted = Math.ceil(lines / 100) * 100;
    const isHeld = lines <= budget && budget - lines < SLACK;
    expect(
      isHeld
        ? ""
        : `${room} has ${lines} lines of code: write ${wanted} in place of ${budget} in ${FILE}`,
      "larger: say in a decision what this made unnecessary, or why nothing",
    ).toBe("");
  },
);

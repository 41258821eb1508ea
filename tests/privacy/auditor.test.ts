import { describe, expect, test } from "vitest";
import { newOffice } from "../publishing/given.ts";
import { audit } from "./auditor.ts";
import { intervalsOf, type Terms } from "./interval.ts";
import { guarded } from "./random-offices.ts";
import { PLAN, type Step, statesOf } from "./random-world.ts";

const sum = (...names: string[]): Terms => new Map(names.map((name) => [name, 1]));

describe("the solver", () => {
  test.each([
    {
      because: "a total of two",
      equations: [{ terms: sum("a", "b"), sum: 6 }],
      of: sum("a"),
      is: { least: 0, most: 6 },
    },
    {
      because: "totals that overlap, of which none tells it alone",
      equations: [
        { terms: sum("a", "b"), sum: 6 },
        { terms: sum("b", "c"), sum: 5 },
        { terms: sum("a", "c"), sum: 5 },
      ],
      of: sum("a"),
      is: { least: 3, most: 3 },
    },
    {
      because: "whole numbers alone: 2a + 3b = 7 has one solution",
      equations: [
        {
          terms: new Map([
            ["a", 2],
            ["b", 3],
          ]),
          sum: 7,
        },
      ],
      of: sum("a"),
      is: { least: 2, most: 2 },
    },
    {
      because: "nothing about it",
      equations: [{ terms: sum("a", "b"), sum: 6 }],
      of: sum("c"),
      is: { least: 0, most: Number.POSITIVE_INFINITY },
    },
    {
      because: "what cannot be",
      equations: [
        { terms: sum("a"), sum: 6 },
        { terms: sum("a", "b"), sum: 5 },
      ],
      of: sum("b"),
      is: null,
    },
  ])("$because", async ({ equations, of, is }) => {
    expect(await intervalsOf({ equations, notNegative: [] }, [of])).toEqual([is]);
  });
});

const WARDS = ["A1", "A2", "A3", "A4"];
const fined = (period: "Q1" | "Q2", ...counts: number[]): Step[] =>
  counts.map((count, index) => ({
    kind: "send",
    unit: `W-${WARDS[index]}`,
    period,
    figures: `fined ${count}`,
  }));

test("the control: had the pages shown the wards without the smallest, it would be found", async () => {
  const office = newOffice(PLAN);
  const states = await statesOf(office, [
    ...fined("Q1", 3, 20, 30, 40),
    { kind: "publish", period: "Q1" },
  ]);
  const nobody = await audit(states, guarded(office));
  expect(nobody.narrowed).toEqual([]);
  expect(nobody.hidden).toBeGreaterThan(0);
  // whoever knows what the other three have sent
  const { narrowed } = await audit(states, guarded(office), ({ area_id }) => area_id !== 11);
  expect(narrowed).toContainEqual(expect.objectContaining({ truth: 3, least: 3, most: 3 }));
});

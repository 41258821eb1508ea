import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportKey } from "../../pipelines/intake/judge.ts";
import { mostLines } from "../../pipelines/intake/most-lines.ts";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import { csvOf, newWorld, problemText, sendWhole } from "./given.ts";
import { FILES, NOTHING, taken } from "./text-given.ts";

/** A plan of so many units, of so many measures each, in so many periods. */
function planOf(id: string, [units, measures, periods]: readonly [number, number, number]): object {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  return {
    plan: { id, periods: numbers(periods).map((period) => ({ code: `Q${period}` })) },
    units: numbers(units).map((unit) => ({ unit_id: `u${unit}`, code: `U-${unit}` })),
    places: numbers(units).flatMap((unit) =>
      numbers(measures).map((measure) => ({ unit_id: `u${unit}`, measure, area_id: null })),
    ),
  };
}

const own = (count: number): ReadonlySet<string> =>
  new Set(
    Array.from({ length: count }, (_, period) =>
      reportKey({ plan: "a", unit: "U-0", period: `Q${period}` }),
    ),
  );

test.each<[what: string, plans: [number, number, number][], reports: number | null, lines: number]>(
  [
    // 8 × 20 × 5 figures, four lines each, are 3.200
    ["a small office", [[8, 20, 5]], null, 20_000],
    // 126 × 30 × 5 = 18.900
    ["a plan of a province", [[126, 30, 5]], null, 75_600],
    [
      "two of them",
      [
        [126, 30, 5],
        [126, 30, 5],
      ],
      null,
      151_200,
    ],
    // 3.321 × 30 × 40 are four million
    ["ten years of the country", [[3321, 30, 40]], null, 500_000],
    ["a commune of it that reports for all of them", [[3321, 30, 40]], 40, 20_000],
    // 200 × 40 × 4
    ["a department with very much to report", [[2, 200, 40]], 40, 32_000],
    ["somebody who may report nothing", [[126, 30, 5]], 0, 20_000],
  ],
)("%s may send so many lines in a file", (_, plans, reports, lines) => {
  const catalogue = {
    plans: plans.map((size, index) => planOf("ab".charAt(index), size)),
  } as Pick<Catalogue, "plans">;
  expect(mostLines(catalogue, reports === null ? {} : { mayReport: own(reports) })).toBe(lines);
});

test("a file with more lines than its sender can owe is not parsed, and not kept", async () => {
  const world = newWorld();
  const report = csvOf(["UB-02,Q2,,people,5,"]);
  const [most, more] = await sendWhole(
    world,
    { content: `${report}${"\n".repeat(19_998)}` },
    { content: `${report}${"\n".repeat(19_999)}` },
  );
  expect(most?.outcome).toBe("accepted");
  expect(more?.problems.map(problemText)).toEqual(["- csv_too_many_lines: 20.001 | 20.000"]);
  expect(more).toMatchObject({ outcome: "refused", medium: "csv", is_kept: false });
  expect(existsSync(join(world.paths.archive, more?.sha256 ?? ""))).toBe(false);
});

test("a large file becomes what a small one becomes, and leaves nothing behind", async () => {
  const [here, aside] = [newWorld(), newWorld()];
  const files = FILES.filter((_, index) => index % 2 === 0).slice(0, 2);
  const [expected, found] = [await taken(here, files), await taken(aside, files, NOTHING)];
  expect(JSON.stringify(found)).toBe(
    JSON.stringify(expected).replaceAll(here.folder, aside.folder),
  );
  expect(JSON.stringify(found)).toMatch(/"accepted".*"refused".*unknown_unit/);
  expect(readdirSync(aside.paths.archive).filter((name) => name.startsWith("."))).toEqual([]);
});

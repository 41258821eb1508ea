import { expect, test } from "vitest";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import { modelTablesOf } from "../../pipelines/sources/catalogue-tables.ts";
import { planState } from "../../pipelines/sources/plan-state.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { type World, writeWorld } from "../models/world.ts";

const TARGET = { comparator: ">=", value: 50, pace: "linear", for: { table: "quotas.csv" } };
const SMALL = smallPlan([{ ...indicator(REACH), target: TARGET }]);
const edited = (from: RegExp, to: string, plan: object): object =>
  JSON.parse(JSON.stringify(plan).replace(from, to));
const BEFORE: World = {
  ...SMALL,
  plan: edited(/"(Q[1-4]|H1|Y)"/g, '"2030-$1"', SMALL.plan),
  tables: { "quotas.csv": "indicator,place,period,value\nI,A1,,40\nI,A2,,10" },
  baselines: ["reached,,2029-Y,100,made up"],
};

const changed = (from: string, to: string) => (lines: readonly string[]) =>
  lines.map((line) => line.replace(from, to));

const EDITS: readonly (readonly [string, World])[] = [
  ["a word of its file", { ...BEFORE, plan: edited(/Small plan/, "Other plan", BEFORE.plan) }],
  ["the name of a ward", { ...BEFORE, areas: changed("Ward 1", "Ward One")(BEFORE.areas) }],
  ["the name of the whole", { ...BEFORE, areas: changed("City", "Town")(BEFORE.areas) }],
  ["a ward more", { ...BEFORE, areas: [...BEFORE.areas, "15,A5,Ward 5,ward,1,,,made up"] }],
  [
    "a number in the table of its targets",
    { ...BEFORE, tables: { "quotas.csv": "indicator,place,period,value\nI,A1,,41\nI,A2,,10" } },
  ],
  ["a figure of the year before", { ...BEFORE, baselines: ["reached,,2029-Y,101,made up"] }],
];

const read = (world: World): Catalogue => writeWorld(newFolder(), world);

/** What the state of a plan has to tell apart. */
const tablesOf = (catalogue: Catalogue): string =>
  JSON.stringify(modelTablesOf({ ...catalogue, areas: [], successors: [], tiles: [] }));

const stateOf = ({ plans }: Catalogue): string => plans.map(planState).join();

test("a plan that is read again, from another folder too, has the same state", () => {
  expect(stateOf(read(BEFORE))).toBe(stateOf(read(BEFORE)));
});

test.each(EDITS)("the state of a plan is another one after a change of %s", (_, world) => {
  const [before, after] = [read(BEFORE), read(world)];
  expect(tablesOf(after)).not.toBe(tablesOf(before));
  expect(stateOf(after)).not.toBe(stateOf(before));
});

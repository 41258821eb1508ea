import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkPlanFile } from "../../pipelines/sources/plan-check.ts";
import { describeSourceProblem } from "../../pipelines/vocabulary/problem.ts";

const PLAN = `schema: 1
id: small
number: 1/KH
title: Small plan
short_title: Small
issuer: Committee
issued_on: 2030-01-01
in_force_from: 2030-01-02
source: made up
reports_to: Committee
area: { code: C, noun: city }
reporting_areas: children
reporting_area_noun: ward
groups:
  - { code: "1", name: First }
units:
  - { code: D, item: 1, name: Department, short_name: D }
  - { code: W, item: 2, name: "Ward {area}", short_name: "W {area}", each_area: true }
periods:
  - code: Q1
    name: Quarter 1
    kind: quarter
    year: 2030
    position: 1
    positions: 4
    data_from: 2030-01-01
    data_to: 2030-03-31
    due_before: 2030-04-10
    estimate: false
  - code: Q2
    name: Quarter 2
    kind: quarter
    year: 2030
    position: 2
    positions: 4
    data_from: 2030-04-01
    data_to: 2030-06-30
    due_before: 2030-07-10
    estimate: false
  - code: H1
    name: Half-year
    kind: half_year
    year: 2030
    position: 1
    positions: 2
    data_from: 2030-01-01
    data_to: 2030-06-30
    due_before: 2030-07-05
    estimate: false
    covers: [Q1, Q2]
measures:
  - code: people
    name: People
    unit_of_measure: people
    kind: count
    reported_by: [W]
    over_time: last
    over_areas: sum
    sensitive: false
  - code: reached
    name: People reached
    unit_of_measure: people
    kind: count
    reported_by: [W]
    over_time: sum
    over_areas: sum
    sensitive: false
    at_most: people
  - code: posts
    name: Posts
    unit_of_measure: posts
    kind: count
    reported_by: [D]
    over_time: sum
    over_areas: sum
    sensitive: false
indicators:
  - code: "1.1"
    group: "1"
    name: People reached
    short_name: Reached
    quote: At least a fifth.
    unit_of_measure: "%"
    value: { kind: ratio, numerator: [reached], denominator: [people] }
    target:
      comparator: ">="
      value: 20
      pace: linear
`;

/** One thing wrong in each: what is written instead, and what is said. The line is where it stands. */
const CASES: [was: string, is: string, said: string][] = [
  [
    "schema: 1",
    "schema: 3",
    "schema: must be 2, the version of this file layout, or 1, the one before.",
  ],
  ["id: small", "id: Small Plan", "id: may hold lower-case letters, digits and dashes."],
  ["title: Small plan", 'title: ""', "title: must not be empty."],
  [
    "in_force_from: 2030-01-02",
    "in_force_from: 2030-02-30",
    "in_force_from: is not a date of the calendar.",
  ],
  [
    "in_force_from: 2030-01-02",
    "in_force_from: 2/1/2030",
    "in_force_from: must be a date like 2024-05-06.",
  ],
  [
    '{ code: "1", name: First }',
    "{ code: 1, name: First }",
    'groups[0].code: must be text; put a code such as "1.1" in quotes.',
  ],
  ["item: 1, name: Department", "item: 0, name: Department", "units[0].item: "],
  [
    'name: "Ward {area}"',
    "name: Ward",
    'units[1].name: must contain "{area}", since there is one for each area.',
  ],
  ["code: Q2", "code: Q1", 'periods[1].code: "Q1" is there twice.'],
  ["kind: half_year", "kind: halfyear", "periods[2].kind: "],
  ["position: 2\n", "position: 5\n", "periods[1].position: is greater than positions."],
  ["data_to: 2030-03-31", "data_to: 2029-03-31", "periods[0].data_to: lies before data_from."],
  [
    "due_before: 2030-04-10",
    "due_before: 2029-12-31",
    "periods[0].due_before: lies before data_from.",
  ],
  [
    "covers: [Q1, Q2]",
    "covers: [Q1, Q9]",
    'periods[2].covers[1]: "Q9" is not a period of this plan.',
  ],
  ["kind: count\n    reported_by: [D]", "kind: counts\n    reported_by: [D]", "measures[2].kind: "],
  [
    "reported_by: [D]",
    "reported_by: [X]",
    'measures[2].reported_by[0]: "X" is not a unit of this plan.',
  ],
  ["reported_by: [D]", "reported_by: []", "measures[2].reported_by: must name at least one unit."],
  ["over_time: last", "over_time: latest", "measures[0].over_time: "],
  [
    "at_most: people",
    "at_most: persons",
    'measures[1].at_most: "persons" is not a measure of this plan.',
  ],
  [
    "at_most: people",
    "percentage_of: { part: people, whole: persons }",
    'measures[1].percentage_of: "persons" is not a measure of this plan.',
  ],
  ["at_most: people", "at_most: reached", "measures[1].at_most: names the measure itself."],
  ['group: "1"', 'group: "9"', 'indicators[0].group: "9" is not a group of this plan.'],
  [
    "numerator: [reached]",
    "numerator: [nobody]",
    'indicators[0].value: "nobody" is not a measure of this plan.',
  ],
  [
    "numerator: [reached]",
    "numerator: [posts]",
    "indicators[0].value: its measures are reported at different places",
  ],
  ["kind: ratio", "kind: quotient", "indicators[0].value"],
  ['comparator: ">="', 'comparator: "=="', "indicators[0].target.comparator: "],
  [
    "value: 20",
    "value: 20.00001",
    "indicators[0].target.value: must be a number with at most 4 decimals.",
  ],
  ["pace: linear", "pace: steady", "indicators[0].target.pace: "],
];

const folder = mkdtempSync(join(tmpdir(), "chitieu-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function check(text: string): string[] {
  files += 1;
  const file = join(folder, `${files}.yaml`);
  writeFileSync(file, text);
  const { problems } = checkPlanFile(file, join(folder, "sources"));
  return problems.map((problem) => describeSourceProblem(problem).replace(`${file}:`, ""));
}

test("the plan itself has nothing wrong", () => {
  expect(check(PLAN)).toEqual([]);
});

test.each(CASES)("%j written as %j", (was, is, said) => {
  const parts = PLAN.split(was);
  expect(parts.length).toBeGreaterThan(1);
  const line = (parts[0] ?? "").split("\n").length;
  const [first = ""] = check(PLAN.replace(was, is));
  expect(first).toContain(`${line}: ${said}`);
});

test("a ceiling has no pace", () => {
  const line = PLAN.split("pace: linear")[0]?.split("\n").length;
  expect(check(PLAN.replace('comparator: ">="', 'comparator: "<="'))).toEqual([
    `${line}: indicators[0].target.pace: a ceiling (<=) has no pace; write pace: none. Correct the plan file and run the check again.`,
  ]);
});

test("a missing field is said at the line of what it is missing from", () => {
  const line = PLAN.split("  - code: posts")[0]?.split("\n").length;
  const [first] = check(PLAN.replace("    name: Posts\n", ""));
  expect(first).toContain(`${line}: measures[2].name: must be text.`);
});

test("every problem of a file at once", () => {
  const text = PLAN.replace("schema: 1", "schema: 3")
    .replace("kind: half_year", "kind: h")
    .replace("value: 20", "value: many");
  expect(check(text).map((problem) => problem.split(":")[1])).toEqual([
    " schema",
    " periods[2].kind",
    " indicators[0].target.value",
  ]);
});

test("YAML that cannot be read is said with its line", () => {
  expect(check("schema: 1\nid: [small\ntitle: x\n")[0]).toMatch(/^[23]: is not well-formed YAML: /);
  expect(check("schema: 1\nschema: 1\n")[0]).toMatch(
    /^2: is not well-formed YAML: Map keys must be unique/,
  );
});

test("areas that the plan needs must be there on the day it comes into force", () => {
  const areas = join(folder, "sources", "areas");
  mkdirSync(areas, { recursive: true });
  const header = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
  writeFileSync(join(areas, "areas.csv"), `${header}\n1,C,City,city,,,2029-12-31,x\n`);
  const told = check(PLAN);
  writeFileSync(join(areas, "areas.csv"), `${header}\n1,C,City,city,,,,x\n2,01,One,ward,1,,x,x\n`);
  const broken = check(PLAN);
  rmSync(join(folder, "sources"), { recursive: true });
  expect(told[0]).toContain("area.code: no area has the code C on 2030-01-02.");
  expect(broken.join()).toContain("areas.csv:3: valid_to: ");
});

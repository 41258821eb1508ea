import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { newPlanText, writtenPlan } from "../../../pipelines/sources/writing/plan-writing.ts";

const PLAN = `# đầu tệp
schema: 2
title:   Kế hoạch thử # như văn bản
area: { code: "900", noun: thành phố }
groups: []
units:
  # phòng ban
  - { code: VH, item: 1, name: "Phòng Văn hóa" }
  - code: UBND
    item: 2 # mục cuối
    name: >-
      Ủy ban nhân dân
      {area}

# chỉ tiêu
indicators:
  - code: "1.1"
    target: { comparator: ">=", value: 20 }
`;

interface Data {
  [key: string]: unknown;
  area: Record<string, unknown>;
  units: Record<string, unknown>[];
  indicators: Record<string, unknown>[];
}

/** What is changed, and the lines that go and come; all others stay as they are. */
const CHANGES: readonly (readonly [
  change: string,
  make: (data: Data) => void,
  gone: readonly string[],
  come: readonly string[],
])[] = [
  ["nothing", () => undefined, [], []],
  [
    "a text, its comment stays",
    (data) => Object.assign(data, { title: "Mới: hai" }),
    ["title:   Kế hoạch thử # như văn bản"],
    ['title: "Mới: hai" # như văn bản'],
  ],
  [
    "a key that is new stands where the schema has it",
    (data) => Object.assign(data, { number: "1/KH" }),
    [],
    ["number: 1/KH"],
  ],
  [
    "in braces",
    (data) => Object.assign(data.area, { code: "901" }),
    ['area: { code: "900", noun: thành phố }'],
    ['area: { code: "901", noun: thành phố }'],
  ],
  [
    "an empty list",
    (data) => Object.assign(data, { groups: [{ code: "1", name: "Một" }] }),
    ["groups: []"],
    ["groups:", '  - { code: "1", name: Một }'],
  ],
  [
    "one entry more",
    (data) => data.units.splice(1, 0, { code: "CA", item: 3, name: "Công an" }),
    [],
    ["  - { code: CA, item: 3, name: Công an }"],
  ],
  [
    "one entry less, with what is said of it",
    (data) => data.units.splice(0, 1),
    ["  # phòng ban", '  - { code: VH, item: 1, name: "Phòng Văn hóa" }'],
    [],
  ],
  [
    "another code",
    (data) => Object.assign(data.units[0] ?? {}, { code: "VHXH" }),
    ['  - { code: VH, item: 1, name: "Phòng Văn hóa" }'],
    ['  - { code: VHXH, item: 1, name: "Phòng Văn hóa" }'],
  ],
  [
    "a text over several lines",
    (data) => Object.assign(data.units[1] ?? {}, { name: "UBND" }),
    ["    name: >-", "      Ủy ban nhân dân", "      {area}"],
    ["    name: UBND"],
  ],
  [
    "a list in place of one",
    (data) => Object.assign(data.indicators[0] ?? {}, { target: [{ value: 20 }, { value: 30 }] }),
    ['    target: { comparator: ">=", value: 20 }'],
    ["    target:", "      - { value: 20 }", "      - { value: 30 }"],
  ],
];

test.each(CHANGES)("%s", (_, make, gone, come) => {
  const wanted = parse(PLAN);
  make(wanted);
  const text = writtenPlan(PLAN, wanted);
  const [before, after] = [PLAN.split("\n"), text.split("\n")];
  expect({
    says: parse(text),
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  }).toEqual({ says: wanted, gone, come });
});

test("what cannot be changed in place is written anew, and says the same", () => {
  const texts = ["{schema: 2, title: Một}", "base: &a { x: 1 }\nother: *a\n", "? schema\n: 2\n"];
  for (const text of texts) {
    const wanted = { ...parse(text), title: "Hai", other: { x: 2 } };
    expect(parse(writtenPlan(text, wanted))).toEqual(wanted);
  }
});

test("a whole plan as it is written anew says the same", () => {
  const data = parse(readFileSync("sources/plans/217-kh-ubnd-2024.yaml", "utf8"));
  expect(parse(newPlanText(data))).toEqual(data);
});

import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { Plan } from "../../../pipelines/sources/plan/plan.ts";
import {
  type MeasureBelow,
  mappingFrom,
  type PlanBelow,
  plansAbove,
  withMapping,
} from "../../../pipelines/sources/writing/plan-mapping.ts";
import { smallPlan } from "../../models/small-plan.ts";

/** Which measures of a plan are those of a plan below, and what the plan file says then. */

const PEOPLE: MeasureBelow = {
  ...{ code: "people", name: "People", unit_of_measure: "người", kind: "count" },
  ...{ over_time: "last", over_areas: "sum", is_sensitive: false },
};

const below = (changes: Partial<MeasureBelow>, more: Partial<PlanBelow> = {}): PlanBelow => ({
  ...{ id: "9-kh-2030", issuer: "Ward 1", number: "9/KH", area: "A1", carriesOut: "" },
  measures: [{ ...PEOPLE, ...changes }],
  ...more,
});

/** A plan whose wards report People, which is taken from another plan where that is said. */
function above(taken_from?: object, id = "small", number = "1/KH") {
  const { plan } = smallPlan([]);
  if (!("measures" in plan && Array.isArray(plan.measures))) throw new Error();
  const [people, , , , , , posts] = plan.measures;
  const measure = taken_from === undefined ? people : { ...people, taken_from };
  return Plan.parse({ ...plan, id, number, measures: [measure, posts] });
}

describe("a measure is taken by its code, else by its name", () => {
  const NONE = "chưa ghép “People” (people): ở đó không có số nào cùng mã, cùng tên.";
  const cases: [
    what: string,
    theirs: Partial<MeasureBelow>,
    before: object | undefined,
    taken: string | null,
    reported: string,
  ][] = [
    [
      "an equal code",
      { name: "Số người" },
      undefined,
      "people",
      "“People” lấy từ “Số người” (people) của Ward 1.",
    ],
    [
      "an equal name",
      { code: "p1", name: "PEOPLE " },
      undefined,
      "p1",
      "“People” lấy từ “PEOPLE ” (p1) của Ward 1.",
    ],
    ["neither", { code: "p1", name: "Số người" }, undefined, null, NONE],
    [
      "the code that it has in others' plans",
      { code: "p1", name: "Số" },
      { plan: "8-kh-2030", measure: "p1" },
      "p1",
      "“People” lấy từ “Số” (p1) của Ward 1.",
    ],
    ["another one than in others' plans", {}, { plan: "8-kh-2030", measure: "p1" }, null, NONE],
    [
      "counted in something else",
      { unit_of_measure: "lượt" },
      undefined,
      null,
      "chưa ghép “People” (people): ở đó ghi “lượt”, ở đây ghi “người”.",
    ],
    [
      "guarded there alone",
      { is_sensitive: true },
      undefined,
      null,
      "chưa ghép “People” (people): ở đó là số nhạy cảm; ghi sensitive: true ở đây rồi ghép.",
    ],
  ];
  test.each(cases)("%s", (_, theirs, before, taken, reported) => {
    const mapping = mappingFrom(above(before), below(theirs));
    expect([...mapping.taken]).toEqual(taken === null ? [] : [["people", taken]]);
    // what a department reports is no matter of a package
    expect(mapping.notes).toEqual([reported]);
  });

  test("what is taken already is not noted again", () => {
    const taken = { plan: ["8-kh-2030", "9-kh-2030"], measure: "people" };
    expect(mappingFrom(above(taken), below({}))).toEqual({ taken: new Map(), notes: [] });
  });
});

test("of several plans it is the one that is carried out; one of another area is none", () => {
  const units = [{ area: { code: "A1" } }];
  const one = { plan: above(), units };
  const two = { plan: above(undefined, "two", "2/KH"), units };
  const names = (more: Partial<PlanBelow>) =>
    plansAbove([one, two], below({}, more)).map(({ resolved }) => resolved.plan.id);
  expect(names({ carriesOut: "Kế hoạch số 2/KH ngày 01/01/2030 của Committee" })).toEqual(["two"]);
  expect(names({ carriesOut: "Kế hoạch số 12/KH" })).toEqual(["small", "two"]);
  expect(names({ area: "A9" })).toEqual([]);
});

test("the file says it with everything that stands in it, and marks what is to be confirmed", () => {
  const expected = (taken_from?: object) =>
    `# as we know it\n${stringify({
      ...above(),
      measures: [{ code: "people", name: "People", unit_of_measure: "người", taken_from }],
    })}`;
  const mapping = { taken: new Map([["people", "p1"]]), notes: ["xem lại."] };
  const text = withMapping(expected(), below({}), mapping);
  expect(text).toMatch(/^# as we know it\n/);
  expect(text).toContain("# CẦN XEM LẠI: xem lại.\nmeasures:");
  expect(parse(text).measures[0].taken_from).toEqual({ plan: "9-kh-2030", measure: "p1" });
  const others = withMapping(expected({ plan: "8-kh", measure: "p1" }), below({}), mapping);
  expect(parse(others).measures[0].taken_from).toEqual({
    plan: ["8-kh", "9-kh-2030"],
    measure: "p1",
  });
});

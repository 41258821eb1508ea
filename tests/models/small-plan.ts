import type { World } from "./world.ts";

const MEASURE = { unit_of_measure: "người", kind: "count", over_areas: "sum", sensitive: false };

/** Four wards A1 to A4 and two departments, four quarters, a half-year and a year of 2030. */
export function smallPlan(
  indicators: readonly object[],
  changes: { in_force_from?: string; measures?: readonly object[] } = {},
): World {
  return {
    plan: {
      schema: 1,
      id: "small",
      number: "1/KH",
      title: "Small plan",
      short_title: "Small",
      issuer: "Committee",
      issued_on: "2030-01-01",
      in_force_from: changes.in_force_from ?? "2030-01-01",
      source: "made up",
      reports_to: "Committee",
      area: { code: "C", noun: "thành phố" },
      reporting_areas: "children",
      reporting_area_noun: "phường",
      groups: [{ code: "1", name: "One" }],
      units: [
        { code: "D1", item: 1, name: "Department 1", short_name: "D1" },
        { code: "D2", item: 2, name: "Department 2", short_name: "D2" },
        { code: "W", item: 3, name: "Ward {area}", short_name: "W {area}", each_area: true },
      ],
      periods: [
        quarter(1, "2030-01-01", "2030-03-31", "2030-03-10"),
        quarter(2, "2030-04-01", "2030-06-30", "2030-06-10"),
        quarter(3, "2030-07-01", "2030-09-30", "2030-09-10"),
        quarter(4, "2030-10-01", "2030-12-31", "2030-12-10"),
        {
          ...quarter(1, "2030-01-01", "2030-06-30", "2030-06-05"),
          code: "H1",
          name: "Half-year",
          kind: "half_year",
          positions: 2,
          covers: ["Q1", "Q2"],
        },
        {
          ...quarter(1, "2030-01-01", "2030-12-31", "2030-11-15"),
          code: "Y",
          name: "Year",
          kind: "year",
          positions: 1,
          covers: ["Q1", "Q2", "Q3", "Q4"],
        },
      ],
      measures: [
        { ...MEASURE, code: "people", name: "People", reported_by: ["W"], over_time: "last" },
        {
          ...MEASURE,
          code: "reached",
          name: "Reached",
          reported_by: ["W"],
          over_time: "sum",
          at_most: "people",
        },
        { ...MEASURE, code: "forms", name: "Forms", reported_by: ["W"], over_time: "min" },
        {
          ...MEASURE,
          code: "plan",
          name: "Plan",
          kind: "yes_no",
          reported_by: ["W"],
          over_time: "max",
        },
        {
          ...MEASURE,
          code: "cases",
          name: "Cases",
          reported_by: ["D1"],
          by_area: true,
          over_time: "sum",
          sensitive: true,
        },
        {
          ...MEASURE,
          code: "solved",
          name: "Solved",
          reported_by: ["D1"],
          by_area: true,
          over_time: "sum",
          at_most: "cases",
          sensitive: true,
        },
        { ...MEASURE, code: "posts", name: "Posts", reported_by: ["D1"], over_time: "sum" },
        { ...MEASURE, code: "pages", name: "Pages", reported_by: ["D2"], over_time: "sum" },
        {
          ...MEASURE,
          code: "staff",
          name: "Staff",
          reported_by: ["D1", "D2", "W"],
          over_time: "last",
        },
        {
          ...MEASURE,
          code: "trained",
          name: "Trained",
          reported_by: ["D1", "D2", "W"],
          over_time: "sum",
        },
        {
          ...MEASURE,
          code: "joined",
          name: "Joined",
          kind: "yes_no",
          reported_by: ["D1", "D2", "W"],
          over_time: "max",
        },
        {
          ...MEASURE,
          code: "load",
          name: "Load",
          reported_by: ["W"],
          over_time: "average",
          over_areas: "average",
        },
        ...(changes.measures ?? []),
      ],
      indicators,
    },
    areas: [
      "1,C,City,city,,,,made up",
      "11,A1,Ward 1,ward,1,,,made up",
      "12,A2,Ward 2,ward,1,,,made up",
      "13,A3,Ward 3,ward,1,,,made up",
      "14,A4,Ward 4,ward,1,,,made up",
    ],
  };
}

function quarter(position: number, data_from: string, data_to: string, due_before: string) {
  return {
    code: `Q${position}`,
    name: `Quarter ${position}`,
    kind: "quarter",
    year: 2030,
    position,
    positions: 4,
    data_from,
    data_to,
    due_before,
    estimate: false,
  };
}

/** An indicator `I` with the given value and target. */
export function indicator(
  value: object,
  comparator = ">=",
  target: number | string = 30,
  pace = "none",
): object {
  return {
    code: "I",
    group: "1",
    name: "Indicator",
    short_name: "Indicator",
    quote: "made up",
    unit_of_measure: "%",
    value,
    target: { comparator, value: target, pace },
  };
}

export const REACH = { kind: "ratio", numerator: ["reached"], denominator: ["people"] };

import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import type { World } from "../models/world.ts";

const DOCUMENT = {
  agency: "Ủy ban nhân dân thành phố C",
  abbreviation: "UBND",
  place: "C",
  authority: "TM. Ủy ban nhân dân",
  signatory_title: "Chủ tịch",
  recipients: ["UBND tỉnh P"],
  filed_at: "VT",
  addressed_to: "Ủy ban nhân dân tỉnh P",
};

/** A city of four wards, whose plan begins with the second quarter. */
export function city(): World {
  const world = smallPlan([indicator(REACH)], { in_force_from: "2030-04-01" });
  return { ...world, plan: { ...world.plan, document: DOCUMENT } };
}

/** A province of two cities, C and E, that takes both figures of the ratio from a city's plan. */
export function province(changes: object = {}): World {
  const world = smallPlan([indicator(REACH)], { in_force_from: "2030-04-01" });
  if (!("measures" in world.plan && Array.isArray(world.plan.measures))) throw new Error();
  const measures = world.plan.measures.filter(({ code }) => ["people", "reached"].includes(code));
  return {
    plan: {
      ...world.plan,
      id: "above",
      area: { code: "P", noun: "tỉnh" },
      units: [{ code: "T", item: 1, name: "City {area}", short_name: "{area}", each_area: true }],
      measures: measures.map((one) => ({
        ...one,
        reported_by: ["T"],
        taken_from: { plan: "small", measure: one.code },
      })),
      ...changes,
    },
    areas: [
      "1,P,Province,province,,,,made up",
      "2,C,City C,city,1,,,made up",
      "3,E,City E,city,1,,,made up",
    ],
  };
}

/** A world as it is in another year. */
export function inYear(world: World, year: string): World {
  return JSON.parse(JSON.stringify(world).replaceAll("2030", year));
}

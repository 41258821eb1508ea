import type { World } from "../world.ts";

/** Old wards of the reformed city. */
export const OLD = ["K1", "T1", "D1", "D2", "L1", "T2", "L2", "D3"];
const NEW = ["K", "T", "D", "L"];

/** The city of the small plan, one with a reform, one of two kinds of areas, and one that loses a ward. */
const AREAS = [
  "1,C,City,city,,,,made up",
  ...[1, 2, 3, 4].map((no) => `1${no},A${no},Ward ${no},ward,1,,,made up`),
  "2,R,Reformed city,city,,,,made up",
  ...OLD.map((code, index) => `${index + 21},O-${code},Old ${code},ward,2,,2030-06-30,made up`),
  ...NEW.map((code, index) => `${index + 31},N-${code},New ${code},ward,2,2030-07-01,,made up`),
  "3,M,Mixed city,city,,,,made up",
  "41,M1,Ward 1,ward,3,,,made up",
  "42,M2,Ward 2,ward,3,,,made up",
  "43,M3,Commune 3,commune,3,,,made up",
  "44,M4,Commune 4,commune,3,,,made up",
  "4,E,Lessened city,city,,,,made up",
  ...[1, 2, 3].map((no) => `5${no},E${no},Ward ${no},ward,4,,,made up`),
  "54,E4,Ward 4,ward,4,,2030-06-30,made up",
];

const SUCCESSORS = [
  "21,31,2030-07-01,no,made up",
  "22,32,2030-07-01,yes,made up",
  "26,32,2030-07-01,yes,made up",
  // all of this one, but of the next two only parts came to it
  "23,33,2030-07-01,yes,made up",
  "24,33,2030-07-01,no,made up",
  "28,33,2030-07-01,no,made up",
  "25,34,2030-07-01,yes,made up",
  "27,34,2030-07-01,yes,made up",
];

/** A plan for another of the cities. */
export const inCity = (code: string, world: World): World => ({
  ...world,
  plan: { ...world.plan, area: { code, noun: "thành phố" } },
});

/** The same with all of these areas, as plans of one warehouse have them. */
export const withAreas = (world: World): World => ({
  ...world,
  areas: AREAS,
  successors: SUCCESSORS,
});

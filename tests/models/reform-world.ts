import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { World } from "./world.ts";

/**
 * The first plan in the year in which its eight wards became four (resolution 1672/NQ-UBTVQH15), on
 * the files of areas that the project has. Three of the four go on with the code of an old one.
 */
const OLD = ["05971", "05974", "05977", "05980", "05983", "05986", "05989", "05992"];
/** How many of the old ones each is made of, counting that of which only a part came to it. */
const NEW = { "06187": 1, "05986": 2, "05977": 3, "05983": 2 };

/** Lines of a file of areas of the project. */
const areaLines = (file: string): string[] =>
  readFileSync(`sources/areas/${file}.csv`, "utf8").trim().split("\n").slice(1);

/** The areas, without the columns of how a name is written within a sentence and of people. */
const REAL_AREAS = areaLines("areas").map((line) =>
  line.split(",").toSpliced(8, 1).toSpliced(3, 1).join(","),
);

const plan = parse(
  readFileSync("sources/plans/217-kh-ubnd-2024.yaml", "utf8").replaceAll("2024", "2025"),
) as object;

export const REFORM: World = {
  plan: {
    ...plan,
    schema: 2,
    in_force_from: "2025-01-01",
    reporting_areas: [{ children_of: "178" }, { codes: Object.keys(NEW), from: "2025-07-01" }],
  },
  areas: REAL_AREAS,
  successors: areaLines("successors"),
};

/** Of the 100 workers of every old ward 7 are informed in each quarter. */
export const REFORM_GIVEN = [
  "received  unit  period  workers_total  workers_informed  persons_sanctioned",
  ...["03", "06", "09", "12"].flatMap((month, index) =>
    (index < 2 ? OLD.map((code) => [code, 1] as const) : Object.entries(NEW)).map(
      ([code, count]) =>
        `2025-${month}-05T08:00  UBND-${code}  2025-Q${index + 1}  ${100 * count}  ${7 * count}  ${7 * count}`,
    ),
  ),
].join("\n");

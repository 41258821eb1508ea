import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { makeDemonstration } from "../../pipelines/cli/make-demonstration.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { demandMarts, shownMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { run } from "../cli/run.ts";
import { QUIET } from "./demonstration-state.ts";
import { demonstrationPlans, PROFILE } from "./given.ts";

const demonstrationPlan = demonstrationPlans();

/** Sources of the small plan with a demonstration, and a warehouse for it. */
interface Place {
  readonly sources: string;
  readonly paths: WarehousePaths;
}

function newPlace(): Place {
  const { plan, file, areas, area } = demonstrationPlan(PROFILE);
  const sources = dirname(dirname(file));
  for (const folder of ["plans", "areas"]) mkdirSync(join(sources, folder));
  writeFileSync(file.replace("small.yaml", "small-plan.yaml"), stringify(plan));
  const lines = [area, ...areas].map(
    (one) =>
      `${one.area_id},${one.code},${one.name},${one.kind},${one.parent_id ?? ""},,,${one.population},made up`,
  );
  writeFileSync(
    join(sources, "areas", "areas.csv"),
    ["area_id,code,name,kind,parent_id,valid_from,valid_to,population,source", ...lines, ""].join(
      "\n",
    ),
  );
  return { sources, paths: warehousePaths(join(sources, "warehouse", "demo")) };
}

/** Runs the demonstration. @returns the steps that were done. */
async function stepsOf({ sources, paths }: Place): Promise<string[]> {
  const stateOf = (file: string): string => {
    if (!existsSync(file)) return "";
    const { ino, mtimeNs } = statSync(file, { bigint: true });
    return `${ino} ${mtimeNs}`;
  };
  const before = [stateOf(paths.ledger), shownMarts(paths.marts)];
  await makeDemonstration({ sources, paths }, QUIET);
  return [
    ...(stateOf(paths.ledger) === before[0] ? [] : ["forms"]),
    ...(shownMarts(paths.marts) === before[1] ? [] : ["models"]),
  ];
}

/** What happens between two runs, and what the second one does. */
const CASES: [name: string, change: (place: Place) => void, steps: string[]][] = [
  ["nothing", () => undefined, []],
  ["the marts go", ({ paths }) => rmSync(demandMarts(paths.marts)), ["models"]],
  ["the ledger goes", ({ paths }) => rmSync(paths.ledger), ["forms", "models"]],
  [
    "the story changes",
    ({ sources }) => {
      const story = [{ kind: "missing", unit: "O", period: "Q2" }];
      writeFileSync(join(sources, "demo", "small-plan.yaml"), stringify({ ...PROFILE, story }));
    },
    ["forms", "models"],
  ],
];

let made: Place;
let firstSteps: string[];
beforeAll(async () => {
  made = newPlace();
  firstSteps = await stepsOf(made);
});

/** A place in which the demonstration has been made. */
function madePlace(): Place {
  const place = newPlace();
  cpSync(made.sources, place.sources, { recursive: true, preserveTimestamps: true });
  return place;
}

test("the first run does everything", () => {
  expect(firstSteps).toEqual(["forms", "models"]);
});

test.each(CASES)("%s between two runs", async (_, change, steps) => {
  const place = madePlace();
  change(place);
  expect(await stepsOf(place)).toEqual(steps);
  expect(await stepsOf(place)).toEqual([]);
});

test("a folder that holds something else is refused and stays as it is", async () => {
  const { sources, paths } = newPlace();
  mkdirSync(paths.folder, { recursive: true });
  writeFileSync(paths.ledger, "real figures");
  const ended = await run([
    "demo",
    "--no-serve",
    "--sources",
    sources,
    "--warehouse",
    dirname(paths.folder),
  ]);
  expect(ended.err).toMatch(
    /^chitieu: \S+\/demo chứa thứ không phải số liệu minh họa\. Chuyển đi nơi khác, hoặc nêu --warehouse khác\.\n$/,
  );
  expect(ended.code).toBe(1);
  expect(readdirSync(paths.folder)).toEqual(["ledger.duckdb"]);
  expect(readFileSync(paths.ledger, "utf8")).toBe("real figures");
});

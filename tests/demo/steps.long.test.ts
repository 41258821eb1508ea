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
import { z } from "zod";
import { makeDemonstration } from "../../pipelines/cli/make-demonstration.ts";
import { readLedger } from "../../pipelines/ledger/ledger.ts";
import { readValues, selectRows } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { demandMarts, shownMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { run } from "../cli/run.ts";
import { QUIET } from "./demonstration-state.ts";
import { fixLedger } from "./fixed-ledger.ts";
import { demonstrationPlans, PROFILE } from "./given.ts";

const demonstrationPlan = demonstrationPlans();

/** Sources of the small plan with a demonstration, and a warehouse for it. */
interface Place {
  readonly sources: string;
  readonly paths: WarehousePaths;
}

function newPlace(change: Record<string, unknown> = {}): Place {
  const { plan, file, areas, area } = demonstrationPlan(PROFILE, change);
  const sources = dirname(dirname(file));
  for (const folder of ["plans", "areas"]) mkdirSync(join(sources, folder));
  writeFileSync(file.replace("small.yaml", "small-plan.yaml"), stringify({ ...plan, ...change }));
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

/** Two reports between the forms, and a cause that is told before the second. */
const PUBLISHING = {
  ...PROFILE,
  publications: ["Q2", "Q3"].map((period, index) => ({
    ...{ period, class: "first", reason: "Đến hạn" },
    published_at: `2024-0${6 + 3 * index}-17T10:00`,
  })),
  shortfalls: [
    {
      ...{ said_at: "2024-07-01T08:00", period: "Q2", indicator: "1a" },
      ...{ cause: "Thiếu kinh phí", remedy: "Bổ sung kinh phí" },
    },
  ],
};

/** A plan of which an indicator may fall short. */
const SHORT = {
  groups: [{ code: "1", name: "Kết quả" }],
  indicators: [
    {
      ...{
        code: "1a",
        group: "1",
        name: "Số người được tập huấn",
        short_name: "Tập huấn",
        unit_of_measure: "người",
        quote: "Tập huấn 9000 người",
      },
      ...{
        target: { comparator: ">=", value: 9000 },
        value: { kind: "count", measures: ["trained"] },
      },
    },
  ],
};

/** Every row of a ledger, with what is drawn at random given fixed values. */
async function rowsIn(paths: WarehousePaths): Promise<unknown[]> {
  await fixLedger(paths);
  return await readLedger(paths, async (connection) => {
    const names = await readValues(
      connection,
      z.string(),
      "select table_name from duckdb_tables() where database_name = 'ledger' order by all",
    );
    const rows = names.map((name) =>
      selectRows(connection, `from ledger.main.${name} order by all`),
    );
    return (await Promise.all(rows)).map((each, index) => [names[index], each]);
  });
}

test("one that is stopped, again and again, and shown meanwhile, ends as one that is not", async () => {
  const places = [newPlace(SHORT), newPlace(SHORT)] as const;
  for (const { sources } of places) {
    writeFileSync(join(sources, "demo", "small-plan.yaml"), stringify(PUBLISHING));
  }
  const [straight, stopped] = places;
  await makeDemonstration({ ...straight, formats: ["csv"] }, QUIET);
  let shown = 0;
  const onFirstFigures = (): void => {
    shown += 1;
    demandMarts(stopped.paths.marts);
  };
  const stops = ["tệp 2/", "báo cáo 1/2", "tệp 10/", "báo cáo 2/2", "tính số liệu"];
  for (const stop of stops) {
    const stopAt = (text: string): void => {
      if (shown === stops.indexOf(stop) + 1 && text.includes(stop)) throw new Error(stop);
    };
    const context = {
      ...QUIET,
      progress: stopAt,
      step: (_: number, __: number, text: string) => stopAt(text),
    };
    await expect(
      makeDemonstration({ ...stopped, formats: ["csv"], onFirstFigures }, context),
    ).rejects.toThrow(stop);
  }
  await makeDemonstration({ ...stopped, formats: ["csv"], onFirstFigures }, QUIET);
  expect(shown).toBe(stops.length);
  expect(await rowsIn(stopped.paths)).toEqual(await rowsIn(straight.paths));
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

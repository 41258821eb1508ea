import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { MARTS_DOCUMENT, martsDocument } from "../../pipelines/development/marts-document.ts";
import { refuseUnnamedColumns } from "../../pipelines/models/audience-rule.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import {
  type BuiltColumn,
  builtColumns,
  columnMeaning,
  type Descriptions,
  readDescriptions,
  SEEN,
  variantOf,
} from "../../pipelines/models/descriptions.ts";
import { audienceView, orderModels, readModels } from "../../pipelines/models/model.ts";
import { AUDIENCES } from "../../pipelines/vocabulary/audiences.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { MODELS_FOLDER } from "../../pipelines/warehouse/sql-file.ts";
import { opened, rowsIn } from "../asked.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { writeWorld } from "./world.ts";

const ROOT = join(import.meta.dirname, "../..");

let folder: string;
let marts: string;
let built: BuiltColumn[];

beforeAll(async () => {
  folder = newFolder("chitieu-described-");
  const catalogue = writeWorld(folder, smallPlan([indicator(REACH)]));
  const paths = warehousePaths(join(folder, "warehouse"));
  const asOf = new Date("2030-12-31T17:00:00Z");
  ({ file: marts } = await buildMarts({ paths, catalogue, asOf }));
  built = await opened(marts, "it", async (connection) => [
    ...(await builtColumns(connection, "it", "marts")),
    ...(await builtColumns(connection, "it", "shared")),
    ...(await builtColumns(connection, "it", "city")),
  ]);
});

const rows = (sql: string) => rowsIn(marts, sql);

test("a warehouse without a ledger gives marts in which nothing was reported", async () => {
  expect(await rows("select distinct status from marts.attainment_by_ward_quarter")).toEqual([
    { status: "not_reported" },
  ]);
});

test("every table and column is described, once, and nothing else is", () => {
  expect(built.length).toBeGreaterThan(400);
  expect(descriptionProblems(readDescriptions(), built)).toEqual([]);
});

test("a column that is named for nobody is shown to nobody, and refused", async () => {
  const tables = [...new Set(built.map(({ table }) => table))];
  await opened(marts, "it", async (connection) => {
    const views = (await orderModels(connection, readModels())).filter(
      ({ layer }) => layer === "audience",
    );
    for (const schema of ["marts", ...AUDIENCES]) await connection.run(`create schema ${schema}`);
    for (const table of tables) {
      await connection.run(
        `create table marts.${table} as select *, 0 as unnamed from it.marts.${table} limit 0`,
      );
    }
    for (const { name, sql } of views) {
      for (const audience of AUDIENCES) {
        await connection.run(`create view ${audience}.${name} as ${audienceView(audience, sql)}`);
      }
    }
    const seen = await selectRows(
      connection,
      `select schema_name, table_name from duckdb_columns()
      where database_name = 'memory' and schema_name <> 'marts' and column_name = 'unnamed'`,
    );
    expect(seen).toEqual([]);

    const ofMarts = built.filter(({ schema }) => schema === "marts");
    expect(() => refuseUnnamedColumns(views, ofMarts)).not.toThrow();
    const silent = tables.filter((table) => {
      const more = [...ofMarts, { table, column: "unnamed" }];
      const refused = new RegExp(`^marts\\.${table}\\.unnamed is shown to nobody: name it .*$`);
      try {
        refuseUnnamedColumns(views, more);
      } catch (error) {
        expect(String((error as Error).message)).toMatch(refused);
        return false;
      }
      return true;
    });
    expect(silent).toEqual(UNREFUSED);
  });
});

/** Shown to nobody as a whole, or made of what an audience sees of other marts. */
const UNREFUSED = [
  "attainment_by_plan_period",
  "attainment_by_ward_period",
  "attainment_by_ward_quarter",
  "measure_by_plan_period",
  "measure_by_ward_period",
  "report_beside",
  "report_since",
  "unit_report",
];

test("whoever attaches the marts sees it", async () => {
  const silent = await rows(`
    select table_name, null as column_name from duckdb_tables()
    where database_name = 'it' and schema_name not in ('raw', 'core') and comment is null
    union all
    select view_name, null from duckdb_views()
    where database_name = 'it' and schema_name not in ('raw', 'core') and comment is null
    union all
    select table_name, column_name from duckdb_columns()
    where database_name = 'it' and schema_name not in ('raw', 'core') and comment is null`);
  expect(silent).toEqual([]);
  expect(
    await rows(`select comment from duckdb_tables()
      where database_name = 'it' and schema_name = 'marts' and table_name = 'measure_place'`),
  ).toEqual([
    {
      comment:
        "Đơn vị nào báo cáo số liệu nào, cho địa bàn nào.\n" +
        "Mỗi hàng ứng với một kế hoạch, một số liệu, một đơn vị, một địa bàn.",
    },
  ]);
  expect(
    await rows(`select table_name, comment from duckdb_columns()
      where database_name = 'it' and schema_name = 'marts' and column_name = 'area_id'
      and table_name in ('area', 'report_line')`),
  ).toEqual([
    {
      table_name: "area",
      comment:
        "Khóa của địa bàn trong danh mục địa bàn; mã và tên có thể dùng lại sau sáp nhập, khóa thì không.",
    },
    {
      table_name: "report_line",
      comment: "Khóa của địa bàn trong danh mục địa bàn. Trống là toàn địa bàn của kế hoạch.",
    },
  ]);
});

test("codes are named with the words of the file of words", async () => {
  const [row] = await rows(`select comment from duckdb_columns()
    where database_name = 'it' and table_name = 'submission_timeliness'
    and column_name = 'timeliness'`);
  expect(row?.comment).toContain("`late` trễ hạn; `missing` chưa gửi");
});

test("the document of the marts is what they say: else run npm run generate", async () => {
  const document = await opened(marts, "it", (connection) => martsDocument(connection, "it"));
  expect(readFileSync(join(ROOT, MARTS_DOCUMENT), "utf8")).toBe(document);
});

test("lineage goes from a mart down to the ledger and the sources", async () => {
  const madeFrom = (table: string) =>
    rows(`select made_from, steps from marts.lineage
      where table_name = '${table}' order by steps, made_from`);
  expect(await madeFrom("submission")).toEqual([
    { made_from: "core.submission_current", steps: 1 },
    { made_from: "raw.unit", steps: 1 },
    { made_from: "staging.submission", steps: 1 },
    { made_from: "core.submission_kept", steps: 2 },
    { made_from: "ledger.handed_up", steps: 2 },
    { made_from: "ledger.receipt", steps: 2 },
    { made_from: "ledger.submission", steps: 2 },
    { made_from: "raw.period", steps: 2 },
    { made_from: "staging.report_act", steps: 3 },
    { made_from: "ledger.report_act", steps: 4 },
  ]);
  const silent = await rows(`select distinct made_from from marts.lineage
    where holds is null order by made_from`);
  expect(silent, "write of them in models/origins.yaml").toEqual([]);
  const read = new Set(
    (await rows("select made_from from marts.lineage")).map((row) => row.made_from),
  );
  const unread = Object.keys(readDescriptions().origins).filter((input) => !read.has(input));
  expect(unread, "nothing reads them: delete them in models/origins.yaml").toEqual([]);
});

const edited = (file: string, text: string): Descriptions => {
  const models = mkdtempSync(join(folder, "models-"));
  cpSync(MODELS_FOLDER, models, { recursive: true });
  writeFileSync(join(models, file), text);
  return readDescriptions(models);
};

const PLACE = "holds: Đơn vị.\ngrain: một đơn vị\nvariants: [whole]\ncolumns:\n";

test.each<[what: string, file: string, text: string, problem: RegExp]>([
  [
    "a column that is not there",
    "marts/measure_place.yaml",
    `${PLACE}  gone: Đã mất.\n`,
    /^models\/marts\/measure_place\.yaml describes gone, which marts\.measure_place does not have: delete it$/,
  ],
  [
    "a table that is not built",
    "marts/nothing.yaml",
    "holds: Không có.\ngrain: không\n",
    /^models\/marts\/nothing\.yaml describes a table that is not built: delete it$/,
  ],
  [
    "a meaning said twice",
    "marts/measure_place.yaml",
    `${PLACE}  plan_id: Mã kế hoạch, theo tệp kế hoạch.\n`,
    /^models\/marts\/measure_place\.yaml says of plan_id what models\/columns\.yaml says: delete it$/,
  ],
  [
    "a meaning that two marts share",
    "marts/measure_place.yaml",
    `${PLACE}  measure: >-\n    Mã số liệu. Trống: nói về cả tệp.\n`,
    /^findings and measure_place say the same of measure: write it once in models\/columns\.yaml, /,
  ],
  [
    "a second meaning that is not there",
    "marts/measure_place.yaml",
    PLACE.replace("whole]", "whole, elsewhere]").replace("columns:\n", ""),
    /^models\/marts\/measure_place\.yaml names the variant elsewhere, which none of its columns has: delete it$/,
  ],
])("%s is told, with where to put it right", (_, file, text, problem) => {
  expect(descriptionProblems(edited(file, text), built).join("\n")).toMatch(problem);
});

test("a new table and a new column are told, with where to write of them", () => {
  const more = [
    ...built,
    { table: "measure_place", column: "distance" },
    { table: "ward_weather", column: "plan_id" },
  ];
  expect(descriptionProblems(readDescriptions(), more)).toEqual([
    "marts.ward_weather has no description: write holds and grain in models/marts/ward_weather.yaml",
    "marts.measure_place.distance has no description: write it under columns in models/marts/measure_place.yaml, or in models/columns.yaml if it means the same in every mart",
  ]);
});

test("a file that is not as it must be is refused by its name", () => {
  expect(() => edited("marts/plan.yaml", "holds: Kế hoạch.\n")).toThrow(/plan\.yaml: .*\n.*grain/);
  expect(() => edited("marts/plan.yaml", "holds: Kế hoạch. Trống: không.\n")).toThrow(
    /plan\.yaml: .*line 1[\s\S]*dưới ">-"/,
  );
  expect(() =>
    descriptionProblems(edited("columns.yaml", "plan_id: Mã {stati}.\n"), built),
  ).toThrow(/\{stati\} is no list of words; there are \{statuses\}/);
});

/** Where tables and their descriptions do not fit together: a sentence each, with where to write what. */
function descriptionProblems(descriptions: Descriptions, built: readonly BuiltColumn[]): string[] {
  const { shared, marts } = descriptions;
  const tables = new Set(built.map(({ table }) => table));
  const has = (table: string, column: string): boolean =>
    built.some((one) => one.table === table && one.column === column);
  const own = [...marts].flatMap(([table, { columns }]) =>
    Object.entries(columns).map(([column, text]) => ({ table, column, text })),
  );
  const used = new Set(
    built.flatMap(({ schema, table, column }) => {
      const mart = marts.get(table);
      const own = mart?.columns[column] === undefined ? column : "";
      const name = variantOf(shared, mart, column) ?? own;
      return schema === "marts" ? [name] : [name, `${column} ${SEEN}`];
    }),
  );
  const problems = [
    ...[...tables]
      .filter((table) => !marts.has(table))
      .map(
        (table) =>
          `marts.${table} has no description: write holds and grain in models/marts/${table}.yaml`,
      ),
    ...[...marts.keys()]
      .filter((table) => !tables.has(table))
      .map((table) => `models/marts/${table}.yaml describes a table that is not built: delete it`),
    ...own.flatMap(({ table, column, text }) => {
      const file = `models/marts/${table}.yaml`;
      if (tables.has(table) && !has(table, column)) {
        return [`${file} describes ${column}, which marts.${table} does not have: delete it`];
      }
      if (text === shared[column]) {
        return [`${file} says of ${column} what models/columns.yaml says: delete it`];
      }
      return own
        .filter((other) => other.column === column && other.text === text && other.table > table)
        .map(
          (other) =>
            `${table} and ${other.table} say the same of ${column}: write it once in models/columns.yaml, as "${column}" or as a second meaning "${column} (name)"`,
        );
    }),
    ...[...marts].flatMap(([table, { variants }]) =>
      variants
        .filter((variant) =>
          built.every((one) => one.table !== table || !(`${one.column} (${variant})` in shared)),
        )
        .map(
          (variant) =>
            `models/marts/${table}.yaml names the variant ${variant}, which none of its columns has: delete it`,
        ),
    ),
    ...built
      .filter((one) => columnMeaning(descriptions, one) === undefined)
      .map(
        ({ table, column }) =>
          `marts.${table}.${column} has no description: write it under columns in models/marts/${table}.yaml, or in models/columns.yaml if it means the same in every mart`,
      ),
    ...Object.keys(shared)
      .filter((column) => !used.has(column))
      .map((column) => `models/columns.yaml describes ${column}, which no mart needs: delete it`),
  ];
  return [...new Set(problems)];
}

import { expect, test } from "vitest";
import { z } from "zod";
import { audienceByRule } from "../../pipelines/models/audience-rule.ts";
import { orderModels, readModels } from "../../pipelines/models/model.ts";
import { readRow, withConnection } from "../../pipelines/warehouse/connection.ts";
import { MODELS_FOLDER, readSqlFiles } from "../../pipelines/warehouse/sql-file.ts";

const { models } = readModels();

/** Marts derived from what was reported, each with what everybody may know of it without a limit. */
const PASSED_WHOLE: Readonly<Record<string, string>> = {
  change_basis: "from which period a figure is, and no figure",
  figure_due: "which figures there can be, and no figure",
  figure_reading: "which reports a figure uses, and which are blank, as coverage says",
  indicator_latest: "which period is looked at first",
  last_year_made_of: "sums of figures that are in no guard group, which nothing hides",
  report: "the head of a version",
  report_item: "words of a version",
};

test("a mart derived from readings is passed whole only where it holds none of their figures", async () => {
  const passed = await withConnection(async (connection) => {
    const ordered = await orderModels(connection, readModels());
    const derived = new Set(["ledger.reading", "ledger.publication_row"]);
    for (const { id, reads, inputs } of ordered) {
      if ([...reads, ...inputs].some((one) => derived.has(one))) derived.add(id);
    }
    return models
      .filter(({ layer, name }) => layer === "audience" && derived.has(`marts.${name}`))
      .filter(({ sql }) => !/audience\.withholds|audience\.name\n|from audience\./.test(sql))
      .map(({ name }) => name)
      .sort();
  });
  expect(passed).toEqual(Object.keys(PASSED_WHOLE));
});

const named = (...names: string[]) => names.map((name) => ({ name, sql: "" }));
const MARTS = [...models.filter(({ layer }) => layer === "marts"), ...named("ward_weather")];
const WRITTEN = models.filter(({ layer, file }) => layer === "audience" && /\.sql$/.test(file));

test.each([
  [
    "in neither place",
    MARTS,
    WRITTEN,
    /^marts\.ward_weather has no audience: list it in .*audience\.yaml under whole/,
  ],
  [
    "in both",
    MARTS,
    [...WRITTEN, ...named("ward_weather", "area")],
    /^marts\.area has two audiences/,
  ],
  [
    "listed and gone",
    MARTS.filter(({ name }) => name !== "period"),
    [...WRITTEN, ...named("ward_weather")],
    /audience\.yaml lists period, which is no mart: delete it/,
  ],
])("a mart that is %s is refused", (_, marts, written, message) => {
  expect(() => audienceByRule(MODELS_FOLDER, marts, written)).toThrow(message);
});

test("every view of an audience is of one mart or what it sees of figures, and of the versions that tell guarded ones", async () => {
  const BESIDE = [
    "audience.figure",
    "audience.attainment_by_ward_period",
    "marts.report_line",
    "marts.report_submission",
    "marts.measure_place",
  ];
  const others = await withConnection(async (connection) =>
    (await orderModels(connection, readModels()))
      .filter(({ layer }) => layer === "audience")
      .flatMap(({ name, reads, inputs }) =>
        [...reads, ...inputs]
          .filter((one) => one !== `marts.${name}` && !BESIDE.includes(one))
          .map((one) => `${name} reads ${one}`),
      ),
  );
  expect(others).toEqual([]);
});

/** Tables that the pages have beside what an audience may see of the marts. */
const BESIDE_MARTS = ["described_table", "described_column", "report_file"];

test("the queries of the pages name nothing but what an audience may see", async () => {
  const seen = new Set([
    ...models.filter(({ layer }) => layer === "audience").map(({ name }) => name),
    ...BESIDE_MARTS,
  ]);
  const queries = readSqlFiles("reports/sources/chitieu");
  expect(queries.length).toBeGreaterThan(40);
  const read = await withConnection(async (connection) => {
    const found: string[] = [];
    for (const { name, sql } of queries) {
      const { tree } = await readRow(
        connection,
        z.object({ tree: z.string() }),
        "select json_serialize_sql($sql::varchar) as tree",
        { sql },
      );
      for (const [, schema, table, database] of tree.matchAll(TABLE)) {
        // a name without a schema is of the query itself
        if (schema !== "") found.push([name, database, schema, table].join(" "));
      }
    }
    return found;
  });
  expect(read.length).toBeGreaterThan(100);
  const known = new Set([
    ...[...seen].map((name) => `marts ${name}`),
    // what another of these queries gives
    ...queries.map(({ name }) => `chitieu ${name}`),
  ]);
  expect(read.filter((one) => !known.has(one.split(" ").slice(2).join(" ")))).toEqual([]);
});

/** Schema, name and database of a table in a serialized query. */
const TABLE =
  /"schema_name":"(\w*)","table_name":"(\w+)","column_name_alias":\[[^\]]*\],"catalog_name":"(\w*)"/g;

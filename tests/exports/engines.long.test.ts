import { renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { writeLake } from "../../pipelines/publishing/lake.ts";
import { builtSite } from "../e2e/site.ts";
import { askClickHouse, askDuckdb, missingClickHouse, plainly } from "../engines.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { earlierRelease } from "../publishing/earlier-release.ts";
import { officeIn } from "../publishing/given.ts";
import { recipe } from "../recipes.ts";

const LAKES = newFolder("chitieu-lakes-");
const QUESTIONS = recipe("lake-questions");
const ASKED = {
  lakes: LAKES,
  tables: [
    ...new Set([...QUESTIONS.matchAll(/^(?:from|join) (\w+)/gm)].map(([, name]) => name)),
  ].map(String),
  questions: QUESTIONS.split(";").slice(0, -1),
};
const { warehouse } = builtSite();

/** Why ClickHouse cannot be asked. */
let missing: string | null;

beforeAll(async () => {
  missing = missingClickHouse();
  await writeLake(warehouse, "shared", join(LAKES, "demonstration"));
  // a plan whose name is a number
  const world = smallPlan([indicator(REACH)]);
  const office = officeIn(newFolder(), { ...world, plan: { ...world.plan, id: "2030" } });
  await office.send("2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40");
  // what the second leaves out is asked about
  await office.send("2030-03-08T09:00", "W-A1", "Q1", "people 100");
  await buildMarts({ paths: office.paths, catalogue: office.catalogue, asOf: null });
  await writeLake(office.paths, "shared", join(LAKES, "small"));
});

test("ClickHouse and DuckDB answer the questions of docs/analysis.md by the same rows", async ({
  skip,
}) => {
  if (missing !== null) skip(missing);
  expect(ASKED.questions).toHaveLength(12);
  const found = plainly(await askDuckdb(ASKED));
  expect(plainly(await askClickHouse(ASKED))).toEqual(found);
  // both offices answer, and none of the questions is about nothing
  expect(found[0]?.map(([plan]) => plan)).toEqual(["2030", "217-kh-ubnd-2024"]);
  expect(found.filter((rows) => rows.length === 0)).toEqual([]);
});

test("ClickHouse reads every table with the types of the files, and an earlier lake beside it", async ({
  skip,
}) => {
  if (missing !== null) skip(missing);
  renameSync(earlierRelease("lake-0").sources, join(LAKES, "before"));
  const types =
    "toTypeName(plan_id), toTypeName(year), toTypeName(value), toTypeName(areas_expected)";
  const [plans, kinds, [syntax = []] = []] = plainly(
    await askClickHouse({
      ...ASKED,
      questions: [
        "select distinct plan_id from attainment_by_plan_period order by all",
        `select distinct ${types} from attainment_by_plan_period`,
        `select formatQuery('${recipe("lake-cluster").replaceAll("'", "''")}')`,
      ],
    }),
  );
  expect(plans).toEqual([["2030"], ["217-kh-ubnd-2024"], ["before"]]);
  expect(kinds).toEqual([
    ["Nullable(String)", "Nullable(Int32)", "Nullable(Decimal(28, 6))", "Nullable(Int32)"],
  ]);
  expect(syntax).toEqual([expect.stringContaining("s3Cluster('national'")]);
});

import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { buildMarts, queryModels } from "../../pipelines/models/build-marts.ts";
import { orderModels, readModels } from "../../pipelines/models/model.ts";
import { buildSelected } from "../../pipelines/models/select-models.ts";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { demandMarts, shownMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { MODELS_FOLDER } from "../../pipelines/warehouse/sql-file.ts";
import { rowsIn } from "../asked.ts";
import { newFolder } from "../folders.ts";
import { fewModels } from "./few-models.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { writeWorld } from "./world.ts";

let folder: string;
let models: string;
let paths: WarehousePaths;
let catalogue: Catalogue;

beforeEach(() => {
  folder = newFolder("chitieu-build-");
  models = join(folder, "models");
  cpSync(MODELS_FOLDER, models, { recursive: true });
  paths = warehousePaths(join(folder, "warehouse"));
  catalogue = writeWorld(folder, smallPlan([indicator(REACH)]));
});

const build = (asOf: Date | null = null) =>
  buildMarts({ paths, catalogue, asOf, set: fewModels(models) });

const edit = (file: string, sql: string) => writeFileSync(join(models, file), sql);

const buildsLeft = () =>
  readdirSync(join(paths.folder, "marts")).filter((name) => !["turn.lock", "shown"].includes(name));

const readMarts = (sql: string, file = paths.marts) => rowsIn(file, sql);

describe("build", () => {
  test("as of a past moment the marts go to a file of their own, named after it in office time", async () => {
    await build();
    const live = readFileSync(paths.marts);
    const { file, asOf } = await build(new Date("2030-12-31T17:00:00Z"));
    expect(asOf).toBe("2031-01-01 00:00:00");
    expect(file).toBe(join(paths.folder, "marts-2031-01-01T00-00-00.duckdb"));
    expect(
      await readMarts("select as_of = '2031-01-01 00:00:00' as at_moment from marts.plan", file),
    ).toEqual([{ at_moment: true }]);
    expect(readFileSync(paths.marts).equals(live)).toBe(true);
  });

  test("marts that are laid out like those of a build before are the same, comments and all", async () => {
    edit("marts/plan.sql", `${readFileSync(join(models, "marts", "plan.sql"), "utf8")}-- own\n`);
    const seen = async () => {
      const { file } = await build(new Date("2030-12-31T17:00:00Z"));
      const tables = await readMarts(
        `select schema_name, table_name, comment, estimated_size from duckdb_tables()
        union all select schema_name, view_name, comment || sql, 0 from duckdb_views()
        union all select schema_name, table_name || column_name, comment || data_type, column_index
        from duckdb_columns() where database_name = 'warehouse' order by all`,
        file,
      );
      return [tables, await readMarts("from city.plan", file)];
    };
    expect(await seen()).toEqual(await seen());
  });

  test("a check that finds violations stops the swap and shows them", async () => {
    await build();
    const before = readFileSync(paths.marts);
    edit(
      "checks/always.sql",
      "-- Violations: all.\nselect plan_id, 'here' as found_at from marts.plan",
    );
    await expect(build()).rejects.toThrow(
      /phép tự kiểm tra của phần mềm không đạt \(always\).*gửi tệp \S+kiem-tra\.log/,
    );
    expect(readFileSync(paths.marts).equals(before)).toBe(true);
    edit(
      "checks/always.sql",
      "-- Violations: none.\nselect 'here' as found_at from marts.plan where false",
    );
    await build();
  });

  test("a column that nobody says who may see stops the swap, until it is named", async () => {
    await build();
    const before = readFileSync(paths.marts);
    edit("marts/plan.sql", "-- One row per plan.\nselect plan_id, 1 as gap from raw.plan");
    const show = (columns: string) =>
      edit(
        "audience/plan.sql",
        `-- Grain: as the mart.\nselect ${columns} from marts.plan, audience`,
      );
    show("plan_id");
    await expect(build()).rejects.toThrow(
      /^marts\.plan\.gap is shown to nobody: name it in .*audience\/plan\.sql, within if\(is_withheld, null, …\)/,
    );
    show("plan.*");
    await expect(build()).rejects.toThrow(
      /audience\/plan\.sql shows whatever marts\.plan has: name its columns one by one\.$/,
    );
    expect(readFileSync(paths.marts).equals(before)).toBe(true);
    show("plan_id, if(audience.withholds, null, gap) as gap");
    await build();
    expect(
      await readMarts("select s.gap, c.gap as all_of_it from shared.plan as s, city.plan as c"),
    ).toEqual([{ gap: null, all_of_it: 1 }]);
  });

  test("an error in a model names its file and leaves the marts", async () => {
    edit("marts/plan.sql", "-- One row.\nselect nothing_such as broken from raw.plan");
    await expect(build()).rejects.toThrow(/marts\/plan\.sql không chạy được.*nothing_such/);
    expect(existsSync(paths.marts)).toBe(false);
  });

  test.each([
    ["an empty file", ""],
    ["half a file", "x".repeat(5000)],
  ])("what a killed build left behind is no obstacle: %s", async (_, left) => {
    const folder = join(paths.folder, "marts");
    mkdirSync(folder, { recursive: true });
    for (const name of ["turn.lock", "begun.duckdb", "begun.duckdb.wal", "shown.new"]) {
      writeFileSync(join(folder, name), left);
    }
    await build();
    expect(buildsLeft()).toEqual([basename(shownMarts(paths.marts) ?? "")]);
  });

  test("marts.duckdb is the build that is shown, for other programs, which can neither alter nor stop it", async () => {
    const again = () => buildMarts({ paths, catalogue, asOf: null, set: fewModels(), whole: true });
    const shown = () => readFileSync(demandMarts(paths.marts));
    expect((await again()).held).toBeNull();
    expect(readFileSync(paths.marts).equals(shown())).toBe(true);
    appendFileSync(paths.marts, "written by another program");
    await again();
    expect(readFileSync(paths.marts).equals(shown())).toBe(true);
    // as one that Windows does not replace, since a program has it open
    rmSync(paths.marts);
    mkdirSync(join(paths.marts, "held"), { recursive: true });
    expect((await again()).held).toMatch(/marts\.duckdb .* chưa thay được/);
    await readMarts("from marts.plan", demandMarts(paths.marts));
    expect(buildsLeft()).toHaveLength(1);
    rmSync(paths.marts, { recursive: true });
    expect((await again()).held).toBeNull();
  });

  test("a reader keeps what it sees while the marts are swapped", async () => {
    await build();
    await withConnection(async (reader) => {
      await attach(reader, paths.marts, "seen", { readOnly: true });
      edit("marts/added.sql", "-- One row.\nselect 1 as one");
      appendFileSync(join(models, "audience.yaml"), "  - added\n");
      await build();
      await expect(selectRows(reader, "from seen.marts.added")).rejects.toThrow();
      expect(
        await selectRows(reader, "select count(*)::integer as n from seen.marts.plan"),
      ).toEqual([{ n: 1 }]);
    });
    expect(await readMarts("from marts.added")).toEqual([{ one: 1 }]);
  });

  test("one model can be asked without writing anything", async () => {
    const rows = await queryModels({
      paths,
      catalogue,
      asOf: new Date("2030-03-01T00:00:00Z"),
      models: ["marts.submission_timeliness"],
      read: (connection) =>
        selectRows(connection, "select distinct timeliness from marts.submission_timeliness"),
    });
    expect(rows).toEqual([{ timeliness: "not_due" }]);
    expect(existsSync(paths.folder)).toBe(false);
  });
});

test.each(["made", "made again"])("a model has no row without what it says: %s", async () => {
  const rare = readModels().models.filter(({ without }) => without !== null);
  await queryModels({
    ...{ paths, catalogue, asOf: new Date("2030-03-01T00:00:00Z") },
    models: rare.map(({ id }) => id),
    read: async (connection) => {
      for (const { id, sql, without } of rare) {
        const rows = `(select count(*) from ${without}) + (select count(*) from (${sql}))`;
        expect(await selectRows(connection, `select ${rows} as rows`), id).toEqual([{ rows: "0" }]);
        const columns = await selectRows(connection, `describe ${sql}`);
        expect(await selectRows(connection, `describe ${id}`), id).toEqual(columns);
      }
    },
  });
});

describe("order of models", () => {
  const order = () => withConnection((connection) => orderModels(connection, readModels(models)));

  test("each comes after those that it reads", async () => {
    const ids = (await order()).map(({ id }) => id);
    const before = (one: string, other: string) => ids.indexOf(one) < ids.indexOf(other);
    expect(before("staging.submission", "core.submission_current")).toBe(true);
    expect(before("core.attainment", "marts.attainment_by_ward_period")).toBe(true);
    expect(before("marts.attainment_by_ward_period", "marts.attainment_by_ward_quarter")).toBe(
      true,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    [
      "marts/area.sql",
      "select * from marts.b",
      /marts\/area\.sql reads marts\.b, which is not there/,
    ],
    ["core/a.sql", "select * from marts.plan", /core\/a\.sql reads marts\.plan of a later layer/],
    ["core/a.sql", "select * from core.a", /circle: core\.a → core\.a/],
    ["core/a.sql", "select 1 as x; select 2 as y", /core\/a\.sql is not one SELECT/],
    ["core/a.sql", "create table t (x int)", /core\/a\.sql is not one SELECT/],
    ["core/a.sql", "select (", /core\/a\.sql is not one SELECT/],
    // a common table expression may have the name of a model without being it
    [
      "core/a.sql",
      "with b as (select 1 as x) select * from b join marts.plan using (x)",
      /later layer/,
    ],
  ])("%s: %s", async (file, sql, message) => {
    edit(file, sql);
    await expect(order()).rejects.toThrow(message);
  });

  test("every model says its grain, every check its violations, in the first line", () => {
    for (const { id, sql } of readModels().models) {
      expect(sql, id).toMatch(
        id.startsWith("checks.")
          ? /^-- Violations: /
          : /^-- ((View: o|O)ne row |(View\. )?Grain: )/,
      );
    }
  });
});

describe("selected models", () => {
  const select = async (...names: string[]) => {
    const request = { paths, catalogue, asOf: new Date("2024-07-01T00:00:00Z") };
    const { file, models: built } = await buildSelected(request, names);
    const tables = await readMarts(
      "select distinct table_schema || '.' || table_name as id from information_schema.tables order by 1",
      file,
    );
    expect(tables.map(({ id }) => id)).toEqual(built.map(({ id }) => id).sort());
    return built.map(({ id }) => id);
  };

  test.each<[names: string[], built: string[]]>([
    [["measure"], ["marts.measure"]],
    [
      ["core.measure_series", "status_agrees"],
      ["core.measure_series", "checks.status_agrees"],
    ],
    [["+indicator_summed"], ["core.indicator_summed"]],
    [["+report_owed"], ["core.measure_place_period", "core.report_owed"]],
    [["marts.unit_report+"], ["marts.unit_report", "marts.office_unit_report"]],
  ])("%j", async (names, built) => {
    expect(await select(...names)).toEqual(expect.arrayContaining(built));
    expect(existsSync(paths.marts)).toBe(false);
  });

  test("a name alone builds that model, not what it reads", async () => {
    expect(await select("attainment_by_ward_quarter")).toEqual([
      "marts.attainment_by_ward_quarter",
    ]);
  });

  test("an unknown name is answered with the nearest", async () => {
    await expect(select("atainment")).rejects.toThrow(
      /Không có mô hình atainment\. Có phải attainment/,
    );
  });
});

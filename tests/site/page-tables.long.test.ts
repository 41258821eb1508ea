import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { resultCsv, resultObjects } from "../../pipelines/cli/sql-text.ts";
import type { Audience } from "../../pipelines/contract/report.ts";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS, type Format } from "../../pipelines/exports/format.ts";
import { askSharedMarts } from "../../pipelines/models/ask-shared.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { askShared, withShared } from "../../pipelines/models/shared-query.ts";
import { readPublishedReports } from "../../pipelines/publishing/published-reports.ts";
import type { Download } from "../../pipelines/site/downloads.ts";
import { writeTables } from "../../pipelines/site/site-tables.ts";
import { findWorkspace, type Workspace } from "../../pipelines/site/workspace.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { quoteName } from "../../pipelines/warehouse/sql.ts";
import { opened, rowsIn } from "../asked.ts";
import { runHere } from "../cli/run.ts";
import { fixLedger } from "../demo/fixed-ledger.ts";
import { newFolder } from "../folders.ts";
import { smallPlan } from "../models/small-plan.ts";
import { planMeasure } from "../plan-parts.ts";
import { type Office, officeIn } from "../publishing/given.ts";

/** A ratio and a count of sensitive measures by ward, one without an indicator, and an open ratio. */
const WORLD = smallPlan(
  {
    I: "reached/people >= 30",
    S: "solved/cases >= 90",
    C: { value: "cases <= 60", unit_of_measure: "vụ" },
  },
  {
    measures: [
      planMeasure("alarms", "Alarms", "D1", "sum", {
        ...{ unit_of_measure: "vụ", by_area: true, sensitive: true },
      }),
    ],
  },
);

/** What Department 1 reports of wards 1 to 4, as `cases/solved/alarms`: at first and corrected. */
interface Hidden {
  readonly first: readonly string[];
  readonly corrected: readonly string[];
}

/** Two truths of which everybody sees the same: the totals, 62, 38 and 22, then 62, 48 and 22. */
const ONE: Hidden = {
  first: ["3/1/2", "19/8/20", "40/29/0", "0/0/0"],
  corrected: ["3/1/2", "19/18/20", "40/29/0", "0/0/0"],
};
const OTHER: Hidden = {
  first: ["1/1/3", "21/8/19", "40/29/0", "0/0/0"],
  corrected: ["1/1/3", "21/13/19", "40/34/0", "0/0/0"],
};

const folder = newFolder("chitieu-page-tables-");

const AS_OF = parseMoment("2030-08-01T08:00");
const workspace = findWorkspace("warehouse");
const DATA: readonly Format[] = ["csv"];

interface Made {
  readonly office: Office;
  readonly marts: string;
}

async function make(name: string, { first, corrected }: Hidden): Promise<Made> {
  const inside = join(folder, name);
  mkdirSync(inside);
  const office = officeIn(inside, WORLD);
  const figures = (pairs: readonly string[], posts: number) =>
    [
      ...pairs.flatMap((pair, index) => {
        const values = pair.split("/");
        return ["cases", "solved", "alarms"].map(
          (measure, no) => `${measure} A${index + 1} ${values[no]}`,
        );
      }),
      `posts ${posts}`,
    ].join("\n");
  await office.sendAll([
    ...["A1", "A2", "A3"].map(
      (ward, index) =>
        [`2030-03-0${index + 1}T08:00`, `W-${ward}`, "Q1", "people 100\nreached 20"] as const,
    ),
    ["2030-03-05T08:00", "D1", "Q1", figures(first, 7)],
  ]);
  await office.publish("2030-03-10T08:00", "Q1", { acknowledge: true });
  await office.sendAll([
    ["2030-03-12T08:00", "D1", "Q1", figures(corrected, 9)],
    ["2030-03-13T08:00", "W-A4", "Q1", "people 100\nreached 40"],
  ]);
  const again = { class: "correction", reason: "Đính chính", acknowledge: true } as const;
  await office.publish("2030-03-15T08:00", "Q1", again);
  await fixLedger(office.paths);
  const { paths, catalogue } = office;
  const { file: marts } = await buildMarts({ paths, catalogue, asOf: AS_OF });
  return { office, marts };
}

/** The data of every version for an audience, the documents of the last, and as the pages list them. */
async function filesOf({ office }: Made, audience: Audience) {
  const files: (Download & { readonly content: Buffer })[] = [];
  for (const report of await readPublishedReports(office.paths, audience)) {
    const { plan_id, period, version } = report.publication;
    const formats = version === report.latestVersion && audience === "shared" ? FORMATS : DATA;
    for (const [index, { name, bytes, sha256 }] of (await exportFiles(report, formats)).entries()) {
      files.push({
        ...{ plan_id, period, version, reader: audience, file_no: index + 1, name },
        ...{ format: extname(name).slice(1), bytes: bytes.length, sha256, file: name },
        content: Buffer.from(bytes),
      });
    }
  }
  return files;
}

/** The page tables of an audience, as a file. @returns its path */
async function tablesFrom(
  marts: string,
  audience: Audience,
  downloads: readonly Download[] = [],
): Promise<string> {
  const file = join(mkdtempSync(join(folder, "tables-")), "pages.duckdb");
  await writeTables({ workspace, marts, downloads, audience }, file);
  return file;
}

/** Every table of a file as text, rows in the order in which they lie there. */
async function textOf(file: string): Promise<Map<string, string>> {
  return opened(file, "pages", async (connection) => {
    const names = await selectRows(
      connection,
      "select table_name as name from duckdb_tables() where database_name = 'pages' and schema_name = 'chitieu' order by 1",
    );
    const texts = new Map<string, string>();
    for (const { name } of names) {
      const rows = await selectRows(connection, `from pages.chitieu.${quoteName(String(name))}`);
      texts.set(String(name), rows.map((row) => JSON.stringify(row)).join("\n"));
    }
    return texts;
  });
}

let one: Made;
let other: Made;
beforeAll(async () => {
  [one, other] = [await make("one", ONE), await make("other", OTHER)];
});

describe("worlds that differ only in what is withheld", () => {
  const both = async (audience: Audience) => {
    const files = [await filesOf(one, audience), await filesOf(other, audience)] as const;
    const mine = await textOf(await tablesFrom(one.marts, audience, files[0]));
    const theirs = await textOf(await tablesFrom(other.marts, audience, files[1]));
    return { files, mine, theirs };
  };

  test("are one world to everybody, in every page table and file", async () => {
    const { files, mine, theirs } = await both("shared");
    expect(mine.size).toBeGreaterThan(35);
    for (const [name, text] of mine) expect([name, text]).toEqual([name, theirs.get(name)]);

    expect(files[0].length).toBeGreaterThan(10);
    expect(files[0].map(({ name, sha256 }) => [name, sha256])).toEqual(
      files[1].map(({ name, sha256 }) => [name, sha256]),
    );
    // Nothing would be shown by this if nothing were withheld.
    for (const name of ["attainment_ward", "measure_ward", "basis", "report_line"]) {
      expect([name, mine.get(name)]).toEqual([
        name,
        expect.stringMatching(/"is_(hidden|withheld)":true/),
      ]);
    }
  });

  test("are two to the city", async () => {
    const { files, mine, theirs } = await both("city");
    for (const name of ["attainment_ward", "basis", "report_line", "report_change"]) {
      expect(mine.get(name)).not.toBe(theirs.get(name));
      expect([name, mine.get(name)]).not.toEqual([
        name,
        expect.stringMatching(/"is_(hidden|withheld)":true/),
      ]);
    }
    expect(files[0].map(({ sha256 }) => sha256)).not.toEqual(files[1].map(({ sha256 }) => sha256));
  });
});

test("both audiences have the same views with the same columns", async () => {
  const columns = await rowsIn(
    one.marts,
    `select schema_name, list(table_name || '.' || column_name || ' ' || data_type order by all) as columns
    from duckdb_columns() where database_name = 'it' and schema_name in ('shared', 'city')
    group by schema_name order by schema_name`,
  );
  expect(columns.map(({ schema_name }) => schema_name)).toEqual(["city", "shared"]);
  expect(columns[0]?.columns).toEqual(columns[1]?.columns);
});

test("what an audience sees of the marts grows with them, and not with their square", async () => {
  await withConnection(async (connection) => {
    await attach(connection, one.marts, "built", { readOnly: true });
    const views = await selectRows(
      connection,
      "select schema_name, view_name from duckdb_views() where database_name = 'built' and schema_name in ('shared', 'city')",
    );
    expect(views.length).toBeGreaterThan(60);
    for (const { schema_name, view_name } of views) {
      const [plan] = await selectRows(
        connection,
        `explain (format json) from built.${quoteName(String(schema_name))}.${quoteName(String(view_name))}`,
      );
      const found = nodesOf(z.array(Plan).parse(JSON.parse(String(plan?.explain_value))));
      // an audience is one row, with which all may be joined
      const slow = found.filter(
        ({ name, extra_info }) => /_NL_JOIN|LOOP/.test(name) && extra_info["Join Type"] !== "INNER",
      );
      expect([view_name, slow]).toEqual([view_name, []]);
    }
  });
});

/** How DuckDB means to answer a query. */
const Plan = z.object({
  name: z.string(),
  extra_info: z.record(z.string(), z.unknown()),
  get children() {
    return z.array(Plan);
  },
});

function nodesOf(plans: readonly z.infer<typeof Plan>[]): z.infer<typeof Plan>[] {
  return plans.flatMap((plan) => [plan, ...nodesOf(plan.children)]);
}

test("the same marts give the same bytes, in whatever order their rows lie", async () => {
  const first = await textOf(await tablesFrom(one.marts, "shared"));
  // that two builds of the same are the same, the two worlds say above
  const turned = join(folder, "turned.duckdb");
  cpSync(one.marts, turned);
  await withConnection(async (connection) => {
    await attach(connection, turned, "warehouse");
    const names = await selectRows(
      connection,
      "select table_name as name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'marts'",
    );
    for (const { name } of names) {
      const table = `warehouse.marts.${quoteName(String(name))}`;
      await connection.run(`create temp table rows as
        select * from ${table} as row order by md5(row::varchar)`);
      await connection.run(`delete from ${table}; insert into ${table} from temp.rows`);
      await connection.run("drop table temp.rows");
    }
  });
  const after = await textOf(await tablesFrom(turned, "shared"));
  for (const [name, text] of first) expect([name, after.get(name)]).toEqual([name, text]);
});

describe("a query reaches nothing but what its audience may see", () => {
  /** The project with one more query among its sources. */
  const withQuery = (sql: string, others: Readonly<Record<string, string>> = {}): Workspace => {
    const reports = mkdtempSync(join(folder, "reports-"));
    for (const macros of ["words.sql", "sentences.sql", "comparison.sql"]) {
      cpSync(join(workspace.reports, macros), join(reports, macros));
    }
    mkdirSync(join(reports, "sources/chitieu"), { recursive: true });
    for (const [name, text] of Object.entries({ around: sql, ...others })) {
      writeFileSync(join(reports, `sources/chitieu/${name}.sql`), `-- Key: plan_id\n${text}`);
    }
    return { ...workspace, reports };
  };
  const ask = async (
    sql: string,
    audience: Audience = "shared",
    others: Readonly<Record<string, string>> = {},
  ) => {
    const file = join(mkdtempSync(join(folder, "tables-")), "pages.duckdb");
    await writeTables(
      { workspace: withQuery(sql, others), marts: one.marts, downloads: [], audience },
      file,
    );
    return file;
  };

  test("it has the views of its audience as marts", async () => {
    await ask("from marts.plan where audience = 'shared'");
    await ask("from marts.plan where audience = 'city'", "city");
  });

  test("and the results of others, whatever they are called, but not in a circle", async () => {
    const others = {
      // it comes first by its name
      a: "-- not chitieu.nothing\nselect plan_id, 2 as doubled from chitieu.around",
      b: "select plan_id, doubled from chitieu.a where doubled = 2",
    };
    const file = await ask("select plan_id from marts.plan", "shared", others);
    const sql = "select b.doubled from chitieu.around join chitieu.b using (plan_id)";
    expect(await rowsIn(file, sql)).toEqual([{ doubled: 2 }]);
    await expect(
      ask("select plan_id from chitieu.a", "shared", { a: "select plan_id from chitieu.around" }),
    ).rejects.toThrow(
      "These queries read each other's results in a circle: reports/sources/chitieu/a.sql, reports/sources/chitieu/around.sql.",
    );
  });

  test.each([
    [
      "the column that says what is disclosive",
      "select plan_id, is_disclosive from marts.attainment_by_plan_period",
    ],
    ["the marts by the name that they had", "from warehouse.marts.plan"],
    ["the other audience's views", "from city.plan"],
    ["the other audience's views by the marts' name", "from warehouse.city.plan"],
    ["the file of the marts", "select content as plan_id from read_blob('MARTS')"],
    [
      "the setting that forbids it",
      "select 1 as plan_id); set enable_external_access = true; select (1",
    ],
  ])("not %s", async (_, sql) => {
    await expect(ask(sql.replace("MARTS", one.marts))).rejects.toThrow(
      /^The query reports\/sources\/chitieu\/around\.sql failed: (Catalog|Binder|Permission|Invalid Input) Error/,
    );
  });
});

describe("a query that somebody writes (chitieu sql)", () => {
  const TABLES = "select table_name from duckdb_tables() order by 1";

  test("is answered the same in worlds that differ only in what is withheld, in the same order", async () => {
    const answers = (marts: string) =>
      withShared(marts, null, async (shared) => {
        const texts = new Map<string, string>();
        for (const table of shared.tables) {
          const { rows } = await askShared(shared, `from ${table}`);
          texts.set(table, rows.map((row) => JSON.stringify(row)).join("\n"));
        }
        return texts;
      });
    const [mine, theirs] = [await answers(one.marts), await answers(other.marts)];
    expect(mine.size).toBeGreaterThan(40);
    for (const [table, text] of mine) expect([table, text]).toEqual([table, theirs.get(table)]);
  });

  /** Ways out, each with what is said. */
  const WAYS: readonly [sql: string, answer: RegExp][] = [
    ["from city.plan", /Không có bảng “city.plan”/],
    ["from warehouse.city.plan", /Không có bảng “city.plan”/],
    ["from marts.attainment_by_ward_period", /Không có bảng “marts.attainment_by_ward_period”/],
    ["from built.marts.plan", /Không có lược đồ hay cơ sở dữ liệu “built”/],
    ["select is_disclosive from attainment_by_plan_period", /Không có cột “is_disclosive”/],
    ["from 'MARTS'", /Không có bảng “.*marts.duckdb”|ngoài các bảng/],
    ["from read_blob('MARTS')", /ngoài các bảng/],
    ["from read_duckdb('MARTS', table_name = 'plan')", /ngoài các bảng/],
    ["from read_csv('/etc/passwd')", /ngoài các bảng/],
    ["from sniff_csv('/etc/passwd')", /ngoài các bảng/],
    ["from glob('/*')", /ngoài các bảng/],
    ["from 'https://example.org/a.parquet'", /ngoài các bảng/],
    ["from duckdb_extensions()", /ngoài các bảng/],
    ["import database '/tmp'", /ngoài các bảng/],
    ["attach 'MARTS' as more", /một câu chỉ đọc/],
    ["copy plan to '/tmp/plan.csv'", /ngoài các bảng/],
    ["from query('attach ''MARTS'' as more')", /sai cú pháp|không chạy được/],
    ["install httpfs", /một câu chỉ đọc/],
    ["load httpfs", /một câu chỉ đọc/],
    ["set enable_external_access = true", /một câu chỉ đọc/],
    ["reset lock_configuration", /một câu chỉ đọc/],
    ["use memory", /một câu chỉ đọc/],
    ["pragma enable_profiling", /một câu chỉ đọc/],
    ["call pragma_version()", /một câu chỉ đọc/],
    ["create secret (type s3)", /Secret type 's3' does not exist/],
    ["drop table plan", /một câu chỉ đọc/],
    ["update plan set title = ''", /một câu chỉ đọc/],
    ["select 1; drop table plan", /một câu chỉ đọc/],
    ["explain analyze delete from plan", /một câu chỉ đọc/],
    ["  ", /Câu truy vấn trống/],
    ["-- nothing", /Câu truy vấn trống/],
    ["from plann", /Có phải “plan”\?.*\n {2}Dòng 1: from plann\n {15}\^$/],
    ["select\n  1 +", /hết câu mà chưa trọn/],
    ["selct 1", /sai cú pháp ở gần “selct”/],
    ["select nothing(1)", /Không có hàm “nothing”/],
    ["select 'a'::int", /giá trị không tính được/],
    ["from range(200000)", /nhiều hơn 100\.000 hàng/],
    ["select repeat('x', 40000000)", /quá lớn/],
  ];

  test("reaches nothing else, changes nothing, and is told why", async () => {
    const [answered, after] = await withShared(one.marts, null, async (shared) => {
      const before = await askShared(shared, TABLES);
      const answers: [string, string][] = [];
      for (const [sql] of WAYS) {
        const asked = askShared(shared, sql.replaceAll("MARTS", one.marts));
        answers.push([
          sql,
          await asked.then(
            () => "it was answered",
            (error: Error) => error.message,
          ),
        ]);
      }
      return [answers, [before, await askShared(shared, TABLES)]];
    });
    expect(answered).toEqual(WAYS.map(([sql, message]) => [sql, expect.stringMatching(message)]));
    expect(after[1]).toEqual(after[0]);
    expect(after[0]?.rows.flat()).toContain("attainment_by_ward_period");
    expect(after[0]?.rows.flat()).not.toContain("unit_report");
  });

  test("copies the tables that it names, and all where it asks which there are", async () => {
    const copied = (query: string) =>
      withShared(one.marts, query, async (shared) => (await askShared(shared, TABLES)).rows.flat());
    expect(await copied("select title from PLAN")).toEqual(["plan"]);
    expect((await copied("show tables")).length).toBeGreaterThan(40);
    expect((await copied("from query_table('pl' || 'an')")).length).toBeGreaterThan(40);
  });

  test("is ended where the engine cannot be interrupted", async () => {
    const endless =
      "select regexp_replace(repeat('ab ', 9000000), '(a|b)*c', 'x', 'g') from range(99)";
    await expect(askSharedMarts(one.marts, endless, 0.2)).rejects.toThrow(
      /^Câu truy vấn chạy quá 0\.2 giây/,
    );
  });

  test("comes out of the command as a table, as CSV and as JSON, missing values as such", async () => {
    const { folder: warehouse, marts } = one.office.paths;
    cpSync(one.marts, marts);
    const ask = (...args: string[]) => runHere(["sql", ...args, "--warehouse", warehouse]);
    const sql = `select * from (values
      (1.50::decimal(9,2), 'Xã, phường', null::int), (-20, '=1+1', 0)) as t(a, b, c)`;
    expect(await ask(sql)).toMatchObject({
      code: 0,
      out: [
        "     a  b           c",
        "------  ----------  -",
        "  1.50  Xã, phường  –",
        "-20.00  =1+1        0",
        "",
        "2 hàng.",
        "",
      ].join("\n"),
    });
    const result = await withShared(marts, "from plan", (shared) => askShared(shared, sql));
    expect(resultCsv(result)).toBe('\uFEFFa,b,c\r\n1.5,"Xã, phường",\r\n-20,\'=1+1,0\r');
    expect(resultObjects(result)).toEqual([
      { a: "1.50", b: "Xã, phường", c: null },
      { a: "-20.00", b: "=1+1", c: 0 },
    ]);
    expect((await ask()).out).toMatch(
      /^area\n {2}Các địa bàn báo cáo của kế hoạch.*\n {2}Mỗi hàng ứng với/,
    );
    expect((await ask("--table", "plan")).out).toMatch(/^plan_id {2}VARCHAR\n {2}Mã kế hoạch/m);
    expect(await ask("--table", "plann")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Có phải plan?"),
    });
    expect(await ask("from plann")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/^chitieu: Không có bảng “plann”/),
    });
  });
});

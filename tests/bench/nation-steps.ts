import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { handedUp } from "../../pipelines/publishing/hand-up.ts";
import { publishReport } from "../../pipelines/publishing/publish.ts";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { takeIn as takeFilesIn } from "../e2e/marts.ts";
import { runAsked, type Steps } from "./given.ts";
import { communesOf, DIFFERENCES, provinces, writeLevel, writeQuarter } from "./nation-given.ts";

/** The steps of the bench of a nation, each meant to run in a process of its own. */
const STEPS: Steps = {
  /** Each province takes in what its communes report, publishes four quarters and packs them. */
  async provinces(folder, ...codes) {
    mkdirSync(join(folder, "packages"), { recursive: true });
    for (const code of codes) {
      const communes = communesOf([code]);
      const level = { id: planOf(code), area: code, provinces: [code], communes: communes.length };
      const catalogue = writeLevel(join(folder, code), level);
      for (const [index, moment] of CLOSED.entries()) {
        const file = join(folder, code, `Q${index + 1}.csv`);
        await writeQuarter(file, level.id, communes, index + 1);
        await takeIn(folder, code, catalogue, [file], `${moment}T08:00`);
        await publish(folder, code, catalogue, index + 1, `${moment}T09:00`);
      }
    }
    return sizes(folder, codes);
  },
  async ministry(folder, ...codes) {
    const catalogue = writeLevel(join(folder, "ministry"), {
      ...{ id: "nation", area: "VN", provinces: codes, communes: communesOf(codes).length },
      takenFrom: codes.map(planOf),
    });
    for (const [index, moment] of CLOSED.entries()) {
      const files = packages(folder).filter((file) => file.includes(`-Q${index + 1}-`));
      await takeIn(folder, "ministry", catalogue, files, `${moment}T10:00`);
      await publish(folder, "ministry", catalogue, index + 1, `${moment}T11:00`);
    }
    return built(folder, "ministry", catalogue);
  },
  /** One warehouse that holds all communes. */
  async whole(folder, ...codes) {
    const communes = communesOf(codes);
    const level = { id: "nation", area: "VN", provinces: codes, communes: communes.length };
    const catalogue = writeLevel(join(folder, "whole"), level);
    for (const [index, moment] of CLOSED.entries()) {
      const file = join(folder, "whole", `Q${index + 1}.csv`);
      await writeQuarter(file, "nation", communes, index + 1);
      await takeIn(folder, "whole", catalogue, [file], `${moment}T08:00`);
    }
    return built(folder, "whole", catalogue);
  },
  /** A commune sends the second quarter again, with more in each figure; what stands on it is published anew. */
  async correct(folder, code = "") {
    const commune = communesOf([code]).slice(-1);
    const more = Object.fromEntries(commune.map((one) => [one, 900]));
    for (const [name, plan] of [
      [code, planOf(code)],
      ["whole", "nation"],
    ] as const) {
      const catalogue = readCatalogue(join(folder, name));
      const file = join(folder, name, "again.csv");
      await writeQuarter(file, plan, commune, 2, more);
      await takeIn(folder, name, catalogue, [file], "2027-02-01T08:00");
      if (name === "whole") await built(folder, name, catalogue);
      else
        for (const quarter of [2, 3, 4])
          await publish(folder, code, catalogue, quarter, `2027-02-01T09:0${quarter}`, 2);
    }
    const ministry = readCatalogue(join(folder, "ministry"));
    const files = packages(folder).filter((file) => file.endsWith("-2.zip"));
    await takeIn(folder, "ministry", ministry, files, "2027-02-01T10:00");
    for (const quarter of [2, 3, 4])
      await publish(folder, "ministry", ministry, quarter, `2027-02-01T11:0${quarter}`, 2);
    return built(folder, "ministry", ministry);
  },
  async compare(folder) {
    return withConnection(async (connection) => {
      for (const [name, as] of [
        ["ministry", "ministry"],
        ["whole", "everything"],
      ] as const) {
        const { marts } = warehousePaths(join(folder, name, "warehouse"));
        await attach(connection, marts, as, { readOnly: true });
      }
      await connection.run(
        `create table commune as from (values ${provinces()
          .flatMap(({ code, communes }) => communes.map((one) => `('${one}', '${code}')`))
          .join(", ")}) as commune(commune, province)`,
      );
      const rows = await selectRows(connection, DIFFERENCES);
      const differing = rows.filter(({ is_safe }) => is_safe !== true);
      for (const row of differing.slice(0, 20)) console.error(JSON.stringify(row));
      const [total] = await selectRows(
        connection,
        `select
            (select count(*) from ministry.marts.attainment_by_plan_period)
            + (select count(*) from ministry.marts.attainment_by_ward_period) as n,
            (select sum(numerator) from ministry.marts.attainment_by_plan_period) as figure`,
      );
      return {
        ...{ different: differing.length, provisional: rows.length - differing.length },
        ...{ rows: Number(total?.n), figure: Number(total?.figure) },
      };
    });
  },
};

/** On which day the reports of each quarter come in. */
const CLOSED = ["2026-04-11", "2026-07-11", "2026-10-11", "2027-01-11"] as const;

/** Of the files of a version those that a package needs; Word, Excel and PDF take the longest by far. */
const FORMATS = ["csv"] as const;

/** The moment of what is compared. */
const END = parseMoment("2027-03-01T00:00");

const planOf = (code: string): string => `${code}-kh-ubnd-2026`;

const packages = (folder: string): string[] =>
  readdirSync(join(folder, "packages")).map((name) => join(folder, "packages", name));

async function takeIn(
  folder: string,
  name: string,
  catalogue: Catalogue,
  files: readonly string[],
  moment: string,
): Promise<void> {
  const paths = warehousePaths(join(folder, name, "warehouse"));
  const receivedAt = parseMoment(moment);
  const coming = files.map((fileName) => ({ fileName, bytes: readFileSync(fileName), receivedAt }));
  await takeFilesIn(paths, catalogue, coming, false);
}

/** Publishes a quarter, and puts the package of a province with the others. */
async function publish(
  folder: string,
  name: string,
  catalogue: Catalogue,
  quarter: number,
  moment: string,
  version = 1,
): Promise<void> {
  const paths = warehousePaths(join(folder, name, "warehouse"));
  const [plan] = catalogue.plans;
  const period = plan?.plan.periods[quarter - 1];
  if (plan === undefined || period === undefined) throw new Error("no plan");
  await publishReport({
    ...{ paths, catalogue, plan, period, asOf: null, publishedAt: parseMoment(moment) },
    ...{
      softwareVersion: "bench",
      formats: FORMATS,
      isFinal: false,
      acknowledge: true,
      force: true,
    },
    ...(version === 1
      ? { class: "first", reason: "Phát hành" }
      : { class: "correction", reason: "Có số liệu sửa" }),
  });
  if (name === "ministry") return;
  const choice = { planId: plan.plan.id, period: period.code, version: null } as const;
  const report = await readPublishedReport(paths, { ...choice, audience: "superior" });
  const { bytes } = await handedUp(paths, report);
  writeFileSync(join(folder, "packages", `${name}-${period.code}-${version}.zip`), bytes);
}

async function built(folder: string, name: string, catalogue: Catalogue) {
  const paths = warehousePaths(join(folder, name, "warehouse"));
  const { file } = await buildMarts({ paths, catalogue, asOf: END });
  renameSync(file, paths.marts);
  rmSync(file.replace(/\.duckdb$/, ""), { recursive: true });
  return sizes(folder, [name]);
}

/** What the warehouses of some levels take on the disk. */
function sizes(folder: string, names: readonly string[]): { readonly bytes: number } {
  const files = names.flatMap((name) =>
    readdirSync(join(folder, name, "warehouse"), { recursive: true, withFileTypes: true }),
  );
  const bytes = files
    .filter((one) => one.isFile())
    .map((one) => statSync(join(one.parentPath, one.name)).size);
  return { bytes: bytes.reduce((sum, one) => sum + one, 0) };
}

await runAsked(STEPS);

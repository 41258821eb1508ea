import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Audience } from "../../pipelines/contract/report.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { publishReport } from "../../pipelines/publishing/publish.ts";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { isSound, verifyReports } from "../../pipelines/publishing/verify.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { rowsIn } from "../asked.ts";
import { readableWord } from "../readable/document.ts";
import { type EarlierRelease, earlierRelease } from "./earlier-release.ts";

const PLAN = "duong-gom-2026";

/** What earlier releases left. Since 0.2.0 the files of a version are kept with it: how many. */
const FIXTURES = [
  { fixture: "published-0.1.0", kept: null },
  { fixture: "published-0.2.0", kept: 18 },
];

const VERSIONS: readonly (readonly [period: string, version: number])[] = [
  ["2026-Q1", 1],
  ["2026-Q1", 2],
  ["2026-Q2", 1],
];

describe.each(FIXTURES)("$fixture", ({ fixture, kept }) => {
  let release: EarlierRelease;
  beforeAll(() => {
    release = earlierRelease(fixture);
  });

  test.each(VERSIONS)("%s version %i exports what it exported then", async (period, version) => {
    const { paths, exported } = release;
    for (const audience of ["shared", "city"] satisfies Audience[]) {
      const report = await readPublishedReport(paths, { planId: PLAN, period, version, audience });
      const files = await filesOfVersion(paths, report);
      expect(files).toHaveLength(9);
      const long = files.find(({ name }) => name.endsWith("_dai.csv"));
      const then = join(exported, long?.name ?? "");
      expect(Buffer.from(long?.bytes ?? []).toString("utf8")).toBe(readFileSync(then, "utf8"));
      if (kept !== null) continue;
      // made now: a value without a target is called as today, in the table of areas and the document
      const [table, document] = ["_bang.csv", ".docx"].map(
        (ending) => new Uint8Array(files.find(({ name }) => name.endsWith(ending))?.bytes ?? []),
      ) as [Uint8Array, Uint8Array];
      const texts = [new TextDecoder().decode(table), readableWord(document)];
      expect(texts[0]).toContain(";Không giao mức");
      expect(texts.join()).not.toMatch(/(\d( vụ)?|Không công bố)( · |;)Không áp dụng/);
    }
  });

  test("its versions are in the marts and hold, and its next version says what changed", async () => {
    const { paths, sources } = release;
    const catalogue = readCatalogue(sources);
    await buildMarts({ paths, catalogue, asOf: null });
    const rows = await rowsIn(
      paths.marts,
      `select period, version, code, value::varchar as value from shared.report_line
      where area_id is null and section = 'indicator' order by period, version, code`,
    );
    // 392 of 1500 households, of 2300 with the late commune, then 392 + 1617 of 2310; 7 + 2 + 11 cases,
    // then 20 more
    expect(rows.map((row) => Object.values(row).join(" "))).toEqual([
      "2026-Q1 1 A1 26.133333",
      "2026-Q1 1 A2 20.000000",
      "2026-Q1 2 A1 17.043478",
      "2026-Q1 2 A2 20.000000",
      "2026-Q2 1 A1 86.969697",
      "2026-Q2 1 A2 40.000000",
    ]);
    const plan = catalogue.plans[0];
    const period = plan?.plan.periods.find(({ code }) => code === "2026-Q2");
    if (plan === undefined || period === undefined) throw new Error("the plan is not there");
    const published = await publishReport({
      ...{ paths, catalogue, plan, period, isFinal: false, acknowledge: true, force: true },
      ...{ class: "method", reason: "Phát hành bằng phiên bản mới", asOf: null },
      ...{ publishedAt: new Date(), softwareVersion: "test" },
    });
    expect(published).toMatchObject({ version: 2, changes: 0, files: 18 });
    const verification = await verifyReports(paths, { planId: null, period: null });
    expect(isSound(verification)).toBe(true);
    const { versions } = verification;
    expect(versions.map(({ faults, differences, files }) => [faults, differences, files])).toEqual(
      [kept, kept, kept, 18].map((of) => [[], [], of]),
    );
  });
});

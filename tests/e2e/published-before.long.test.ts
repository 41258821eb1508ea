import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { erase } from "../../pipelines/ledger/erase.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { siteFaults } from "../../pipelines/site/written-site.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { earlierRelease } from "../publishing/earlier-release.ts";
import { writtenSite } from "../site/served.ts";

/** Why the second version of the first quarter was published, which is erased. */
const REASON = "Bổ sung báo cáo gửi muộn";

/** What earlier programs left; see `tests/publishing/published-before.long.test.ts`. */
test.each([
  ["published-0.1.0", true],
  ["published-0.2.0", false],
])("the versions of %s are shown, with files to download", async (fixture, isEarliest) => {
  const { paths, sources } = earlierRelease(fixture);
  if (isEarliest)
    await erase({
      paths,
      receipts: [],
      texts: [],
      phrases: [REASON],
      erasedBy: "Lan",
      reason: "theo yêu cầu của đương sự",
      recordedAt: new Date("2026-11-20T03:00:00Z"),
      softwareVersion: "test",
    });
  await buildMarts({ paths, catalogue: readCatalogue(sources), asOf: null });
  const site = join(paths.folder, "site");
  await writtenSite({ marts: paths.marts, warehouse: paths }, site);
  expect(await siteFaults(paths)).toEqual([]);
  const reports = join(site, "duong-gom-2026", "bao-cao");
  for (const [version, value] of [
    ["2026-Q1/v1", "26,13"],
    ["2026-Q1/v2", "17,04"],
    ["2026-Q2/v1", "86,97"],
  ] as const) {
    const page = readFileSync(join(reports, version, "index.html"), "utf8").replace(/\s+/g, " ");
    expect(page).toContain(value);
    const says = "Phiên bản này phát hành khi các tệp chưa được lưu cùng phiên bản";
    expect(page.includes(says)).toBe(isEarliest);
    // of the one version it is said that something was taken out, and nowhere what
    expect(page.includes("một số nội dung bằng chữ đã bị xóa hẳn khỏi phiên bản này")).toBe(
      isEarliest && version === "2026-Q1/v2",
    );
    if (isEarliest) expect(page).not.toContain(REASON);
    const files = readdirSync(join(reports, version, "tai-ve"));
    expect(files).toHaveLength(9);
  }
});

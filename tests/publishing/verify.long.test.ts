import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readArchiveAgain } from "../../pipelines/intake/reread-archive.ts";
import { confirmClock } from "../../pipelines/ledger/clock.ts";
import { readLedger } from "../../pipelines/ledger/ledger.ts";
import { type Proven, readProven, writeProven } from "../../pipelines/ledger/proven.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { type ModelSet, readModels } from "../../pipelines/models/model.ts";
import { changedSources } from "../../pipelines/publishing/changed-sources.ts";
import { isSound, verifyReports } from "../../pipelines/publishing/verify.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { MODELS_FOLDER } from "../../pipelines/warehouse/sql-file.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { copyOffice, type Office, officeIn } from "./given.ts";

const WORLD = smallPlan([indicator(REACH)]);
const TEMPLATE = newFolder();

/** The same after its first version. */
const FIRST = newFolder();

/** Models that expect other areas than those of the program, from a folder that is gone by now. */
function otherModels(): ModelSet {
  const folder = newFolder();
  cpSync(MODELS_FOLDER, folder, { recursive: true });
  const file = join(folder, "report", "line.sql");
  const sql = readFileSync(file, "utf8");
  const otherSql = sql.replace(/seen\.\* exclude \([^)]*\)/, "$& replace (77 as areas_expected)");
  expect(otherSql).not.toBe(sql);
  writeFileSync(file, otherSql);
  const set = readModels(folder);
  rmSync(folder, { recursive: true });
  return set;
}

/**
 * Two versions of the first quarter's report, the first of which was published with other models, and
 * one of the second's.
 */
beforeAll(async () => {
  const office = officeIn(TEMPLATE, WORLD);
  await office.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T09:00", "W-A2", "Q1", "people 200\nreached 20"],
  ]);
  await office.publish("2030-03-10T08:00", "Q1", { set: otherModels() });
  cpSync(TEMPLATE, FIRST, { recursive: true });
  await office.send("2030-03-12T08:00", "W-A1", "Q1", "people 100\nreached 45");
  await office.publish("2030-03-13T08:00", "Q1", { class: "correction", reason: "Đính chính" });
  await office.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 10");
  await office.publish("2030-06-10T08:00", "Q2");
});

const publishedOffice = (): Office => copyOffice(officeIn(TEMPLATE, WORLD), WORLD);
const firstVersion = (): Office => copyOffice(officeIn(FIRST, WORLD), WORLD);

test("versions hold whatever came later: reports, versions, a changed plan file, changed models, the clock put back", async () => {
  const office = publishedOffice();
  // before the moment of its version
  await office.send("2030-06-09T08:00", "W-A2", "Q2", "people 200\nreached 20");
  await office.send("2030-09-08T08:00", "W-A1", "Q1", "people 90\nreached 90");
  const file = join(office.folder, "plans", "plan.yaml");
  const before = readFileSync(file, "utf8");
  const changed = () =>
    readLedger(office.paths, (connection) =>
      changedSources(connection, office.paths, readCatalogue(office.folder)),
    );
  expect(await changed()).toEqual([]);
  writeFileSync(file, before.replace("name: Indicator", "name: Renamed"));
  const areas = join(office.folder, "areas", "areas.csv");
  writeFileSync(areas, readFileSync(areas, "utf8").replace("Ward 2", "Ward Two"));
  expect(await changed()).toEqual([
    `${file} là tệp khác: phiếu số 6 được kiểm tra theo tệp có SHA-256 ${office.plan.sha256}.`,
    expect.stringMatching(
      /^Địa bàn khác với địa bàn của phiên bản 1 của báo cáo Q2, kế hoạch small, bản ấy có .*"Ward 2".*\.$/,
    ),
  ]);
  const result = await office.verify();
  expect(result.versions.map(({ period, version }) => `${period} v${version}`)).toEqual([
    "Q1 v1",
    "Q1 v2",
    "Q2 v1",
  ]);
  expect(result.versions.flatMap(({ faults, differences }) => [...faults, ...differences])).toEqual(
    [],
  );
  expect(isSound(result)).toBe(true);
});

test("when the clock is put back a version has what came in since the one before", async () => {
  const office = publishedOffice();
  await office.send("2030-06-09T08:00", "W-A2", "Q2", "people 200\nreached 20");
  const { version, units_reported } = await office.publish("2030-06-09T09:00", "Q2", {
    class: "late",
    reason: "Gửi muộn",
  });
  expect({ version, units_reported }).toEqual({ version: 2, units_reported: 2 });
});

/** What shows only where a version is derived again: all at once, for none hides another. */
const DERIVED: readonly (readonly [what: string, sql: string, says: RegExp])[] = [
  [
    "a reading in the ledger",
    "update reading set value = 41 where measure = 'reached' and value = 40",
    /"I, Ward 1 \(city\)".*"stored":"40.0000","derived":"41.0000"/,
  ],
  [
    "a submission that was taken away",
    "delete from submission where unit_id like 'W@12%'",
    /"unit_id"|"submission"/,
  ],
  [
    "a line that was taken away",
    "delete from publication_row where publication_no = 1 and part = 'line' and row_no = 3",
    /"stored":null,"derived":"\{/,
  ],
  [
    "a flipped byte in a stored line",
    `update publication_row
      set content = replace(content, '"areas_expected":77', '"areas_expected":78')
    where publication_no = 1 and part = 'line' and content like '%"shared"%"I"%"A3"%'`,
    // with the models of its version
    /^\{"part":"line","row":\d+,"about":"I, Ward 3 \(shared\)","field":"areas_expected","stored":"78","derived":"77"\}$/,
  ],
  [
    "a line that was added",
    'insert into publication_row values (1, \'line\', 9999, \'{"section":"indicator","code":"X"}\')',
    /"derived":null/,
  ],
];

test("altered and found by deriving it again: readings, submissions, lines", async () => {
  const office = firstVersion();
  await office.tamper(DERIVED.map(([, sql]) => sql).join(";\n"));
  const result = await office.verify();
  expect(isSound(result)).toBe(false);
  const found = result.versions.flatMap(({ differences }) =>
    differences.map((one) => JSON.stringify(one)),
  );
  for (const [what, , says] of DERIVED) {
    expect([what, found]).toEqual([what, expect.arrayContaining([expect.stringMatching(says)])]);
  }
});

const LINES = /Các dòng của phiên bản không khớp mã băm/;
const HEAD = /không khớp mã băm khi phát hành/;
const ORPHANS =
  /Không có phiên bản 1 trước đó.*hàng trong publication_row hoặc publication_file không thuộc phiên bản nào/;
const LAST = /small Q2 phiên bản 1 có trong nhật ký/;

/** What shows by digests alone, of the first version or of all. */
const TAMPERINGS: readonly (readonly [what: string, of: string, says: RegExp, sql: string])[] = [
  ["the reason of a version", "first", HEAD, "update publication set reason = 'Khác'"],
  ["provisional made final", "first", HEAD, "update publication set is_final = true"],
  [
    "a line that is no longer JSON",
    "first",
    LINES,
    "update publication_row set content = '{' where part = 'line' and row_no = 3",
  ],
  [
    "a flipped byte in a stored line",
    // and no other version has faults
    "all, Q2",
    LINES,
    `update publication_row set content = replace(content, '"numerator":"55.0000"', '"numerator":"56.0000"')
      where publication_no = 3 and part = 'line' and content like '%"A1"%' and content like '%"city"%'`,
  ],
  ["a version, taken away", "all", ORPHANS, "delete from publication where publication_no = 1"],
  [
    "the newest version, taken away whole",
    "all",
    /small Q1 phiên bản 2 có trong nhật ký .* mà sổ tiếp nhận không có hoặc khác/,
    "delete from publication where publication_no = 2; delete from publication_row where publication_no = 2",
  ],
  ["all versions", "all", LAST, "delete from publication; delete from publication_row"],
  [
    "the number of a version",
    "all",
    LAST,
    "update publication set publication_no = 7 where publication_no = 3; update publication_row set publication_no = 7 where publication_no = 3",
  ],
];

test.each(TAMPERINGS)("altered and found: %s", async (_, versions, says, sql) => {
  const [which, of] = versions.split(", ");
  const office = which === "all" ? publishedOffice() : firstVersion();
  await office.tamper(sql);
  const result = await office.verify(false);
  expect(isSound(result)).toBe(false);
  expect(JSON.stringify(result)).toMatch(says);
  const faulty = result.versions.filter(({ faults }) => faults.length > 0);
  if (of !== undefined) expect(faulty.map(({ period }) => period)).toEqual([of]);
});

test("an archived file that a version stands on is missing or altered", async () => {
  const office = firstVersion();
  const { publication, submissions } = await office.read("Q1", 1);
  rmSync(join(office.paths.archive, publication.plan_sha256));
  appendFileSync(join(office.paths.archive, submissions[0]?.sha256 ?? ""), " ");
  appendFileSync(join(office.paths.archive, publication.models_sha256), " ");
  const [first] = (await office.verify()).versions;
  expect(first?.faults).toEqual([
    `archive/${publication.plan_sha256} bị thiếu: tệp kế hoạch.`,
    `archive/${submissions[0]?.sha256} đã bị sửa: W-A1 Q1.csv.`,
    `archive/${publication.models_sha256} đã bị sửa: cách tính.`,
  ]);
});

test("the marts as of a version's moment have its figures", async () => {
  const { lines } = await firstVersion().read("Q1", 1);
  const columns = "area_code, numerator, denominator, value, status";
  const marts = await publishedOffice().ask(
    ...(["2030-03-10T08:00", "marts.attainment_by_ward_quarter"] as const),
    `select ${columns} from marts.attainment_by_ward_quarter where period = 'Q1' order by area_code`,
  );
  const wards = lines.filter(({ section, area_id }) => section === "indicator" && area_id !== null);
  expect(marts).toHaveLength(4);
  expect(wards).toMatchObject(marts);
});

test("a ledger made again from the archive has the same versions, and they hold", async () => {
  const office = publishedOffice();
  const before = await office.read("Q1", 2);
  rmSync(office.paths.ledger);
  await rebuildLedger(office.paths, { replace: false });
  expect(await office.read("Q1", 2)).toEqual(before);
  expect(isSound(await office.verify(false))).toBe(true);
});
/** What a check finds that goes by what was proven before, with versions derived again or not. */
const checkSince = ({ paths }: Office, proven: Proven | null, isDerived = false, software = "1") =>
  verifyReports(paths, { planId: null, period: null }, undefined, isDerived, { proven, software });

/** Remembers an office as if all of it had been derived again, as `verify` does. */
async function prove(office: Office): Promise<Proven> {
  const { toBeProven } = await checkSince(office, null);
  await writeProven(office.paths, { ...toBeProven, whole: "2030-04-01T00:00:00Z" });
  const proven = await readProven(office.paths);
  if (proven === null) throw new Error("nothing was kept");
  return proven;
}

test("what was proven is not derived again, and what came since is", async () => {
  const office = firstVersion();
  const proven = await prove(office);
  await office.send("2030-03-12T08:00", "W-A1", "Q1", "people 100\nreached 45");
  await office.publish("2030-03-13T08:00", "Q1", { class: "correction", reason: "Đính chính" });
  const result = await checkSince(office, proven, true);
  expect([isSound(result), result.doubt, result.since?.whole]).toEqual([true, null, proven.whole]);
  const [old, added] = result.versions;
  expect([old?.proven_at, old?.rows, added?.proven_at]).toEqual([proven.at, 0, null]);
  expect(added?.rows).toBeGreaterThan(0);
  expect(await readArchiveAgain(office.paths, office.catalogue, proven)).toEqual({
    ...{ files: 1, faults: [], unread: [] },
  });
});

const fileOf = (folder: string, at: number): string =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => /^[0-9a-f]/.test(name) && name !== "entries")
      .sort()[at] ?? "",
  );

/** Changes a byte and keeps size and time, as a disk that fails does. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  utimesSync(file, 0, 0);
}

const YEAR_LATER = {
  ...{ recordedAt: new Date("2031-03-10T08:00:00Z"), softwareVersion: "test", reason: "Đúng" },
};

/** What is altered of what was proven, and what is said: why nothing stands, or what is wrong. */
const SINCE: [what: string, alter: (office: Office) => unknown, says: RegExp][] = [
  ["nothing", () => undefined, /^null$/],
  ["a clock that was said to be right", ({ paths }) => confirmClock(paths, YEAR_LATER), /^null$/],
  [
    "a reading of the ledger",
    (office) => office.tamper("update reading set value = 41 where value = 40"),
    /^bảng reading /,
  ],
  [
    "a row of a version",
    (office) => office.tamper("delete from publication_row where row_no = 3"),
    /^bảng publication_row /,
  ],
  [
    "a row that was put between",
    (office) => office.tamper("insert into submission by name from (from submission limit 1)"),
    /^bảng submission /,
  ],
  ["an entry of the journal", ({ paths }) => flip(fileOf(paths.entries, 0)), /^null,Mục 1 /],
  ["an entry that is gone", ({ paths }) => rmSync(fileOf(paths.entries, 1)), /^null,.*thiếu mục 2/],
  [
    "the last entries",
    ({ paths }) => [2, 1].map((at) => rmSync(fileOf(paths.entries, at))),
    /^null,.*kết thúc ở mục 1/,
  ],
  [
    "files of the archive",
    everyArchived(flip),
    /^null(?=.*dữ liệu đầu vào)(?=.*cách tính)(,.*đã bị sửa.*)+$/,
  ],
  ["files that are gone", everyArchived(rmSync), /^null(,.*bị thiếu.*)+$/],
  [
    "an act that may change what was before",
    (office) =>
      office.tamper(
        "insert into entry select 99, 'clock', sha256, content, null, null from entry limit 1",
      ),
    /^từ đó có .* thời điểm được sửa/,
  ],
];

function everyArchived(alter: (file: string) => void): (office: Office) => void {
  return ({ paths }) => {
    const names = readdirSync(paths.archive).filter((name) => /^[0-9a-f]{64}$/.test(name));
    for (const name of names) alter(join(paths.archive, name));
  };
}

test.each(SINCE)("what is altered of what was proven is found: %s", async (_, alter, says) => {
  const office = firstVersion();
  const proven = await prove(office);
  await alter(office);
  const { doubt, faults, versions } = await checkSince(office, proven);
  const again = await readArchiveAgain(office.paths, office.catalogue, proven).catch(() => null);
  const found = [...faults, ...versions.flatMap((one) => one.faults), ...(again?.faults ?? [])];
  expect([String(doubt), ...(doubt === null ? found : [])].join()).toMatch(says);
});

test("another program derives everything again", async () => {
  const office = firstVersion();
  const { doubt, since } = await checkSince(office, await prove(office), false, "2");
  expect([doubt, since]).toEqual(["chương trình là bản khác", null]);
  writeFileSync(join(office.paths.folder, "proven.json"), "{");
  expect(await readProven(office.paths)).toBeNull();
});

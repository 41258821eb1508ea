import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Audience } from "../../pipelines/contract/report.ts";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import type { VersionPages } from "../../pipelines/publishing/publish.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import {
  filesOfVersion,
  type PlacedFile,
  placeVersion,
} from "../../pipelines/publishing/version-files.ts";
import type * as Wording from "../../pipelines/sentences/report-words.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { copyOffice, type Office, officeIn } from "./given.ts";

const WORDING = "../../pipelines/sentences/report-words.ts";

/** The program after a change of what it says: its parts are loaded anew, whatever has loaded them. */
async function changedProgram() {
  vi.resetModules();
  vi.doMock(WORDING, async (original) => ({
    ...(await original<typeof Wording>()),
    versionText: () => "Nói khác đi",
  }));
  onTestFinished(() => {
    vi.doUnmock(WORDING);
    vi.resetModules();
  });
  const exported = await import("../../pipelines/exports/exported-files.ts");
  const kept = await import("../../pipelines/publishing/version-files.ts");
  return { exportFiles: exported.exportFiles, filesOfVersion: kept.filesOfVersion };
}

const WORLD = smallPlan([indicator(REACH)]);
const AUDIENCES: readonly Audience[] = ["shared", "city"];
let given: Office;
beforeAll(async () => {
  given = officeIn(newFolder(), WORLD, { formats: FORMATS });
  await given.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T08:00", "D1", "Q1", "cases A1 2\ncases A2 12"],
  ]);
  await given.publish("2030-03-10T08:00", "Q1", { acknowledge: true });
  await given.send("2030-03-12T08:00", "W-A2", "Q1", "people 200\nreached 20");
  const late = { class: "late", reason: "Bổ sung", acknowledge: true } as const;
  await given.publish("2030-03-13T08:00", "Q1", late);
});

/** As another version although nothing has changed. */
const AGAIN = { class: "method", reason: "Lại", acknowledge: true, force: true } as const;

type Program = Awaited<ReturnType<typeof changedProgram>>;

type Of = readonly [office: Office, version: number, audience: Audience, program?: Program];
const NOW: Program = { exportFiles, filesOfVersion };
const readOf = ([office, version, audience]: Of) => office.read("Q1", version, audience);
const digestsOf = (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) =>
  files.map(({ name, bytes }) => [name, sha256(bytes)]);

/** Digests of the files of a version as they are handed out. */
const handedOut = async (...of: Of) =>
  digestsOf(await (of[3] ?? NOW).filesOfVersion(of[0].paths, await readOf(of)));

/** And as the program would make them now. */
const madeNow = async (...of: Of) =>
  digestsOf(await (of[3] ?? NOW).exportFiles(await readOf(of), FORMATS));

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the files of a published version", () => {
  test("are those that were published with it, for each audience its own", async () => {
    for (const audience of AUDIENCES) {
      const out = await handedOut(given, 1, audience);
      expect(out.map(([name]) => name?.replace("_noi-bo", ""))).toEqual([
        "small_Q1_v1.xlsx",
        "small_Q1_v1.docx",
        "small_Q1_v1.pdf",
        "small_Q1_v1_dai.csv",
        "small_Q1_v1_bang.csv",
        "small_Q1_v1_dinh-nghia.csv",
        "small_Q1_v1.arrow",
        "small_Q1_v1.parquet",
        "datapackage.json",
      ]);
      expect(out).toEqual(await madeNow(given, 1, audience));
      for (const [, digest] of out) {
        expect(sha256(readFileSync(join(given.paths.archive, digest ?? "")))).toBe(digest);
      }
    }
  });

  test("stay when the code that makes them changes, and when a later version comes", async () => {
    const office = copyOffice(given, WORLD);
    const before = await Promise.all(AUDIENCES.map((one) => handedOut(office, 2, one)));
    const changed = await changedProgram();
    for (const [index, audience] of AUDIENCES.entries()) {
      expect(await handedOut(office, 2, audience, changed)).toEqual(before[index]);
      // what it is for: the program would make other ones now
      expect(await madeNow(office, 2, audience, changed)).not.toEqual(before[index]);
    }
    await office.publish("2030-03-20T08:00", "Q1", AGAIN);
    expect(await handedOut(office, 2, "shared", changed)).toEqual(before[0]);
    expect(await handedOut(office, 3, "shared", changed)).not.toEqual(before[0]);
    expect(isSound(await office.verify(false))).toBe(true);
  });

  test("come back with a ledger that is made again from the archive", async () => {
    const office = copyOffice(given, WORLD);
    const before = await handedOut(office, 2, "city");
    rmSync(office.paths.ledger);
    await rebuildLedger(office.paths, { replace: false });
    expect(await handedOut(office, 2, "city", await changedProgram())).toEqual(before);
  });
});

describe("the page of a version", () => {
  /** A page for each reader, as what renders pages would hand it over. */
  const pageOf: VersionPages = (periods) => async (report) =>
    new TextEncoder().encode(`${report.audience} ${periods.length} ${report.publication.sha256}`);

  test("is one of its files for each reader, under the seal and in the data package", async () => {
    const office = copyOffice(given, WORLD);
    await office.publish("2030-03-20T08:00", "Q1", { ...AGAIN, pageOf });
    for (const audience of AUDIENCES) {
      const report = await office.read("Q1", 3, audience);
      const files = await filesOfVersion(office.paths, report);
      const page = files.find(({ name }) => name.endsWith(".html"));
      expect(page?.name).toBe(`small_Q1_v3${audience === "city" ? "_noi-bo" : ""}.html`);
      expect(page?.mediaType).toBe("text/html; charset=utf-8");
      expect(Buffer.from(page?.bytes ?? []).toString()).toBe(
        `${audience} ${office.plan.plan.periods.length} ${report.publication.sha256}`,
      );
      const described = files.find(({ name }) => name.startsWith("datapackage"));
      expect(Buffer.from(described?.bytes ?? []).toString()).toContain(page?.sha256);
    }
    expect(isSound(await office.verify(false))).toBe(true);
    const [page] = (await handedOut(office, 3, "shared")).filter(([name]) =>
      name?.endsWith(".html"),
    );
    appendFileSync(join(office.paths.archive, page?.[1] ?? ""), " ");
    const faults = (await office.verify(false)).versions.flatMap((one) => one.faults);
    expect(faults).toEqual([
      expect.stringMatching(/đã bị sửa: small_Q1_v3.html, như khi phát hành/),
    ]);
  });

  test("that cannot be rendered lets nothing be published", async () => {
    const office = copyOffice(given, WORLD);
    const broken: VersionPages = () => () => Promise.reject(new Error("no bundle"));
    const published = office.publish("2030-03-20T08:00", "Q1", { ...AGAIN, pageOf: broken });
    await expect(published).rejects.toThrow("no bundle");
    await expect(office.read("Q1", 3)).rejects.toThrow(/không có phiên bản 3/);
    expect(isSound(await office.verify(false))).toBe(true);
  });
});

test("a row that is not of its contract is named", async () => {
  const office = copyOffice(given, WORLD);
  await office.tamper(
    "update publication_row set content = '{\"section\": \"measure\"}' where part = 'item' and row_no = 2",
  );
  await expect(office.read("Q1", 1)).rejects.toThrow(
    /Không đọc được phiên bản 1 của báo cáo Q1, kế hoạch small: hàng 2 của phần item không đúng quy ước \d \(code, /,
  );
});

describe("a file that is not as it was published", () => {
  const kept = async (office: Office): Promise<string> => {
    const [, [, digest] = []] = await handedOut(office, 1, "shared");
    return join(office.paths.archive, digest ?? "");
  };

  test.each([
    ["đã bị sửa", (file: string) => appendFileSync(file, " ")],
    ["bị thiếu", (file: string) => rmSync(file)],
  ])("%s: it is named, and not handed out", async (fault, harm) => {
    const office = copyOffice(given, WORLD);
    const file = await kept(office);
    harm(file);
    const { versions } = await office.verify(false);
    expect(versions.map(({ faults }) => faults)).toEqual([
      [expect.stringMatching(`${fault}: small_Q1_v1.docx, như khi phát hành`)],
      [],
    ]);
    await expect(handedOut(office, 1, "shared")).rejects.toThrow(
      new RegExp(`${fault}: đã phát hành với tên small_Q1_v1.docx. chitieu restore`),
    );
    expect(await handedOut(office, 2, "shared")).toHaveLength(9);
    rmSync(office.paths.ledger);
    await expect(rebuildLedger(office.paths, { replace: false })).rejects.toThrow(
      /phát hành với tên small_Q1_v1.docx/,
    );
  });

  test.each([
    ["another digest", "update publication_file set sha256 = repeat('0', 64) where file_no = 1"],
    ["another name", "update publication_file set name = 'x.xlsx' where file_no = 1"],
    ["another audience", "update publication_file set audience = 'shared' where file_no = 1"],
    ["taken away", "delete from publication_file where file_no = 1"],
    ["all taken away", "delete from publication_file"],
    ["no seal", "update publication set seal = null"],
  ])("%s in the ledger: the seal shows it", async (_, sql) => {
    const office = copyOffice(given, WORLD);
    await office.tamper(sql);
    const { versions } = await office.verify(false);
    for (const { faults } of versions) expect(faults.join("\n")).toMatch(/[Nn]iêm phong/);
  });

  test("a file of no version is counted", async () => {
    const office = copyOffice(given, WORLD);
    await office.tamper(
      "insert into publication_file select 99, * exclude (publication_no) from publication_file limit 1",
    );
    expect((await office.verify(false)).faults.join()).toMatch(
      /1 hàng trong .*publication_file không thuộc/,
    );
  });

  test("an earlier seal that was put anew shows in the next", async () => {
    const office = copyOffice(given, WORLD);
    await office.tamper(
      "update publication set seal = replace(seal, '\"unsealed\": []', '\"unsealed\": [ ]') where publication_no = 1",
    );
    const { versions } = await office.verify(false);
    expect(versions.map(({ faults }) => faults.length)).toEqual([1, 1]);
  });
});

describe("a folder of exports", () => {
  const files = async () => filesOfVersion(given.paths, await given.read("Q1", 2, "shared"));
  const packageIn = (out: string) => readFileSync(join(out, "datapackage.json"), "utf8");
  const written = (placed: readonly PlacedFile[]) =>
    placed.filter(({ isWritten }) => isWritten).map(({ name }) => name);

  test("takes the files whole, and leaves those that are there already", async () => {
    const out = join(newFolder(), "a", "b");
    const names = (await files()).map(({ name }) => name);
    expect(written(await placeVersion(out, await files(), FORMATS, false))).toEqual(names);
    expect(readdirSync(out).sort()).toEqual([...names].sort());
    expect(written(await placeVersion(out, await files(), FORMATS, false))).toEqual([]);
  });

  test("has with data the package of the version, whatever is exported of it", async () => {
    const out = newFolder();
    await placeVersion(out, await files(), ["xlsx", "docx"], false);
    expect(readdirSync(out)).toHaveLength(2);
    expect(written(await placeVersion(out, await files(), ["parquet"], false))).toEqual([
      "small_Q1_v2.parquet",
      "datapackage.json",
    ]);
    expect(packageIn(out)).toContain("small_Q1_v2_dai.csv");
    expect(written(await placeVersion(out, await files(), ["arrow"], false))).toEqual([
      "small_Q1_v2.arrow",
    ]);
  });

  test("refuses to write over another file, and writes nothing then, unless it is told to", async () => {
    const out = newFolder();
    writeFileSync(join(out, "datapackage.json"), "mine");
    await expect(placeVersion(out, await files(), FORMATS, false)).rejects.toThrow(
      /Đã có \S*datapackage\.json/,
    );
    expect(readdirSync(out)).toEqual(["datapackage.json"]);
    expect(packageIn(out)).toBe("mine");
    await placeVersion(out, await files(), FORMATS, true);
    expect(packageIn(out)).toContain("datapackage.org");
    expect(readdirSync(out)).toHaveLength(9);
  });

  test("is left as it was when a file cannot be written", async () => {
    const out = newFolder();
    mkdirSync(join(out, `datapackage.json.${process.pid}.tmp`));
    await expect(placeVersion(out, await files(), FORMATS, false)).rejects.toThrow(/EISDIR/);
    expect(readdirSync(out).filter((name) => !name.endsWith(".tmp"))).toEqual([]);
  });
});

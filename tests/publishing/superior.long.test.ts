import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { READERS, type Reader } from "../../pipelines/contract/report.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { attachLedgerForReading } from "../../pipelines/ledger/ledger.ts";
import { readExportedSeal } from "../../pipelines/publishing/proof.ts";
import { readPublishedFiles } from "../../pipelines/publishing/stored-publication.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import { versionDownloads } from "../../pipelines/site/downloads.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import type { World } from "../models/world.ts";
import { readableWord } from "../readable/document.ts";
import { copyOffice, HEAD, type Office, officeIn } from "./given.ts";

const RECIPIENTS = { recipients: ["UBND tỉnh B", "UBND các phường"] };
const TO = "Ủy ban nhân dân tỉnh B";

function worldWith(document: object): World {
  const world = smallPlan([indicator(REACH)]);
  return { ...world, plan: { ...world.plan, document: { ...HEAD, ...RECIPIENTS, ...document } } };
}

/** Ward 1 has 2 cases, which is not for everybody; a reason that nobody has released lets it stand. */
async function officeWith(document: object, formats = FORMATS): Promise<Office> {
  const office = officeIn(newFolder(), worldWith(document), { formats });
  await office.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T08:00", "D1", "Q1", "cases A1 2\ncases A2 12"],
  ]);
  await office.publish("2030-03-10T08:00", "Q1", { acknowledge: true });
  return office;
}

let given: Office;
beforeAll(async () => {
  given = await officeWith({ addressed_to: TO });
});

async function filesFor(office: Office, reader: Reader) {
  return filesOfVersion(office.paths, await office.read("Q1", 1, reader));
}

async function fileFor(office: Office, reader: Reader, ending: string): Promise<Uint8Array> {
  const files = await filesFor(office, reader);
  return files.find(({ name }) => name.endsWith(ending))?.bytes ?? new Uint8Array();
}

const wordFor = async (office: Office, reader: Reader) =>
  JSON.stringify(await readableWord(await fileFor(office, reader, ".docx")));
const tableFor = async (office: Office, reader: Reader) =>
  new TextDecoder().decode(await fileFor(office, reader, "_dai.csv"));

/** The line of ward 1's cases, from the value on. */
const casesOf = (csv: string) => csv.match(/,measure,cases,[^\n]*,A1,[^\n]*/)?.[0] ?? "";

describe("the copy for the superior", () => {
  test("is addressed to it, and has what is not for everybody", async () => {
    const text = await wordFor(given, "superior");
    expect(text).toContain(`Kính gửi: ${TO}.`);
    expect(text).toMatch(/- Như trên;.*- UBND các phường;/);
    expect(text).not.toContain("- UBND tỉnh B;");
    expect(text).not.toMatch(/không công bố|NỘI BỘ/);
    const [shared, superior] = [await tableFor(given, "shared"), await tableFor(given, "superior")];
    expect(casesOf(shared)).toMatch(/true/);
    expect(casesOf(superior)).toMatch(/,2,|,2\.0+,/);
    expect(superior).toContain(",superior,");
    expect(superior.replaceAll(",superior,", ",city,")).toBe(await tableFor(given, "city"));
  });

  test("is addressed to nobody in the copies of others", async () => {
    for (const reader of ["shared", "city"] as const) {
      const text = await wordFor(given, reader);
      expect(text).not.toContain("Kính gửi");
      expect(text).toContain("- UBND tỉnh B;");
    }
    expect(await wordFor(given, "city")).toContain("LƯU HÀNH NỘI BỘ");
  });

  test("is for internal use where the plan says so", async () => {
    const office = await officeWith({ addressed_to: TO, internal_use: true }, ["docx"]);
    expect(await wordFor(office, "superior")).toContain("LƯU HÀNH NỘI BỘ");
    expect(await wordFor(office, "shared")).not.toContain("LƯU HÀNH NỘI BỘ");
  });

  test("has no names nor digests of received files", async () => {
    const { submissions } = await given.read("Q1", 1, "city");
    expect(submissions.map(({ file_name }) => file_name)).toContain("D1 Q1.csv");
    for (const { bytes } of await filesFor(given, "superior")) {
      const text = Buffer.from(bytes).toString("latin1");
      for (const { sha256, file_name } of submissions) {
        expect(text).not.toContain(sha256);
        expect(text).not.toContain(file_name);
      }
    }
    const report = await given.read("Q1", 1, "superior");
    expect(report.submissions.every(({ file_name }) => file_name === null)).toBe(true);
  });

  test("stands in the journal, and holds", async () => {
    const kept = await withConnection(async (connection) => {
      await attachLedgerForReading(connection, given.paths);
      return readPublishedFiles(connection);
    });
    const of = (reader: Reader) => kept.filter(({ audience }) => audience === reader).length;
    // what was doubted is for the superior alone
    expect(READERS.map(of)).toEqual([of("shared"), of("shared"), of("shared") + 1]);
    expect(isSound(await given.verify())).toBe(true);
  });
});

/** Definitions, and the table of indicators, of which none is withheld here, are the same for all. */
const saysTheSame = (name: string) => /_(dinh-nghia|bang)\.csv$/.test(name);

describe("crossings", () => {
  test("no page of everybody's offers a file of the city or the superior", async () => {
    const workspace = { ...findWorkspace("warehouse"), work: join(newFolder(), "work") };
    const digests = async (reader: Reader) =>
      (await filesFor(given, reader)).map(({ sha256 }) => sha256);
    const offered = async (pages: "shared" | "city") =>
      (await versionDownloads(workspace, given.paths, pages)).map(({ sha256 }) => sha256).sort();
    expect(await offered("shared")).toEqual((await digests("shared")).sort());
    expect(await offered("city")).toEqual(
      [...(await digests("city")), ...(await digests("superior"))].sort(),
    );
    const shared = new Set(await digests("shared"));
    for (const reader of ["city", "superior"] as const) {
      const same = (await filesFor(given, reader)).filter(({ sha256 }) => shared.has(sha256));
      expect(same.every(({ name }) => saysTheSame(name))).toBe(true);
    }
  });

  test("the seal has no digest of a single file of theirs", async () => {
    const seal = await readExportedSeal(given.paths, "1");
    for (const { sha256, name } of await filesFor(given, "superior")) {
      if (!saysTheSame(name)) expect(seal).not.toContain(sha256);
      expect(seal).not.toContain(name);
    }
    expect(seal).toMatch(/superior/);
  });

  test("a file that changes hands in the ledger shows in the seal", async () => {
    const office = copyOffice(given, worldWith({ addressed_to: TO }));
    await office.tamper(
      "update publication_file set audience = 'shared' where audience = 'superior' and file_no = 1",
    );
    const { versions } = await office.verify(false);
    expect(versions[0]?.faults.join()).toMatch(/Niêm phong không còn như khi đóng/);
  });
});

test("a plan that names no superior has no copy for one, and its seal does not name it", async () => {
  const office = await officeWith({}, ["csv"]);
  await expect(filesFor(office, "superior")).rejects.toThrow(
    /phát hành không có tệp gửi cấp trên.*document\.addressed_to/,
  );
  expect(await readExportedSeal(office.paths, "1")).not.toMatch(/superior/);
});

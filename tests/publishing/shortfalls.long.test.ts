import { beforeAll, describe, expect, test } from "vitest";
import type { PublishedReport, Reader } from "../../pipelines/contract/report.ts";
import { erase } from "../../pipelines/ledger/erase.ts";
import {
  decideOnTexts,
  recordShortfalls,
  shortfallTextId,
} from "../../pipelines/ledger/recorded-acts.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { expectRows, newOffice, type Office } from "./given.ts";

const CASES = { kind: "count", measures: ["cases"] };
/** S stands on a sensitive measure. */
const WORLD = smallPlan([
  indicator(REACH, ">=", 90),
  { ...indicator(CASES, "<=", 3), code: "S", name: "Cases" },
]);
const BY = { way: "desk", account: "lan", name: "Lan", role: "Chuyên viên" } as const;

/** `unit code side text`, where `-` is the office. */
async function record(office: Office, moment: string, lines: string): Promise<void> {
  const texts = lines
    .trim()
    .split("\n")
    .map((line) => {
      const [unit, code = "", side, ...words] = line.trim().split(" ");
      const its = office.plan.units.find(({ code: own }) => own === unit);
      return {
        ...{ plan_id: "small", period: "Q1", indicator_code: code },
        unit_id: its?.unit_id ?? null,
        side: side === "cause" ? ("cause" as const) : ("remedy" as const),
        said: words.join(" "),
        is_held: words.includes("Mai."),
      };
    });
  const when = { recordedAt: new Date(`${moment}:00+07:00`), softwareVersion: "test", by: BY };
  await recordShortfalls(office.paths, { texts, ...when });
}

/** Texts are numbered in the order in which they were recorded. */
async function release(office: Office, moment: string, numbers: readonly number[]): Promise<void> {
  await decideOnTexts(office.paths, {
    textIds: numbers.map(shortfallTextId),
    decision: "shared",
    decidedBy: "Lan",
    recordedAt: new Date(`${moment}:00+07:00`),
    softwareVersion: "test",
    by: BY,
  });
}

const paragraphsOf = ({ texts }: PublishedReport) =>
  texts
    .filter(({ head, text }) => ["causes", "tasks"].includes(head) && text.includes("): "))
    .map(({ head, text }) => `${head}: ${text}`);

let office: Office;
beforeAll(async () => {
  office = newOffice(WORLD);
  await office.sendAll(
    ["W-A1", "W-A2", "W-A3", "W-A4"].map((unit) => [
      ...(["2030-03-01T08:00", unit, "Q1"] as const),
      "people 100\nreached 20",
    ]),
  );
  await record(
    office,
    "2030-03-11T08:00",
    `- I cause Ít.
    - I remedy Mở.
    W-A2 I cause Mưa.
    W-A2 I remedy Nắng.
    W-A1 I cause Của Mai.
    W-A3 I cause Bão.
    - S cause Kín.`,
  );
  await release(office, "2030-03-11T09:00", [1, 3, 7]);
  await office.publish("2030-03-12T08:00", "Q1", { acknowledge: true });
  await record(
    office,
    "2030-03-13T08:00",
    `W-A2 I cause Lũ.
    W-A3 I cause
    - I remedy Mở thêm.`,
  );
  await office.publish("2030-03-14T08:00", "Q1", {
    ...{ class: "correction", reason: "Sửa lời", acknowledge: true },
  });
});

describe("who reads what of a version", () => {
  // what names somebody is held; what is about a guarded indicator is never shared
  test.each<[reader: Reader, version: number, texts: string, paragraphs: string[]]>([
    [
      "city",
      1,
      `code  unit_name    cause  remedy
       I     -            Ít.    Mở.
       I     Ward Ward 2  Mưa.   Nắng.
       I     Ward Ward 3  Bão.   -
       S     -            Kín.   -`,
      ["causes: I (Indicator): Ít.", "causes: S (Indicator): Kín.", "tasks: I (Indicator): Mở."],
    ],
    [
      "shared",
      1,
      `code  unit_name    cause  remedy
       I     -            Ít.    -
       I     Ward Ward 2  Mưa.   -`,
      ["causes: I (Indicator): Ít."],
    ],
    [
      "superior",
      1,
      `code  unit_name  cause  remedy
       I     -          Ít.    Mở.
       S     -          Kín.   -`,
      ["causes: I (Indicator): Ít.", "causes: S (Indicator): Kín.", "tasks: I (Indicator): Mở."],
    ],
    [
      "city",
      2,
      `code  unit_name    cause  remedy
       I     -            Ít.    Mở thêm.
       I     Ward Ward 2  Lũ.    Nắng.
       S     -            Kín.   -`,
      [
        "causes: I (Indicator): Ít.",
        "causes: S (Indicator): Kín.",
        "tasks: I (Indicator): Mở thêm.",
      ],
    ],
    // a text that was written anew waits to be released
    [
      "shared",
      2,
      `code  unit_name  cause  remedy
       I     -          Ít.    -`,
      ["causes: I (Indicator): Ít."],
    ],
  ])("%s, version %i", async (reader, version, texts, paragraphs) => {
    const report = await office.read("Q1", version, reader);
    expectRows(report.shortfalls, texts);
    expect(paragraphsOf(report)).toEqual(paragraphs);
  });
});

test("a text that is another is a change by its own cause, of those who read it", async () => {
  const { causes, changes } = await office.read("Q1", 2);
  expectRows(causes, "kind  changes\nshortfall  3");
  expectRows(
    changes,
    `code  area_name    area_no  field   old_value  new_value  causes
     I     -            0        remedy  Mở.        Mở thêm.   1
     I     Ward Ward 2  4        cause   Mưa.       Lũ.        1
     I     Ward Ward 3  5        cause   Bão.       -          1`,
  );
  const shared = await office.read("Q1", 2, "shared");
  expectRows(
    shared.changes,
    `
      area_name    field  old_value  new_value
      Ward Ward 2  cause  Mưa.       -
    `,
  );
});

test("versions hold under their digests, also when a text is erased", async () => {
  expect(isSound(await office.verify(false))).toBe(true);
  const erased = { receipts: [], texts: ["Ít.", "Lũ."], phrases: [] };
  await erase({
    ...erased,
    paths: office.paths,
    ...{ erasedBy: "Lan", reason: "theo yêu cầu", by: BY },
    recordedAt: new Date("2030-03-15T01:00:00Z"),
    softwareVersion: "test",
  });
  expect(isSound(await office.verify())).toBe(true);
  const report = await office.read("Q1", 2);
  expect(report.shortfalls[1]).toMatchObject({ cause: "(đã xóa)", remedy: "Nắng." });
  expect(paragraphsOf(report)[0]).toBe("causes: I (Indicator): (đã xóa)");
  expect(report.changes.map(({ new_value }) => new_value)).toEqual(["Mở thêm.", "(đã xóa)", null]);
});

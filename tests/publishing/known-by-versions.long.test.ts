import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { SHEET_NAME } from "../../pipelines/forms/form-wording.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { pack } from "../../pipelines/workbook/zip.ts";
import { besides, formRows, workbookOfRows } from "../intake/form-given.ts";
import { savedAs } from "../intake/habits.ts";
import { mailOf } from "../intake/mail-given.ts";
import { ROOT } from "../lanes.ts";
import { hasLibreOffice } from "../libreoffice.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { planMeasure } from "../plan-parts.ts";
import { newOffice, type Office, type SentReport } from "./given.ts";
import { fined, reports, seen, WORLD } from "./seen-by-everybody.ts";

/** Counts of three states that a reader compared, page by page, and what they told exactly. */
const STATES = [
  { because: "six becomes two", first: [10, 12, 7, 6], later: [null, null, null, 2] },
  { because: "a fourth report", first: [10, 12, 7, null], later: [null, null, null, 3] },
  { because: "a small count grows", first: [10, 12, 7, 3], later: [null, null, null, 8] },
] as const;

test.each(STATES)(
  "$because: the pages of before and of after say the same",
  async ({ first, later }) => {
    const office = newOffice(WORLD);
    await office.sendAll(reports("2030-03-08", "Q1", first));
    const figures = async (moment: string) => {
      const { readings: _, ...rest } = await fined(office, moment);
      return rest;
    };
    const before = await figures("2030-03-09T08:00");
    await office.sendAll(
      reports("2030-03-09", "Q1", later).map(([, ...rest]) => ["2030-03-09T10:00", ...rest]),
    );
    const after = await figures("2030-03-09T20:00");
    const { statuses: _, ...figuresAfter } = after;
    const { statuses: __, ...figuresBefore } = before;
    expect(figuresAfter).toEqual(figuresBefore);
    // that a ward had not reported may be known
    expect(new Set([...before.statuses, ...after.statuses])).toEqual(
      new Set(first[3] === null ? ["untold", "not_reported"] : ["untold"]),
    );
  },
);

/** Two worlds that differ in hidden counts alone: what the wards have fined in two quarters. */
const PAIRS = [
  ["small counts of two wards are the other way round", "2 3 20 30, 9 9 9 9", "3 2 20 30, 9 9 9 9"],
  ["the whole is small, and another one", "2 0 0 0, 9 9 9 9", "3 0 0 0, 9 9 9 9"],
  // 21 is a jump from 1, but not from 4
  ["in one of them there is a jump", "1 4 20 30, 21 4 20 30", "4 1 20 30, 21 4 20 30"],
] as const;

/** Digests of a version, which hold a random number beside the figures. */
const RANDOM = ["sha256", "lines_sha256", "check_code"];

/** The plan of both worlds: a measure, and an indicator on it, for each pair. */
const PAIRED = smallPlan(
  Object.fromEntries(PAIRS.map((_, index) => [`F${index}`, `fined_${index} <= 100`])),
  {
    measures: PAIRS.map(([because], index) =>
      planMeasure(`fined_${index}`, because, "W", "sum", { sensitive: true }),
    ),
  },
);

/** Rows of all views that everybody sees at a moment. */
async function rowsSeen(office: Office, moment: string): Promise<string[]> {
  return [...(await seen(office, moment))].flatMap(([view, rows]) =>
    rows.map((row) => {
      const shown = Object.entries(row).filter(
        ([name]) => !(view === "report" && RANDOM.includes(name)),
      );
      return `${moment} ${view} ${JSON.stringify(shown)}`;
    }),
  );
}

/** Files of the first version for everybody, but for the random number that is in their digests. */
async function filesSeen(office: Office, period: string): Promise<string[]> {
  const report = await office.read(period, 1, "shared");
  const digests = Object.fromEntries([...RANDOM, "previous_seal"].map((name) => [name, ""]));
  const same = { ...report, publication: { ...report.publication, ...digests } };
  return (await exportFiles(same, FORMATS)).map(({ name, sha256 }) => `${name} ${sha256}`);
}

/** Everything that everybody sees of a world: rows of all views at two moments, files of a version. */
async function statesOf(world: 1 | 2): Promise<string[]> {
  const office = newOffice(PAIRED);
  const sent = (day: string, quarter: 0 | 1): SentReport[] =>
    [0, 1, 2, 3].map((ward) => {
      const figures = PAIRS.map((pair, index) => {
        const counts = pair[world].split(", ")[quarter]?.split(" ") ?? [];
        return `fined_${index} ${counts[ward]}`;
      });
      return [`${day}T0${ward}:00`, `W-A${ward + 1}`, `Q${quarter + 1}`, figures.join("\n")];
    });
  await office.sendAll(sent("2030-03-08", 0));
  await office.publish("2030-03-10T08:00", "Q1", { acknowledge: true });
  await office.sendAll(sent("2030-06-08", 1));
  const before = await rowsSeen(office, "2030-06-09T08:00");
  await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  const after = await rowsSeen(office, "2030-06-10T09:00");
  return [...before, ...after, ...(await filesSeen(office, "Q2"))];
}

test("of two worlds that differ in hidden counts everybody sees the same, to the last row and byte", async () => {
  const [here, there] = [await statesOf(1), await statesOf(2)];
  expect(here.length).toBeGreaterThan(500);
  expect(there.filter((row, index) => row !== here[index])).toEqual([]);
  expect(there).toHaveLength(here.length);
});

test("that nothing at all arose in a ward is told to nobody: it tells that its counts are 0", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [0, 3, 4, 0]));
  await office.publish("2030-03-10T08:00", "Q1");
  const before = await seen(office, "2030-03-11T08:00");
  const written = await office.read("Q1", 1, "shared");
  await office.tamper("update submission set is_nil_return = true where submission_no in (1, 4)");
  await office.tamper(
    `update publication_row set content = replace(content, '"is_nil_return":false', '"is_nil_return":true')
    where part = 'unit'`,
  );
  expect(await seen(office, "2030-03-11T08:00")).toEqual(before);
  expect((await office.read("Q1", 1, "shared")).units).toEqual(written.units);
  expect((await office.read("Q1", 1, "city")).units.map((one) => one.is_nil_return)).toContain(
    true,
  );
});

test("whether doubts or changes of guarded measures stand in the way of publishing is not told", async () => {
  const readiness = async (office: Office, moment: string) =>
    ((await seen(office, moment, ["report_readiness"])).get("report_readiness") ?? []).filter(
      (row) => "period" in row && row.period === "Q2",
    );
  const [calm, jumping] = [newOffice(WORLD), newOffice(WORLD)];
  for (const [office, count] of [
    [calm, 10],
    [jumping, 1],
  ] as const) {
    await office.sendAll(reports("2030-03-08", "Q1", [count, 12, 7, 9]));
    await office.sendAll(reports("2030-06-08", "Q2", [40, 12, 7, 9]));
  }
  const seenOfCalm = await readiness(calm, "2030-06-09T08:00");
  expect(seenOfCalm).toMatchObject([{ verdict: "in_review", doubts: null, may_be_final: false }]);
  expect(await readiness(jumping, "2030-06-09T08:00")).toEqual(seenOfCalm);
});

/** A form with a clerk's text in every place that a workbook has for one. */
async function formWritten(office: Office, unit: string, text: string): Promise<Uint8Array> {
  const figures = { people: "10", reached: "9" };
  const rows = await formRows(office.catalogue, unit, figures, "Q1");
  const own = besides();
  const [measure] = rows.flatMap((cells, row) =>
    String(cells[0]).startsWith("measure:") ? [row] : [],
  );
  const remark = rows.findIndex((cells) => String(cells[0]).startsWith("remark:"));
  const row = measure ?? 0;
  const columns = rows.slice(0, row).findLast(([code]) => code === "chitieu:columns") ?? [];
  (rows[row] ?? [])[columns.indexOf("note")] = text;
  (rows[row] ?? [])[12] = `${text} 60`;
  (rows[remark] ?? [])[2] = text;
  rows.push([], [null, text]);
  own.name = text;
  own.cells.set(`${row},5`, { value: 10, comment: { text } });
  own.headerFooter = { oddHeader: `&C${text}`, oddFooter: `&L${text} 45` };
  const anchor = { from: { row: row + 2, col: 8 }, to: { row: row + 3, col: 9 } };
  own.textBoxes?.push({ text, anchor });
  const choice = { type: "list" as const, range: "Z9", values: [text, `${text} 2`] };
  own.dataValidations = [choice];
  own.others.push({ name: `${text} 2`, rows: [[text, 60]] });
  const word = text.replaceAll(" ", "_");
  return workbookOfRows(rows, own, {
    namedRanges: [{ name: word, range: `'${text}'!$A$1` }],
    properties: { title: text, creator: text, lastModifiedBy: text, custom: { [word]: text } },
  });
}

/** What clerks send: the same figures with other words, in each format; first what is refused. */
async function filesWritten(office: Office, text: string) {
  const forms = await Promise.all(
    ["W-A1", "W-A2", "W-A3"].map(async (unit) => {
      const form = await formWritten(office, unit, text);
      return { what: unit, bytes: form, seen: null };
    }),
  );
  const name = text.replaceAll(" ", "-");
  const letter = { letter: `${text}\nsửa lại là 45 người` };
  const [first, second, third] = forms.map(({ bytes }) => bytes);
  const saved = async (format: "ods" | "xls", at: number) =>
    (await savedAs(office.folder, format, forms.slice(at, at + 1)))[0]?.bytes;
  const csv = (unit: string, value: string) =>
    [
      ...[text, ""],
      "plan,unit,period,area,measure,value,note",
      ...[`people,${value}`, "reached,9"].map((line) => `small,${unit},Q1,,${line},${text}`),
      "",
    ].join("\n");
  const packed = pack([[`${name}.csv`, Buffer.from(csv("W-A4", "10"))]], 6);
  return [
    { name: `${name}.csv`, bytes: csv("W-A1", text) },
    {
      name: `${name}.eml`,
      bytes: mailOf([{ name: `${name}.xlsx`, content: first ?? "" }], letter),
    },
    ...(hasLibreOffice
      ? [
          { name: `${text}.ods`, bytes: (await saved("ods", 1)) ?? "" },
          { name: `${text}.xls`, bytes: (await saved("xls", 2)) ?? "" },
        ]
      : [second, third].map((bytes) => ({ name: `${text}.xlsx`, bytes: bytes ?? "" }))),
    { name: `${name}.zip`, bytes: packed },
  ];
}

test.each([
  ["with a guarded measure", WORLD],
  ["without", smallPlan([indicator(REACH)])],
])(
  "of two worlds that differ in what clerks wrote everybody sees the same: %s",
  async (_, world) => {
    const statesOfText = async (text: string): Promise<[string[], string[]]> => {
      const office = newOffice(world);
      const settings = { ...office, isDemonstration: false, softwareVersion: "test" };
      const at = parseMoment("2030-03-08T08:00");
      const files = await filesWritten(office, text);
      const deliveries = files.map(({ name, bytes }) => ({
        ...{ file: name, content: { bytes: Buffer.from(bytes) } },
        ...{ receivedAt: at, recordedAt: at },
      }));
      const sent = await withIntake(settings, async ({ ingestAll }) => {
        const became: string[] = [];
        for await (const outcomes of ingestAll(deliveries, 1)) {
          if (outcomes instanceof Error) throw outcomes;
          const codes = outcomes.flatMap(({ problems }) => problems.map(({ code }) => code));
          became.push([...outcomes.map(({ outcome }) => outcome), ...codes].join(" "));
        }
        return became;
      });
      const before = await rowsSeen(office, "2030-03-09T08:00");
      await office.publish("2030-03-10T08:00", "Q1", { acknowledge: true, force: true });
      const after = await rowsSeen(office, "2030-03-10T09:00");
      return [sent, [...before, ...after, ...(await filesSeen(office, "Q1"))]];
    };
    const [[sent, here], [, there]] = [
      await statesOfText("Đang rà soát lại"),
      await statesOfText("Đã họp nhiều lần"),
    ];
    // the form's own name of a sheet is no text of a clerk's
    expect(readFileSync(join(ROOT, "models/audience/reading.sql"), "utf8")).toContain(
      `'${SHEET_NAME}'`,
    );
    // the texts were read, and asked about; of an archive and a mail the files in it, too
    expect(sent).toEqual([
      "refused not_a_number",
      expect.stringMatching(/^accepted accepted .*letter_figures/),
      ...[0, 1].map(() => expect.stringMatching(/^accepted .*figures_unread/)),
      expect.stringMatching(/^accepted accepted/),
    ]);
    expect(there.filter((row, index) => row !== here[index])).toEqual([]);
    expect(there).toHaveLength(here.length);
  },
);

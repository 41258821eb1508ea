import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { writeOds } from "hucre/ods";
import { describe, expect, test } from "vitest";
import { readWorkbook } from "../../pipelines/readers/workbook-reader.ts";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice } from "../libreoffice.ts";
import { encoded } from "../readers/encoded.ts";
import { formOf } from "./form-given.ts";
import { newWorld, send, type World } from "./given.ts";

/** What a ward reports; null is left blank, "nil" is that nothing arose. */
interface Report {
  readonly people: number | null;
  readonly reached: number | "nil" | null;
  /** In hundredths. */
  readonly budget: number | "nil" | null;
  readonly has_plan: boolean | null;
  readonly note: string;
}

const HEADER = "plan,unit,period,area,measure,value,note".split(",");
const WORDS = "Số ước tính của phường đã tổ chức hội nghị chưa chốt còn thiếu ở hai thôn".split(
  " ",
);

/** Words enough to tell an encoding by. */
const vietnamese = fc
  .uniqueArray(fc.constantFrom(...WORDS), { minLength: 6, maxLength: 9 })
  .map((words) => words.join(" "));
const anything = fc
  .string({ unit: "grapheme", maxLength: 30 })
  .map((text) => text.replace(/[\p{Cs}\p{Cc}\uFEFF]/gu, " ").trim());

const reportWith = (note: fc.Arbitrary<string>): fc.Arbitrary<Report> =>
  fc.record({
    people: fc.option(fc.integer({ min: 5000, max: 1e9 })),
    reached: fc.option(fc.oneof(fc.nat(5000), fc.constant("nil" as const))),
    budget: fc.option(fc.oneof(fc.nat(1e9), fc.constant("nil" as const))),
    has_plan: fc.option(fc.boolean()),
    note,
  });

/** How a file writes numbers: what stands between thousands, and before decimals. */
const STYLES = [
  ["", "."],
  ["", ","],
  [".", ","],
  [",", "."],
  [" ", ","],
  ["\u00a0", "."],
] as const;
type Style = (typeof STYLES)[number];

function grouped(digits: string, between: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, between);
}

function money(hundredths: number, [between, mark]: Style): string {
  const digits = String(hundredths).padStart(3, "0");
  return `${grouped(digits.slice(0, -2), between)}${mark}${digits.slice(-2)}`;
}

/** `state value` of every measure, in the order of the measures. */
function expected({ people, reached, budget, has_plan }: Report): Record<string, string> {
  const state = (value: number | "nil" | null, text: (value: number) => string): string =>
    value === null ? "blank null" : value === "nil" ? "nil 0.0000" : `reported ${text(value)}`;
  return {
    people: state(people, (value) => `${value}.0000`),
    reached: state(reached, (value) => `${value}.0000`),
    budget: state(budget, (value) => `${money(value, ["", "."])}00`),
    has_plan: state(has_plan === null ? null : Number(has_plan), (value) => `${value}.0000`),
    // one figure is always there
    visits: "reported 7.0000",
  };
}

/** The readings of every file in the ledger, by the number of its receipt. */
async function readingsIn(world: World): Promise<Map<number, Record<string, string>>> {
  const rows = await world.rows(`select receipt_no, measure, state, value, note
    from reading join submission using (submission_no)
    where measure in ('people', 'reached', 'budget', 'has_plan', 'visits')`);
  const found = new Map<number, Record<string, string>>();
  for (const { receipt_no, measure, state, value, note } of rows) {
    const readings = found.get(Number(receipt_no)) ?? {};
    readings[String(measure)] = `${state} ${value}`;
    if (measure === "people") readings.note = String(note ?? "").normalize("NFC");
    found.set(Number(receipt_no), readings);
  }
  return found;
}

/** Sends every file and finds its readings in the ledger. */
async function expectReadings(
  world: World,
  sent: readonly { readonly content: Uint8Array; readonly report: Report }[],
): Promise<void> {
  const outcomes = await send(world, ...sent);
  const found = await readingsIn(world);
  for (const [index, { outcome, problems, receipt_no }] of outcomes.entries()) {
    if (outcome === "duplicate") continue;
    expect(problems).toEqual([]);
    const report = sent[index]?.report;
    if (report === undefined) continue;
    expect(found.get(receipt_no)).toEqual({
      ...expected(report),
      note: report.note.normalize("NFC"),
    });
  }
}

const csvForm = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  style: fc.constantFrom(...STYLES),
  yes: fc.constantFrom("Có", "có", "X", "✓", "1", "đạt"),
});

const csvFile = fc.oneof(
  fc.record({
    form: csvForm,
    encoding: fc.constantFrom("UTF-8" as const, "UTF-16LE" as const, "UTF-16BE" as const),
    report: reportWith(anything),
  }),
  fc.record({
    form: csvForm.map((form) => ({ ...form, yes: form.yes === "✓" ? "x" : form.yes })),
    encoding: fc.constantFrom("windows-1258" as const, "TCVN3" as const, "VNI" as const),
    report: reportWith(vietnamese),
  }),
);

test("any readings → CSV in any encoding, delimiter and way of writing numbers → the same readings", async () => {
  const world = newWorld();
  await fc.assert(
    fc.asyncProperty(fc.array(csvFile, { minLength: 8, maxLength: 8 }), async (files) => {
      await expectReadings(
        world,
        files.map(({ form, encoding, report }) => ({
          report,
          content: encoded(csvText(report, form), encoding),
        })),
      );
    }),
    { numRuns: 5, endOnFailure: true },
  );
});

function csvText(
  report: Report,
  form: { delimiter: string; lineEnd: string; style: Style; yes: string },
): string {
  const { delimiter, lineEnd, style, yes } = form;
  const whole = (value: number): string => grouped(String(value), style[0]);
  const written = <T>(value: T | "nil" | null, text: (value: T) => string): string =>
    value === null ? "" : value === "nil" ? "Không phát sinh" : text(value);
  const values = {
    people: written(report.people, whole),
    reached: written(report.reached, whole),
    budget: written(report.budget, (value) => money(value, style)),
    has_plan: written(report.has_plan, (value) => (value ? yes : "Không")),
    visits: "7",
  };
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = Object.entries(values).map(([measure, value]) =>
    ["thu", "UB-02", "Q3", "", measure, quoted(value), quoted(report.note)].join(delimiter),
  );
  return [HEADER.join(delimiter), ...lines, ""].join(lineEnd);
}

/** A report on the form of the made-up plan. */
async function reportForm(world: World, report: Report): Promise<Uint8Array> {
  const written = <T>(value: T | "nil" | null, text: (value: T) => string): string =>
    value === null ? "" : value === "nil" ? "Không phát sinh" : text(value);
  const values = {
    people: written(report.people, String),
    reached: written(report.reached, String),
    // a number as a spreadsheet keeps it
    budget: written(report.budget, (value) => String(value / 100)),
    has_plan: written(report.has_plan, (value) => (value ? "Có" : "Không")),
    visits: "7",
  };
  return formOf(world, "UB-02", values, {
    period: "Q3",
    notes: new Map([["people", report.note]]),
  });
}

/** A form as another program saves it: its cells only, as an OpenDocument spreadsheet. */
async function bareOds(form: Uint8Array): Promise<Uint8Array> {
  const read = await readWorkbook(form);
  if ("code" in read) throw new Error(read.code);
  return writeOds({
    sheets: read.sheets.map(({ name, rows }) => ({
      name,
      rows: rows.map((cells) => [...(cells ?? [])]),
    })),
  });
}

test("any readings → form as .xlsx or .ods → the same readings", async () => {
  const world = newWorld();
  await fc.assert(
    fc.asyncProperty(
      fc.array(reportWith(vietnamese), { minLength: 4, maxLength: 4 }),
      async (reports) => {
        const sent = await Promise.all(
          reports.flatMap((report) => {
            const form = reportForm(world, report);
            return [form, form.then(bareOds)].map(async (content) => ({
              report,
              content: await content,
            }));
          }),
        );
        await expectReadings(world, sent);
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
});

describe.skipIf(!hasLibreOffice)(
  "with LibreOffice (skipped where soffice is not installed)",
  () => {
    test.each(["xlsx", "ods", "xls"])(
      "any readings → form saved as .%s → the same readings",
      async (format) => {
        const world = newWorld();
        const folder = newFolder("office-");
        const reports = fc.sample(reportWith(vietnamese), 6);
        const names = reports.map((_, index) => `form-${index}`);
        mkdirSync(join(folder, "saved"));
        for (const [index, report] of reports.entries()) {
          writeFileSync(join(folder, `${names[index]}.xlsx`), await reportForm(world, report));
        }
        convert(
          folder,
          format,
          names.map((name) => `${name}.xlsx`),
          "saved",
        );
        await expectReadings(
          world,
          reports.map((report, index) => ({
            report,
            content: readFileSync(join(folder, "saved", `${names[index]}.${format}`)),
          })),
        );
      },
    );
  },
);

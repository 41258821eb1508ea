import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sheet } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, test, vi } from "vitest";
import { blankForms, formFileName, writeForms } from "../../pipelines/forms/form-files.ts";
import { formWorkbook } from "../../pipelines/forms/form-workbook.ts";
import { readCatalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { parseIdentity } from "../../pipelines/vocabulary/form-code.ts";
import { labelDigest } from "../../pipelines/vocabulary/label.ts";
import { newFolder } from "../folders.ts";
import { sheetOf } from "../readers/form-given.ts";
import { periodOf, smallPlan, unitOf } from "./given.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

async function formOf(unit: string, plan = smallPlan()): Promise<Sheet> {
  const bytes = await formWorkbook(plan, unitOf(plan, unit), periodOf(plan));
  return sheetOf(bytes, { readStyles: true });
}

function texts(sheet: Sheet): string[] {
  return sheet.rows.flat().flatMap((value) => (typeof value === "string" ? [value] : []));
}

function unlocked(sheet: Sheet): string[] {
  return [...(sheet.cells ?? [])].flatMap(([place, cell]) =>
    cell.style?.protection?.locked === false ? [place] : [],
  );
}

describe("the form of a ward", () => {
  test("is headed as an office would print it", async () => {
    const shown = texts(await formOf("W-901"));
    for (const text of [
      "ỦY BAN NHÂN DÂN PHƯỜNG 1\n────────",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "BIỂU SỐ LIỆU BÁO CÁO QUÝ II NĂM 2024",
      "Kế hoạch thử",
      "(Số 01/KH-UBND ngày 05/02/2024 của Ủy ban nhân dân thành phố)",
      "Kỳ báo cáo: Quý II năm 2024 (từ 15/3/2024 đến hết 14/6/2024)",
      "Hạn gửi: trước ngày 10/6/2024",
      "Nơi nhận báo cáo: UBND thành phố",
    ]) {
      expect(shown).toContain(text);
    }
  });

  test("lets nothing be typed but figures, notes, the nil choice and the signatures", async () => {
    const sheet = await formOf("W-901");
    expect(sheet.protection).toMatchObject({ sheet: true, formatColumns: true, formatCells: true });
    const rows = unlocked(sheet).map((place) => Number(place.split(",")[0]));
    const entries = sheet.rows.flatMap((row, index) =>
      typeof row[0] === "string" && /^(measure:|nil$)/.test(row[0]) ? [index] : [],
    );
    const signatures = rows.filter((row) => row > Math.max(...entries));
    expect(new Set(rows.filter((row) => !signatures.includes(row)))).toEqual(new Set(entries));
    expect(entries).toHaveLength(5);
  });

  test("checks what is typed by the measure's kind and decimals", async () => {
    const { dataValidations = [] } = await formOf("W-901");
    const rules = dataValidations.map(({ type, formula1, values }) => values ?? [type, formula1]);
    const cells = dataValidations.map(({ range }) => range);
    const whole = (cell = "", otherwise = `TRIM(${cell})="Không phát sinh"`) => [
      "custom",
      `IF(ISNUMBER(${cell}),AND(${cell}>=0,ROUND(${cell},0)=${cell}),${otherwise})`,
    ];
    expect(rules).toEqual([
      ["Không phát sinh"],
      // a stock, which intake refuses to take as "not arisen"
      whole(cells[1], "FALSE"),
      whole(cells[2]),
      ["Có", "Không"],
      ["custom", whole(cells[4])[1]?.replace(",0)=", ",2)=")],
    ]);
    expect(
      dataValidations.map(
        ({ errorMessage = "" }) => /(không ghi|chữ) “Không phát sinh”/.exec(errorMessage)?.[1],
      ),
    ).toEqual([undefined, "không ghi", "chữ", undefined, "chữ"]);
  });

  test("hides its codes without losing them", async () => {
    const sheet = await formOf("W-901");
    expect(sheet.columns?.[0]?.hidden).toBe(true);
    const identity = parseIdentity(String(sheet.rows[0]?.[0]));
    expect(identity).toMatchObject({
      version: "3",
      plan: "small-plan",
      unit: "W-901",
      period: "2024-Q2",
    });
    expect(identity?.labels.get("line.unit")).toBe(
      labelDigest("Đơn vị báo cáo: Ủy ban nhân dân Phường 1"),
    );
    expect(identity?.labels.get("measure.staff")).toBe(labelDigest("Số cán bộ", "người"));
    expect(sheet.rowDefs?.get(0)?.hidden).toBe(true);
  });

  test("prints on A4 with the margins of decree 30, its header on every page", async () => {
    const { pageSetup } = await formOf("W-901");
    expect(pageSetup).toMatchObject({ paperSize: "a4", orientation: "portrait", fitToWidth: 1 });
    expect(pageSetup?.margins?.left).toBeCloseTo(30 / 25.4);
    expect(pageSetup?.printTitlesRow).toMatch(/^\$\d+:\$\d+$/);
    expect((await formOf("O")).pageSetup?.orientation).toBe("landscape");
  });
});

test("the same plan, unit and period give the same bytes on any day", async () => {
  const plan = smallPlan();
  const written = () => formWorkbook(plan, unitOf(plan, "O"), periodOf(plan));
  const first = await written();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-01-01T00:00:00Z") });
  try {
    expect(Buffer.from(first).equals(Buffer.from(await written()))).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test.each(['=HYPERLINK("http://x")', "+1+1", "-1", "@SUM(A1)", "#REF!", "#N/A", "_x0041_", "<b>&"])(
  "the plan's text %j stays text",
  async (text) => {
    const measure = { code: "m", unit_of_measure: text, kind: "count", reported_by: ["W"] };
    const rules = { over_time: "sum", over_areas: "sum", sensitive: false };
    const plan = smallPlan({
      title: text,
      measures: [{ ...measure, ...rules, name: text, explanation: `trong kỳ ${text}` }],
    });
    const sheet = await formOf("W-901", plan);
    expect(texts(sheet).filter((one) => one === text)).toHaveLength(3);
    const cells = [...(sheet.cells?.values() ?? [])];
    expect(cells.filter((cell) => cell.formula !== undefined || cell.type === "error")).toEqual([]);
  },
);

describe("forms of the plans at hand", () => {
  const { plans } = readCatalogue(SOURCES);

  test("stay within what Excel allows of a rule and a row", async () => {
    for (const plan of plans) {
      for (const period of plan.plan.periods.slice(0, 1)) {
        for (const unit of unitsIn(plan, period)) {
          const { sheets } = await readXlsx(await formWorkbook(plan, unit, period));
          for (const { dataValidations = [], rowDefs } of sheets) {
            for (const rule of dataValidations) {
              expect(rule.inputTitle?.length).toBeLessThanOrEqual(32);
              expect(rule.errorTitle?.length).toBeLessThanOrEqual(32);
              expect(rule.inputMessage?.length).toBeLessThanOrEqual(255);
              expect(rule.errorMessage?.length).toBeLessThanOrEqual(255);
              expect(rule.formula1?.length ?? 0).toBeLessThanOrEqual(255);
            }
            const heights = [...(rowDefs?.values() ?? [])].map(({ height }) => height ?? 0);
            expect(Math.max(...heights)).toBeLessThanOrEqual(409);
          }
        }
      }
    }
  });
});

describe("files of forms", () => {
  test("one a unit that owes a report, under a plain name with the plan, and nothing unfinished", async () => {
    const folder = newFolder("forms-");
    const plan = smallPlan();
    const forms = blankForms(plan, periodOf(plan));
    const written = await writeForms(forms, join(folder, "new"), false);
    const names = ["O", "W-901", "W-902", "W-903"].map(
      (code) => `${plan.plan.id}_2024-Q2_${code}.xlsx`,
    );
    expect(written.map(({ file }) => file)).toEqual(names.map((name) => join(folder, "new", name)));
    expect((await readdir(join(folder, "new"))).sort()).toEqual(names);
    const bytes = await readFile(join(folder, "new", names[0] ?? ""));
    const blank = await formWorkbook(plan, unitOf(plan, "O"), periodOf(plan));
    expect(bytes.equals(Buffer.from(blank))).toBe(true);
  });

  test("one that was filled in is never written over, and with it no other", async () => {
    const folder = newFolder("forms-");
    const plan = smallPlan();
    const forms = blankForms(plan, periodOf(plan));
    const [first] = await writeForms(forms.slice(0, 1), folder, false);
    expect(await writeForms(forms.slice(0, 1), folder, false)).toMatchObject([
      { isWritten: false },
    ]);
    await writeFile(first?.file ?? "", "filled in");
    await expect(writeForms(forms, folder, false)).rejects.toThrow(
      /Đã có \S+_O.xlsx và khác .* Chưa ghi gì/,
    );
    expect(await readdir(folder)).toHaveLength(1);
    await writeForms(forms, folder, true);
    expect(await readdir(folder)).toHaveLength(4);
  });

  test("an area's code cannot lead one out of its folder, nor put two under one name", async () => {
    const folder = newFolder("forms-");
    const plan = smallPlan();
    const form = (code: string) => ({
      plan,
      period: periodOf(plan),
      unit: { ...unitOf(plan, "W-901"), code },
    });
    expect(formFileName(form("W-../../a b"))).toBe(`${plan.plan.id}_2024-Q2_W-..-..-a-b.xlsx`);
    await expect(writeForms([form("a b"), form("a/b")], folder, false)).rejects.toThrow(
      /Biểu của a b và a\/b cùng tên .*a-b.xlsx/,
    );
  });
});

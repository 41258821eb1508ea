import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import type { ExportedFile } from "../../pipelines/exports/format.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import {
  GIVEN_SHORTFALLS,
  givenPublication,
  givenReport,
  hostileReport,
  longReport,
} from "./given.ts";
import { below, elementOf, packageFaults, partsOf, textOf } from "./package-parts.ts";

const Descriptor = z.object({
  name: z.string(),
  created: z.string(),
  sources: z.array(z.object({ title: z.string() })),
  resources: z.array(
    z.object({
      path: z.string(),
      bytes: z.number(),
      hash: z.string(),
      dialect: z.object({ delimiter: z.string() }).optional(),
      schema: z
        .object({
          primaryKey: z.array(z.string()),
          fields: z.array(
            z.object({
              name: z.string(),
              type: z.string(),
              description: z.string().min(1),
            }),
          ),
        })
        .optional(),
    }),
  ),
});

let files: ExportedFile[] = [];
beforeAll(async () => {
  files = await exportFiles(givenReport(), FORMATS);
});

const digests = (made: readonly ExportedFile[]): [string, string][] =>
  made.map(({ name, sha256 }) => [name, sha256]);

describe("the files of a version", () => {
  test("are named in plain letters after plan, period and version", () => {
    expect(files.map(({ name }) => name)).toEqual([
      "217-kh-ubnd-2024_2024-Q2_v2.xlsx",
      "217-kh-ubnd-2024_2024-Q2_v2.docx",
      "217-kh-ubnd-2024_2024-Q2_v2.pdf",
      "217-kh-ubnd-2024_2024-Q2_v2_dai.csv",
      "217-kh-ubnd-2024_2024-Q2_v2_bang.csv",
      "217-kh-ubnd-2024_2024-Q2_v2_dinh-nghia.csv",
      "217-kh-ubnd-2024_2024-Q2_v2.arrow",
      "217-kh-ubnd-2024_2024-Q2_v2.parquet",
      "datapackage.json",
    ]);
  });

  test.each([
    ["=cmd|'/../x", "xcmd---..-x_2024-Q2_v2.xlsx"],
    ["../../etc", "xetc_2024-Q2_v2.xlsx"],
    ["kế hoạch", "k--ho-ch_2024-Q2_v2.xlsx"],
  ])("never lead out of their folder: plan %j", async (plan_id, name) => {
    const report = givenReport({ publication: givenPublication({ plan_id }) });
    expect((await exportFiles(report, ["xlsx"])).map((file) => file.name)).toEqual([name]);
  });

  test("are marked, name and pages, when they are not for all", async () => {
    const made = await exportFiles(givenReport({ audience: "city" }), FORMATS);
    for (const { name } of made) expect(name).toContain("_noi-bo");
    const parts = partsOf(made[1]?.bytes ?? new Uint8Array());
    expect(textOf(elementOf(parts, "word/document.xml"))).toContain("(LƯU HÀNH NỘI BỘ)");
    const headers = [...parts.keys()].filter((name) => /^word\/header\d+\.xml$/.test(name));
    for (const header of headers) {
      expect(textOf(elementOf(parts, header))).toContain("LƯU HÀNH NỘI BỘ");
    }
  });

  test("come with a data package that knows their size, digest, columns and units", () => {
    const package_ = files.at(-1);
    const text = new TextDecoder().decode(package_?.bytes);
    const descriptor = Descriptor.parse(JSON.parse(text));
    expect(descriptor.name).toMatch(/^[a-z0-9._-]+$/);
    expect(descriptor.created).toBe("2024-06-20T17:05:09+07:00");
    expect(descriptor.sources).toHaveLength(1 + 20);
    expect(descriptor.resources.map(({ path }) => path)).toEqual(
      files.slice(0, -1).map(({ name }) => name),
    );
    for (const { path, bytes, hash, schema } of descriptor.resources) {
      const file = files.find(({ name }) => name === path);
      const sha256 = createHash("sha256")
        .update(file?.bytes ?? "")
        .digest("hex");
      expect([bytes, hash]).toEqual([file?.bytes.length, `sha256:${sha256}`]);
      if (!path.endsWith(".csv") || path.endsWith("_bang.csv")) continue;
      const header = new TextDecoder().decode(file?.bytes).split("\r\n")[0];
      expect(schema?.fields.map(({ name }) => name).join(",")).toBe(header);
    }
    expect(
      descriptor.resources.flatMap(({ schema }) => (schema ? [schema.primaryKey] : [])),
    ).toEqual([FIGURE_KEY, ["section", "code"], FIGURE_KEY, FIGURE_KEY]);
    const table = descriptor.resources.find(({ path }) => path.endsWith("_bang.csv"));
    expect([table?.schema, table?.dialect?.delimiter]).toEqual([undefined, ";"]);
  });

  test("are only those asked for; documents alone need no data package", async () => {
    const made = await exportFiles(givenReport(), ["docx", "xlsx"]);
    expect(made.map(({ name }) => name.split(".").at(-1))).toEqual(["xlsx", "docx"]);
  });
});

describe("the same version", () => {
  test("gives the same bytes at another moment, and when it is no longer the newest", async () => {
    vi.useFakeTimers({ now: new Date("2031-02-03T04:05:06Z"), toFake: ["Date"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const again = await exportFiles(givenReport({ latestVersion: 9 }), FORMATS);
    expect(digests(again)).toEqual(digests(files));
  });

  test("gives the same bytes in another zone and locale", () => {
    const [TZ, LANG] = ["Pacific/Kiritimati", "tr_TR.UTF-8"];
    const program = join(import.meta.dirname, "print-digests.ts");
    const out = execFileSync(process.execPath, ["--import", "tsx", program], {
      env: { ...process.env, TZ, LANG, LC_ALL: LANG },
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toEqual(digests(files));
  });

  test("differs as soon as one figure does", async () => {
    const report = givenReport();
    const lines = report.lines.map((line, index) =>
      index === 0 ? { ...line, value_shown: "75.0100" } : line,
    );
    const changed = await exportFiles(givenReport({ lines }), FORMATS);
    const same = digests(changed).filter(([name, sha256], index) => {
      const before = digests(files)[index];
      return before?.[0] === name && before[1] === sha256;
    });
    expect(same.map(([name]) => name)).toEqual(["217-kh-ubnd-2024_2024-Q2_v2_dinh-nghia.csv"]);
  });
});

describe("office documents", () => {
  test.each([
    ["as given", () => givenReport()],
    ["with hostile texts", hostileReport],
    ["with sixty wards", () => longReport(60)],
  ])("are sound packages, %s", async (_, report) => {
    for (const { bytes } of await exportFiles(report(), ["xlsx", "docx"])) {
      expect(packageFaults(bytes)).toEqual([]);
    }
  });

  test("say when the version was published, not when the file was made", () => {
    for (const { bytes } of files.slice(0, 2)) {
      const core = elementOf(partsOf(bytes), "docProps/core.xml");
      const dates = core.children.filter(({ name }) => name.startsWith("dcterms:"));
      expect(dates.map(textOf)).toEqual(["2024-06-20T10:05:09Z", "2024-06-20T10:05:09Z"]);
    }
  });

  test("tear no row of a table, and repeat the header of an annex", async () => {
    const [document] = await exportFiles(givenReport(), ["docx"]);
    const body = elementOf(partsOf(document?.bytes ?? new Uint8Array()), "word/document.xml");
    const rows = below(body, "w:tr");
    // 2 of the heading, 2 of what has changed, the signature, 18 of the first annex, 10 of the second
    expect(rows).toHaveLength(2 + 2 + 1 + 18 + 10);
    for (const row of rows) {
      expect(below(row, "w:cantSplit").map(({ attributes }) => attributes)).toEqual([{}]);
    }
    expect(below(body, "w:tblHeader")).toHaveLength(3);
  });

  test("have causes and remedies: a sheet, an annex of those of units, and a table", async () => {
    const report = givenReport({ shortfalls: GIVEN_SHORTFALLS });
    const [book, document, ...others] = await exportFiles(report, ["xlsx", "docx", "csv"]);
    const workbook = elementOf(partsOf(book?.bytes ?? new Uint8Array()), "xl/workbook.xml");
    const sheets = below(workbook, "sheet").map(({ attributes }) => attributes.name);
    expect(sheets[7]).toBe("Nguyên nhân, giải pháp");
    const body = elementOf(partsOf(document?.bytes ?? new Uint8Array()), "word/document.xml");
    const rows = below(body, "w:tr").map((row) => below(row, "w:tc").map(textOf));
    expect(rows.filter((cells) => cells.includes("Mưa lũ; đường sạt."))).toEqual([
      ["1", "1.3a Người lao động được tuyên truyền", "UBND xã Mai Pha", "Mưa lũ; đường sạt.", ""],
    ]);
    const table = others.find(({ name }) => name.endsWith("_nguyen-nhan.csv"));
    expect(new TextDecoder().decode(table?.bytes).split("\r\n")).toEqual([
      "code,item_no,unit_no,unit_name,cause,remedy",
      "1.3a,3,0,,Lớp mở muộn.,Mở thêm 02 lớp.",
      `1.3a,3,8,UBND xã Mai Pha,"Mưa lũ; đường sạt.",`,
      "",
    ]);
  });

  test("keep headers in sight, in print and on screen", () => {
    const parts = partsOf(files[0]?.bytes ?? new Uint8Array());
    const workbook = elementOf(parts, "xl/workbook.xml");
    const sheets = below(workbook, "sheet").map(({ attributes }) => attributes.name);
    expect(sheets).toEqual([
      "Bảng tổng hợp",
      "Chỉ tiêu",
      "Theo địa bàn",
      "Đánh giá",
      "Tổng hợp địa bàn",
      "Chi tiết địa bàn",
      "Số liệu báo cáo",
      "Thay đổi",
      "Tình hình báo cáo",
      "Điểm cần lưu ý",
      "Định nghĩa",
      "Nguồn gốc",
      "Báo cáo nguồn",
      "Mã",
    ]);
    const names = below(workbook, "definedName").map(({ attributes }) => attributes.name);
    expect(names.filter((name) => name === "_xlnm.Print_Area")).toHaveLength(sheets.length);
    expect(names.filter((name) => name === "_xlnm.Print_Titles")).toHaveLength(sheets.length);
    sheets.forEach((_, index) => {
      const sheet = elementOf(parts, `xl/worksheets/sheet${index + 1}.xml`);
      const order = sheet.children.map(({ name }) => SHEET_ORDER.indexOf(name));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).not.toContain(-1);
      expect(below(sheet, "pane")[0]?.attributes.state).toBe("frozen");
      expect(below(sheet, "pageSetup")[0]?.attributes).toMatchObject({
        paperSize: "9",
        orientation: "landscape",
        fitToWidth: "1",
      });
    });
  });
});

const FIGURE_KEY = ["section", "code", "area_no"];

/** The order that the schema of a worksheet demands (ECMA-376, CT_Worksheet). */
const SHEET_ORDER = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetProtection",
  "autoFilter",
  "mergeCells",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
  "printOptions",
  "pageMargins",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
];

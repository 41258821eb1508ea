import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Table, tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, test } from "vitest";
import { COLUMNS } from "../../pipelines/contract/report.ts";
import { arrowBytes } from "../../pipelines/exports/arrow.ts";
import { FIGURE_SCALE } from "../../pipelines/exports/column.ts";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import type { ExportedFile } from "../../pipelines/exports/format.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { parquetBytes } from "../../pipelines/exports/parquet.ts";
import { verdictText } from "../../pipelines/sentences/report-words.ts";
import { scaledText, unscaled } from "../../pipelines/vocabulary/decimal.ts";
import type { Status } from "../../pipelines/vocabulary/status.ts";
import { PROVISIONAL } from "../../pipelines/vocabulary/status.ts";
import { STATUSES } from "../../pipelines/vocabulary/words.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import { givenReport, HOSTILE, hostileReport, reportOfOtherTargets } from "./given.ts";
import { comparedFigures } from "./workbook-figures.ts";

/** Every column of a line but the warehouse's own number of an area. */
const NAMES = Object.keys(COLUMNS.line).filter((name) => name !== "area_id");
const isFigure = (name: string) => String(COLUMNS.line[name]?.sql).startsWith("decimal");

/** A line with its figures as whole numbers, so that `12.5` and `12.500000` are the same. */
function exact(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    NAMES.map((name) => {
      const value = row[name] ?? null;
      return [
        name,
        isFigure(name) && value !== null ? unscaled(String(value), FIGURE_SCALE) : value,
      ];
    }),
  );
}

const report = givenReport();
let files: ExportedFile[] = [];
beforeAll(async () => {
  files = await exportFiles(report, FORMATS);
});

function fileOf(ending: string): ExportedFile {
  const file = files.find(({ name }) => name.endsWith(ending));
  if (file === undefined) throw new Error(`no file ${ending}`);
  return file;
}

describe("read back, the lines are as they were published", () => {
  test("in CSV", () => {
    const rows: Record<string, string>[] = parse(Buffer.from(fileOf("_dai.csv").bytes), {
      bom: true,
      columns: true,
    });
    const typed = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, text]) => {
          if (text === "") return [name, null];
          if (text === "true" || text === "false") return [name, text === "true"];
          const isWhole = /_no$|^areas_|^periods_/.test(name);
          return [name, isWhole ? Number(text) : text];
        }),
      ),
    );
    expect(typed.map(exact)).toEqual(report.lines.map(exact));
  });

  test("in Arrow", () => {
    const table = tableFromIPC(fileOf(".arrow").bytes);
    expect(arrowRows(table).map(exact)).toEqual(report.lines.map(exact));
    expect(String(table.schema.fields.find(({ name }) => name === "value")?.type)).toBe(
      "Decimal[38e+6]",
    );
    expect(String(table.schema.fields.find(({ name }) => name === "name")?.type)).toContain(
      "Dictionary",
    );
    expect(table.schema.metadata.get("lines_sha256")).toBe(report.publication.lines_sha256);
  });

  test("in Parquet", async () => {
    const folder = newFolder("parquet-test-");
    const file = join(folder, "lines.parquet");
    writeFileSync(file, fileOf(".parquet").bytes);
    const rows = await withConnection((connection) =>
      selectRows(connection, `from read_parquet('${file}')`),
    );
    expect(rows.map(exact)).toEqual(report.lines.map(exact));
  });

  test("in the workbook", async () => {
    const { sheets } = await readXlsx(fileOf(".xlsx").bytes);
    const figures = comparedFigures(
      report,
      (name) => sheets.find((sheet) => sheet.name === name)?.rows ?? [],
    );
    // 12 × 14 of the whole, 96 × 11 of the wards, 65 × 6 of the measures, 9 × 12 of the matrix
    expect(figures).toHaveLength(12 * 14 + 96 * 11 + 65 * 6 + 9 * 12);
    for (const { what, held, published } of figures)
      expect([what, held]).toEqual([what, published]);
  });

  test("in the workbook, whose codes and digests stand on one sheet and on no other", async () => {
    const city = givenReport({ audience: "city" });
    const [workbook] = await exportFiles(city, ["xlsx"]);
    const { sheets } = await readXlsx(workbook?.bytes ?? new Uint8Array());
    const { publication } = city;
    const codes = [
      publication.plan_id,
      publication.period,
      ...city.items.filter(({ section }) => section === "measure").map(({ code }) => code),
      ...city.tallies.flatMap(({ area_code }) => area_code ?? []),
      ...city.units.map(({ unit_code }) => unit_code),
      ...city.submissions.flatMap(({ sha256 }) => sha256 ?? []),
      ...[publication.sha256, publication.lines_sha256, publication.plan_sha256],
      ...[publication.inputs_sha256, publication.models_sha256],
    ];
    expect(codes.length).toBeGreaterThan(60);
    for (const { name, rows } of sheets) {
      const cells = new Set(rows.flat().map(String));
      const found = codes.filter((code) => cells.has(code));
      expect([name, new Set(found)]).toEqual([name, new Set(name === "Mã" ? codes : [])]);
    }
  });

  test("in the workbook, with a range in words, a doubt as a mark and what a verdict waits for", async () => {
    const [workbook] = await exportFiles(reportOfOtherTargets(), ["xlsx"]);
    const { sheets } = await readXlsx(workbook?.bytes ?? new Uint8Array());
    const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows ?? [];
    const rowOf = (code: string) => rowsOf("Chỉ tiêu").find(([first]) => first === code) ?? [];
    expect([rowOf("1.2")[3], rowOf("1.2")[11]]).toEqual(["trong khoảng từ 18 đến 22", "Không đạt"]);
    expect([rowOf("2.2")[3], rowOf("2.2")[11]]).toEqual([114, `Trong giới hạn (${PROVISIONAL})`]);
    expect(rowOf("3.2b")[11]).toBe(`Đúng tiến độ (${PROVISIONAL})`);
    const [doubtful = []] = rowsOf("Chi tiết địa bàn").filter(
      ([code, , , area]) => code === "3.2b" && area === "Xã Hoàng Đồng",
    );
    // numerator, denominator, value of the period, then to date, the exact value, the verdict
    expect(doubtful.slice(6, 14)).toEqual([2, 0, "?", 2, 0, "?", "?", "Cần kiểm tra"]);
  });

  test("in the table for people, with a status beside each value or the word that says why there is none", () => {
    const rows: Record<string, string>[] = parse(Buffer.from(fileOf("_bang.csv").bytes), {
      bom: true,
      columns: true,
      delimiter: ";",
    });
    expect(rows.map((row) => row["Phường, xã"])).toEqual([
      "Toàn thành phố",
      ...report.tallies.slice(1).map(({ area_name }) => area_name),
    ]);
    const indicators = report.lines.filter(({ section }) => section === "indicator");
    const seen = new Set<string | null>();
    for (const line of indicators) {
      const row = rows[line.area_no] ?? {};
      const [, held] = Object.entries(row).find(([name]) => name.startsWith(`${line.code} `)) ?? [];
      const figure = held?.replace(",", ".");
      const status = line.is_withheld ? "withheld" : (line.status ?? "not_reported");
      if (line.value_shown === null) seen.add(status);
      expect([line.code, line.area_no, figure]).toEqual([
        line.code,
        line.area_no,
        line.value_shown?.replace(/\.?0+$/, "") ?? STATUSES[status as Status].word,
      ]);
      expect(row[`${line.code} Đánh giá`]).toBe(verdictText(line));
    }
    const without = ["in_doubt", "not_applicable", "not_arising", "not_reported", "withheld"];
    expect([...seen].sort()).toEqual(without);
  });
});

describe("any exact decimal", () => {
  const figures = fc.array(fc.option(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n })), {
    minLength: 1,
    maxLength: 40,
  });
  const column = {
    name: "figure",
    kind: "figure",
    description: "",
    read: (whole: bigint | null) => (whole === null ? null : scaledText(whole, FIGURE_SCALE)),
  } as const;

  test("comes back from Arrow, negative ones and none too", () => {
    fc.assert(
      fc.property(figures, (rows) => {
        const table = tableFromIPC(arrowBytes([column], rows, new Map()));
        const read = arrowRows(table).map(({ figure }) =>
          typeof figure === "string" ? unscaled(figure, FIGURE_SCALE) : null,
        );
        expect(read).toEqual(rows);
      }),
    );
  });

  test("comes back from Parquet", async () => {
    const folder = newFolder("parquet-test-");
    const file = join(folder, "figures.parquet");
    const rows = [0n, -1n, 1n, null, 10n ** 37n, -(10n ** 37n), 123456789n];
    writeFileSync(file, await parquetBytes([column], rows, new Map([["note", "it's"]])));
    const read = await withConnection((connection) =>
      selectRows(connection, `from read_parquet('${file}')`),
    );
    expect(
      read.map(({ figure }) => (figure === null ? null : unscaled(String(figure), FIGURE_SCALE))),
    ).toEqual(rows);
  });
});

describe("text that looks like a formula", () => {
  test("is text in the workbook", async () => {
    const [workbook] = await exportFiles(hostileReport(), ["xlsx"]);
    const { sheets } = await readXlsx(workbook?.bytes ?? new Uint8Array(), { readStyles: true });
    const cells = sheets.flatMap((sheet) => [...(sheet.cells ?? new Map()).values()]);
    expect(cells.filter(({ formula }) => formula !== undefined)).toEqual([]);
    const texts = new Set(sheets.flatMap(({ rows }) => rows.flat()));
    for (const text of [
      HOSTILE.reason,
      HOSTILE.areaName,
      HOSTILE.itemName,
      HOSTILE.unitName,
      HOSTILE.fileName,
      HOSTILE.found,
    ]) {
      expect(texts).toContain(text);
    }
  });

  test("has an apostrophe before it in CSV", async () => {
    const made = await exportFiles(hostileReport(), ["csv"]);
    const cells = made
      .filter(({ name }) => name.endsWith(".csv"))
      .flatMap(({ name, bytes }): string[][] => {
        const delimiter = name.includes("_bang") ? ";" : ",";
        return parse(Buffer.from(bytes), { bom: true, delimiter });
      })
      .flat();
    expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => /^-(?!\d+(\.\d+)?$)/.test(cell))).toEqual([]);
    expect(cells).toContain(`'${HOSTILE.areaName}`);
    expect(cells).toContain(`'${HOSTILE.itemName}`);
  });
});

/** Rows of an Arrow table with decimals as exact text, decoded apart from the code under test. */
function arrowRows(table: Table): Record<string, unknown>[] {
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(
      table.schema.fields.map(({ name }) => {
        const value: unknown = table.getChild(name)?.get(row);
        return [name, value instanceof Uint32Array ? decimalOf(value) : value];
      }),
    ),
  );
}

function decimalOf(words: Uint32Array): string {
  const bits = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const whole = BigInt.asIntN(128, bits);
  const digits = (whole < 0n ? -whole : whole).toString().padStart(FIGURE_SCALE + 1, "0");
  const text = `${digits.slice(0, -FIGURE_SCALE)}.${digits.slice(-FIGURE_SCALE)}`;
  return whole < 0n ? `-${text}` : text;
}

import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Sheet } from "hucre";
import { expect, test } from "vitest";
import { markWorkbook } from "../../pipelines/intake/marked-workbook.ts";
import { MARKS } from "../../pipelines/intake/problem-wording.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { newFolder } from "../folders.ts";
import { sheetOf } from "../readers/form-given.ts";
import { formOf } from "./form-given.ts";
import { newWorld, sendOne } from "./given.ts";
import { retyped } from "./retyped.ts";

const SHEET = "Biểu số liệu";

const RED = "FFC7CE";
const ORANGE = "FFD27F";

const problem = (cell: string | undefined, more: Partial<Problem> = {}): Problem => ({
  severity: "error",
  code: "x",
  file: "a.xlsx",
  sheet: SHEET,
  cell,
  found: `Sai ở ${cell}.`,
  remedy: "Sửa.",
  ...more,
});

const styledSheet = (bytes: Uint8Array): Promise<Sheet> => sheetOf(bytes, { readStyles: true });

/** The cells with a mark: their name, colour and comment. */
async function marksOf(bytes: Uint8Array): Promise<string[]> {
  const sheet = await styledSheet(bytes);
  return [...(sheet.cells ?? [])]
    .flatMap(([place, { style, comment }]) => {
      const fill = style?.fill;
      const colour = fill?.type === "pattern" ? (fill.fgColor?.rgb ?? "").slice(-6) : "";
      if (colour !== RED && colour !== ORANGE && comment === undefined) return [];
      const [row = 0, column = 0] = place.split(",").map(Number);
      return [`${String.fromCharCode(65 + column)}${row + 1} ${colour} ${comment?.text ?? "-"}`];
    })
    .sort();
}

function marked(bytes: Uint8Array, problems: readonly Problem[]): Uint8Array {
  const copy = markWorkbook(bytes, problems);
  if (copy === null) throw new Error("not marked");
  return copy;
}

test("the cells of the problems are coloured and commented, and nothing else is changed", async () => {
  const content = await formOf(newWorld(), "UB-01", { people: "trên 100", reached: "5" });
  const before = await styledSheet(content);
  const copy = marked(content, [
    problem("F24"),
    problem("F25", { severity: "doubt" }),
    problem("F24", { severity: "doubt", found: "Lạ." }),
  ]);
  expect(await marksOf(copy)).toEqual([
    `F24 ${RED} CẦN SỬA: Sai ở F24. Cách sửa: Sửa.\n\nCẦN KIỂM TRA LẠI: Lạ. Cách sửa: Sửa.`,
    `F25 ${ORANGE} CẦN KIỂM TRA LẠI: Sai ở F25. Cách sửa: Sửa.`,
  ]);
  const after = await styledSheet(copy);
  expect(after.rows).toEqual(before.rows);
  const parts = unzipSync(copy);
  for (const [name, bytes] of Object.entries(unzipSync(content))) {
    if (/sheet1|styles|Content_Types/.test(name)) continue;
    expect(strFromU8(parts[name] ?? new Uint8Array())).toBe(strFromU8(bytes));
  }
  // the cell is still to be filled in, with its border, its rules and its place
  const protection = (sheet: Sheet, place: string) => sheet.cells?.get(place)?.style;
  const { fill: _, ...others } = protection(after, "23,5") ?? {};
  const { fill: __, ...same } = protection(before, "23,5") ?? {};
  expect(others).toEqual(same);
  const sheetXml = (bytes: Uint8Array) =>
    strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  const rest = (xml: string) =>
    xml.replace(/<sheetData>.*<\/sheetData>|<legacyDrawing.*?\/>/gs, "");
  expect(rest(sheetXml(copy))).toBe(rest(sheetXml(content)));
});

test("what is wrong with a hidden cell or the whole file stands on the next cell that is seen", async () => {
  const content = await formOf(newWorld(), "UB-01", {});
  const copy = marked(content, [
    problem("A1", { found: "Mã." }),
    problem(undefined, { sheet: undefined, found: "Tệp." }),
    problem("Z90", { found: "Xa." }),
  ]);
  expect(await marksOf(copy)).toEqual([
    `B2 ${RED} CẦN SỬA: Mã. Cách sửa: Sửa.\n\nCẦN SỬA: Tệp. Cách sửa: Sửa.`,
    `Z90 ${RED} CẦN SỬA: Xa. Cách sửa: Sửa.`,
  ]);
});

test("marks of an earlier copy go, and the cell gets its own colour back", async () => {
  const content = await formOf(newWorld(), "UB-01", {});
  const first = marked(content, [problem("F24"), problem("F25")]);
  const second = marked(first, [problem("F25", { found: "Vẫn sai." })]);
  expect(await marksOf(second)).toEqual([`F25 ${RED} CẦN SỬA: Vẫn sai. Cách sửa: Sửa.`]);
  const fill = async (bytes: Uint8Array) =>
    (await styledSheet(bytes)).cells?.get("23,5")?.style?.fill;
  expect(await fill(second)).toEqual(await fill(content));
  const clean = marked(second, []);
  expect(await marksOf(clean)).toEqual([]);
});

test("a comment of the sender's stays, with ours below it", async () => {
  const content = await formOf(newWorld(), "UB-01", {});
  // as another program has put it there: with its own names of parts
  const own = unzipSync(marked(content, [problem("F24"), problem("F26")]));
  const comments = Object.keys(own).find((name) => name.includes("comments")) ?? "";
  const text = strFromU8(own[comments] ?? new Uint8Array()).replaceAll("CẦN SỬA:", "Chị Hoa xem:");
  own[comments] = strToU8(text);
  const copy = marked(zipSync(own), [problem("F24", { found: "Sai." })]);
  const marks = (await marksOf(copy)).map((mark) => mark.slice(mark.indexOf(" ", 4) + 1));
  expect(marks[0]).toBe("Chị Hoa xem: Sai ở F24. Cách sửa: Sửa.\n\nCẦN SỬA: Sai. Cách sửa: Sửa.");
  expect(marks[1]).toContain("Chị Hoa xem: Sai ở F26.");
});

test("what cannot be marked is left to the written reply", () => {
  expect(markWorkbook(Buffer.from("PK\u0003\u0004 nothing"), [problem("A1")])).toBeNull();
  expect(markWorkbook(zipSync({ "content.xml": strToU8("<a/>") }), [problem("A1")])).toBeNull();
});

test.each([
  ["rows that are never closed", "<row>"],
  ["quotation marks that are never closed", `<row a="'`],
  ["cells that are never closed", '<row r="1"><c r="A1" s="1">'],
  ["empty rows", "<row/>"],
])("a sheet of %s takes no longer than another", async (_, piece) => {
  const parts = unzipSync(await formOf(newWorld(), "UB-01", {}));
  const sheet = `<worksheet><sheetData>${piece.repeat(200_000)}</sheetData></worksheet>`;
  parts["xl/worksheets/sheet1.xml"] = strToU8(sheet);
  parts["xl/comments1.xml"] = strToU8("<comments>".concat("<comment>".repeat(200_000)));
  expect(() => markWorkbook(zipSync(parts), [problem("F24")])).not.toThrow();
});

test("a refused form comes back marked; corrected there and sent again it is taken in", async () => {
  const world = newWorld();
  const content = await formOf(world, "UB-01", { people: "trên 100", reached: "5" });
  const refused = await sendOne(world, {
    file: "biểu.xlsx",
    content,
    received: "2030-12-19T10:00",
  });
  expect(refused.outcome).toBe("refused");
  expect(readdirSync(world.paths.replies).sort()).toEqual([
    "2030-12-19-1-biểu.txt",
    "2030-12-19-1-biểu.xlsx",
  ]);
  expect(readFileSync(refused.reply ?? "", "utf8")).toContain("trong tệp “2030-12-19-1-biểu.xlsx”");
  const copy = readFileSync(refused.marked_workbook ?? "");
  const [mark = ""] = await marksOf(copy);
  expect(mark).toMatch(new RegExp(`${RED} ${MARKS.error} .*“trên 100”`));
  const cell = mark.split(" ")[0] ?? "";

  const again = await sendOne(world, { content: copy, received: "2030-12-19T11:00" });
  expect(again.problems.map(({ code }) => code)).toEqual(["not_a_number"]);
  const corrected = await sendOne(world, { content: retyped(copy, cell, 100) });
  expect(corrected).toMatchObject({ outcome: "accepted", reply: null, marked_workbook: null });
  expect(corrected.submissions[0]?.readings).toBe(2);
});

const hasOffice = spawnSync("soffice", ["--version"], { timeout: 30_000 }).error === undefined;

test.skipIf(!hasOffice)(
  "LibreOffice shows the marks, and what it saves is marked and read again (skipped without soffice)",
  async () => {
    const folder = newFolder("marked-");
    const world = newWorld();
    const content = await formOf(world, "UB-01", { people: "100", reached: "5" });
    writeFileSync(join(folder, "a.xlsx"), marked(content, [problem("F24"), problem("G30")]));
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const command = `ulimit -f 200000; exec timeout 60 soffice ${profile} --headless --convert-to xlsx --outdir saved a.xlsx`;
    execFileSync("bash", ["-c", command], { cwd: folder, stdio: "ignore" });
    const saved = readFileSync(join(folder, "saved", "a.xlsx"));
    expect(await marksOf(saved)).toEqual([
      `F24 ${RED} CẦN SỬA: Sai ở F24. Cách sửa: Sửa.`,
      `G30 ${RED} CẦN SỬA: Sai ở G30. Cách sửa: Sửa.`,
    ]);
    expect(await marksOf(marked(saved, [problem("F24", { found: "Khác." })]))).toEqual([
      `F24 ${RED} CẦN SỬA: Khác. Cách sửa: Sửa.`,
    ]);
    expect((await sendOne(world, { content: saved })).outcome).toBe("accepted");
  },
);

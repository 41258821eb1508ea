import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { newOffice, type Office } from "../publishing/given.ts";
import { type Ended, runHere } from "./run.ts";

const Output = z.object({
  version: z.number(),
  latest_version: z.number(),
  files: z.array(z.object({ file: z.string(), sha256: z.string(), is_written: z.boolean() })),
});

/** An office with two versions of the report of the first quarter. */
async function published(): Promise<Office> {
  const office = newOffice(smallPlan([indicator(REACH)]), FORMATS);
  await office.send("2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40");
  await office.publish("2030-03-10T08:00", "Q1");
  await office.send("2030-03-12T08:00", "W-A2", "Q1", "people 200\nreached 20");
  await office.publish("2030-03-13T08:00", "Q1", { class: "late", reason: "Bổ sung" });
  return office;
}

const HERE = process.cwd();
afterEach(() => process.chdir(HERE));

/** The command line that exports, in the office's folder, to which its paths are relative. */
function exporting(office: Office, ...args: string[]): Promise<Ended> {
  process.chdir(office.folder);
  const folders = ["--sources", office.folder, "--warehouse", office.paths.folder];
  return runHere(["export", ...args, ...folders]);
}

test("export writes the files of a published version", async () => {
  const office = await published();
  const plan = office.plan.plan.id;

  const all = await exporting(office, "Q1");
  expect([all.code, all.err]).toEqual([0, ""]);
  const folder = join("exports", plan, "Q1", "v2");
  const base = `${plan}_Q1_v2`;
  const names = [
    `${base}.xlsx`,
    `${base}.docx`,
    `${base}.pdf`,
    `${base}_dai.csv`,
    `${base}_bang.csv`,
    `${base}_dinh-nghia.csv`,
    `${base}.arrow`,
    `${base}.parquet`,
    "datapackage.json",
  ];
  expect(all.out.trim().split("\n")).toEqual(names.map((name) => join(folder, name)));
  expect(readdirSync(join(office.folder, folder)).sort()).toEqual([...names].sort());
  const wide = readFileSync(join(office.folder, folder, `${base}_bang.csv`), "utf8");
  // 60 of 300 in the wards that have reported; due at the year's end
  expect(wide.split("\r\n")[1]).toMatch(/^;Toàn thành phố;20;Chưa đạt \(tạm tính\)$/);

  const again = await exporting(office, "Q1", "--format", "csv", "--json");
  const output = Output.parse(JSON.parse(again.out));
  expect(output.files.map(({ is_written }) => is_written)).toEqual(output.files.map(() => false));
  for (const { file, sha256 } of output.files) {
    const bytes = readFileSync(join(office.folder, file));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
});

test("export takes an older version, an audience and a folder, and refuses what it cannot do", async () => {
  const office = await published();
  const old = await exporting(office, "Q1", "--version", "1", "--format", "csv", "--out", "old");
  expect([old.code, old.err]).toEqual([
    0,
    "Phiên bản 1 không còn là bản mới nhất: bản mới nhất là phiên bản 2.\n",
  ]);
  const wide = readdirSync(join(office.folder, "old")).find((name) => name.includes("_v1_bang"));
  expect(readFileSync(join(office.folder, "old", wide ?? ""), "utf8")).toContain(";40;");

  const city = await exporting(office, "Q1", "--audience", "city", "--format", "docx,xlsx");
  expect(city.code).toBe(0);
  expect(city.out).toMatch(/v2_noi-bo\/\S+_v2_noi-bo\.xlsx/);
  // with every count that is withheld: for its owner alone, those that lay there openly, too
  const modes = () =>
    city.out
      .trim()
      .split("\n")
      .map((file) => statSync(file).mode & 0o777);
  expect(new Set(modes())).toEqual(new Set([0o600]));
  chmodSync(city.out.split("\n", 1)[0] ?? "", 0o644);
  await exporting(office, "Q1", "--audience", "city", "--format", "docx,xlsx");
  expect(new Set(modes())).toEqual(new Set([0o600]));

  const mine = join(office.folder, "old", "datapackage.json");
  writeFileSync(mine, "mine");
  const refused = await exporting(office, "Q1", "--version", "1", "--out", "old");
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/Đã có \S*datapackage\.json .*Chưa ghi gì/);
  expect(readFileSync(mine, "utf8")).toBe("mine");
  expect(readdirSync(join(office.folder, "old"))).toHaveLength(4);

  const wrong: [number, RegExp, ...string[]][] = [
    [2, /không có phiên bản 7\. Hiện có: 1, 2/, "Q1", "--version", "7"],
    [1, /Chưa phát hành báo cáo kỳ Q2/, "Q2"],
    [2, /"odt" không thuộc các giá trị: xlsx, docx, pdf/, "Q1", "--format", "odt"],
    [2, /Ghi 1, 2, 3/, "Q1", "--version", "0"],
    [2, /Không kế hoạch nào có kỳ "2024-Q9"/, "2024-Q9"],
    [1, /Không ghi được các tệp vào .*có tệp ở chỗ/, "Q1", "--out", "old/datapackage.json"],
  ];
  await Promise.all(
    wrong.map(async ([code, message, ...args]) => {
      const ended = await exporting(office, ...args);
      expect([args, ended.code]).toEqual([args, code]);
      expect(ended.err).toMatch(message);
    }),
  );
  expect(existsSync(join(office.folder, "exports", office.plan.plan.id, "Q1", "v2"))).toBe(false);
});

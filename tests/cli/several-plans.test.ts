import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { severalPlans } from "../several-plans.ts";
import { runHere } from "./run.ts";

test("forms of a period are those of every plan that has it, side by side", async () => {
  const { folder, folders } = severalPlans();
  const out = join(folder, "forms");
  const written = await runHere(["forms", "2024-Q2", "--out", out, ...folders]);
  expect([written.code, written.err]).toEqual([0, ""]);
  const names = [
    "an-toan-2024_2024-Q2_CATP.xlsx",
    "an-toan-2024_2024-Q2_TC.xlsx",
    "an-toan-2024_2024-Q2_UB-01.xlsx",
    "an-toan-2024_2024-Q2_UB-02.xlsx",
    // not the finance department: of it the second plan asks nothing
    "nuoc-sach-2024_2024-Q2_CA.xlsx",
    "nuoc-sach-2024_2024-Q2_UB-01.xlsx",
    "nuoc-sach-2024_2024-Q2_UB-02.xlsx",
  ];
  expect(readdirSync(out).sort()).toEqual(names);
  expect(written.out.split("\n")[0]).toBe(`${join(out, names[0] ?? "")}  Công an thành phố`);
  const again = await runHere(["forms", "2024-Q2", "--out", out, ...folders]);
  expect(again.out.match(/was there already/g)).toHaveLength(names.length);
});

test("forms due in a month are those of every plan and period", async () => {
  const { folder, folders } = severalPlans();
  const filesOf = async (...args: string[]) => {
    const ended = await runHere(["forms", ...args, "--out", folder, "--json", ...folders]);
    return ended.code === 0
      ? JSON.parse(ended.out).map((one: { file: string }) => one.file.slice(folder.length + 1, -5))
      : ended.err;
  };
  expect(await filesOf("--due", "2024-06", "--unit", "UB-01")).toEqual([
    "an-toan-2024_2024-Q2_UB-01",
    "nuoc-sach-2024_2024-Q2_UB-01",
  ]);
  // the last day is the one before that by which it is due
  expect(await filesOf("--due", "2024-06-02")).toEqual(["giao-thong-2024_2024-T05_CATP"]);
  expect(await filesOf("--due", "2024-06-03")).toMatch(/No report is due in 2024-06-03/);
  expect(await filesOf("2024-Q2", "--plan", "nuoc-sach-2024", "--unit", "TC")).toMatch(
    /No unit "TC" owes a report then. There are: CA, UB-01, UB-02/,
  );
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TIMELINESS } from "../../pipelines/vocabulary/words.ts";
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
  expect(again.out.match(/đã có sẵn/g)).toHaveLength(names.length);
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
  expect(await filesOf("--due", "2024-06-03")).toMatch(
    /Không có báo cáo nào hết hạn trong 2024-06-03/,
  );
  expect(await filesOf("2024-Q2", "--plan", "nuoc-sach-2024", "--unit", "TC")).toMatch(
    /Đơn vị "TC" không phải báo cáo kỳ ấy. Các đơn vị phải báo cáo: CA, UB-01, UB-02/,
  );
});

test("one plan in error stops no other, and is followed as it last was", async () => {
  const { folder, folders, sources } = severalPlans();
  const plan = join(sources, "plans", "an-toan.yaml");
  const report = join(folder, "bao-cao.csv");
  const lines = ["people,100", "told,40"].map((one) => `an-toan-2024,2024-Q1,UB-01,,${one},`);
  writeFileSync(report, ["plan,period,unit,area,measure,value,note", ...lines, ""].join("\n"));
  const publish = ["publish", "2024-Q1", "--plan", "an-toan-2024", "--reason", "Kỳ đầu"];
  const run = async (...args: string[]) => {
    const { code, out, err } = await runHere([...args, ...folders]);
    return { code, out: out.replaceAll(folder, ""), err: err.replaceAll(folder, "") };
  };
  mkdirSync(join(sources, "inbox"));
  const baselines = "plan,measure,area,period,value,source\nan-toan-2024,cases,,2023-Q1,5,x\n";
  writeFileSync(join(sources, "baselines.csv"), baselines);
  expect((await run("refresh")).code).toBe(0);
  const before = await run("forms", "2024-Q2", "--out", join(folder, "forms"));
  writeFileSync(plan, readFileSync(plan, "utf8").replace("periods:", "periods :x"));

  const line = /^\/sources\/plans\/an-toan\.yaml:33: “periods :x”: .* Cho thẳng hàng/;
  const meanwhile =
    "Kế hoạch an-toan-2024 vẫn theo bản không có lỗi gần nhất; chưa phát hành được báo cáo của kế hoạch này.";
  /** One line for what is wrong, one for what is done meanwhile, and nothing that follows from it. */
  const sourceFaults = (err: string) =>
    err.split("\n").filter((one) => /sources|baselines/.test(one));
  const once = [expect.stringMatching(line), expect.stringContaining(meanwhile)];

  const forms = await run("forms", "2024-Q2", "--out", join(folder, "again"));
  expect([forms.code, sourceFaults(forms.err)]).toEqual([1, once]);
  expect(forms.out.replaceAll("/again/", "/forms/")).toBe(before.out);
  const ingested = await run("ingest", report);
  expect(sourceFaults(ingested.err)).toEqual(once);
  expect(ingested.out).toMatch(/^đã nhận /);
  const refreshed = await run("refresh");
  expect([refreshed.code, sourceFaults(refreshed.err)]).toEqual([1, once]);
  expect(refreshed.out).toMatch(/cho 1\/3 kế hoạch/);
  const status = await run("status", "--plan", "an-toan-2024", "2024-Q1");
  expect(sourceFaults(status.err)).toEqual(once);
  expect(status.out.replace(/ +/g, " ")).toContain(`UBND phường Một ${TIMELINESS.late.word}`);
  const refused = await run(...publish, "--class", "first", "--acknowledge");
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /Chưa phát hành báo cáo kỳ \S+, kế hoạch an-toan-2024:\n {2}- .*an-toan\.yaml: 1 lỗi\./,
  );
  const doctor = await run("doctor");
  expect(doctor.out).toMatch(/^vấn đề {3}nguồn kế hoạch: \S+an-toan\.yaml:33: “periods :x”/m);
  expect(doctor.out).toContain(meanwhile);
  expect(doctor.out).not.toContain("baselines");
  const check = await run("plan", "check", plan);
  expect([check.code, check.out]).toEqual([1, expect.stringMatching(line)]);

  // mended and published, and then put away: it stops nothing, and its version has a page
  writeFileSync(plan, readFileSync(plan, "utf8").replace("periods :x", "periods:"));
  expect((await run(...publish, "--class", "first", "--acknowledge")).code).toBe(0);
  rmSync(plan);
  const gone = await run("refresh");
  expect([gone.code, gone.out]).toEqual([0, expect.stringContaining("để bỏ 1 kế hoạch")]);
  expect(sourceFaults(gone.err)).toEqual([expect.stringContaining("Kế hoạch đã bỏ thì để nguyên")]);
  const site = join(folder, "site");
  expect(await runHere(["site", "--out", site, ...folders.slice(2)])).toMatchObject({ code: 0 });
  expect(existsSync(join(site, "an-toan-2024/bao-cao/2024-Q1/v1/index.html"))).toBe(true);
});

test("of a draft nobody is asked anything, until its mark is taken away", async () => {
  const { folders, sources, folder, paths } = severalPlans();
  const plan = join(sources, "plans", "giao-thong.yaml");
  const text = readFileSync(plan, "utf8");
  const run = (...args: string[]) => runHere([...args, ...folders]);
  mkdirSync(join(sources, "inbox"));
  writeFileSync(plan, text.replace("schema: 1", "schema: 2\nstate: draft"));
  const refreshed = await run("refresh");
  expect([refreshed.code, refreshed.out]).toEqual([0, expect.stringContaining("số liệu: ")]);
  const marts = "select plan_id, count(*) as owed from submission_timeliness group by all";
  const owed = await runHere(["sql", marts, "--warehouse", paths.folder]);
  expect([owed.out.includes("nuoc-sach-2024"), owed.out.includes("giao-thong-2024")]).toEqual([
    true,
    false,
  ]);
  const status = await run("status");
  expect(status.out).toMatch(
    /^\S+giao-thong\.yaml: Dự thảo \(state: draft\): chưa ai phải báo cáo/,
  );
  expect(status.out.match(/giao-thong/g)).toHaveLength(1);
  const forms = await run("forms", "--due", "2024-06", "--out", folder, "--json");
  expect(forms.out).not.toContain("giao-thong");
  expect(await run("forms", "2024-T05", "--plan", "giao-thong-2024")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/Kế hoạch giao-thong-2024 còn là dự thảo/),
  });
  expect((await run("doctor")).out).toMatch(
    /^lưu ý {4}nguồn kế hoạch: \S+giao-thong.yaml: Dự thảo/m,
  );
  writeFileSync(plan, text);
  expect((await run("status")).out).toContain("Tháng 5 năm 2024");
});

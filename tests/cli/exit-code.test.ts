import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { casesIn, expectedOf } from "../case-lines.ts";
import { csvOf, newWorld } from "../intake/given.ts";
import { run, runHere } from "./run.ts";

/**
 * Arguments after the program's name (`-`: none), its exit code, and what it says. `S` stands for both
 * folders, of which the warehouse is empty, `@name` for a file of the world.
 */
const CASES = casesIn(String.raw`
  --help ⇒ 0 ⇒ /^Cách dùng: chitieu \[tùy chọn\] \[lệnh\]/
  --version ⇒ 0 ⇒ /^\d+\.\d+\.\d+\n$/
  - ⇒ 2 ⇒ /^Cách dùng: chitieu/
  nothing ⇒ 2 ⇒ không có lệnh 'nothing'
  build --nothing ⇒ 2 ⇒ Lỗi: không có tùy chọn '--nothing' ⇒ Cách dùng: chitieu build
  ingest ⇒ 2 ⇒ thiếu tham số 'file'
  forms ⇒ 2 ⇒ Ghi kỳ báo cáo
  forms 2024-Q2 --due 2024-06 ⇒ 2 ⇒ Ghi kỳ báo cáo
  forms --due 2024-13 ⇒ 2 ⇒ Ghi tháng như 2024-06
  forms --due 2001-01 ⇒ 2
    ⇒ /Không có báo cáo nào hết hạn trong 2001-01. Các ngày hết hạn: .*2024-06-09/
  build more ⇒ 2 ⇒ thừa tham số: cần 0, có 1
  build --as-of 2024-13-01 ⇒ 2 ⇒ "2024-13-01" không phải thời điểm như 2024-06-08T10:00
  build --as-of 2999-01-01 ⇒ 2 ⇒ Thời điểm này ở tương lai
  ingest @good.csv --received 2999-01-01 ⇒ 2 ⇒ Thời điểm này ở tương lai
  serve --port x ⇒ 2 ⇒ Ghi số nguyên từ 0 đến 65535
  forms Q9 S ⇒ 2 ⇒ Không kế hoạch nào có kỳ "Q9". Hiện có: Q1, Q2, Q3, Q4, Y.
  forms Q2 --plan khac S ⇒ 2 ⇒ Không có kế hoạch "khac". Hiện có: thu.
  forms Q2 --unit XX S ⇒ 2
    ⇒ Đơn vị "XX" không phải báo cáo kỳ ấy. Các đơn vị phải báo cáo: GD, UB-01, UB-02.
  status Q9 S ⇒ 2 ⇒ Không kế hoạch nào có kỳ "Q9"
  plan read @none.docx S ⇒ 1 ⇒ none.docx: không có tệp này hoặc không mở được (ENOENT)
  plan read @good.csv S ⇒ 0 ⇒ /^Số, ký hiệu: \(không thấy\)/ ⇒ Chế độ báo cáo (0):
  plan hand-down khac S ⇒ 2 ⇒ Không có kế hoạch "khac"
  plan hand-down thu --out @thu.json S ⇒ 0 ⇒ //thu\.json\n/
  plan new --from @good.csv --number 9 --title T --issuer I --area 01 --in-force-from 2024-01-05 S ⇒ 1
    ⇒ không phải kế hoạch mà cấp trên tải ra từ chitieu, hoặc đã bị sửa
  plan map @good.csv S ⇒ 1 ⇒ good.csv: không phải gói còn nguyên
  plan check @none.yaml S ⇒ 1 ⇒ none.yaml: không có tệp này (ENOENT)
  plan check @wrong.yaml S ⇒ 1 ⇒ wrong.yaml:1: schema: ghi “9”: phải là 2
  plan check @sources/plans/thu.yaml S ⇒ 0 ⇒ 12 số liệu, 5 kỳ, 2 đơn vị. Không có lỗi
  build --sources none --warehouse @warehouse ⇒ 1 ⇒ Không có tệp kế hoạch trong none/plans
  doctor S ⇒ 0 ⇒ /^Không có vấn đề nào\./
    ⇒ /tốt {6}nguồn kế hoạch: thu: \d+ chỉ tiêu, \d+ đơn vị\n/
  doctor --sources none --warehouse @warehouse ⇒ 1 ⇒ /^Số vấn đề: 1\./
    ⇒ Không có tệp kế hoạch trong none
  doctor --warehouse none --sources @sources ⇒ 1
    ⇒ none không phải kho dữ liệu: không có thư mục này
  backup @warehouse/copy S ⇒ 2 ⇒ nằm trong kho dữ liệu, mất kho thì mất luôn bản sao lưu
  backup @backups S --keep 0 ⇒ 2 ⇒ Ghi 1, 2, 3, …
  site --out x S ⇒ 1 ⇒ Tính số liệu trước: chitieu build
  serve S ⇒ 1 ⇒ Tính số liệu trước: chitieu build
  ingest @none.csv S ⇒ 1 ⇒ không có tệp hoặc thư mục này
  ingest @bad.csv S ⇒ 1 ⇒ /trả lại {3}bad\.csv \(UTF-8, comma\)\n {2}1\. Dòng 2: .*“xx”/
  ingest @good.csv S ⇒ 0
    ⇒ /đã nhận {3}good\.csv \(UTF-8, comma\)\n +UBND phường Một, Quý 2 \(Q2\): 1 số liệu/
  status Q2 S ⇒ 0
    ⇒ /^ĐÔN ĐỐC: 3 báo cáo quá hạn chưa gửi; 3 đơn vị\.\nQuý 2 /
    ⇒ /đơn vị\.\nQuý 2 \(hạn gửi: hết ngày 29/6/2024\)\n {2}Chưa gửi: GD; /
    ⇒ /UBND phường Một +Chưa gửi/
  // in a pipe of its steps the first and the last alone
  build S ⇒ 0
    ⇒ /^\d+ mô hình, \d+ phép kiểm tra, tính đến .* giây: \S+/warehouse/marts\.duckdb\n/
    ⇒ /marts\.duckdb\ntính số liệu 1/\d+ \S+\ntính số liệu (\d+)/\1 \S+\n$/
  build --as-of 2024-07-01T12:00 S ⇒ 0
    ⇒ /, tính đến 2024-07-01 12:00:00, trong .* giây: \S+/marts-2024-07-01T12-00-00\.duckdb\n/
  refresh S ⇒ 0 ⇒ /thư mục nhận tệp: không có tệp nào để tiếp nhận\n/ ⇒ /số liệu: đã tính \d+/
`);

/** Those that are run as a program of their own: with each exit code, to each stream. */
const AS_PROGRAM = ["--version", "nothing", "ingest @bad.csv S", "ingest @good.csv S"];

test.concurrent.each(CASES)("chitieu %s → %s", async (line = "", code, ...expected) => {
  const world = newWorld("2024");
  mkdirSync(world.paths.archive, { recursive: true });
  writeFileSync(join(world.folder, "good.csv"), csvOf(["UB-01,Q2,,people,5,"]));
  writeFileSync(join(world.folder, "bad.csv"), csvOf(["UB-01,Q2,,people,xx,"]));
  writeFileSync(join(world.folder, "wrong.yaml"), "schema: 9\n");
  const args = line
    .split(" ")
    .filter((word) => word !== "-")
    .flatMap((word) =>
      word === "S"
        ? ["--sources", world.sources, "--warehouse", world.paths.folder]
        : [word.replace("@", `${world.folder}/`)],
    );
  const ended = AS_PROGRAM.includes(line)
    ? await run(args, { cwd: world.folder })
    : await runHere(args);
  for (const one of expected) expect(ended.out + ended.err).toMatch(expectedOf(one));
  expect(ended.code).toBe(Number(code));
  expect(ended.err).not.toMatch(/^\s+at /m);
});

/** Commands that read a warehouse, with what else each of them needs. */
const READERS = [
  "status",
  "erase file 1 --by An --reason vì",
  "build",
  "publish Q2 --class first --reason vì",
  "verify",
  "export Q2",
  "site --out @out",
  "serve",
  "rebuild",
  "backup @backups",
];

test.concurrent.each(READERS)("chitieu %s says that a folder is no warehouse", async (line) => {
  const world = newWorld("2024");
  const args = line.split(" ").map((word) => word.replace("@", `${world.folder}/`));
  const folders = ["--sources", world.sources, "--warehouse"];
  const absent = await runHere([...args, ...folders, world.paths.folder]);
  expect(absent.err).toContain(
    `${world.paths.folder} không phải kho dữ liệu: không có thư mục này.`,
  );
  expect(absent.code).toBe(2);
  const other = await runHere([...args, ...folders, world.sources]);
  expect(other.err).toMatch(/sources không phải kho dữ liệu: không có ledger\.duckdb, archive\//);
  expect(other.code).toBe(2);
});

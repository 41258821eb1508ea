import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvOf, newWorld } from "../intake/given.ts";
import { run, runHere } from "./run.ts";

/**
 * Arguments after the program's name; `S` stands for both folders, of which the warehouse is empty, `@name`
 * for a file of the world.
 */
const CASES: [args: string, code: number, said: RegExp][] = [
  ["--help", 0, /^Usage: chitieu \[options\] \[command\]/],
  ["--version", 0, /^\d+\.\d+\.\d+\n$/],
  ["", 2, /^Usage: chitieu/],
  ["nothing", 2, /unknown command 'nothing'/],
  ["build --nothing", 2, /unknown option '--nothing'[\s\S]*Usage: chitieu build/],
  ["ingest", 2, /missing required argument 'file'/],
  ["forms", 2, /Name either a period/],
  ["forms 2024-Q2 --due 2024-06", 2, /Name either a period/],
  ["forms --due 2024-13", 2, /must be a month such as 2024-06/],
  ["forms --due 2001-01", 2, /No report is due in 2001-01. Last days to report are: .*2024-06-09/],
  ["build more", 2, /too many arguments/],
  ["build --as-of 2024-13-01", 2, /"2024-13-01" is not a moment like 2024-06-08T10:00/],
  ["build --as-of 2999-01-01", 2, /It lies in the future/],
  ["ingest @good.csv --received 2999-01-01", 2, /It lies in the future/],
  ["serve --port x", 2, /must be a whole number from 0 to 65535/],
  ["forms Q9 S", 2, /No plan has a period "Q9"\. There are: Q1, Q2, Q3, Q4, Y\./],
  ["forms Q2 --plan khac S", 2, /There is no plan "khac"\. There are: thu\./],
  ["forms Q2 --unit XX S", 2, /No unit "XX" owes a report then\. There are: GD, UB-01, UB-02\./],
  ["status Q9 S", 2, /No plan has a period "Q9"/],
  ["plan read @none.docx S", 1, /none\.docx: không có tệp này hoặc không mở được \(ENOENT\)/],
  ["plan read @good.csv S", 0, /^Số, ký hiệu: \(không thấy\)[\s\S]*Chế độ báo cáo \(0\):/],
  ["plan check @none.yaml S", 1, /none\.yaml: không có tệp này \(ENOENT\)/],
  ["plan check @wrong.yaml S", 1, /wrong\.yaml:1: schema: ghi “9”: phải là 2/],
  ["plan check @sources/plans/thu.yaml S", 0, /12 số liệu, 5 kỳ, 2 đơn vị\. Không có lỗi/],
  ["build --sources none --warehouse @warehouse", 1, /No plan file in none\/plans/],
  ["doctor S", 0, /^No problem found\.[\s\S]*ok {7}sources plan: thu: \d+ indicators, \d+ units$/m],
  ["doctor --sources none --warehouse @warehouse", 1, /^Problems: 1\.[\s\S]*No plan file in none/],
  [
    "doctor --warehouse none --sources @sources",
    1,
    /none is no warehouse: there is no such folder/,
  ],
  ["backup @warehouse/copy S", 2, /lies in the warehouse, with which the backup would be lost/],
  ["backup @backups S --keep 0", 2, /It must be 1, 2, 3, …/],
  ["completion tcsh", 2, /Allowed choices are bash, zsh, fish/],
  ["site --out x S", 1, /Build the models first: chitieu build/],
  ["serve S", 1, /Build the models first: chitieu build/],
  ["ingest @none.csv S", 1, /there is no such file or folder/],
  [
    "ingest @bad.csv S",
    1,
    /refused {3}bad\.csv \(UTF-8, comma\)\n {2}1\. Dòng 2: Số liệu “Số người” ghi “xx”/,
  ],
  [
    "ingest @good.csv S",
    0,
    /accepted {2}good\.csv \(UTF-8, comma\)\n +UBND phường Một, Quý 2 \(Q2\): 1 readings/,
  ],
  [
    "status Q2 S",
    0,
    /^ĐÔN ĐỐC: 3 báo cáo quá hạn chưa gửi; 3 đơn vị\.\nQuý 2 \(hạn gửi: hết ngày 29\/6\/2024\)\n {2}Chưa gửi: GD; [\s\S]*UBND phường Một +Chưa gửi/,
  ],
  ["build S", 0, /^\d+ models, \d+ checks, as of .* s: \S+\/warehouse\/marts\.duckdb$/m],
  [
    "build --as-of 2024-07-01T12:00 S",
    0,
    /, as of 2024-07-01 12:00:00, in .* s: \S+\/marts-2024-07-01T12-00-00\.duckdb$/m,
  ],
  ["refresh S", 0, /inbox: nothing to ingest\n[\s\S]*models: \d+ built/],
];

/** Those that are run as a program of their own: with each exit code, to each stream. */
const AS_PROGRAM = ["--version", "nothing", "ingest @bad.csv S", "ingest @good.csv S"];

test.concurrent.each(CASES)("chitieu %s → %i", async (line, code, said) => {
  const world = newWorld("2024");
  mkdirSync(world.paths.archive, { recursive: true });
  writeFileSync(join(world.folder, "good.csv"), csvOf(["UB-01,Q2,,people,5,"]));
  writeFileSync(join(world.folder, "bad.csv"), csvOf(["UB-01,Q2,,people,xx,"]));
  writeFileSync(join(world.folder, "wrong.yaml"), "schema: 9\n");
  const args = line
    .split(" ")
    .filter((word) => word !== "")
    .flatMap((word) =>
      word === "S"
        ? ["--sources", world.sources, "--warehouse", world.paths.folder]
        : [word.replace("@", `${world.folder}/`)],
    );
  const ended = AS_PROGRAM.includes(line)
    ? await run(args, { cwd: world.folder })
    : await runHere(args);
  expect(ended.out + ended.err).toMatch(said);
  expect(ended.code).toBe(code);
  expect(ended.err).not.toMatch(/^\s+at /m);
});

/** Commands that read a warehouse, with what else each of them needs. */
const READERS = [
  "status",
  "findings",
  "findings acknowledge 1 --reason vì",
  "texts",
  "texts release 1 --for shared --by An",
  "texts strike 1 --by An",
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
  expect(absent.err).toContain(`${world.paths.folder} is no warehouse: there is no such folder.`);
  expect(absent.code).toBe(2);
  const other = await runHere([...args, ...folders, world.sources]);
  expect(other.err).toMatch(/sources is no warehouse: it holds no ledger\.duckdb, no archive\//);
  expect(other.code).toBe(2);
});

import { examineBackups } from "../doctor/backups.ts";
import type { Diagnosis } from "../doctor/diagnosis.ts";
import { examineMachine } from "../doctor/machine.ts";
import { examineSources } from "../doctor/sources.ts";
import { examineWarehouse } from "../doctor/warehouse.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { backupsOption, type FolderCommand, jsonOption } from "./options.ts";

/** `doctor`: looks, and changes nothing. */
export function define(command: FolderCommand, context: Context): void {
  command
    .addOption(backupsOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const isNamed = command.getOptionValueSource("warehouse") !== "default";
      const findings = [
        ...(await examineMachine(options.warehouse)),
        ...(await examineWarehouse(options.warehouse, isNamed, options.sources)),
        ...(options.backups === undefined
          ? []
          : [await examineBackups(options.backups, new Date())]),
        ...(await examineSources(options.sources, warehousePaths(options.warehouse))),
      ];
      const problems = findings.filter(({ state }) => state === "problem");
      if (problems.length > 0) context.refuse();
      context.out(options.json ? jsonText(findings) : findingsText(findings, problems.length));
    });
}

function findingsText(findings: readonly Diagnosis[], problems: number): string {
  const verdict = problems === 0 ? "Không có vấn đề nào." : `Số vấn đề: ${problems}.`;
  return [verdict, ...findings.map(findingText)].join("\n");
}

const STATES = {
  ok: "tốt",
  note: "lưu ý",
  problem: "vấn đề",
} as const satisfies Record<Diagnosis["state"], string>;

const OF = {
  machine: "máy",
  warehouse: "kho dữ liệu",
  sources: "nguồn",
} as const satisfies Record<Diagnosis["of"], string>;

/** What was looked at, where its code is no word of ours. */
const WHAT: Readonly<Record<string, string>> = {
  engine: "DuckDB",
  "time zone": "múi giờ",
  memory: "bộ nhớ",
  disk: "ổ đĩa",
  pages: "trang báo cáo",
  plan: "kế hoạch",
  areas: "địa bàn",
  inbox: "thư mục nhận tệp",
  folder: "thư mục",
  ledger: "sổ tiếp nhận",
  archive: "kho lưu trữ",
  marts: "số liệu",
  altered: "đối chiếu",
  watch: "tiếp nhận tự động",
  clock: "đồng hồ",
  backup: "sao lưu",
};

function findingText({ of, what, state, found, remedy }: Diagnosis): string {
  const line = `${STATES[state].padEnd(8)} ${OF[of]} ${WHAT[what] ?? what}: ${found}`;
  return remedy === null ? line : `${line}\n${" ".repeat(9)}→ ${remedy}`;
}

import type { WarehousePaths } from "../warehouse/paths.ts";
import { examineBackups } from "./backups.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";
import { examineDisk } from "./machine.ts";
import { examineWarehouse } from "./warehouse.ts";

/** Where a monitor asks, without a log-in. */
export const HEALTH_PATH = "/suc-khoe";
/** The same in the text format of Prometheus. */
export const METRICS_PATH = "/metrics";

/** An answer holds so long, however often it is asked for. */
const HOLDS_MS = 10_000;

/** What a monitor is told: what `chitieu doctor` looks at and how it is; no figure, name or path. */
export interface Health {
  readonly state: "ok" | "problem";
  readonly checks: readonly Pick<Diagnosis, "what" | "state" | "amount">[];
}

/** What is asked about. */
export interface HealthRequest {
  readonly paths: WarehousePaths;
  /** Where its backups are; null where nobody has said. */
  readonly backups: string | null;
  /** How many files and forms wait at the desk. */
  readonly waiting: () => number;
}

/** Asks again and again how a warehouse is. */
export function healthOf(request: HealthRequest): () => Promise<Health> {
  let kept: { readonly until: number; readonly health: Promise<Health> } | null = null;
  return () => {
    // of the process, which no clock that is set moves
    const now = performance.now();
    if (kept === null || now > kept.until)
      kept = { until: now + HOLDS_MS, health: examine(request) };
    return kept.health;
  };
}

async function examine({ paths, backups, waiting }: HealthRequest): Promise<Health> {
  const amount = waiting();
  const found = [
    ...(await examineWarehouse(paths.folder, true)),
    await examineDisk(paths.folder),
    ...(backups === null ? [] : [await examineBackups(backups, new Date())]),
    { ...chartOf("warehouse").ok("queue", `${amount} tệp, biểu đang chờ`), amount },
  ];
  const checks = found.map(({ what, state, amount }) => ({ what, state, amount }));
  return { state: checks.some(({ state }) => state === "problem") ? "problem" : "ok", checks };
}

/** What of a check is measured, as a metric. */
const METRICS: Readonly<Record<string, readonly [name: string, help: string]>> = {
  ledger: ["chitieu_journal_entries", "Entries of the journal."],
  marts: ["chitieu_figures_age_seconds", "How long ago the figures were computed."],
  disk: ["chitieu_disk_free_bytes", "Room on the disk of the warehouse."],
  backup: ["chitieu_backup_age_seconds", "How long ago the last backup was made."],
  queue: ["chitieu_waiting_files", "Files and forms that wait at the desk."],
};

/** Health in the text format of Prometheus, 0.0.4. */
export function metricsText({ checks }: Health): string {
  const problems = [...new Set(checks.map(({ what }) => what))].map((what) => {
    const is = checks.some((one) => one.what === what && one.state === "problem");
    return `chitieu_problem{check="${what}"} ${is ? 1 : 0}`;
  });
  const memory = process.memoryUsage.rss();
  const gauge = (name: string, help: string, lines: readonly string[]): string[] => [
    ...[`# HELP ${name} ${help}`, `# TYPE ${name} gauge`],
    ...lines,
  ];
  const lines = [
    ...gauge("chitieu_problem", "Whether chitieu doctor names a problem.", problems),
    ...gauge("process_resident_memory_bytes", "Memory of the desk.", [
      `process_resident_memory_bytes ${memory}`,
    ]),
    ...checks.flatMap(({ what, amount }) => {
      const [name, help] = METRICS[what] ?? [];
      if (name === undefined || help === undefined || amount === undefined) return [];
      return gauge(name, help, [`${name} ${amount}`]);
    }),
  ];
  return `${lines.join("\n")}\n`;
}

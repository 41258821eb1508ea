import { setTimeout as sleep } from "node:timers/promises";
import type { ClockDoubt } from "../ledger/clock.ts";
import { JournalEnd } from "../ledger/journal-end.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { examineBackups } from "./backups.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";
import { examineDisk } from "./machine.ts";
import { clockFinding, examineLedger, examineWarehouse, type LedgerState } from "./warehouse.ts";

/** Where a monitor asks, without a log-in. */
export const HEALTH_PATH = "/suc-khoe";
/** The same in the text format of Prometheus. */
export const METRICS_PATH = "/metrics";

/** An answer holds so long, however often it is asked for. */
const HOLDS_MS = 10_000;

/**
 * What was found in ledger, journal and archive holds so long where nothing is recorded, and so long where
 * something is: with the files of years a look takes a second of processor time.
 */
const LEDGER_HOLDS_MS = 600_000;
const RECORDED_HOLDS_MS = 60_000;

/** So long an answer waits for the turn at the ledger; then it says what was found before. */
const PATIENCE_MS = 3000;

/** What a monitor is told: what `chitieu doctor` looks at and how it is; no figure, name or path. */
export interface Health {
  readonly state: "ok" | "problem";
  readonly checks: readonly Pick<Diagnosis, "what" | "state" | "amount">[];
}

/** What works with the ledger in this process: two that open it at a time would undo each other's lock. */
export interface Office {
  /** How many files and forms wait. */
  readonly waiting: number;
  /** Why the clock is asked about; null where nothing speaks against it. */
  readonly clockDoubt: ClockDoubt | null;
  /** Does something when it is its turn. */
  read<T>(work: () => Promise<T>): Promise<T>;
}

/** What is asked about. */
export interface HealthRequest {
  readonly paths: WarehousePaths;
  /** Where its backups are; null where nobody has said. */
  readonly backups: string | null;
  readonly office: Office;
}

/** Asks again and again how a warehouse is. */
export function healthOf(request: HealthRequest): () => Promise<Health> {
  let kept: { readonly until: number; readonly health: Promise<Health> } | null = null;
  const ledger = ledgerLook(request);
  return () => {
    // of the process, which no clock that is set moves
    const now = performance.now();
    if (kept === null || now > kept.until) {
      kept = { until: now + HOLDS_MS, health: examine(request, ledger) };
    }
    return kept.health;
  };
}

async function examine(
  { paths, backups, office }: HealthRequest,
  ledger: () => Promise<LedgerState>,
): Promise<Health> {
  const amount = office.waiting;
  const found = [
    ...(await examineWarehouse(paths.folder, true, undefined, ledger)),
    await examineDisk(paths.folder),
    ...(backups === null ? [] : [await examineBackups(backups, new Date())]),
    { ...chartOf("warehouse").ok("queue", `${amount} tệp, biểu đang chờ`), amount },
  ];
  const checks = found.map(({ what, state, amount }) => ({ what, state, amount }));
  return { state: checks.some(({ state }) => state === "problem") ? "problem" : "ok", checks };
}

/** Looks at the ledger by turns with the office, and no oftener than it has to. */
function ledgerLook({ paths, office }: HealthRequest): () => Promise<LedgerState> {
  const journal = new JournalEnd(paths);
  const nothingYet = chartOf("warehouse").note("ledger", "đang mở bàn làm việc", "Chờ ít phút.");
  let found: LedgerState = { findings: [nothingYet], lastRecorded: null };
  let [looked, entries] = [Number.NEGATIVE_INFINITY, ""];
  let looking: Promise<void> | null = null;
  return async () => {
    const last = await journal.file();
    const holds = last === entries ? LEDGER_HOLDS_MS : RECORDED_HOLDS_MS;
    if (performance.now() > looked + holds) {
      looking ??= office
        .read(() => examineLedger(paths))
        .then((state) => {
          found = state;
          [looked, entries] = [performance.now(), last];
        })
        .finally(() => {
          looking = null;
        });
      await Promise.race([looking, sleep(PATIENCE_MS, null, { ref: false })]);
    }
    // the desk knows at once where the clock is set
    const findings = found.findings.map((one) =>
      one.what === "clock" ? clockFinding(office.clockDoubt) : one,
    );
    return { ...found, findings };
  };
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

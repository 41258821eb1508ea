import { accessSync, constants, existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readWatchState, type WatchState, waitingFor } from "../intake/watch-state.ts";
import { NEVER_KEPT } from "../ledger/archive.ts";
import { type ClockDoubt, clockDoubt, clockRemedy, clockWords } from "../ledger/clock.ts";
import { listEntries } from "../ledger/journal.ts";
import { verifyReports } from "../publishing/verify.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, readRow, readRows, WholeNumber, withConnection } from "../warehouse/connection.ts";
import { notAWarehouse } from "../warehouse/existing.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { martsChecked } from "../warehouse/shown-marts.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { findAlterations } from "./alterations.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";

const { ok, note, problem } = chartOf("warehouse");

const RESTORE =
  "Chạy chitieu verify để biết cách sửa; chitieu restore BẢN_SAO --files trả lại các tệp đã nhận.";

/**
 * Whether a warehouse is whole and up to date. Nothing is changed, and nobody is waited for.
 * @param isNamed whether somebody named the folder; without that there may be none yet
 * @param sources with plans and areas, of which marts are computed once more and compared
 * @param ledger looks at it, where this process works with it besides
 */
export async function examineWarehouse(
  folder: string,
  isNamed: boolean,
  sources?: string,
  ledger = examineLedger,
): Promise<Diagnosis[]> {
  const reason = notAWarehouse(folder);
  if (reason !== undefined) {
    const found = `${folder} không phải kho dữ liệu: ${reason}`;
    return isNamed || existsSync(folder)
      ? [problem("folder", found, "Nêu đúng kho bằng --warehouse.")]
      : [note("folder", `chưa có ${folder}`, "chitieu refresh tạo ra.")];
  }
  const paths = warehousePaths(folder);
  const rights = accessRights(paths);
  if (rights.state === "problem") return [rights];
  const { findings, lastRecorded } = await ledger(paths);
  const isFree = findings.every(({ what, state }) => state === "ok" || what === "clock");
  return [
    ...[rights, ...findings, marts(paths, lastRecorded)],
    ...(isFree && sources !== undefined ? await altered(paths, sources) : []),
    ...watch(await readWatchState(paths)),
  ];
}

/** What was altered of versions and of what is derived, as `chitieu verify` says it. */
async function altered(paths: WarehousePaths, sources: string): Promise<Diagnosis[]> {
  try {
    const catalogue = readCatalogue(sources, { plans: paths.plans });
    const checked = await verifyReports(paths, { planId: null, period: null }, undefined, false);
    const { faults, notes } = await findAlterations(paths, catalogue);
    const all = [
      ...checked.versions.flatMap((one) =>
        one.faults.map(
          (fault) => `${one.plan_id} ${one.period} phiên bản ${one.version}: ${fault}`,
        ),
      ),
      ...checked.faults,
      ...faults,
    ];
    return [
      ...(all.length === 0
        ? [ok("altered", "các phiên bản, số liệu và trang còn như khi lập")]
        : []),
      ...all.map((fault) => problem("altered", fault, RESTORE)),
      ...notes.map((one) => note("altered", one)),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [note("altered", `chưa kiểm tra được: ${error.message}`, "Sửa lỗi ấy trước.")];
  }
}

/** What the watch waits for, or that it has died. */
function watch(state: WatchState | null): Diagnosis[] {
  if (state === null) return [];
  if (!state.isRunning) {
    const found = `tiếp nhận tự động đã dừng đột ngột; lần ghi cuối ${officeTime(new Date(state.written_at))}`;
    return [problem("watch", found, "Khởi động lại.")];
  }
  const since = officeTime(new Date(state.since));
  if (state.waiting.length === 0) return [ok("watch", `chạy từ ${since}`)];
  return state.waiting.map(({ for: what, since: from, reason, again_at }) =>
    problem(
      "watch",
      `chờ từ ${officeTime(new Date(from))} (${waitingFor(what)}): ${reason}`,
      again_at === null
        ? "Tự tiếp tục khi có thay đổi."
        : `Thử lại lúc ${officeTime(new Date(again_at))}.`,
    ),
  );
}

/** Whoever runs commands must be able to write everything, also what another user made. */
function accessRights(paths: WarehousePaths): Diagnosis {
  const { folder, ledger, archive, entries, marts, replies } = paths;
  const there = [folder, ledger, archive, entries, marts, replies].filter((one) => existsSync(one));
  const closed = there.filter((one) => !isWritable(one));
  return closed.length === 0
    ? ok("folder", `đọc, ghi được ${folder}`)
    : problem(
        "folder",
        `người dùng này không có quyền đọc hoặc ghi ${closed.join(", ")}`,
        "Chạy chitieu bằng người dùng sở hữu kho dữ liệu, hoặc cấp quyền các tệp cho người dùng này.",
      );
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export interface LedgerState {
  readonly findings: readonly Diagnosis[];
  /** Null where it cannot be known. */
  readonly lastRecorded: Date | null;
}

/** How ledger, journal and archive are. The ledger is opened, so not while this process has it open. */
export async function examineLedger(paths: WarehousePaths): Promise<LedgerState> {
  if (!existsSync(paths.ledger)) {
    const entries = await listEntries(paths);
    const finding =
      entries.length === 0
        ? note("ledger", "chưa nhận tệp nào")
        : problem(
            "ledger",
            `không có ${paths.ledger}, mà kho lưu trữ có ${entries.length} mục nhật ký`,
            "Chạy chitieu rebuild.",
          );
    return { findings: [finding], lastRecorded: null };
  }
  try {
    return await withConnection(async (connection) => {
      await attach(connection, paths.ledger, "ledger", { readOnly: true, patienceMs: 0 });
      return {
        findings: [
          await journal(connection, paths),
          await archived(connection, paths),
          await clock(connection),
        ],
        lastRecorded: await lastRecorded(connection),
      };
    });
  } catch (error) {
    return { findings: [await unreadable(paths, error)], lastRecorded: null };
  }
}

async function unreadable(paths: WarehousePaths, error: unknown): Promise<Diagnosis> {
  const message = error instanceof Error ? error.message : String(error);
  const holder = error instanceof Failure ? /tiến trình (\d+)/.exec(message)?.[1] : undefined;
  if (holder !== undefined) {
    const command = await readFile(`/proc/${holder}/cmdline`, "utf8").catch(() => "");
    const what = command === "" ? "" : ` (${command.replaceAll("\0", " ").trim()})`;
    const found = `${paths.ledger} đang do tiến trình ${holder}${what} giữ`;
    return note(
      "ledger",
      found,
      "Chạy lại khi tiến trình ấy xong; phần đang giữ chưa được kiểm tra.",
    );
  }
  const found = `không đọc được ${paths.ledger}: ${message.split("\n", 1)[0]}`;
  return problem("ledger", found, "Chạy chitieu rebuild để dựng lại từ kho lưu trữ.");
}

/** Whether ledger and journal end with the same entry. */
async function journal(connection: DuckDBConnection, paths: WarehousePaths): Promise<Diagnosis> {
  const { last, held } = await readRow(
    connection,
    z.object({ last: z.int(), held: z.int() }),
    "select coalesce(max(entry_no), 0)::integer as last, count(*)::integer as held from ledger.entry",
  );
  const entries = await listEntries(paths);
  const [there, written] = [entries.length, entries.at(-1)?.entryNo ?? 0];
  if (written === last && there === held) {
    return { ...ok("ledger", `${held} mục, đủ trong nhật ký`), amount: held };
  }
  if (written > last && there - held === written - last) {
    const found = `${written - last} mục nhật ký chưa vào sổ tiếp nhận`;
    return note("ledger", found, "Lệnh tiếp nhận kế tiếp sẽ ghi vào.");
  }
  const found = `sổ tiếp nhận có ${held} mục đến số ${last}, nhật ký có ${there} mục đến số ${written}`;
  return problem("ledger", found, RESTORE);
}

/** Whether every file that was kept and not erased is in the archive. Their content is for rebuild and backup. */
async function archived(connection: DuckDBConnection, paths: WarehousePaths): Promise<Diagnosis> {
  const rows = await readRows(
    connection,
    ReceivedRow,
    `select file_name, sha256
    from ledger.receipt as receipt
    where
        sha256 not in (select sha256 from ledger.erased where what = 'file')
        and not exists (
            from ledger.problem as problem
            where
                problem.receipt_no = receipt.receipt_no
                and problem.code in (${NEVER_KEPT.map(quoteLiteral).join(", ")})
        )
    order by receipt_no`,
  );
  const names = new Set(await readdir(paths.archive).catch(() => []));
  const missing = rows.filter(({ sha256 }) => !names.has(sha256));
  const [first] = missing;
  if (first === undefined) return ok("archive", `đủ tệp của ${rows.length} phiếu`);
  const found = `thiếu ${missing.length}/${rows.length} tệp đã nhận, như ${first.file_name} (${first.sha256})`;
  return problem("archive", found, RESTORE);
}

/** Whether something speaks against the clock, before anything is recorded by it. */
async function clock(connection: DuckDBConnection): Promise<Diagnosis> {
  return clockFinding(await clockDoubt(connection, new Date()));
}

/** What speaks against the clock, or that nothing does. */
export function clockFinding(doubt: ClockDoubt | null): Diagnosis {
  if (doubt === null) return ok("clock", "khớp với nhật ký");
  return problem("clock", clockWords(doubt), `${clockRemedy(doubt)} Xem chitieu clock.`);
}

/** A received file. */
const ReceivedRow = z.object({ file_name: z.string(), sha256: z.string() });

async function lastRecorded(connection: DuckDBConnection): Promise<Date | null> {
  const { moment } = await readRow(
    connection,
    z.object({ moment: WholeNumber.nullable() }),
    "select ceil(epoch_ms(max(recorded_at)))::bigint as moment from ledger.receipt",
  );
  return moment === null ? null : new Date(moment);
}

function marts(paths: WarehousePaths, recorded: Date | null): Diagnosis {
  const built = martsChecked(paths.marts);
  if (built === null) return note("marts", "chưa được tính", "Chạy chitieu build.");
  const age = `tính lúc ${officeTime(built)}`;
  const one =
    recorded !== null && recorded > built
      ? problem(
          "marts",
          `${age}; tệp cuối được nhận lúc ${officeTime(recorded)}`,
          "Chạy chitieu build, và tìm vì sao lần cập nhật trước không xong.",
        )
      : ok("marts", age);
  return { ...one, amount: (Date.now() - built.getTime()) / 1000 };
}

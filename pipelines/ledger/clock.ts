import { uptime } from "node:os";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { momentText as wordsOfMoment } from "../sentences/report-words.ts";
import { dayAfter, officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { lastEntry } from "./entry.ts";
import { ENTRY_KINDS, type EntryKind } from "./journal.ts";
import { readLedger } from "./ledger.ts";
import { nameOf, type Recording, recordRows } from "./recorded-acts.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A clock is set by so much without anybody's doing. */
const SET_MS = 5 * MINUTE_MS;

/** So long nothing comes where something came within a week. */
const PAUSE_MS = DAY_MS;
const WEEK_MS = 7 * DAY_MS;

/** For longer no office is silent that reports by the quarter. */
const SILENCE_MS = 100 * DAY_MS;

/** Why a clock is asked about before anything is recorded by it. */
export interface ClockDoubt {
  /** The last that was recorded lies after what the clock says, or so far before it. */
  readonly is: "behind" | "ahead";
  readonly now: Date;
  readonly last: Date;
  /** Numbers of the entries that lie after what the clock says; null where none does. */
  readonly after: { readonly first: number; readonly last: number } | null;
}

const Standing = z.object({
  last: WholeNumber.nullable(),
  first_after: WholeNumber.nullable(),
  last_after: WholeNumber.nullable(),
  is_demonstration: z.boolean(),
});

/**
 * Why the clock of the machine is to be asked about; null where nothing speaks against it. A
 * demonstration is recorded at moments of its own and says nothing.
 * @param connection with the ledger attached as `ledger`
 * @param steady of a process that has been running: a clock that was right and ran on is right
 */
export async function clockDoubt(
  connection: DuckDBConnection,
  now: Date,
  steady?: SteadyClock,
): Promise<ClockDoubt | null> {
  const found = await readRow(
    connection,
    Standing,
    `select
        epoch_ms(max(moment)) as last,
        min(entry_no) filter (where epoch_ms(moment) > $now) as first_after,
        max(entry_no) filter (where epoch_ms(moment) > $now) as last_after,
        coalesce(
            (
                select is_demonstration from ledger.main.receipt
                order by receipt_no desc limit 1
            ),
            false
        ) as is_demonstration
    from ledger.main.entry`,
    { now: BigInt(now.getTime()) },
  );
  const { last, first_after: first, last_after } = found;
  if (last === null || found.is_demonstration) return null;
  const is = isBehind(last, now) ? "behind" : isAhead(last, now) ? "ahead" : null;
  if (is === null || (is === "ahead" && steady?.isRight(now) === true)) {
    steady?.keep(now);
    return null;
  }
  const after = first === null || last_after === null ? null : { first, last: last_after };
  return { is, now, last: new Date(last), after };
}

function isBehind(last: number, now: Date): boolean {
  const isOfOtherDay = officeTime(new Date(last)).slice(0, 10) > officeTime(now).slice(0, 10);
  return last - now.getTime() > SET_MS || isOfOtherDay;
}

function isAhead(last: number, now: Date): boolean {
  const pause = now.getTime() - last;
  if (pause > SILENCE_MS) return true;
  return pause <= WEEK_MS && pause - weekendBetween(last, now) > PAUSE_MS;
}

/** The Saturdays and Sundays since something was recorded, on a working day; nothing on another. */
function weekendBetween(last: number, now: Date): number {
  const today = officeTime(now).slice(0, 10);
  if (isOfWeekend(today)) return 0;
  let days = 0;
  const first = dayAfter(officeTime(new Date(last)).slice(0, 10));
  for (let day = first; day < today; day = dayAfter(day)) days += isOfWeekend(day) ? 1 : 0;
  return days * DAY_MS;
}

function isOfWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/**
 * Knows whether a clock has run on, by the time that the machine has been up, which counts while it
 * is suspended, too. So a program that runs all the time is not asked after a quiet week.
 */
export class SteadyClock {
  #at = Date.now() - uptime() * 1000;
  #sets = 0;
  #right: number | null = null;

  /** How often the clock was set since this was made. */
  setsUntil(now = new Date()): number {
    const at = now.getTime() - uptime() * 1000;
    if (Math.abs(at - this.#at) > SET_MS) this.#sets += 1;
    this.#at = at;
    return this.#sets;
  }

  isRight(now: Date): boolean {
    return this.setsUntil(now) === this.#right;
  }

  /** Nothing speaks against it now. */
  keep(now: Date): void {
    this.#right = this.setsUntil(now);
  }
}

/** Nothing is recorded, since the clock is asked about first. */
export class ClockAsked extends Failure {
  readonly doubt: ClockDoubt;

  constructor(doubt: ClockDoubt) {
    super(
      `${clockWords(doubt)} Chưa ghi gì. ${clockRemedy(doubt)} Lệnh: chitieu clock; ở bàn làm việc: mục “Đồng hồ”.`,
    );
    this.doubt = doubt;
  }
}

/** What speaks against the clock, in Vietnamese. */
export function clockWords({ is, now, last, after }: ClockDoubt): string {
  const says = `Đồng hồ máy chỉ ${momentText(now)}`;
  if (is === "ahead") {
    const days = Math.floor((now.getTime() - last.getTime()) / DAY_MS);
    return `${says}, ${days} ngày sau lần ghi cuối (${momentText(last)}).`;
  }
  const entries =
    after === null
      ? ""
      : after.first === after.last
        ? `, mục ${after.first} của nhật ký`
        : `, các mục ${after.first}–${after.last} của nhật ký`;
  return `${says}, trước lần ghi cuối (${momentText(last)}${entries}).`;
}

/** What is to be done about it, in Vietnamese. */
export function clockRemedy({ is }: ClockDoubt): string {
  return is === "ahead"
    ? "Đồng hồ sai thì chỉnh lại đồng hồ máy; đúng thì xác nhận đồng hồ đúng, kèm lý do."
    : "Đồng hồ sai thì chỉnh lại đồng hồ máy; đúng thì các mục ấy đã ghi theo đồng hồ sai: ghi lại thời điểm đúng của chúng.";
}

/** Why something waits; the same as long as it does. */
export function waitingWords(doubt: ClockDoubt): string {
  const how = doubt.is === "ahead" ? "đi trước quá xa" : "chậm hơn";
  return `đồng hồ máy ${how} lần ghi cuối (${momentText(doubt.last)}). ${clockRemedy(doubt)}`;
}

/**
 * Asks about the clock before something is recorded.
 * @throws ClockAsked where something speaks against it
 */
export async function askAboutClock(
  paths: WarehousePaths,
  now: Date,
  steady?: SteadyClock,
): Promise<void> {
  const doubt = await readLedger(paths, (connection) => clockDoubt(connection, now, steady));
  if (doubt !== null) throw new ClockAsked(doubt);
}

const momentText = (moment: Date): string => wordsOfMoment(officeTime(moment));

interface ClockAct extends Recording {
  readonly reason: string;
}

/**
 * Records that somebody has looked and the clock is right: from then on it is asked about no more.
 * @throws Failure where something was recorded after what the clock says, or it cannot be written
 */
export async function confirmClock(paths: WarehousePaths, act: ClockAct): Promise<void> {
  const doubt = await readLedger(paths, (connection) => clockDoubt(connection, act.recordedAt));
  if (doubt === null) throw new Failure("Không có gì phải xác nhận: đồng hồ máy khớp với nhật ký.");
  if (doubt.is === "behind") throw new ClockAsked(doubt);
  await recordRows(paths, "clock", "clock_act", act, () => [
    { act: "confirmed", said: act.reason, said_by: nameOrNone(act) },
  ]);
}

/** Of an entry that is such a record, in SQL: nothing that was derived before is other by it. */
export const CONFIRMS_CLOCK = `coalesce(
    case when kind = 'clock' then content::json->>'$.rows.clock_act[0].act' end = 'confirmed',
    false
)`;

/** Entries that were recorded under a wrong clock, and when the first of them was. */
export interface Correction extends ClockAct {
  readonly first: number;
  readonly last: number;
  readonly at: Date;
}

/**
 * Sets right when entries were recorded: all are moved by as much as the first. They stay as they are;
 * what goes by moments goes by the corrected ones from then on.
 * @throws Failure where they are not there, or would lie before the entry before them, after the one
 * after them, or in the future; nothing is recorded then
 */
export async function correctClock(paths: WarehousePaths, correction: Correction): Promise<void> {
  const { first, last, at, recordedAt, reason } = correction;
  await recordRows(paths, "clock", "clock_act", correction, async (connection) => {
    const entries = await readEntries(connection, { from: first - 1, to: last + 1 });
    const momentOf = (no: number): number | undefined =>
      entries.find(({ entry_no }) => entry_no === no)?.moment.getTime();
    const [was, end] = [momentOf(first), momentOf(last)];
    if (was === undefined || end === undefined || first > last) {
      throw new Failure(`Nhật ký không có các mục ${first}–${last}.`);
    }
    const latest = Math.min(momentOf(last + 1) ?? Infinity, recordedAt.getTime());
    const before = momentOf(first - 1) ?? 0;
    // people say minutes
    const isSameMinute = at.getTime() < before && before - at.getTime() < MINUTE_MS;
    const shift = (isSameMinute ? before : at.getTime()) - Math.floor(was / 1000) * 1000;
    const fault =
      at.getTime() < before && !isSameMinute
        ? `trước mục ${first - 1} (${momentText(new Date(before))})`
        : end + shift > latest
          ? `sau ${momentText(new Date(latest))}, ${momentOf(last + 1) === latest ? `lúc ghi mục ${last + 1}` : "theo đồng hồ máy bây giờ"}`
          : shift === 0
            ? "như đang ghi"
            : null;
    if (fault !== null) {
      throw new Failure(
        `Với thời điểm ấy các mục ${first}–${last} (${momentText(new Date(at))} đến ${momentText(new Date(end + shift))}) nằm ${fault}. Chưa ghi gì.`,
      );
    }
    const entriesMoved = { first_entry: first, last_entry: last, shift_ms: shift };
    return [{ act: "corrected", ...entriesMoved, said: reason, said_by: nameOrNone(correction) }];
  });
}

function nameOrNone({ by }: Recording): string {
  return by === undefined ? "" : nameOf(by);
}

/** What an entry is about, in Vietnamese. */
export const ENTRY_NAMES: Readonly<Record<EntryKind, string>> = {
  receipt: "tiếp nhận",
  acknowledgement: "xác nhận điểm cần kiểm tra",
  explanation: "giải trình",
  reminder: "đôn đốc",
  publication: "phát hành",
  decision: "quyết định ai được đọc",
  erasure: "xóa",
  plan: "kế hoạch",
  report: "gia hạn, trả lại, rút báo cáo",
  shortfall: "nguyên nhân, giải pháp",
  clock: "đồng hồ",
};

const EntryMoment = z.object({
  entry_no: WholeNumber,
  kind: z.enum(ENTRY_KINDS),
  /** As it was written. */
  recorded: z.coerce.number().transform((ms) => new Date(ms)),
  /** As it was set right since. */
  moment: z.coerce.number().transform((ms) => new Date(ms)),
});
export type EntryMoment = z.infer<typeof EntryMoment>;

/**
 * What the clock and the journal say of each other: a doubt, and the last entries.
 * @param most so many entries
 * @throws Failure when the ledger cannot be read
 */
export async function clockState(
  paths: WarehousePaths,
  now: Date,
  most: number,
  steady?: SteadyClock,
): Promise<{ readonly doubt: ClockDoubt | null; readonly entries: readonly EntryMoment[] }> {
  return readLedger(paths, async (connection) => {
    const to = (await lastEntry(connection))?.entryNo ?? 0;
    const entries = await readEntries(connection, { from: to - most + 1, to });
    return { doubt: await clockDoubt(connection, now, steady), entries };
  });
}

/** Entries with their moments, in their order, of the ledger that is attached. */
export async function readEntries(
  connection: DuckDBConnection,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<EntryMoment[]> {
  return readRows(
    connection,
    EntryMoment,
    `select entry_no, kind, epoch_ms(recorded_at) as recorded, epoch_ms(moment) as moment
    from ledger.main.entry
    where moment is not null and entry_no between $from and $to
    order by entry_no`,
    { from, to },
  );
}

/**
 * When the first of some entries that lie in the future may have been recorded: at the same time of
 * day, on the last day on which none of them does; null where that is before the entry before them.
 */
export function likelyMoment(
  { now, after }: ClockDoubt,
  entries: readonly EntryMoment[],
): string | null {
  const momentOf = (no: number): number | undefined =>
    entries.find(({ entry_no }) => entry_no === no)?.moment.getTime();
  const first = momentOf(after?.first ?? 0);
  const last = momentOf(after?.last ?? 0);
  if (after === null || first === undefined || last === undefined) return null;
  const days = Math.ceil((last - now.getTime()) / DAY_MS);
  const at = first - days * DAY_MS;
  if (at < (momentOf(after.first - 1) ?? 0)) return null;
  return officeTime(new Date(at)).replace(" ", "T");
}

import { appendFile, mkdir, readdir, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { officeTime } from "../../vocabulary/date.ts";
import { sha256Of, unlessMissing } from "../../warehouse/files.ts";
import { uniqueName } from "../../warehouse/random.ts";
import { readKept, writeKept } from "./kept-file.ts";

const Line = z.object({
  /** sha256 of the line before, whatever month it is of; null in the first of all. */
  previous: z.string().nullable(),
  /** ISO text. */
  at: z.string(),
  /** Null where nobody was logged in. */
  account: z.string().nullable(),
  act: z.string(),
  about: z.string(),
  /** Where the request came from. */
  address: z.string(),
});
const Left = Line.omit({ previous: true });
export type ActLine = z.infer<typeof Left>;

/** Each time that months were removed because they need be kept no longer, the latest last. */
const Pruned = z.array(
  z.object({
    /** The last of them, as in `2025-12`. */
    through: z.string(),
    /** sha256 of their last line, which the first that is kept follows. */
    last: z.string(),
    /** ISO text. */
    at: z.string(),
    /** The user of the system who removed them. */
    by: z.string(),
  }),
);

/** Digests of lines that were the last when they were written, and have to be in the chain. */
const Ends = z.object({
  last: z.string(),
  /** Those that were not the last any more when the log was opened again: what followed them was cut off. */
  lost: z.array(z.string()),
});

/** So many lines wait for room on a full disk. */
const MAX_OWED = 10_000;

/** What was found in following the chain. */
export interface ActCheck {
  /** So many follow each other. */
  readonly lines: number;
  /** What is wrong, each as a sentence. */
  readonly faults: readonly string[];
}

/** What the next line follows. */
interface LogEnd {
  /** The newest; nothing where there is none. */
  readonly month: string;
  readonly last: string | null;
}

/** A line as it was written; null of none. */
function read(text: string): z.infer<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Who did what at the desk and when: one JSON line each, only ever added to, in a file for each month of
 * office time. Each line has the digest of the one before, so that what is changed, taken out or put in
 * is seen; that of the last stands beside the log, so that a cut end is seen, too.
 */
export class ActLog {
  readonly #desk: string;
  readonly #folder: string;
  readonly #onFailure: (error: unknown) => void;
  /** The newest month and the digest of its last line, once the line before is written. */
  #end: Promise<LogEnd> | null = null;
  /** Lines that are not written yet. */
  readonly #owed: ActLine[] = [];

  /**
   * @param desk the folder of the desk
   * @param onFailure is told that a line cannot be written; by default that is thrown
   */
  constructor(
    desk: string,
    onFailure = (error: unknown): void => {
      throw error;
    },
  ) {
    this.#desk = desk;
    this.#onFailure = onFailure;
    this.#folder = join(desk, "acts");
  }

  /**
   * Adds a line; lines are added one after the other. One that cannot be written, on a full disk, changes
   * nothing of what is answered to whoever did the act: it is added with the next that can.
   */
  async add(line: ActLine): Promise<void> {
    if (this.#owed.length < MAX_OWED) this.#owed.push(line);
    await this.#extend().catch(this.#onFailure);
  }

  /**
   * Leaves a line for the desk to add, which alone continues the chain: for a command beside it.
   * @throws Error when it cannot be written
   */
  async leave(line: ActLine): Promise<void> {
    await writeKept(join(this.#left, `${Date.now()}-${uniqueName()}.json`), Left, line);
  }

  /** Adds what commands have left. */
  async takeLeft(): Promise<void> {
    await this.#extend();
  }

  async #extend(): Promise<void> {
    // after one that could not be written it is looked anew what is there
    const before = this.#end?.catch(() => this.#readEnd()) ?? this.#readEnd();
    this.#end = before.then(async (found) => {
      let end = found;
      const names = await readdir(this.#left).catch((): string[] => []);
      for (const name of names.filter((one) => one.endsWith(".json")).sort()) {
        const left = await readKept(join(this.#left, name), Left);
        if (left !== null) end = await this.#append(left, end);
        await rm(join(this.#left, name), { force: true });
      }
      for (;;) {
        const [line] = this.#owed;
        if (line === undefined) break;
        end = await this.#append(line, end);
        this.#owed.shift();
      }
      // after the lines: a kill between leaves one that is not the last
      if (end.last !== null && end !== found) {
        const ends = (await readKept(this.#endsFile, Ends)) ?? { lost: [] };
        await writeKept(this.#endsFile, Ends, { ...ends, last: end.last });
      }
      return end;
    });
    await this.#end;
  }

  async #append(line: ActLine, { month: newest, last }: LogEnd): Promise<LogEnd> {
    const text = JSON.stringify({ previous: last, ...line });
    const ofLine = officeTime(new Date(line.at)).slice(0, 7);
    // a clock that is behind changes no order
    const month = ofLine > newest ? ofLine : newest;
    await appendFile(this.#file(month), `${text}\n`, { mode: 0o600, flush: true });
    return { month, last: sha256Of(text) };
  }

  /** The months that have lines, as in `2026-11`, the latest first. */
  async months(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const months = names.flatMap((name) => /^(\d{4}-\d{2})\.jsonl$/.exec(name)?.[1] ?? []);
    return months.sort().reverse();
  }

  /** The lines of a month, the latest first. A line that a kill cut off is passed over. */
  async of(month: string): Promise<ActLine[]> {
    const lines = (await this.#lines(month)).reverse();
    return lines.flatMap((line) => read(line) ?? []);
  }

  /** Follows the chain from its first line. */
  async check(): Promise<ActCheck> {
    const pruned = await this.#pruned();
    let last = pruned?.last ?? (await this.#earlier());
    let lines = 0;
    const ends = await readKept(this.#endsFile, Ends);
    const wanted = new Set(ends === null ? [] : [...ends.lost, ends.last]);
    wanted.delete(last ?? "");
    const kept = (await this.months()).filter((month) => month > (pruned?.through ?? ""));
    for (const month of kept.reverse()) {
      for (const [index, line] of (await this.#lines(month)).entries()) {
        if (read(line)?.previous !== last) {
          const place = `dòng ${index + 1} của ${this.#file(month)}`;
          const found = `Nhật ký việc ở bàn làm việc không còn như khi ghi: ${place} không nối tiếp dòng trước.`;
          return { lines, faults: [`${found} Đối chiếu với bản sao lưu.`] };
        }
        last = sha256Of(line);
        wanted.delete(last);
        lines += 1;
      }
    }
    if (wanted.size === 0) return { lines, faults: [] };
    const found = `Nhật ký việc ở bàn làm việc đã bị cắt phần cuối: không còn việc cuối đã ghi trong ${this.#folder}.`;
    return { lines, faults: [`${found} Đối chiếu với bản sao lưu.`] };
  }

  /** Removes the months up to one; the chain says that they were there, and who removed them. */
  async prune(through: string, by: string, now: Date): Promise<void> {
    const last = (await this.#lines(through)).at(-1);
    if (last !== undefined) {
      const pruned = { through, last: sha256Of(last), at: now.toISOString(), by };
      const before = (await readKept(this.#prunedFile, Pruned)) ?? [];
      await writeKept(this.#prunedFile, Pruned, [...before, pruned]);
    }
    for (const month of await this.months()) {
      if (month <= through) await rm(this.#file(month));
    }
    await rm(this.#earlierFile, { force: true });
    const { last: end } = await this.#findEnd();
    if (end !== null) await writeKept(this.#endsFile, Ends, { last: end, lost: [] });
  }

  get #prunedFile(): string {
    return join(this.#folder, "pruned.json");
  }

  /** What commands have left to be added. */
  get #left(): string {
    return join(this.#folder, "left");
  }

  /** Beside the folder of the lines: what takes that away leaves this. */
  get #endsFile(): string {
    return join(this.#desk, "acts-end.json");
  }

  /** Of a desk of before the chain, without digests. */
  get #earlierFile(): string {
    return join(this.#desk, "acts.jsonl");
  }

  #file(month: string): string {
    return join(this.#folder, `${month}.jsonl`);
  }

  async #lines(month: string): Promise<string[]> {
    const text = (await unlessMissing(readFile(this.#file(month), "utf8"))) ?? "";
    return text.split("\n").filter((line) => line !== "");
  }

  async #pruned(): Promise<z.infer<typeof Pruned>[number] | undefined> {
    return (await readKept(this.#prunedFile, Pruned))?.at(-1);
  }

  async #earlier(): Promise<string | null> {
    const earlier = await unlessMissing(readFile(this.#earlierFile));
    return earlier === null ? null : sha256Of(earlier);
  }

  /** Where the next line goes; that the last is another than the one that was written is put down. */
  async #readEnd(): Promise<LogEnd> {
    const end = await this.#findEnd();
    const ends = await readKept(this.#endsFile, Ends);
    if (ends !== null && ends.last !== end.last) {
      const lost = [...new Set([...ends.lost, ends.last])];
      await writeKept(this.#endsFile, Ends, { last: end.last ?? ends.last, lost });
    }
    return end;
  }

  /** The end, with the folder there and without a line that a kill cut off. */
  async #findEnd(): Promise<LogEnd> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const months = await this.months();
    for (const month of months) {
      const bytes = await readFile(this.#file(month));
      const end = bytes.lastIndexOf("\n") + 1;
      if (end < bytes.length) await truncate(this.#file(month), end);
      const last = (await this.#lines(month)).at(-1);
      if (last !== undefined) return { month: months[0] ?? month, last: sha256Of(last) };
    }
    const pruned = await this.#pruned();
    return { month: pruned?.through ?? "", last: pruned?.last ?? (await this.#earlier()) };
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { publicKeyIn } from "../../contract/sealing.ts";
import { textCell } from "../../vocabulary/csv-file.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { CalendarDate } from "../plan/plan-fields.ts";
import { csvProblem, readIfThere, recordsOf } from "../text/csv-lines.ts";

const Filled = z.string().trim().min(1, "không được để trống");
const Blank = z.literal("").transform(() => null);

/** A line of `keys/keys.csv`: a public key with which the office of an area signs what it hands up. */
const OfficeKeyLine = z.strictObject({
  /** Code of the area. */
  area: Filled,
  /** The file beside it, as `seal-key` made it. */
  file: Filled.regex(/^[\w-][\w.-]*\.pub$/, "phải là tên tệp .pub nằm trong thư mục keys"),
  /** Whose it is, in words. */
  name: Filled,
  from: CalendarDate,
  /** The last day on which it is trusted; null while it is. */
  until: z.union([Blank, CalendarDate]),
  /** Who trusted it at the desk, and who ended that; empty where it was written by hand. */
  by: z.string().trim().default(""),
});

/** The same with the key itself as in a seal. */
export interface OfficeKey extends z.infer<typeof OfficeKeyLine> {
  readonly key: string;
}

/**
 * Whether a key is trusted on a day as that of the office of an area, and the line that decides it. A key
 * may have several lines, as of an office that goes on under a new code after a merger, each for its days.
 */
export function keyState(
  keys: readonly OfficeKey[],
  {
    signedBy,
    area,
    day,
  }: { readonly signedBy: string; readonly area: string; readonly day: string },
): {
  readonly state: "trusted" | "unknown" | "of_other" | "ended";
  readonly key: OfficeKey | null;
} {
  const lines = keys
    .filter((one) => one.key === signedBy)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  const own = lines.filter((one) => one.area === area);
  const among = own.length > 0 ? own : lines;
  const key = among.findLast(({ from }) => from <= day) ?? among[0] ?? null;
  if (key === null) return { state: "unknown", key };
  if (key.area !== area) return { state: "of_other", key };
  if (key.until !== null && key.until < day) return { state: "ended", key };
  return { state: day < key.from ? "unknown" : "trusted", key };
}

const COLUMNS = Object.keys(OfficeKeyLine.shape);

/** Where the keys of other offices are listed in a sources folder. */
export function keysFile(sources: string): string {
  return join(sources, "keys", "keys.csv");
}

/** The text of `keys.csv` with a line put in the place of that of the same key, area and days, or behind the others. */
export function withKeyLine(text: string, line: Readonly<Record<string, string>>): string {
  const there = recordsOf(text);
  const at = there.findIndex((one) =>
    ["file", "area", "from"].every((name) => one[name]?.trim() === line[name]),
  );
  const lines = at < 0 ? [...there, line] : there.with(at, { ...there[at], ...line });
  const rows = lines.map((one) => COLUMNS.map((name) => textCell(one[name]?.trim() ?? "")));
  return `${[COLUMNS, ...rows].map((cells) => cells.join(",")).join("\n")}\n`;
}

/** Reads the keys of other offices of a sources folder, where there are any, and what is wrong with them. */
export function readOfficeKeys(sources: string): {
  readonly keys: readonly OfficeKey[];
  readonly problems: readonly Problem[];
} {
  const folder = join(sources, "keys");
  const file = keysFile(sources);
  const problems: Problem[] = [];
  const keys: OfficeKey[] = [];
  for (const { value, line } of readIfThere(file, OfficeKeyLine, problems)) {
    const key = keyIn(join(folder, value.file));
    const earlier = keys.find((one) => one.key === key && areTogether(one, value));
    if (key === null) {
      const found = `“${value.file}” không có, hoặc không phải khóa công khai của chitieu seal-key`;
      problems.push(csvProblem(file, line, "file", found));
    } else if (earlier !== undefined) {
      problems.push(
        csvProblem(
          file,
          line,
          "file",
          `khóa này đã ghi cho “${earlier.name}” trong cùng thời gian`,
        ),
      );
    } else keys.push({ ...value, key });
  }
  return { keys, problems };
}

type Days = Pick<OfficeKey, "from" | "until">;

function areTogether(one: Days, other: Days): boolean {
  return one.from <= (other.until ?? one.from) && other.from <= (one.until ?? other.from);
}

function keyIn(file: string): string | null {
  try {
    return publicKeyIn(readFileSync(file));
  } catch {
    return null;
  }
}

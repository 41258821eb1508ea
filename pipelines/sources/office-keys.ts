import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "../vocabulary/problem.ts";
import { csvProblem, readIfThere } from "./csv-lines.ts";
import { CalendarDate } from "./plan-fields.ts";

const Filled = z.string().trim().min(1, "không được để trống");
const Blank = z.literal("").transform(() => null);

/** A line of `keys/keys.csv`: a public key with which the office of an area signs what it hands up. */
const OfficeKeyLine = z.strictObject({
  /** Code of the area. */
  area: Filled,
  /** As `seal-key` prints it. */
  key: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "phải là khóa công khai 44 chữ như chitieu seal-key in ra"),
  /** Whose it is, in words. */
  name: Filled,
  from: CalendarDate,
  /** The last day on which it is trusted; null while it is. */
  until: z.union([Blank, CalendarDate]),
});
export type OfficeKey = z.infer<typeof OfficeKeyLine>;

/** Reads the keys of other offices of a sources folder, where there are any, and what is wrong with them. */
export function readOfficeKeys(sources: string): {
  readonly keys: readonly OfficeKey[];
  readonly problems: readonly Problem[];
} {
  const file = join(sources, "keys", "keys.csv");
  const problems: Problem[] = [];
  const lines = readIfThere(file, OfficeKeyLine, problems);
  for (const [index, { value, line }] of lines.entries()) {
    const earlier = lines.slice(0, index).find((one) => one.value.key === value.key);
    if (earlier !== undefined) {
      problems.push(csvProblem(file, line, "key", `khóa này đã có ở dòng ${earlier.line}`));
    }
  }
  return { keys: lines.map(({ value }) => value), problems };
}

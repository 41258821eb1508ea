import { readdirSync } from "node:fs";
import { csvOf, sendOne, type World } from "./given.ts";

/**
 * Lines that say nothing, so many that a file with them is read in the reading process, and not so even
 * that a package would take them for a bomb.
 */
export const NOTHING = Array.from(
  { length: 12_000 },
  (_, line) => `${" ".repeat(60 + ((line * 7919) % 61))},,,,,,\n`,
).join("");

/** "Phường Hai" as TCVN3 has it. */
const TCVN3 = "Ph\u00ad\u00eang Hai";

/** Files, each by its lines. */
export const FILES: readonly (readonly string[])[] = [
  ["UB-02,Q2,,people,5,", "UB-02,Q2,,reached,4,ghi chú", "UB-03,Q4,,visits,7,"],
  ["Phường Hai,Quý 2,,Số người,6,", "GD,Q2,02,pupils,12,", "GD,Q2,Phường Hai,pupils_reached,13,"],
  ["UB-02,Q2,,people,5,", "UB-02,Q2,,people,6,", "XX,Q2,,people,5,", "UB-02,Q2,,gone,khoảng 4,"],
  ["UB-02,Q2,,people,5,gặp bà Nguyễn Thị Lan sinh năm 1950"],
  ["UB-02,Q2,,people,5,Nguyễn Văn An, số điện thoại 0912345678"],
  ["UB-02,Q2,,people,5,CCCD 001190123456 Nguyễn Văn An"],
  ["UB-02,Q1,,people,,", "UB-02,Q1,,reached,không phát sinh,"],
  [`${TCVN3},Q2,,people,9,${TCVN3}`],
  ["UB-02,Q2,,people,5,", 'UB-02,Q2,,reached,"4,'],
];

/** What becomes of files, one after another, with further lines behind their own. */
export async function taken(
  world: World,
  files: readonly (readonly string[])[],
  nothing = "",
): Promise<unknown> {
  const outcomes: unknown[] = [];
  for (const lines of files) {
    const isOld = lines.some((line) => line.includes(TCVN3));
    const content = Buffer.from(`${csvOf(lines)}${nothing}`, isOld ? "latin1" : "utf8");
    const { sha256, ...outcome } = await sendOne(world, { content });
    outcomes.push({ ...outcome, kept: readdirSync(world.paths.archive).includes(sha256) });
  }
  const rows = ["submission", "reading", "problem", "refusal", "held_text"].map((table) =>
    world.rows(`from ledger.${table} order by all`),
  );
  return { outcomes, rows: await Promise.all(rows) };
}

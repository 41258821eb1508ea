import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** What every bench found, one line a figure: what a change has made slower is seen in it. */
const HISTORY = fileURLToPath(new URL("history.jsonl", import.meta.url));

const Found = z.object({
  /** In UTC. */
  moment: z.iso.datetime(),
  /** With `+` behind it where something was changed since. */
  commit: z.string(),
  cores: z.int(),
  /** Of the machine in the last minute: what else it did. */
  load: z.number(),
  what: z.string(),
  found: z.string(),
  asked: z.string(),
  is_kept: z.boolean(),
});
type Found = z.infer<typeof Found>;

/**
 * Writes what was found beside what is asked and what was found the last time on as many cores, adds it
 * to the history, and remembers when a budget is missed.
 */
export class Table {
  isKept = true;
  readonly #history: string;
  readonly #commit = commit();
  readonly #before: ReadonlyMap<string, string>;

  constructor(history: string = HISTORY) {
    this.#history = history;
    this.#before = lastFound(history);
  }

  /** @param what always the same for the same figure: it is what the history knows it by */
  row(what: string, found: string, asked: string, isKept: boolean): void {
    this.isKept &&= isKept;
    const before = this.#before.get(what);
    const cells = [
      what.padEnd(66),
      found.padStart(26),
      `  asked ${asked}`,
      before === undefined ? "" : `   before ${before}`,
      isKept ? "" : "   MISSED",
    ];
    console.log(cells.join(""));
    const one: Found = {
      moment: new Date().toISOString(),
      commit: this.#commit,
      cores: availableParallelism(),
      load: Number((loadavg()[0] ?? 0).toFixed(1)),
      what,
      found,
      asked,
      is_kept: isKept,
    };
    appendFileSync(this.#history, `${JSON.stringify(one)}\n`);
  }
}

/** What was found last on a machine with as many cores, by what it is of. */
function lastFound(history: string): Map<string, string> {
  if (!existsSync(history)) return new Map();
  const lines = readFileSync(history, "utf8").split("\n");
  const all = lines.filter((line) => line !== "").map((line) => Found.parse(JSON.parse(line)));
  const here = all.filter(({ cores }) => cores === availableParallelism());
  return new Map(here.map(({ what, found }) => [what, found]));
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+");
  } catch {
    return "";
  }
}

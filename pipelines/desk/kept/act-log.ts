import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Line = z.object({
  at: z.string(),
  /** Null where nobody was logged in. */
  account: z.string().nullable(),
  act: z.string(),
  about: z.string(),
  /** Where the request came from. */
  address: z.string(),
});
export type ActLine = z.infer<typeof Line>;

/** Who did what at the desk and when, one JSON line each, only ever added to. */
export class ActLog {
  readonly #folder: string;

  constructor(deskFolder: string) {
    this.#folder = deskFolder;
  }

  async add(line: ActLine): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await appendFile(this.#path(), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  /** The last lines, the latest first. A line that a kill cut off is passed over. */
  async last(lines: number): Promise<ActLine[]> {
    const text = await readFile(this.#path(), "utf8").catch(() => "");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .slice(-lines)
      .reverse()
      .flatMap((line) => {
        try {
          return [Line.parse(JSON.parse(line))];
        } catch {
          return [];
        }
      });
  }

  #path(): string {
    return join(this.#folder, "acts.jsonl");
  }
}

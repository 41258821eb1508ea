import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** When a demonstration was first opened, in its own time and in that of the machine. */
const Clock = z.object({ shown: z.iso.datetime(), at: z.iso.datetime() });

const TrueDate = Date;

/** What marks a warehouse as a demonstration's. */
export const STAMP = "demonstration.json";

/** Where a demonstration says so, in its warehouse. */
export function clockFile(folder: string): string {
  return join(folder, "demonstration-clock.json");
}

/**
 * Has the clock of this process run as that of the demonstration in a warehouse does; where there is
 * none it stays as it is. Whoever works on a demonstration does so first, so that all agree.
 */
export function followDemonstrationClock(folder: string): void {
  // a clock that was copied to elsewhere is no demonstration's
  if (!existsSync(clockFile(folder)) || !existsSync(join(folder, STAMP))) return;
  const { shown, at } = Clock.parse(JSON.parse(readFileSync(clockFile(folder), "utf8")));
  const shift = TrueDate.parse(shown) - TrueDate.parse(at);
  const now = (): number => TrueDate.now() + shift;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (date, given, made) =>
      Reflect.construct(date, given.length === 0 ? [now()] : given, made),
    get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
  });
}

/** Has the clock of this process run as that of the machine does. */
export function leaveDemonstrationClock(): void {
  globalThis.Date = TrueDate;
}

/** Writes down that a demonstration is opened now, at a moment of its own time. */
export async function setDemonstrationClock(folder: string, shown: Date): Promise<void> {
  const clock = { shown: shown.toISOString(), at: new TrueDate().toISOString() };
  await writeFile(clockFile(folder), JSON.stringify(clock));
}

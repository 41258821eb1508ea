import { basename, join } from "node:path";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";

/**
 * Takes in files of the inbox of a world, one after another, and prints a line of JSON for each: what
 * became of it, the processor time that it took, and the largest resident memory so far.
 */
const [folder = "", ...names] = process.argv.slice(2);
const inbox = join(folder, "sources", "inbox");
const moment = parseMoment("2030-12-20T10:00");
const settings = {
  paths: warehousePaths(join(folder, "warehouse")),
  catalogue: readCatalogue(join(folder, "sources")),
  isDemonstration: false,
  softwareVersion: "test",
};
await withIntake(settings, async ({ ingest }) => {
  for (const name of names) {
    const before = process.cpuUsage();
    const result = await ingest({
      file: basename(name),
      content: { path: join(inbox, name) },
      receivedAt: moment,
      recordedAt: moment,
    }).then(
      ({ outcome, problems }) => ({
        outcome,
        problems: problems.map(({ code, found, remedy }) => ({ code, text: `${found} ${remedy}` })),
      }),
      (error: unknown) => {
        if (error instanceof Failure) return { outcome: "left", problems: [] };
        return {
          outcome: `crashed: ${error instanceof Error ? error.stack : error}`,
          problems: [],
        };
      },
    );
    const { user, system } = process.cpuUsage(before);
    console.log(
      JSON.stringify({
        name,
        ...result,
        cpuSeconds: (user + system) / 1e6,
        peakMib: process.resourceUsage().maxRSS / 1024,
      }),
    );
  }
});

import { mkdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { sketch, worldOf } from "../models/oracle/random-plan.ts";
import { writeLedger } from "../models/typed-ledger.ts";
import { officeIn } from "./given.ts";

/** `CHITIEU_RUNS=20 npx vitest run tests/publishing/fixed-point.long.test.ts` tries so many versions. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 3);
/** When everything has come. */
const DAY = "2032-03-01";

test(
  "a version of a random office says the same a minute later, and the next period moves from it",
  async () => {
    const seen = { offices: 0, versions: 0, acknowledged: 0, movements: 0 };
    const seed = Number(process.env.CHITIEU_SEED ?? 1);
    for (const one of fc.sample(sketch, { seed, numRuns: 20 * RUNS })) {
      if (seen.versions === RUNS) break;
      seen.offices += 1;
      const { world, given } = worldOf(one, 0);
      const office = officeIn(newFolder("fixed-point-"), world);
      mkdirSync(office.paths.folder, { recursive: true });
      // of what is sent back nothing is published before it is sent again
      const kept = given.split("\n").filter((line) => !/ (returned|recalled)\b/.test(line));
      await writeLedger(office.paths, [[office.plan, kept.join("\n")]]);
      const doubted = await office.ask(
        `${DAY}T12:00`,
        "marts.findings",
        "select distinct period from marts.findings where severity = 'doubt'",
      );
      const { periods } = office.plan.plan;
      const nextOf = ({ kind, year, position }: (typeof periods)[number]) =>
        periods.find((one) => one.kind === kind && one.year === year && one.position > position);
      const period = periods.findLast(
        (one) => nextOf(one) !== undefined && doubted.some(({ period: code }) => code === one.code),
      );
      const next = period && nextOf(period);
      if (period === undefined || next === undefined) continue;
      const choice = { acknowledge: true, class: "first", reason: "Đã hỏi lại" } as const;
      const published = await office.publish(`${DAY}T12:00`, period.code, choice);
      const again = { ...choice, class: "correction", reason: "Lại" } as const;
      await expect(office.publish(`${DAY}T12:01`, period.code, again)).rejects.toThrow(
        "giống hệt phiên bản 1",
      );
      const { report } = await office.preview(`${DAY}T12:02`, next.code, choice);
      expect(report.head.previous_changed_version).toBeNull();
      seen.versions += 1;
      seen.acknowledged += published.acknowledged;
      seen.movements += report.lines.filter((line) => line.change_from_previous !== null).length;
    }
    console.info(JSON.stringify(seen));
    expect(seen.versions).toBe(RUNS);
    expect(seen.movements).toBeGreaterThan(0);
  },
  600_000 * RUNS,
);

import { mkdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { dayAfter, sketch, worldOf } from "../models/oracle/random-plan.ts";
import { writeLedger } from "../models/typed-ledger.ts";
import { officeIn } from "./given.ts";

/** `CHITIEU_RUNS=20 npx vitest run tests/publishing/fixed-point.long.test.ts` tries so many offices. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 4);

test(
  "a version of a random office says the same a minute later, and the next period moves from it",
  async () => {
    const seen = { versions: 0, acknowledged: 0, provisional: 0, movements: 0 };
    await fc.assert(
      fc.asyncProperty(sketch, async (one) => {
        const { world, given } = worldOf(one, 0);
        const office = officeIn(newFolder("fixed-point-"), world);
        mkdirSync(office.paths.folder, { recursive: true });
        await writeLedger(office.paths, [[office.plan, given]]);
        const { periods } = office.plan.plan;
        for (const period of periods) {
          const next = periods.find(
            (other) => other.kind === period.kind && other.position === period.position + 1,
          );
          if (next === undefined) continue;
          const day = dayAfter(period.due_before, 40);
          const choice = { acknowledge: true, reason: "Đã hỏi lại" } as const;
          const published = await office
            .publish(`${day}T12:00`, period.code, { ...choice, class: "first" })
            .catch(() => null);
          if (published === null || published.acknowledged === 0) continue;
          const again = { ...choice, class: "correction", reason: "Lại" } as const;
          await expect(office.publish(`${day}T12:01`, period.code, again)).rejects.toThrow(
            "giống hệt phiên bản 1",
          );
          const { report } = await office.preview(`${day}T12:02`, next.code, again);
          expect(report.head.previous_changed_version).toBeNull();
          const { lines } = await office.read(period.code);
          seen.versions += 1;
          seen.acknowledged += published.acknowledged;
          seen.provisional += lines.filter(({ is_provisional }) => is_provisional).length;
          seen.movements += report.lines.filter(
            ({ change_from_previous: change }) => change !== null,
          ).length;
          return;
        }
      }),
      { numRuns: RUNS },
    );
    console.info(JSON.stringify(seen));
  },
  600_000 * RUNS,
);

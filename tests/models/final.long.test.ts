import { expect, test } from "vitest";
import { attacked } from "./oracle/histories.ts";

/**
 * How many final verdicts and statements are attacked, each in nine ways.
 * Drawn from fixed numbers: `final.test.ts` draws anew.
 */
const ATTACKED = Number(process.env.CHITIEU_ATTACKED ?? 8_000);

test("nothing final is contradicted, and what is provisional is not called so for nothing", () => {
  const all = { final: 0, provisional: 0, turned: 0, corrected: 0 };
  for (let batch = 0; all.final < ATTACKED; batch++) {
    const found = attacked(50, 1 + batch);
    all.final += found.final;
    all.provisional += found.provisional;
    all.turned += found.turned;
    all.corrected += found.corrected;
  }
  console.info(JSON.stringify(all));
  expect(all.turned / all.provisional).toBeGreaterThan(0.5);
}, 3_600_000);

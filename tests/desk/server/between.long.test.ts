import { beforeAll, expect, test } from "vitest";
import { type Between, shownOf, TURNS, wardDesk, wardWorld } from "./between.ts";

let wards: Awaited<ReturnType<typeof wardWorld>>;
beforeAll(async () => {
  wards = await wardWorld();
});

const OTHERS = ["intake", "build", "publication", "correction"] satisfies Between[];

test.each(Object.entries(TURNS))(
  "%s: he is shown the same, whatever others have done between",
  async (_, turn) => {
    const visit = await wardDesk(wards);
    const shown = new Map<Between | null, string[]>();
    for (const between of [null, ...OTHERS]) {
      const at = await visit(between);
      const pages = await turn(at);
      shown.set(
        between,
        pages.map((page) => shownOf(page, at)),
      );
    }
    for (const between of OTHERS)
      expect([between, shown.get(between)]).toEqual([between, shown.get(null)]);
  },
);

import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { wordsOf } from "../given.ts";
import { type Between, DECISIONS, shownOf, TURNS, wardDesk, wardWorld } from "./between.ts";

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
    for (const between of OTHERS) {
      expect([between, shown.get(between)]).toEqual([between, shown.get(null)]);
    }
  },
);

test.each(Object.entries(DECISIONS))(
  "%s: it is shown again, nothing is done, and then it is",
  async (_, { open, meanwhile, send }) => {
    const at = await (await wardDesk(wards))(null);
    const page = await open(at);
    await meanwhile(at);
    await at.pause();
    const entries = () => readdirSync(at.world.paths.entries).length;
    const before = entries();
    const again = await send(at, page);
    expect([entries() - before, wordsOf(again)]).toEqual([
      0,
      expect.stringMatching(/ã thay đổi sau khi trang này được mở\. Xem lại rồi .* lần nữa\./),
    ]);
    const done = await send(at, again);
    expect([done.status, wordsOf(done)]).toEqual([
      expect.toBeOneOf([200, 303]),
      expect.not.stringContaining("sau khi trang này được mở"),
    ]);
  },
);

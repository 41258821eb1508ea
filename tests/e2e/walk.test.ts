import { PLAN } from "./marts.ts";
import { test } from "./site.ts";
import { expectAllPages, expectOperatedInVietnamese, walk } from "./walk.ts";

/** Those that are read most; the others are judged in `walk.long.test.ts`. */
const SECTIONS = [
  "",
  "chi-tieu",
  "dia-ban",
  "can-cu",
  "tra-cuu",
  "kham-pha",
  "phan-tich",
  "bao-cao",
  "con-thieu",
];
/** The page of Evidence's components, which is bundled in the long lane alone. */
const SAMPLE = { [`/${PLAN}/phan-tich/mau/`]: [] };
const JUDGED = SECTIONS.map((section) => `${PLAN}/${section}`);

test("pages of every kind are whole, in Vietnamese, say what they are; half of them are accessible", async (visit) => {
  expectAllPages(await walk(visit, { opened: 1, judged: 1, kinds: JUDGED, unasked: SAMPLE }));
});

// the others: `walk.long.test.ts`
test.for([`/${PLAN}/`, `/${PLAN}/tra-cuu/`])(
  "what %s says when something is chosen or pressed is Vietnamese, too",
  async (path, visit) => {
    await expectOperatedInVietnamese(visit, path);
  },
);

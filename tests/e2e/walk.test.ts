import { PLAN } from "./marts.ts";
import { test } from "./site.ts";
import { expectAllPages, expectOperatedInVietnamese, walk } from "./walk.ts";

test("pages of every kind are whole, in Vietnamese, say what they are, and are accessible", async ({
  visit,
}) => {
  expectAllPages(await walk(visit, { opened: 1, judged: 1 }));
});

// the others: `walk.long.test.ts`
test.for([`/${PLAN}/`, `/${PLAN}/tra-cuu/`])(
  "what %s says when something is chosen or pressed is Vietnamese, too",
  async (path, { visit }) => {
    await expectOperatedInVietnamese(visit, path);
  },
);

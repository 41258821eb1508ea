import { PLAN } from "./marts.ts";
import { test } from "./site.ts";
import { expectAllPages, expectOperatedInVietnamese, walk } from "./walk.ts";

test("a dozen pages of every kind are whole, in Vietnamese, say what they are, and are accessible", async (visit) => {
  expectAllPages(await walk(visit, { opened: 12, judged: 6 }));
}, 900_000);

test.for([
  `/${PLAN}/chi-tieu/1.3a/`,
  `/${PLAN}/dia-ban/`,
  `/${PLAN}/dia-ban/05974/`,
  `/${PLAN}/kham-pha/`,
])("what %s says when something is chosen or pressed is Vietnamese, too", async (path, visit) => {
  await expectOperatedInVietnamese(visit, path);
});

import { test } from "./site.ts";
import { expectAllPages, walk } from "./walk.ts";

test("a dozen pages of every kind are whole, in Vietnamese, say what they are, and are accessible", async ({
  visit,
}) => {
  expectAllPages(await walk(visit, { opened: 12, judged: 6 }));
}, 900_000);

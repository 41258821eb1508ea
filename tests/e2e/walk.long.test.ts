import { test } from "./site.ts";
import { expectAllPages, walk } from "./walk.ts";

test("every page is whole, in Vietnamese, says what it is, and is accessible", async ({
  visit,
}) => {
  expectAllPages(await walk(visit, { opened: Number.POSITIVE_INFINITY, judged: 12 }));
}, 900_000);

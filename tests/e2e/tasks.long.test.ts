import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { test } from "./site.ts";
import { stepsOfTasks, taskDocument } from "./tasks.ts";

test("everyday tasks take the steps that docs/tasks.md says", async (visit) => {
  const file = join(import.meta.dirname, "../../docs/tasks.md");
  await expect(
    taskDocument(await readFile(file, "utf8"), await stepsOfTasks(visit)),
  ).toMatchFileSnapshot(file);
});

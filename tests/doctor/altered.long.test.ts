import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examineWarehouse } from "../../pipelines/doctor/warehouse.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { demandMarts, removeMarts } from "../../pipelines/warehouse/shown-marts.ts";
import { alter } from "../asked.ts";
import { csvOf, newWorld, sendOne } from "../intake/given.ts";

test("a warehouse of which marts and plan were altered, as verify says it", async () => {
  const world = newWorld();
  const { paths, sources, catalogue } = world;
  await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]) });
  await buildMarts({ paths, catalogue, asOf: null });
  const altered = "update marts.core.reading set value = 6 where value = 5";
  await alter(demandMarts(paths.marts), "marts", altered);
  const found = async (): Promise<string[]> =>
    (await examineWarehouse(paths.folder, true, sources)).flatMap(({ what, state, found: text }) =>
      what === "altered" ? [`${state} ${text}`] : [],
    );
  expect((await found())[0]).toMatch(
    /^problem .*marts\.duckdb: marts\.\w+: hàng thu, .* là 6\.0000, tính lại được 5\.0000/,
  );
  await removeMarts(paths.marts);
  const plan = join(sources, "plans", readdirSync(join(sources, "plans"))[0] ?? "");
  appendFileSync(plan, "# another file\n");
  expect(await found()).toEqual([
    "ok các phiên bản, số liệu và trang còn như khi lập",
    expect.stringMatching(/^note .* là tệp khác: phiếu số 1 được kiểm tra theo tệp có SHA-256 /),
  ]);
});

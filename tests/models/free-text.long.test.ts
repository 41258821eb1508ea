import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import {
  acknowledgeFindings,
  type Decision,
  decideOnTexts,
} from "../../pipelines/ledger/recorded-acts.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readFindings } from "../../pipelines/models/finding.ts";
import { readFreeTexts } from "../../pipelines/models/free-text.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { rowsIn } from "../asked.ts";
import { runIn } from "../cli/run.ts";
import { formOf } from "../intake/form-given.ts";
import { csvOf, newWorld, type Sent, send, type World } from "../intake/given.ts";

const PLAIN = "tăng do sáp nhập tổ 3";
const HELD = "anh Tuấn báo lại sau";
const GUARDED = "trong đó 2 vụ chưa xử lý";
const REASON = "đã hỏi lại đơn vị";
const ASKED = "đề nghị cấp thêm tờ rơi";

/** The plan with one measure that is sensitive. */
function makeSensitive({ sources }: World, code: string): void {
  const [name = ""] = readdirSync(join(sources, "plans"));
  const path = join(sources, "plans", name);
  const plan = parse(readFileSync(path, "utf8"));
  for (const measure of plan.measures) if (measure.code === code) measure.sensitive = true;
  writeFileSync(path, stringify(plan));
}

/** Every text that an audience can read, wherever it stands in what is made for it. */
async function readBy(world: World, audience: "city" | "shared"): Promise<string> {
  await buildMarts({ paths: world.paths, catalogue: readCatalogue(world.sources), asOf: null });
  const { marts } = world.paths;
  const views = await rowsIn(
    marts,
    `select view_name from duckdb_views() where database_name = 'it' and schema_name = '${audience}'`,
  );
  expect(views.length).toBeGreaterThan(20);
  const texts: string[] = [];
  for (const { view_name } of views) {
    texts.push(JSON.stringify(await rowsIn(marts, `from ${audience}.${view_name}`)));
  }
  return texts.join("\n");
}

test("a text is read by the city, by others once it is released, by nobody while it is held", async () => {
  const world = newWorld("2024");
  makeSensitive(world, "visits");
  const { paths, sources } = world;
  const catalogue = readCatalogue(sources);
  const visits = `UB-01,Q2,,visits,7,${GUARDED}`;
  const take = (...sent: Sent[]) =>
    send({ ...world, catalogue }, ...sent.map((one) => ({ ...one, received: "2024-12-20T10:00" })));
  await take(
    {
      file: "Ten tep rieng q2.csv",
      content: csvOf([`UB-01,Q2,,people,100,${PLAIN}`, visits]),
    },
    { content: csvOf([`UB-02,Q2,,people,40,${HELD}`]) },
    { content: csvOf(["UB-02,Q3,,people,400,"]) },
  );
  const filling = { period: "Q3", remarks: { proposals: ASKED } };
  await take({
    file: "q3.xlsx",
    content: await formOf(world, "UB-01", { people: "100" }, filling),
  });
  const recording = { softwareVersion: "test", recordedAt: new Date() };
  const asked = { paths, catalogue, plan: null, period: "Q3" };
  const doubt = (await readFindings(asked)).find(
    ({ unit_name }) => unit_name === "UBND phường Hai",
  );
  const findingIds = [doubt?.finding_id ?? ""];
  await acknowledgeFindings(paths, { ...recording, findingIds, reason: REASON });

  const texts = await readFreeTexts({ paths, catalogue });
  const known = Object.fromEntries(texts.map((one) => [one.text, one]));
  // what is held is the first
  expect(texts[0]).toMatchObject({
    ...{ kind: "note", unit_name: "UBND phường Hai", period_name: "Quý 2", text: HELD },
    ...{ measure_name: "Số người", is_held: true, is_guarded: false, audience: null },
  });
  expect(
    [PLAIN, GUARDED, REASON, ASKED].map((text) => [known[text]?.kind, known[text]?.is_guarded]),
  ).toEqual([
    ["note", false],
    ["note", true],
    ["reason", false],
    ["remark", true],
  ]);

  const seen = async (): Promise<Record<string, string[]>> => {
    const city = await readBy(world, "city");
    const shared = await readBy(world, "shared");
    const within = (text: string): string[] =>
      [PLAIN, HELD, GUARDED, REASON, ASKED, "Ten tep rieng"].filter((part) => text.includes(part));
    return { city: within(city), shared: within(shared) };
  };
  expect(await seen()).toEqual({ city: [PLAIN, GUARDED, REASON, "Ten tep rieng"], shared: [] });

  const decide = (decision: Decision, ...decided: string[]) =>
    decideOnTexts(paths, {
      ...{ ...recording, decision, decidedBy: "Lan" },
      textIds: decided.map((text) => known[text]?.text_id ?? ""),
    });
  await decide("shared", PLAIN, REASON);
  await decide("city", HELD);
  expect(await seen()).toEqual({
    city: [PLAIN, HELD, GUARDED, REASON, "Ten tep rieng"],
    shared: [PLAIN, REASON],
  });
  expect(await world.rows("select decision, decided_by from text_decision")).toEqual([
    { decision: "shared", decided_by: "Lan" },
    { decision: "shared", decided_by: "Lan" },
    { decision: "city", decided_by: "Lan" },
  ]);

  await decide("struck", HELD, REASON);
  expect(await seen()).toEqual({
    city: [PLAIN, GUARDED, "Ten tep rieng"],
    shared: [PLAIN],
  });
  const after = await readFreeTexts({ paths, catalogue });
  expect(after.filter(({ is_decided }) => !is_decided).map(({ text }) => text)).toEqual(
    expect.arrayContaining([GUARDED, ASKED]),
  );
  expect((await runIn(world, "rebuild")).code).toBe(0);
});

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { rowsIn } from "../asked.ts";
import { formOf } from "../intake/form-given.ts";
import { causesOf, csvOf, newWorld, systemUser, type World } from "../intake/given.ts";
import { runIn } from "./run.ts";

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
  const chitieu = (...args: string[]) => runIn(world, ...args);
  const take = async (name: string, ...lines: string[]) => {
    writeFileSync(join(world.folder, name), csvOf(lines));
    await chitieu("ingest", join(world.folder, name));
  };
  const visits = `UB-01,Q2,,visits,7,${GUARDED}`;
  await take("Ten tep rieng q2.csv", `UB-01,Q2,,people,100,${PLAIN}`, visits);
  await take("q2-hai.csv", `UB-02,Q2,,people,40,${HELD}`);
  await take("q3.csv", "UB-02,Q3,,people,400,");
  const filling = { period: "Q3", remarks: { proposals: ASKED } };
  const form = await formOf(world, "UB-01", { people: "100" }, filling);
  writeFileSync(join(world.folder, "q3.xlsx"), form);
  await chitieu("ingest", join(world.folder, "q3.xlsx"));
  const doubt = /^cần kiểm tra (\w{8}) UBND phường Hai, Quý 3/m.exec(
    (await chitieu("findings")).text,
  )?.[1];
  await chitieu("findings", "acknowledge", doubt ?? "", "--reason", REASON);

  const listed = (await chitieu("texts")).text;
  expect(
    listed
      .replaceAll(/^[0-9a-f]{8}/gm, "ID")
      .split("\n")
      .slice(0, 2),
  ).toEqual([
    `ID Ghi chú của đơn vị, UBND phường Hai, Quý 2, Số người: "${HELD}"`,
    "      TẠM GIỮ, có thể nói về một người; chưa ai được xem",
  ]);
  const idOf = (part: string): string =>
    listed
      .split("\n")
      .find((line) => line.includes(part))
      ?.slice(0, 8) ?? "";
  for (const part of [PLAIN, HELD, GUARDED, REASON, ASKED]) expect(idOf(part)).toMatch(/^\w{8}$/);

  const seen = async (): Promise<Record<string, string[]>> => {
    const city = await readBy(world, "city");
    const shared = await readBy(world, "shared");
    const within = (text: string): string[] =>
      [PLAIN, HELD, GUARDED, REASON, ASKED, "Ten tep rieng"].filter((part) => text.includes(part));
    return { city: within(city), shared: within(shared) };
  };
  expect(await seen()).toEqual({ city: [PLAIN, GUARDED, REASON, "Ten tep rieng"], shared: [] });

  const release = (...args: string[]) => chitieu("texts", "release", "--for", "shared", ...args);
  expect(await release(idOf(PLAIN))).toMatchObject({ code: 2 });
  const guarded = await release(idOf(PLAIN), idOf(GUARDED), "--by", "Lan");
  expect(guarded.code).toBe(2);
  expect(guarded.text).toContain("Chưa cho phép nội dung nào");
  const ofHead = await release(idOf(ASKED), "--by", "Lan");
  expect(ofHead.code).toBe(2);
  expect(ofHead.text).toMatch(/Khó khăn, kiến nghị của đơn vị, UBND phường Một.*\n.*mục của biểu/);
  expect(await world.rows("from text_decision")).toEqual([]);

  await release(idOf(PLAIN), idOf(REASON), "--by", "Lan");
  await chitieu("texts", "release", idOf(HELD), "--for", "city", "--by", "Lan");
  expect(await seen()).toEqual({
    city: [PLAIN, HELD, GUARDED, REASON, "Ten tep rieng"],
    shared: [PLAIN, REASON],
  });
  expect(await world.rows("select decision, decided_by from text_decision")).toEqual([
    { decision: "shared", decided_by: "Lan" },
    { decision: "shared", decided_by: "Lan" },
    { decision: "city", decided_by: "Lan" },
  ]);

  const struck = await chitieu("texts", "strike", idOf(HELD), idOf(REASON), "--by", "Lan");
  expect(struck.text).toMatch(/^đã bỏ: \w{8} Ghi chú của đơn vị, UBND phường Hai/);
  expect(await seen()).toEqual({
    city: [PLAIN, GUARDED, "Ten tep rieng"],
    shared: [PLAIN],
  });
  expect((await chitieu("texts")).text).toContain(GUARDED);
  expect((await chitieu("texts")).text).not.toContain(PLAIN);
  expect((await chitieu("rebuild")).code).toBe(0);
  // four files, one finding, three decisions
  expect(causesOf(world)).toEqual(Array(8).fill(systemUser("command")));
});

test("a reason with the data of a person is not taken", async () => {
  const world = newWorld("2024");
  const reason = ["--reason", "anh An 0912345678 báo"];
  const { code, err } = await runIn(world, "findings", "acknowledge", "1", ...reason);
  expect([code, err]).toEqual([2, expect.stringContaining("thông tin cá nhân")]);
});

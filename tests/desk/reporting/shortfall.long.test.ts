import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { buildMarts } from "../../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../../pipelines/sources/catalogue.ts";
import { newWorld, PLAN, type World } from "../../intake/given.ts";
import { indicator, REACH } from "../../models/small-plan.ts";
import { administrator, csvFile, expectSaid, invited, startDesk, wordsOf } from "../given.ts";

const PAGE = "/ban-lam-viec/nguyen-nhan/thu/Q2";
const TARGET = { comparator: ">=", value: 90, for: "each", due: "each_period" };

/** The made-up plan with an indicator of all wards, and one on a sensitive measure. */
function worldWithTargets(): World {
  const world = newWorld("2024");
  const plan = {
    ...PLAN,
    schema: 2,
    groups: [{ code: "1", name: "Một" }],
    measures: PLAN.measures.map((one) =>
      one.code === "visits_day" ? { ...one, sensitive: true } : one,
    ),
    indicators: [
      { ...indicator(REACH), code: "1", short_name: "Tuyên truyền", target: TARGET },
      {
        ...indicator({ kind: "count", measures: ["visits_day"] }),
        ...{ code: "2", short_name: "Số lượt", unit_of_measure: "người", target: TARGET },
      },
    ],
  };
  writeFileSync(
    join(world.sources, "plans", "thu.yaml"),
    stringify(plan).replaceAll("2030", "2024"),
  );
  return { ...world, catalogue: readCatalogue(world.sources) };
}

/** What stands of an indicator on a page: its head, what is written and by whom, who may read it. */
const blockOf = ({ text }: { readonly text: string }, code: string): string =>
  wordsOf({
    text: new RegExp(`data-indicator="${code}".*?</fieldset>`, "s").exec(text)?.[0] ?? "",
  }).replace(/\d\d:\d\d ngày [\d/]+/g, "…");

const readersOf = ({ text }: { readonly text: string }): string[] =>
  [...text.matchAll(/<select name="(xem:[^"]+)">(.*?)<\/select>/gs)].map(
    ([, , options = ""]) => / value="(\w*)" selected/.exec(options)?.[1] ?? "",
  );
const readersFieldsOf = ({ text }: { readonly text: string }): string[] =>
  [...text.matchAll(/<select name="(xem:[^"]+)">/g)].map(([, name = ""]) => name);

test("a unit says why, staff read it, write for all, and let others read", async () => {
  const desk = await startDesk(worldWithTargets());
  const { world } = desk;
  const admin = await administrator(desk);
  const clerk = await invited(admin, "clerk", "phuong.hai", {
    shown_name: "Văn phòng",
    units: ["UB-02"],
  });
  const staff = await invited(admin, "staff", "tonghop", { shown_name: "Bà Tổng" });
  const figures = ["people,100", "reached,20", "visits,5", "visits_day,5", "visits_night,0"].map(
    (one) => `UB-02,Q2,,${one},`,
  );
  await clerk.post("/ban-lam-viec/gui", { file: csvFile("q2.csv", figures) });

  // beside the report, of what is not attained; of a guarded one no verdict is told
  await expect
    .poll(async () => (await clerk.get("/ban-lam-viec/viec")).text)
    .toContain(`href="${PAGE}/UB-02"`);
  await buildMarts({ paths: world.paths, catalogue: world.catalogue, asOf: null });
  expect(await clerk.words(`${PAGE}/UB-02`)).toMatch(
    /1 Tuyên truyền Không đạt 20%, mức chỉ tiêu ≥ 90% \(mọi kỳ\) ở từng phường Nguyên nhân Giải pháp Chỉ tiêu khác \(1\) 2 Số lượt Chưa phát hành Nguyên/,
  );
  // each its own
  for (const path of [PAGE, `${PAGE}/UB-01`, `${PAGE}/GD`]) {
    expect((await clerk.get(path)).status).toBe(404);
  }
  await clerk.get(`${PAGE}/UB-02`);
  expect((await clerk.post(PAGE, {})).status).toBe(403);

  // data of a person are not kept; all faults at once, and what was typed stays
  const wrong = await clerk.post(`${PAGE}/UB-02`, {
    "cause:1": "ông An, CCCD 020085001234",
    "remedy:1": "x".repeat(1001),
    "cause:2": "Chưa rõ",
  });
  expectSaid(
    wrong,
    400,
    /Nguyên nhân của chỉ tiêu 1 có thông tin cá nhân .* Giải pháp của chỉ tiêu 1 dài quá 1000 chữ\./,
  );
  expect(wrong.text).toContain("Chưa rõ.</textarea>");
  const texts = {
    "cause:1": "Mưa lũ kéo dài",
    "remedy:1": "Bổ sung hai buổi.",
    "cause:2": "Chồng chị Hoa đánh",
  };
  const kept = await clerk.post(`${PAGE}/UB-02`, texts);
  expect(blockOf(kept, "1")).toMatch(/Mưa lũ kéo dài\. .*Bổ sung hai buổi\. .*Văn phòng, …\.$/);
  expect(blockOf(kept, "2")).toContain("Có thể nói về một người: chưa ai xem; viết lại");
  // the same once more is nothing new
  expect(wordsOf(await clerk.post(`${PAGE}/UB-02`, texts))).toContain("Không có gì thay đổi.");

  // staff read all of it, write their own from it, and choose who reads
  const before = await staff.get(PAGE);
  expect(blockOf(before, "1")).toMatch(
    /^data.*1 Tuyên truyền Không đạt .* UBND phường Hai Nguyên nhân: Mưa lũ kéo dài\. Giải pháp: Bổ sung hai buổi\. Văn phòng, …\. Ai được xem/,
  );
  const suggested = await staff.get(`${PAGE}?tong-hop=1`);
  expect(suggested.text).toContain("UBND phường Hai: Mưa lũ kéo dài.</textarea>");
  // held texts are suggested to nobody
  expect(suggested.text).not.toContain("UBND phường Hai: Chồng");
  expect(readersOf(before)).toEqual(["city", "city", "city", ""]);
  const [ofOffice = "", ofUnit = "", , ofHeld = ""] = readersFieldsOf(before);
  const saved = await staff.post(PAGE, {
    "cause:1": "Mưa lũ ở hai phường",
    [ofOffice]: "shared",
    [ofUnit]: "shared",
    // nobody gets everybody to read of a guarded indicator
    [ofHeld]: "shared",
  });
  expect(readersOf(saved)).toEqual(["shared", "shared", "city", ""]);
  const struck = await staff.post(PAGE, { [ofHeld]: "struck" });
  expect(readersOf(struck)).toEqual(["shared", "shared", "city", "struck"]);

  // written anew, it waits once more; earlier texts stay in the ledger
  await clerk.post(`${PAGE}/UB-02`, { ...texts, "cause:1": "" });
  expect(
    await world.rows("select side, said, is_held, said_by from shortfall order by shortfall_no"),
  ).toEqual([
    { side: "cause", said: "Mưa lũ kéo dài.", is_held: false, said_by: "Văn phòng" },
    { side: "remedy", said: "Bổ sung hai buổi.", is_held: false, said_by: "Văn phòng" },
    { side: "cause", said: "Chồng chị Hoa đánh.", is_held: true, said_by: "Văn phòng" },
    { side: "cause", said: "Mưa lũ ở hai phường.", is_held: false, said_by: "Bà Tổng" },
    { side: "cause", said: "", is_held: false, said_by: "Văn phòng" },
  ]);
  expect(blockOf(await staff.get(PAGE), "1")).not.toContain("kéo dài");
});

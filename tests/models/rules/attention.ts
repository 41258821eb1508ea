import { expect, test } from "vitest";
import {
  type Attended,
  attentionText,
  type IndicatorWards,
  mapIndicatorSentence,
  mapSentence,
  type WardLacking,
} from "../../../pipelines/sentences/places.ts";
import { askSource } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";

/** What every ward must reach in each quarter, and at the year's end: in June half of it. */
const WARDS = given(
  inCity(
    "R",
    smallPlan(
      {
        1: "reached/people >= 30 each in each period",
        2: "beds >= 8 linear each",
        3: "rooms >= 8 linear each",
        4: "cases <= 9 each in each period",
        // which asks nothing of a ward, so that a silent one does not lack it
        5: "areas with rooms at least 1 >= 50",
      },
      {
        schema: 2,
        measures: [
          { code: "beds", over_time: "sum" },
          { code: "rooms", over_time: "sum" },
        ],
      },
    ),
  ),
  `
  people reached beds rooms cases  Q1             Q2
  W-O-K1                           -              100 10 3 4 .
  W-O-T1                           -              100 40 2 1 .
  W-O-D1 W-O-D2                    -              100 20 8 8 .
  W-O-L1                           -              100 50 3 8 .
  W-O-T2                           -              100 60 5 6 .
  W-O-L2                           -              100 10 . . .
  W-O-D3                           100 10 1 1 .   -
  D1:O-K1 D1:O-T1 D1:O-D1 D1:O-D2  -              . . . . 3
  D1:O-L1 D1:O-T2 D1:O-L2 D1:O-D3  -              . . . . 0
`,
  "2030-06-10",
);

test("who lacks more comes first, then who fails more, then as the plan has them; the silent are apart", async () => {
  const rows = await askSource(
    WARDS,
    ["area_attention"],
    `select area_code, area_attention.*
    from area_attention join marts.area using (plan_id, area_id) order by attention_no`,
  );
  const texts = rows.map((row) => `${row.area_code}: ${attentionText(row as unknown as Attended)}`);
  expect(texts).toEqual([
    "O-K1: 1 không đạt, 1 chậm tiến độ",
    "O-T1: 2 chậm tiến độ",
    "O-D1: 1 không đạt",
    "O-D2: 1 không đạt",
    "O-L2: 1 không đạt, 2 chưa báo cáo",
    "O-L1: 1 chậm tiến độ",
    "O-T2: không có chỉ tiêu nào không đạt hoặc chậm tiến độ",
    "O-D3: chưa gửi báo cáo",
    ...["N-D", "N-K", "N-L", "N-T"].map((code) => `${code}: không thuộc kỳ này`),
  ]);
});

test("a report ranks as the pages order, and who lacks as much shares a rank", async () => {
  const rows = await WARDS.rows(
    `select area_code, attention_rank from marts.status_by_place
    where period = 'Q2' and audience = 'release' and area_code like 'O-%' order by attention_no`,
  );
  const ranks = rows.map(({ area_code, attention_rank }) => `${area_code} ${attention_rank}`);
  // three of the last are behind or not met, but as far as is known only
  expect(ranks.join(", ")).toBe("O-K1 1, O-T1 1, O-D1 3, O-D2 3, O-L2 3, O-L1 3, O-T2 -, O-D3 7");
});

test("the map says its point in a sentence, for all indicators and for each", async () => {
  const wards = await askSource(
    WARDS,
    ["area_attention"],
    `from area_attention join marts.area using (plan_id, area_id)
    where attention <> 'not_applicable' order by area_no`,
  );
  expect(mapSentence("xã", wards as unknown as WardLacking[], ["Old K1"])).toBe(
    "7/8 xã có chỉ tiêu không đạt hoặc chậm tiến độ; nhiều nhất là Old D3, 3 chỉ tiêu; tạm tính: Old K1.",
  );
  const counted = await askSource(
    WARDS,
    ["ward_point"],
    "from ward_point where indicator_code < '5' order by indicator_code",
  );
  const sentences = counted.map((row) =>
    mapIndicatorSentence(row as unknown as IndicatorWards, "xã", []),
  );
  // D3, K1 and L2 have 10 of 100, D1 and D2 20; of beds D3 has 1, T1 2, K1 and L1 3
  expect(sentences).toEqual([
    "3/8 xã đạt; không đạt hoặc chậm tiến độ: Old D3 (10%), Old K1 (10%), Old L2 (10%) và 2 xã khác.",
    "2/8 xã đạt, 1 đúng tiến độ, 1 chưa báo cáo; không đạt hoặc chậm tiến độ: Old D3 (1%), Old T1 (2%), Old K1 (3%) và Old L1 (3%).",
    "3/8 xã đạt, 2 đúng tiến độ, 1 chưa báo cáo; không đạt hoặc chậm tiến độ: Old D3 (1%) và Old T1 (1%).",
    "Kết quả của từng xã chưa phát hành.",
  ]);
});

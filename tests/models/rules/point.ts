import { expect, test } from "vitest";
import { selectRows } from "../../../pipelines/warehouse/connection.ts";
import { cityTexts, wardsTexts, wardText } from "../../sentences/of-rows.ts";
import type { CaseMarts } from "../case-marts.ts";
import { runSource } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { given } from "./given.ts";

/** The sentences of a source, by period and, of wards, by their code. */
async function points(
  marts: CaseMarts,
  source: "point_city" | "point_ward" | "point_wards",
  column: "point" | "point_in_period" = "point",
): Promise<Record<string, unknown>> {
  return marts.read(async (connection) => {
    await runSource(connection, source);
    if (source === "point_ward") {
      const rows = await selectRows(
        connection,
        "select point_ward.*, area_code from point_ward join marts.area using (plan_id, area_id)",
      );
      return Object.fromEntries(
        rows.map((row) => [`${row.period} ${row.area_code}`, wardText(row)]),
      );
    }
    const rows = await selectRows(connection, `from ${source}`);
    if (source === "point_city") {
      return Object.fromEntries(rows.map((row) => [String(row.period), cityTexts(row)[column]]));
    }
    await runSource(connection, "ward_status");
    const statuses = await selectRows(connection, "from ward_status");
    return Object.fromEntries(
      rows.map((row) => {
        const own = statuses.filter(({ period }) => period === row.period);
        return [String(row.period), wardsTexts(row, own).point];
      }),
    );
  });
}

const WARDS = given(
  smallPlan("reached/people"),
  `
      people reached  Q1      Q2
      W-A1            100 20  100 20
      W-A2            100 20  100 5
      W-A3            0 0     50 30
      W-A4            100 30
    `,
);

test("above the target, below it, nothing arisen and nothing reported are said of each ward", async () => {
  const sentences = await points(WARDS, "point_ward");
  // 20 + 20 of 100 against 30
  expect(sentences["Q2 A1"]).toBe(
    "Đến quarter 2 đạt 40%, vượt mức chỉ tiêu 30%; tăng 20 điểm phần trăm so với quarter 1.",
  );
  expect(sentences["Q2 A2"]).toBe(
    "Đến quarter 2 đạt 25%, chưa đến hạn, chưa đạt mức chỉ tiêu 30%; tăng 5 điểm phần trăm so với quarter 1.",
  );
  expect(sentences["Q1 A3"]).toBe(
    "Đến quarter 1 không phát sinh: mẫu số bằng 0 nên không có gì để tính.",
  );
  expect(sentences["Q2 A3"]).toBe(
    "Đến quarter 2 đạt 60%, vượt mức chỉ tiêu 30%; không so sánh được với quarter 1 vì không phát sinh.",
  );
  expect(sentences["Q1 A4"]).toBe("Đến quarter 1 đạt 30%, bằng mức chỉ tiêu.");
  expect(sentences["Q2 A4"]).toBe(
    "Đến quarter 2 đạt 30%, bằng mức chỉ tiêu (tạm tính); không thay đổi so với quarter 1. Quarter 2 chưa có đủ số liệu; lấy số đã báo cáo ở kỳ trước.",
  );
});

const CITY = given(
  smallPlan("reached/people >= 50 linear"),
  `
    people reached  Q1      Q2
    W-A1 W-A2       100 20  100 10
    W-A3 W-A4       100 20
  `,
);

test("of the whole area the sentence says who is missing, and the year to date and the period differ", async () => {
  // 80 + 20 of 400; had the others reached all of theirs, the target would be met
  expect((await points(CITY, "point_city")).Q2).toBe(
    "Đến quarter 2 đạt 25%, đúng tiến độ: mức cần đạt tại kỳ này là 25%, mức chỉ tiêu 50% (tạm tính); tăng 5 điểm phần trăm so với quarter 1. Quarter 2 mới có đủ số liệu của 2/4 địa bàn, đơn vị; 2 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước.",
  );
  expect((await points(CITY, "point_city", "point_in_period")).Q2).toBe(
    "Trong quarter 2 đạt 10%; giảm 10 điểm phần trăm so với quarter 1.",
  );
});

const SILENT = given(
  smallPlan("reached/people >= 50 linear"),
  `
    people reached  Q2      Q4
    W-A1            100 20  0 0
    W-A2            100 20  0 20
  `,
);
const HALF = given(
  smallPlan("reached/people >= 50 linear"),
  `
    reached  Q1  Q2
    W-A1     20
    W-A2     -   20
  `,
);

test("where nothing has come it is said once, of the period alone as of the year to date", async () => {
  const sentences = await points(SILENT, "point_city");
  expect(sentences.Q1).toBe("Đến quarter 1 chưa có số liệu để tính.");
  expect(sentences.Q3).toBe(
    "Đến quarter 3 đạt 20%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 37,5% là 17,5 điểm phần trăm (tạm tính); không thay đổi so với quarter 2. Quarter 3 chưa địa bàn, đơn vị nào có đủ số liệu; 2 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước; chưa tính được 2 địa bàn, đơn vị. Các kỳ trước trong năm còn thiếu 6 lượt số liệu (mỗi địa bàn, đơn vị thiếu một kỳ tính một lượt).",
  );
  const alone = await points(SILENT, "point_city", "point_in_period");
  expect(alone).toMatchObject({
    Q1: "Trong quarter 1 chưa có số liệu để tính.",
    Q2: "Trong quarter 2 đạt 20%; không so sánh được với quarter 1 vì chưa báo cáo.",
    Q3: "Trong quarter 3 chưa có số liệu để tính.",
  });
  expect((await points(SILENT, "point_ward"))["Q2 A3"]).toBe(
    "Đến quarter 2 chưa có số liệu để tính.",
  );
});

test("where one part of a ratio has come, it is not said that nothing has", async () => {
  expect(await points(HALF, "point_city")).toMatchObject({
    Q1: "Đến quarter 1 chưa có số liệu để tính.",
    Q2: "Đến quarter 2 chưa có số liệu để tính.",
  });
});

const CEILING = given(
  smallPlan("reached/people <= 30"),
  `
    people reached  Q1      Q2
    W-A1            100 20  100 15
  `,
);

test("a ceiling is kept or gone beyond, never reached", async () => {
  const sentences = await points(CEILING, "point_ward");
  expect(sentences["Q1 A1"]).toBe("Đến quarter 1 là 20%, trong giới hạn 30%.");
  expect(sentences["Q2 A1"]).toBe(
    "Đến quarter 2 là 35%, chưa đến hạn, đang vượt quá mức tối đa 30% là 5 điểm phần trăm; tăng 15 điểm phần trăm so với quarter 1.",
  );
});

const CONDITION = given(
  smallPlan("areas with plan >= 100"),
  `
      plan  Q1  Q2  Q3
      W-A1  0   1   1
    `,
);

test("a condition holds or does not: no percentages", async () => {
  const sentences = await points(CONDITION, "point_ward");
  expect(sentences["Q1 A1"]).toBe("Đến quarter 1: chưa đạt.");
  expect(sentences["Q2 A1"]).toBe("Đến quarter 2: đạt; quarter 1 chưa đạt.");
  expect(sentences["Q3 A1"]).toBe("Đến quarter 3: đạt; quarter 2 cũng đạt.");
});

const SMALL = given(
  smallPlan("solved/cases >= 100"),
  `
      cases solved  Q1
      D1:A1         20 20
      D1:A2         3 2
      D1:A3         30 29
      D1:A4         40 40
    `,
);

test("a small count of a sensitive measure is in no sentence", async () => {
  const sentences = await points(SMALL, "point_ward");
  expect(sentences["Q1 A2"]).toBe("Đến quarter 1: giá trị chưa phát hành.");
});

const UNSENT = given(
  smallPlan("solved/cases >= 100"),
  `
      people  Q1
      W-A1    20
    `,
);

test("of a sensitive measure that nobody has reported it is not said that it is hidden", async () => {
  const hidden = (marts: CaseMarts) =>
    marts.read(async (connection) => {
      await runSource(connection, "measure_city");
      return selectRows(
        connection,
        "select is_hidden, is_untold from measure_city where measure = 'cases' and period = 'Q1'",
      );
    });
  expect(await hidden(SMALL)).toEqual([{ is_hidden: true, is_untold: true }]);
  expect(await hidden(UNSENT)).toEqual([{ is_hidden: false, is_untold: false }]);
});

/** People of four wards, as a change since the quarter before. */
const CHANGE = given(
  smallPlan("change of people from previous as percent <= -5", { schema: 2 }),
  `
      people  Q1   Q2  Q3
      W-A1    100  90  81
      W-A2    50   51  51
      W-A3    50   50  45
      W-A4    50   50  50
    `,
);

test("a change is told as a rise or a fall, with what it is compared with and what is asked", async () => {
  // 241 of 250, then 227 of 241
  const whole = await points(CHANGE, "point_city");
  expect(whole.Q2).toBe(
    "Đến quarter 2 giảm 3,6% so với quarter 1, chưa đến hạn, chưa đáp ứng yêu cầu giảm từ 5% trở lên.",
  );
  expect(whole.Q3).toBe(
    "Đến quarter 3 giảm 5,81% so với quarter 2, chưa đến hạn, đang đáp ứng yêu cầu giảm từ 5% trở lên; quarter 2 giảm 3,6%.",
  );
  expect((await points(CHANGE, "point_city", "point_in_period")).Q3).toBe(
    "Chỉ tiêu này tính trên số lũy kế, không tính riêng từng kỳ.",
  );
  const wards = await points(CHANGE, "point_ward");
  expect(wards["Q3 A1"]).toMatch(
    /^Đến quarter 3 giảm 10% so với quarter 2, .*; quarter 2 cũng giảm 10%\.$/,
  );
  expect(wards["Q2 A2"]).toMatch(/^Đến quarter 2 tăng 2% so với quarter 1/);
  expect(wards["Q2 A3"]).toMatch(/^Đến quarter 2 không thay đổi so với quarter 1/);
});

const COUNT = given(
  smallPlan("reached >= 100"),
  `
      people reached  Q1
      W-A1            100 20
      W-A2            100 5
      W-A3            100 9
    `,
);

test("of a target of the whole alone, no ward is said to have reached it or not", async () => {
  const sentences = await points(COUNT, "point_wards");
  expect(sentences.Q1).toBe(
    "Cao nhất: Ward 1 (20%); thấp nhất: Ward 2 (5%). Mức chỉ tiêu giao cho toàn địa bàn, không chia cho từng phường. Chưa báo cáo: Ward 4.",
  );
});

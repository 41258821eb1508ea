import { describe, expect, test } from "vitest";
import { type DocumentFacts, NO_DOCUMENT } from "../../pipelines/contract/document.ts";
import type { Change } from "../../pipelines/contract/report.ts";
import { reportBody } from "../../pipelines/sentences/report-body.ts";
import { casesIn } from "../case-lines.ts";
import { givenHead, givenPublication, givenReport } from "./given.ts";

/** What the body of the given report says, with changes of it. */
function textsOf(change: Parameters<typeof givenReport>[0] = {}): string[] {
  return reportBody(givenReport(change)).map(({ text }) => text);
}

describe("the body of a report", () => {
  test("says in order the results, the wards, what is to be said of them, what it stands on, the changes, the doubts", () => {
    const headings = reportBody(givenReport()).filter(({ kind }) => kind !== "text");
    expect(headings.filter(({ kind }) => kind !== "item").map(({ text }) => text)).toEqual([
      "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU",
      "1. Truyền thông, tuyên truyền, phổ biến, giáo dục pháp luật",
      "2. Phòng ngừa thông qua lồng ghép các chương trình tại địa bàn, cơ sở",
      "3. Kiểm tra, phát hiện, xử lý vi phạm; điều tra, truy tố tội phạm",
      "4. Can thiệp giảm tác hại, phòng ngừa bạo lực trên cơ sở giới",
      "5. Tập huấn, bồi dưỡng nâng cao năng lực",
      "II. KẾT QUẢ THEO PHƯỜNG, XÃ",
      "III. CÁC SỐ LIỆU KHÁC CỦA KẾ HOẠCH",
      "IV. ĐÁNH GIÁ CHUNG",
      "1. Kết quả đạt được",
      "2. Tồn tại, hạn chế",
      "V. NHIỆM VỤ THỜI GIAN TỚI",
      "VI. TÌNH HÌNH BÁO CÁO SỐ LIỆU",
      "VII. NỘI DUNG THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC",
      "VIII. NHỮNG ĐIỂM CẦN LƯU Ý VỀ SỐ LIỆU",
    ]);
  });

  test.each(
    casesIn(`
  opening
    ⇒ Thực hiện Kế hoạch số 76/KH-UBND ngày 29/3/2024 của Ủy ban nhân dân tỉnh Lạng Sơn và Kế hoạch số 217/KH-UBND ngày 06/5/2024 của Ủy ban nhân dân thành phố Lạng Sơn về thực hiện công tác phòng, chống mại dâm năm 2024, Ủy ban nhân dân thành phố Lạng Sơn báo cáo kết quả thực hiện quý II năm 2024 như sau:
  what the figures are of, and that some are estimates
    ⇒ Số liệu trong kỳ tính từ ngày 15/3/2024 đến hết ngày 14/6/2024. Báo cáo tổng hợp từ số liệu của các đơn vị nhận được đến 17 giờ 00 phút ngày 20/6/2024, là số liệu sơ bộ, trong đó có phần ước thực hiện do hạn gửi báo cáo trước ngày chốt số liệu.
  a small count with its unit, to date and in the period
    ⇒ - Số tin, bài đăng trên Trang thông tin điện tử thành phố: 14 tin, bài, trong kỳ 06 tin, bài.
  a doubt with its figures
    ⇒ - Phường Tam Thanh - Số người lao động tại các cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn mại dâm: kỳ này ghi 96, kỳ trước ghi 16, chênh lệch từ năm lần trở lên mà không ghi chú nguyên nhân; đã xem xét: UBND phường đã xác nhận: rà soát lại toàn bộ cơ sở.
  what is missing of the periods before, by period and unit, a report and a figure
    ⇒ - Quý I năm 2024 còn thiếu: báo cáo của Ủy ban nhân dân xã Quảng Lạc; số người được hỗ trợ tín dụng theo quy định của Chi nhánh Ngân hàng Chính sách xã hội tỉnh.
  coverage ⇒ 20/21 đơn vị đã gửi báo cáo quý II năm 2024, trong đó 01 đơn vị gửi trễ hạn.
  a late unit ⇒ - Gửi trễ hạn: Ủy ban nhân dân phường Vĩnh Trại (trễ 03 ngày).
  a missing unit ⇒ - Chưa gửi báo cáo: Ủy ban nhân dân xã Quảng Lạc.
  all indicators
    ⇒ Lũy kế từ đầu năm đến hết quý II năm 2024, trong 12 chỉ tiêu của Kế hoạch có 03 chỉ tiêu đạt, 04 chỉ tiêu đúng tiến độ, 01 chỉ tiêu chậm tiến độ, 03 chỉ tiêu chưa đạt và 01 chỉ tiêu không phát sinh; 20/21 đơn vị đã gửi báo cáo.
  a verdict that a silent ward could still change
    ⇒ - Chỉ tiêu 1.3a - Người lao động tại các cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn được tuyên truyền: kết quả 18,21% (138/758), tăng 9,11 điểm phần trăm so với quý I năm 2024; mức chỉ tiêu từ 20% trở lên, mức cần đạt tại kỳ này 10%: đúng tiến độ (tạm tính).
  indicators of wards and of units that lack the same silent unit, once
    ⇒ - Các chỉ tiêu 1.1, 2.1, 2.2, 4.1: chưa có số liệu quý II năm 2024 của Xã Quảng Lạc.
  a ward of which an earlier figure stands ⇒ - Chỉ tiêu 3.2b: lấy số đã báo cáo ở kỳ trước của Xã Mai Pha.
  wards that are left out ⇒ - Chỉ tiêu 3.2b: tỷ lệ chưa tính Xã Hoàng Đồng, Xã Quảng Lạc.
  all verdicts that may still change
    ⇒ - Đánh giá các chỉ tiêu 1.3a, 2.1, 3.2b, 4.1, 5.1 là tạm tính, xác định lại khi nhận đủ báo cáo của các kỳ và kiểm tra xong số liệu cần lưu ý.
  a stock that stands on an earlier period's in part
    ⇒ - Số cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn mại dâm: 189 cơ sở (chưa có số liệu quý II năm 2024 của Xã Quảng Lạc; lấy số đã báo cáo ở kỳ trước của Xã Mai Pha).
  a withheld indicator whose status may be told
    ⇒ - Chỉ tiêu 3.1 - Tố giác, tin báo, khiếu nại được tiếp nhận, xác minh, phân loại, xử lý kịp thời: số liệu không công bố trong bản này; mức chỉ tiêu 100%: đạt.
  an indicator that has not arisen
    ⇒ - Chỉ tiêu 3.2a - Vụ việc, hành vi vi phạm được xử lý theo quy định của pháp luật: không phát sinh; mức chỉ tiêu 100%.
  the weakest ward
    ⇒ - Phường Vĩnh Trại: 06 chỉ tiêu chậm tiến độ: 1.3a Người lao động được tuyên truyền (6%), 1.3b Giáo viên được tuyên truyền (44,44%), 1.3c Học sinh được tuyên truyền (9,9549%), 3.2b Cơ sở được kiểm tra (12%), 4.1 Phường, xã có đủ hoạt động (0%), 5.1 Cán bộ được tập huấn (6,25%).
  a silent ward ⇒ Phường, xã còn chỉ tiêu chưa có số liệu: Xã Quảng Lạc (07 chỉ tiêu).
  a report that was sent again
    ⇒ - (1) Ủy ban nhân dân phường Vĩnh Trại gửi lại báo cáo quý II năm 2024, nhận lúc 16 giờ 10 phút ngày 20/6/2024 (số tiếp nhận 23), thay báo cáo nhận lúc 08 giờ 30 phút ngày 12/6/2024.
  what nothing is known to be the cause of, by its name
    ⇒ - (2) Chưa xác định được nguyên nhân từ báo cáo của đơn vị, kế hoạch và hạn gửi: 3.1 - Tố giác, tin báo, khiếu nại được tiếp nhận, xác minh, phân loại, xử lý kịp thời.
  the reason
    ⇒ Báo cáo này thay thế Báo cáo số         /BC-UBND ngày       tháng       năm         của Ủy ban nhân dân thành phố Lạng Sơn, để đính chính số liệu. Lý do: UBND phường Vĩnh Trại đính chính số người lao động được tuyên truyền.
  a withheld doubt without its figures
    ⇒ - Phường Đông Kinh - Số tố giác, tin báo, khiếu nại đã xác minh, phân loại, xử lý kịp thời: số lũy kế từ đầu năm lớn hơn mức tối đa.
  closing ⇒ Trên đây là kết quả thực hiện Kế hoạch số 217/KH-UBND quý II năm 2024, Ủy ban nhân dân thành phố Lạng Sơn báo cáo./.
`),
  )("tells of %s", (_, sentence) => {
    expect(textsOf()).toContain(sentence);
  });

  test("tells of a change how far it rose or fell, then and before, and not by its sign", () => {
    const { items, lines } = givenReport();
    const kind = {
      ...{ value_kind: "change", unit_of_measure: "%", target_comparator: "<=" },
      target_text: "giảm ≥ 5% so với cùng kỳ năm trước",
    };
    const own = {
      ...{ value_shown: "-6.6700", previous_value: "-7.8700", change_from_previous: "1.2000" },
      ...{ target_value: "-5.0000", target_to: null, status: "met" as const },
    };
    const isIt = ({ code, area_no = 0 }: { code: string; area_no?: number }) =>
      code === "1.2" && area_no === 0;
    const texts = textsOf({
      items: items.map((one) => (isIt(one) ? { ...one, ...kind } : one)),
      lines: lines.map((one) => (isIt(one) ? { ...one, ...own } : one)),
    });
    expect(texts.find((text) => text.includes("Chỉ tiêu 1.2 "))).toContain(
      ": tính đến hết quý II năm 2024 giảm 6,67%, quý I năm 2024 giảm 7,87%; mức chỉ tiêu giảm từ 5% trở lên so với cùng kỳ năm trước: đạt",
    );
  });

  test("names no areas where they are many", () => {
    const silent = givenReport().lines.map((line) =>
      line.code === "1.3a"
        ? line.area_no === 0
          ? { ...line, areas_reported: 2, areas_left_out: 6 }
          : line.area_no > 2
            ? { ...line, areas_reported: 0, status: "not_reported" as const }
            : line
        : line,
    );
    expect(textsOf({ lines: silent })).toContain("- Chỉ tiêu 1.3a: tỷ lệ chưa tính 06 phường, xã.");
  });

  test("lists the wards by how many indicators need attention, equal ones in their order", () => {
    const wards = textsOf()
      .filter((text) => /^- (Phường|Xã) .*: \d\d chỉ tiêu/.test(text))
      .map((text) => text.slice(2, text.indexOf(":")));
    expect(wards).toEqual(["Phường Vĩnh Trại", "Xã Mai Pha", "Phường Tam Thanh và Xã Hoàng Đồng"]);
  });

  test("says which figures come from shorter periods", () => {
    const lines = givenReport().lines.map((line) => ({ ...line, basis: "covered" }));
    expect(textsOf({ lines })).toContain(
      "- Các chỉ tiêu 1.1, 1.2, 1.3a, 1.3b, 1.3c, 2.1, 2.2, 3.1, 3.2a, 3.2b, 4.1, 5.1: tổng hợp từ các báo cáo định kỳ trong kỳ.",
    );
  });

  test.each([
    [
      "by its value, with what made it another",
      [],
      [
        "1.3a Người lao động được tuyên truyền",
        "19,66%, đúng tiến độ (tạm tính)",
        "18,21%, đúng tiến độ (tạm tính)",
        "(1)",
      ],
    ],
    [
      "by its verdict, too",
      [
        { field: "status", old_value: "behind", causes: "2" },
        { field: "is_provisional", old_value: "false" },
      ],
      [
        "1.3a Người lao động được tuyên truyền",
        "19,66%, chậm tiến độ",
        "18,21%, đúng tiến độ (tạm tính)",
        "(1, 2)",
      ],
    ],
  ])("puts each changed figure of the whole into one row of a table: %s", (_, more, row) => {
    const { changes } = givenReport();
    const also = more.map((change) => ({ ...changes[1], ...change })) as Change[];
    const tables = reportBody(givenReport({ changes: [...changes, ...also] })).flatMap(
      ({ table }) => table ?? [],
    );
    expect(tables).toEqual([
      { heads: ["Chỉ tiêu, số liệu", "Báo cáo trước", "Báo cáo này", "Do"], rows: [row] },
    ]);
  });

  test.each([
    [
      "nobody has written anything: room to write",
      "superior",
      NO_DOCUMENT.texts,
      ["3. Nguyên nhân", "…".repeat(32)],
    ],
    [
      "a person left the head out: nothing",
      "superior",
      { is_shared: true, heads: { causes: [] } },
      [],
    ],
    ["in what everybody reads: nothing", "shared", NO_DOCUMENT.texts, []],
  ] as const)("asks of a figure no cause; where %s", (_, audience, texts, lines) => {
    const document = { ...NO_DOCUMENT, texts } as DocumentFacts;
    const body = textsOf({ audience, publication: givenPublication({ document }) });
    expect(body.filter((text) => /Nguyên nhân$|^…/.test(text))).toEqual(lines);
  });

  test("says of a period that has changed since it was published that nothing is compared with it", () => {
    const texts = textsOf({ head: givenHead({ previous_changed_version: 1 }) });
    expect(texts).toContain(
      "Số liệu hoặc đánh giá quý I năm 2024 nay đã khác báo cáo đã phát hành của kỳ ấy (phiên bản 1); chưa phát hành lại nên báo cáo này không nêu tăng, giảm so với quý I năm 2024.",
    );
  });

  test("says in which order places are listed, and that silent ones come behind", () => {
    const attention = [
      { not_met: 0, attention_rank: null },
      { not_met: 2, attention_rank: 1 },
    ];
    const tallies = givenReport().tallies.map((tally, index) => ({
      ...{ ...tally, behind: 0 },
      ...(attention[index] ?? { not_met: 3, attention_rank: 2 }),
    }));
    expect(textsOf({ tallies })).toContain(
      "Phường, xã có chỉ tiêu không đạt hoặc chậm tiến độ, xếp từ nhiều đến ít; nơi chưa gửi báo cáo xếp sau:",
    );
  });
});

test.each([
  [
    "who owes many periods is named once with all of them",
    [
      [...Array(12).keys()].map((index) => `Tháng ${index + 1} năm 2026`).concat("Quý I năm 2026"),
      ["Quý I năm 2026: Số vụ"],
    ],
    [
      "- Tháng 1–12 và quý I năm 2026 còn thiếu: báo cáo của xã 0.",
      "- Quý I năm 2026 còn thiếu: số vụ của xã 1.",
    ],
  ],
  [
    "periods are in their order, whoever owes them",
    [["Quý III năm 2026"], ["6 tháng đầu năm 2026"], ["Năm 2025: Số vụ"], ["Quý II năm 2026"]],
    [
      "- Năm 2025 còn thiếu: số vụ của xã 2.",
      "- Quý II năm 2026 còn thiếu: báo cáo của xã 3.",
      "- 6 tháng đầu năm 2026 còn thiếu: báo cáo của xã 1.",
      "- Quý III năm 2026 còn thiếu: báo cáo của xã 0.",
    ],
  ],
])("%s", (_, owed, expected) => {
  const units = givenReport().units.map((unit, index) => ({
    ...{ ...unit, unit_name: `xã ${index}`, missing_before: owed[index]?.join("\n") ?? null },
  }));
  expect(textsOf({ units }).filter((text) => text.includes("còn thiếu:"))).toEqual(expected);
});

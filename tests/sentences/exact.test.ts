import { expect, test } from "vitest";
import { amountText, askedChangeText, targetText } from "../../pipelines/sentences/amount.ts";
import {
  type CityFigure,
  citySentence,
  type WardFigure,
  wardSentence,
} from "../../pipelines/sentences/figure.ts";
import { earlierText } from "../../pipelines/sentences/period-name.ts";
import { type Moves, movesSentence, type Wards } from "../../pipelines/sentences/places.ts";
import { projectionSentence } from "../../pipelines/sentences/projection.ts";
import {
  outdatedInBrief,
  type Readiness,
  readinessSentence,
  silentPeriodsSentence,
  workSentence,
} from "../../pipelines/sentences/readiness.ts";
import {
  changeStandingText,
  sinceBeforeText,
  standingText,
} from "../../pipelines/sentences/standing.ts";
import { casesIn } from "../case-lines.ts";

// One exact sentence of each kind; that all others say what is so, `every-sentence.test.ts` holds.

const BEFORE = {
  ...{ before_name: "Quý III", before_year: 2024, before_status: "met" as const },
  ...{ before_is_provisional: false, before_is_hidden: false },
  ...{ before_value: null, since_before: null },
};
/** A value that meets its target, with nothing missing and nothing before it. */
const FIGURE: CityFigure = {
  ...{ period_name: "Quý IV năm 2024", period_kind: "quarter", year: 2024, position: 4 },
  ...{ is_estimate: false, is_of_period: false, value_kind: "ratio", unit: "%" },
  ...{ status: "met", is_provisional: false, is_hidden: false, sides: null },
  ...{ value: 27.7, value_in_period: null, why_none_in_period: null },
  ...{ target_comparator: ">=", target_value: 20, target_to: null, pace_value: null },
  ...{ from_target: null, from_pace: null, since_before_in_period: null },
  ...{ earlier_kind: null, earlier_year: null, earlier_position: null, earlier_name: null },
  ...{ ...BEFORE, before_name: null, before_status: null, before_status_in_period: null },
  ...{ areas_expected: 8, areas_reported: 8, areas_carried: 0, areas_left_out: 0 },
  periods_missing_before: 0,
};
const READY: Readiness = {
  ...{ verdict: "ready", may_be_final: true, version: null },
  ...{ units: 12, units_received: 12, missing: 0, not_due: 0, errors: 0, doubts: 0 },
  ...{ data_from: "01/4/2024", earlier_changed: null },
  ...{ submissions_since: 0, figures_changed_since: 0 },
};
const MOVES = {
  ...{ noun: "phường, xã", unit: "%", is_ranked: true, up: 5, down: 1, level: 0 },
  ...{ before_name: "Quý III năm 2024", before_year: 2024 },
};
const PROJECTION = {
  ...{ due_name: "Năm 2024", value_low: 28, value_high: 33, unit: "%", target_value: 30 },
  ...{ target_to: null, outlook: "open", steps_gone: 2 },
};
const OUTDATED = {
  ...{ period_name: "Quý III", version: 2, indicators_changed: "1.1 A", figures_changed_since: 9 },
  ...{ submissions_since: 0, received_since: null },
};
const CAME = { submissions_since: 9, received_since: "2024-12-04 15:35:00" };

/** Less, as a query has it: exact to four decimals. */
const less = (one: number | null, other: number | null) =>
  one === null || other === null ? null : Number((one - other).toFixed(4));

/** A figure with its differences, as a query has them. */
const figureOf = (own: object): WardFigure & typeof FIGURE => {
  const figure = { ...FIGURE, ...own };
  const { value, target_value, pace_value } = figure;
  return { ...figure, from_target: less(value, target_value), from_pace: less(value, pace_value) };
};

type Period = [kind: string, year: number, position: number];

const EARLIER = { earlier_kind: "quarter", earlier_year: 2023, earlier_position: 4 };

/** What a maker says of facts that are written as JSON; those not named are as above. */
const SAID: Readonly<Record<string, (given: never) => string | null>> = {
  amount: (given: Parameters<typeof amountText>) => amountText(...given),
  target: (given: Parameters<typeof targetText>) => targetText(...given),
  asked: (given: Parameters<typeof askedChangeText>) => askedChangeText(...given),
  earlier: ([now, then, earlier_name]: [Period, Period, string | null]) =>
    earlierText({
      ...{ period_kind: now[0], year: now[1], position: now[2], earlier_name },
      ...{ earlier_kind: then[0], earlier_year: then[1], earlier_position: then[2] },
    }),
  standing: (own: object) => standingText(figureOf(own)),
  change: (own: { value: number }) =>
    changeStandingText({ ...figureOf({ ...EARLIER, ...own }), value: own.value }),
  since: ({ value, unit = "%", ...own }: { value: number | null; unit?: string }) =>
    sinceBeforeText(value, unit, { ...BEFORE, ...own }),
  city: (own: object) => citySentence(figureOf(own)),
  ward: (own: object) => wardSentence(figureOf(own)),
  moves: (own: Wards & Moves) => movesSentence({ ...MOVES, ...own }, { ...MOVES, ...own }),
  projection: (own: object) => projectionSentence({ ...PROJECTION, ...own }),
  readiness: (own: object) => readinessSentence({ ...READY, ...own }),
  silent: ([periods, units]: [string[], string[]]) =>
    silentPeriodsSentence(
      periods.map((period_name) => ({ period_name, last_day: "10/10/2025" })),
      units,
    ),
  work: ({ came, ...own }: { came?: true }) =>
    workSentence({ ...OUTDATED, ...(came && CAME), ...own }),
  brief: (rows: object[]) =>
    outdatedInBrief(rows.map((own) => ({ ...OUTDATED, ...CAME, ...own }))) ?? "",
};

test.each(
  casesIn(`
  amount [24.1, "%"] ⇒ 24,1%
  amount [5, "/100.000 dân"] ⇒ 5/100.000 dân
  target [18, 22, "%"] ⇒ từ 18% đến 22%
  target [18, 22, "vụ"] ⇒ từ 18 đến 22 vụ
  asked ["<=", -5, null, "%"] ⇒ giảm từ 5% trở lên
  asked [">=", -5, null, "%"] ⇒ giảm không quá 5%
  asked ["<", 0, null, "%"] ⇒ giảm
  asked ["between", -10, -5, "%"] ⇒ giảm từ 5% đến 10%
  asked ["between", -5, 5, "%"] ⇒ giảm không quá 5%, tăng không quá 5%
  earlier [["quarter", 2020, 3], ["quarter", 2019, 3], null] ⇒ cùng kỳ năm trước
  earlier [["year", 2020, 1], ["year", 2019, 1], "Năm 2019"] ⇒ năm trước
  earlier [["quarter", 2020, 3], ["quarter", 2020, 2], "Quý II năm 2020"] ⇒ quý II
  earlier [["quarter", 2020, 3], ["quarter", 2020, 2], null] ⇒ quý II
  earlier [["quarter", 2021, 3], ["year", 2019, 1], null] ⇒ cả năm 2019
  earlier [["quarter", 2021, 3], ["year", 2019, 1], "Năm 2019"] ⇒ cả năm 2019
  earlier [["year", 2021, 1], ["year", 2019, 1], null] ⇒ năm 2019
  earlier [["year", 2021, 1], ["year", 2019, 1], "Năm 2019"] ⇒ năm 2019
  earlier [["quarter", 2021, 3], ["quarter", 2019, 4], null] ⇒ quý IV năm 2019
  earlier [["month", 2021, 3], ["month", 2021, 2], null] ⇒ tháng 02
  earlier [["other", 2021, 3], ["other", 2019, 2], null] ⇒ kỳ đem so sánh

  standing {} ⇒ Đến quý IV năm 2024 đạt 27,7%, vượt mức chỉ tiêu 20%
  standing {"is_of_period": true, "value": 20} ⇒ Trong quý IV năm 2024 đạt 20%, bằng mức chỉ tiêu
  standing {"is_estimate": true} ⇒ Đến quý IV năm 2024 ước đạt 27,7%, vượt mức chỉ tiêu 20%
  standing {"status": "not_met", "value": 19.996}
    ⇒ Đến quý IV năm 2024 đạt 19,996%, thấp hơn mức chỉ tiêu 20% là 0,004 điểm phần trăm
  standing {"status": "behind", "value": 8.26, "pace_value": 10, "is_provisional": true}
    ⇒ Đến quý IV năm 2024 đạt 8,26%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 10% là 1,74 điểm phần trăm (tạm tính)
  standing {"status": "not_met", "value": 20, "target_comparator": ">"} ⇒ Đến quý IV năm 2024 đạt 20%, chưa vượt mức chỉ tiêu 20%
  standing {"value": 4, "target_comparator": "<="} ⇒ Đến quý IV năm 2024 là 4%, dưới mức tối đa 20%
  standing {"status": "not_met", "target_comparator": "<="}
    ⇒ Đến quý IV năm 2024 là 27,7%, vượt quá mức tối đa 20% là 7,7 điểm phần trăm
  standing {"status": "not_met", "value": 20, "target_comparator": "<"}
    ⇒ Đến quý IV năm 2024 là 20%, chưa thấp hơn mức chỉ tiêu 20%
  standing {"status": "not_yet", "value": 12} ⇒ Đến quý IV năm 2024 đạt 12%, chưa đến hạn, chưa đạt mức chỉ tiêu 20%
  standing {"status": "within", "value": 4, "target_comparator": "<="} ⇒ Đến quý IV năm 2024 là 4%, trong giới hạn 20%
  standing {"status": "within", "value": 20, "target_comparator": "<="} ⇒ Đến quý IV năm 2024 là 20%, bằng mức tối đa
  standing {"status": "not_yet", "target_comparator": "<="}
    ⇒ Đến quý IV năm 2024 là 27,7%, chưa đến hạn, đang vượt quá mức tối đa 20% là 7,7 điểm phần trăm
  standing {"value": 21, "target_comparator": "between", "target_to": 22, "unit": "vụ"}
    ⇒ Đến quý IV năm 2024 là 21 vụ, trong khoảng từ 20 đến 22 vụ
  standing {"status": "not_met", "value": 23, "target_comparator": "between", "target_to": 22, "unit": "vụ"}
    ⇒ Đến quý IV năm 2024 là 23 vụ, cao hơn khoảng từ 20 đến 22 vụ
  standing {"status": "not_yet", "value": 249, "target_comparator": "between", "target_to": 22, "unit": "vụ"}
    ⇒ Đến quý IV năm 2024 là 249 vụ, chưa đến hạn, đang cao hơn mức chỉ tiêu từ 20 đến 22 vụ
  standing {"status": "not_met", "value": 1, "target_comparator": "=", "target_value": 0, "unit": "vụ"}
    ⇒ Đến quý IV năm 2024 là 1 vụ, trong khi mức chỉ tiêu là 0 vụ
  standing {"status": "no_target", "value": 12, "unit": "cơ sở"} ⇒ Đến quý IV năm 2024 là 12 cơ sở; không có mức chỉ tiêu riêng
  standing {"status": "not_reported", "value": null} ⇒ Đến quý IV năm 2024 chưa có số liệu để tính
  standing {"status": "not_applicable", "value": null} ⇒ Không áp dụng tại quý IV năm 2024
  standing {"status": "not_met", "value": null, "is_hidden": true}
    ⇒ Đến quý IV năm 2024: không đạt; giá trị không công bố vì có số nhỏ của số liệu nhạy cảm
  standing {"status": "not_met", "value": 1, "target_value": 3, "unit": "Loại C < Loại B < Loại A"}
    ⇒ Đến quý IV năm 2024: loại C, thấp hơn mức chỉ tiêu loại A là 2 bậc
  standing {"value": 2, "target_value": 2, "unit": "Chưa đạt < Đạt chuẩn < Đạt chuẩn nâng cao"}
    ⇒ Đến quý IV năm 2024: đạt chuẩn, bằng mức chỉ tiêu

  change {"status": "within", "is_provisional": true, "sides": "cut", "value": -10, "target_value": -5, "target_comparator": "<="}
    ⇒ Đến quý IV năm 2024 giảm 10% so với cùng kỳ năm trước (tính trên những nơi, những kỳ có số liệu ở cả hai bên), chưa đến hạn, đang đáp ứng yêu cầu giảm từ 5% trở lên (tạm tính)
  change {"status": "no_target", "value": 2} ⇒ Đến quý IV năm 2024 tăng 2% so với cùng kỳ năm trước; không có mức chỉ tiêu riêng
  change {"is_provisional": true, "sides": "apart", "unit": "điểm phần trăm", "value": 2, "target_value": 1.5}
    ⇒ Đến quý IV năm 2024 tăng 2 điểm phần trăm so với cùng kỳ năm trước (mỗi bên tính trên những nơi có số liệu, hai bên có thể không cùng nơi), đạt yêu cầu tăng từ 1,5 điểm phần trăm trở lên (tạm tính)
  change {"unit": "lần", "value": 1.5, "target_value": 1.5}
    ⇒ Đến quý IV năm 2024 gấp 1,5 lần so với cùng kỳ năm trước, đạt yêu cầu gấp từ 1,5 lần trở lên
  change {"unit": "lần", "value": 0.4, "target_value": 0.5, "target_comparator": "<="}
    ⇒ Đến quý IV năm 2024 bằng 0,4 lần so với cùng kỳ năm trước, đạt yêu cầu bằng không quá 0,5 lần
  change {"unit": "lần", "value": 1, "target_value": 1.2, "target_comparator": "<="}
    ⇒ Đến quý IV năm 2024 không thay đổi so với cùng kỳ năm trước, đạt yêu cầu gấp không quá 1,2 lần
  change {"unit": "lần", "value": 2, "target_value": 1.5, "target_to": 2, "target_comparator": "between"}
    ⇒ Đến quý IV năm 2024 gấp 2 lần so với cùng kỳ năm trước, đạt yêu cầu gấp từ 1,5 đến 2 lần

  since {"value": 27.7, "since_before": 6.18} ⇒ ; tăng 6,18 điểm phần trăm so với quý III
  since {"value": 5, "unit": "cơ sở", "since_before": -2} ⇒ ; giảm 2 cơ sở so với quý III
  since {"value": 10, "unit": "hạng", "since_before": -2} ⇒ ; lên 2 hạng so với quý III
  since {"value": 3, "unit": "Loại C < Loại B < Loại A", "since_before": 1} ⇒ ; từ loại B của quý III lên loại A
  since {"value": 30, "before_status": "not_reported"} ⇒ ; không so sánh được với quý III vì chưa báo cáo
  since {"value": 30, "before_status": "not_met", "before_is_hidden": true}
    ⇒ ; không so sánh được với quý III vì số liệu không công bố
  since {"value": 30, "before_status": "untold", "before_is_hidden": true}
    ⇒ ; không so sánh được với quý III vì số liệu chưa phát hành
  since {"value": 30, "before_status": "not_applicable"} ⇒
  since {"value": 30, "before_name": null} ⇒
  since {"value": null} ⇒

  city {"areas_reported": 5, "areas_carried": 2, "areas_left_out": 1, "periods_missing_before": 3}
    ⇒ Đến quý IV năm 2024 đạt 27,7%, vượt mức chỉ tiêu 20%. Quý IV năm 2024 mới có đủ số liệu của 5/8 địa bàn, đơn vị; 2 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước; chưa tính được 1 địa bàn, đơn vị. Các kỳ trước trong năm còn thiếu 3 lượt số liệu (mỗi địa bàn, đơn vị thiếu một kỳ tính một lượt).
  city {"areas_reported": 0, "areas_carried": 8}
    ⇒ Đến quý IV năm 2024 đạt 27,7%, vượt mức chỉ tiêu 20%. Quý IV năm 2024 chưa địa bàn, đơn vị nào có đủ số liệu; 8 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước.
  ward {"value_kind": "share_of_areas", "value": 100, "status": "no_target"} ⇒ Đến quý IV năm 2024: có.
  ward {"value_kind": "share_of_areas", "value": 100, "is_provisional": true, "before_name": "Quý III", "before_status": "met", "before_is_provisional": true}
    ⇒ Đến quý IV năm 2024: đạt (tạm tính); quý III cũng đạt (tạm tính).
  // half of what is asked for is neither
  ward {"value_kind": "all_of", "value": 50, "status": "no_target"} ⇒ Đến quý IV năm 2024 là 50%; không có mức chỉ tiêu riêng.
  moves {"not_compared": "Xã A\\nXã B"} ⇒ So với quý III: 5 phường, xã tăng, 1 giảm; không so sánh được: Xã A, Xã B.
  moves {"level": 2, "not_compared": "A\\nB\\nC\\nD\\nE"}
    ⇒ So với quý III: 5 phường, xã tăng, 1 giảm, 2 không thay đổi; không so sánh được: 5 phường, xã.
  projection {}
    ⇒ Ước tính, nếu các kỳ còn lại thực hiện như 2 kỳ đã qua: đến năm 2024 là từ 28% đến 33%, có thể không đáp ứng mức chỉ tiêu 30%.

  readiness {} ⇒ Đủ điều kiện phát hành, được phát hành là số liệu chính thức: đã đủ báo cáo của 12 đơn vị.
  readiness {"may_be_final": false, "version": 1, "missing": 2, "not_due": 1}
    ⇒ Phát hành được phiên bản 2, là số liệu sơ bộ; chưa phát hành được là số liệu chính thức vì còn 2 đơn vị đã quá hạn mà chưa gửi báo cáo, 1 đơn vị chưa gửi, chưa đến hạn.
  readiness {"verdict": "open_findings", "errors": 1, "doubts": 3}
    ⇒ Chưa đủ điều kiện phát hành: còn 1 tệp bị trả lại mà chưa nhận được tệp đúng, 3 điểm cần kiểm tra chưa được xem xét.
  readiness {"verdict": "not_begun"} ⇒ Chưa đủ điều kiện phát hành: kỳ bắt đầu từ ngày 01/4/2024.
  readiness {"verdict": "earlier_changed", "earlier_changed": "Quý I năm 2024\\nQuý II năm 2024"}
    ⇒ Chưa đủ điều kiện phát hành: số liệu quý I năm 2024, quý II năm 2024 đã khác bản phát hành, phải phát hành lại trước.
  readiness {"verdict": "unchanged", "version": 2} ⇒ Đã phát hành phiên bản 2; từ đó đến nay số liệu không thay đổi.
  readiness {"verdict": "in_review", "units_received": 3} ⇒ Chưa phát hành; đang thu báo cáo.
  readiness {"verdict": "in_review"} ⇒ Chưa phát hành; đã nhận đủ báo cáo.
  readiness {"verdict": "in_review", "units_received": 11, "missing": 1}
    ⇒ Chưa phát hành; đã hết hạn gửi mà còn thiếu báo cáo của 1 đơn vị.
  silent [["Quý III năm 2025"], ["xã Đông", "xã Nam", "Công an"]]
    ⇒ Báo cáo quý III năm 2025 đã hết hạn gửi (ngày 10/10/2025) mà chưa nhận được báo cáo nào. Còn thiếu: xã Đông, xã Nam và Công an.
  silent [["Tháng 7", "Tháng 8"], ["a", "b", "a", "b", "c", "d", "e"]]
    ⇒ Báo cáo tháng 7 và tháng 8 đã hết hạn gửi mà chưa nhận được báo cáo nào. Còn thiếu: a, b, c và 2 đơn vị khác.
  // nobody has tried which of them it is
  brief [{}, {}] ⇒ Nay khác 2 báo cáo đã phát hành.
  brief [{}, {"indicators_changed": null, "figures_changed_since": 0}]
    ⇒ Có số liệu, báo cáo mới sau 2 báo cáo đã phát hành.
  work {"came": true}
    ⇒ Số liệu hiện nay khác báo cáo quý III đã phát hành (phiên bản 2) ở 1 chỉ tiêu (1.1 A); từ 15 giờ 35 phút ngày 04/12/2024 đã nhận 9 báo cáo mà phiên bản ấy chưa có.
  work {} ⇒ Số liệu hiện nay khác báo cáo quý III đã phát hành (phiên bản 2) ở 1 chỉ tiêu (1.1 A); từ đó không nhận thêm báo cáo nào.
  work {"came": true, "indicators_changed": null, "figures_changed_since": 0}
    ⇒ Sau báo cáo quý III đã phát hành (phiên bản 2), từ 15 giờ 35 phút ngày 04/12/2024 đã nhận 9 báo cáo mà phiên bản ấy chưa có; số liệu không thay đổi.
  work {"version": null, "indicators_changed": null, "figures_changed_since": 0} ⇒ Báo cáo quý III: mọi đơn vị đã gửi, chưa phát hành.
`),
)("%s is said as «%s»", (words = "", expected) => {
  const [, maker = "", given = ""] = /^(\w+) (.*)$/.exec(words) ?? [];
  expect(SAID[maker]?.(JSON.parse(given) as never) ?? "").toBe(expected);
});

import { vietnameseDate } from "../vocabulary/date.ts";
import type { Area } from "./area.ts";
import type { ResolvedPlan } from "./catalogue.ts";
import type { Plan, PlanIndicator, PlanPeriod } from "./plan.ts";
import { measuresOf } from "./plan.ts";
import type { Inconsistency } from "./plan-consistency.ts";

/** What a plan says by itself that is lawful, but seldom meant. */
export function odditiesOf(plan: Plan): Inconsistency[] {
  return [
    ...periodOddities(plan),
    ...silentUnits(plan),
    ...measureOddities(plan),
    ...plan.indicators.flatMap((indicator, index) => indicatorOddities(plan, indicator, index)),
  ];
}

/** What a plan says against its areas that is lawful, but seldom meant. */
export function placeOddities({ plan, area, areas, targets }: ResolvedPlan): Inconsistency[] {
  const last = lastDay(plan);
  const ended = (one: Area): boolean => one.valid_to !== null && one.valid_to < last;
  const found: Inconsistency[] = [];
  if (ended(area)) {
    found.push({
      path: ["area", "code"],
      message: `${area.name} chỉ còn đến ${vietnameseDate(area.valid_to ?? "")}, trước khi các kỳ của kế hoạch kết thúc`,
      remedy:
        "Nếu các địa bàn mới báo cáo tiếp thì nêu ở reporting_areas, kèm from; nếu không thì bỏ các kỳ sau đó.",
    });
  }
  const leaving = areas.filter(ended);
  const isReplaced = areas.some(
    ({ valid_from }) => valid_from !== null && valid_from > firstDay(plan),
  );
  if (leaving.length > 0 && !isReplaced) {
    const names = leaving.map(({ name }) => name).join(", ");
    found.push({
      path: ["reporting_areas"],
      message: `${names}: không còn trước khi các kỳ của kế hoạch kết thúc, và không có địa bàn mới nào báo cáo thay`,
      remedy: "Nếu có địa bàn mới thì nêu ở reporting_areas, kèm from.",
    });
  }
  plan.indicators.forEach((indicator, index) => {
    const told = new Set<Area>();
    for (const { area: gone, due } of targets.get(indicator.code)?.outlived ?? []) {
      if (told.has(gone)) continue;
      told.add(gone);
      found.push({
        path: ["indicators", index, "target", "for"],
        message: `mức giao của ${gone.name} không được tính: địa bàn chỉ còn đến ${vietnameseDate(gone.valid_to ?? "")}, trước khi đến hạn (${due.name})`,
        remedy: "Ghi mức giao của địa bàn kế tiếp vào bảng.",
      });
    }
    const rows = targets.get(indicator.code)?.rows ?? [];
    const whole = rows.find((row) => row.area === null && row.groupNo === null);
    const given = rows.filter((row) => row.area !== null && row.due === whole?.due);
    if (indicator.value.kind !== "count" || whole === undefined || given.length === 0) return;
    if (told.size > 0) return;
    const sum = given.reduce((total, row) => total + tenThousandths(row.value), 0n);
    if (sum === tenThousandths(whole.value)) return;
    found.push({
      path: ["indicators", index, "target", "for"],
      message: `các mức giao cộng lại là ${decimal(sum)}, mức chung là ${whole.value}`,
      remedy: "Đối chiếu bảng giao với kế hoạch.",
    });
  });
  return found;
}

function tenThousandths(value: string): bigint {
  const [whole = "0", decimals = ""] = value.split(".");
  return BigInt(`${whole}${decimals.padEnd(4, "0")}`);
}

function decimal(tenThousandth: bigint): string {
  const text = tenThousandth.toString().padStart(5, "0");
  return `${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, "");
}

function lastDay(plan: Plan): string {
  return (
    plan.periods
      .map(({ data_to }) => data_to)
      .sort()
      .at(-1) ?? ""
  );
}

function firstDay(plan: Plan): string {
  return plan.periods.map(({ data_from }) => data_from).sort()[0] ?? "";
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** The periods of one kind in order of time. */
function byKind(plan: Plan): PlanPeriod[][] {
  const kinds = [...new Set(plan.periods.map(({ kind }) => kind))];
  return kinds.map((kind) =>
    plan.periods
      .filter((one) => one.kind === kind)
      .sort((one, other) => one.data_from.localeCompare(other.data_from)),
  );
}

function periodOddities(plan: Plan): Inconsistency[] {
  const at = (period: PlanPeriod, field: string) => [
    "periods",
    plan.periods.indexOf(period),
    field,
  ];
  return byKind(plan).flatMap((periods) => {
    const found: Inconsistency[] = [];
    periods.forEach((period, index) => {
      const before = periods[index - 1];
      // periods of which a year has but one or two lie apart, as a half-year does
      const follows = before !== undefined && isNext(before, period);
      if (follows && period.data_from > dayAfter(before.data_to)) {
        found.push({
          path: at(period, "data_from"),
          message: `giữa kỳ “${before.code}” (đến ${vietnameseDate(before.data_to)}) và kỳ này (từ ${vietnameseDate(period.data_from)}) có những ngày không thuộc kỳ nào`,
          remedy: "Xem lại data_from và data_to.",
        });
      }
    });
    for (const year of new Set(periods.map((one) => one.year))) {
      found.push(
        ...yearOddities(
          plan,
          periods.filter((one) => one.year === year),
          at,
        ),
      );
    }
    return found;
  });
}

function isNext(before: PlanPeriod, period: PlanPeriod): boolean {
  return (
    (before.year === period.year && period.position === before.position + 1) ||
    (before.year + 1 === period.year &&
      before.position === before.positions &&
      period.position === 1)
  );
}

function yearOddities(
  plan: Plan,
  periods: readonly PlanPeriod[],
  at: (period: PlanPeriod, field: string) => (string | number)[],
): Inconsistency[] {
  const [first] = periods;
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return [];
  const counts = new Set(periods.map(({ positions }) => positions));
  if (counts.size > 1) {
    return [
      {
        path: at(last, "positions"),
        message: `các kỳ loại ${first.kind} của năm ${first.year} ghi positions khác nhau (${[...counts].join(", ")})`,
        remedy: "Ghi cùng một số: trong năm có mấy kỳ loại này.",
      },
    ];
  }
  const late = periods.find(
    (period, index) => period.position < (periods[index - 1]?.position ?? 0),
  );
  if (late !== undefined) {
    return [
      {
        path: at(late, "position"),
        message: "thứ tự position không theo thứ tự ngày tháng của các kỳ cùng loại",
        remedy: "Xem lại position.",
      },
    ];
  }
  const isBase = periods.every(({ covers }) => covers.length === 0);
  const there = new Set(periods.map(({ position }) => position));
  const missing = Array.from({ length: first.positions }, (_, index) => index + 1).filter(
    (position) => !there.has(position),
  );
  // of periods that cover others a plan may ask for some only: a half-year without the second one
  const isAsked = isBase && (missing.length < first.positions || plan.periods.length > 1);
  return isAsked && missing.length > 0
    ? [
        {
          path: at(last, "position"),
          message: `năm ${first.year} có ${first.positions} kỳ loại ${first.kind} nhưng thiếu kỳ thứ ${missing.join(", ")}`,
          remedy: there.has(first.positions)
            ? "Khai thêm kỳ, nếu kế hoạch có yêu cầu."
            : "Khai đủ các kỳ; nếu không, mức của cả năm được xét ngay ở kỳ cuối đã khai.",
        },
      ]
    : [];
}

function silentUnits(plan: Plan): Inconsistency[] {
  return plan.units.flatMap((unit, index): Inconsistency[] =>
    plan.measures.some(({ reported_by }) => reported_by.includes(unit.code))
      ? []
      : [
          {
            path: ["units", index],
            message: "không có số liệu nào giao đơn vị này báo cáo, nên đơn vị không phải gửi gì",
            remedy: "Nếu đơn vị phải báo cáo thì ghi mã vào reported_by của số liệu.",
          },
        ],
  );
}

function measureOddities(plan: Plan): Inconsistency[] {
  return plan.measures.flatMap((measure, index): Inconsistency[] => {
    const isAsked = measure.percentage_of !== undefined || measure.decimals > 0;
    return measure.kind === "count" && measure.unit_of_measure === "%" && !isAsked
      ? [
          {
            path: ["measures", index, "unit_of_measure"],
            message: "số liệu là số đếm mà đơn vị tính là %",
            remedy:
              "Báo cáo tử số và mẫu số rồi để chỉ tiêu tính tỷ lệ; nếu đơn vị phải tự ghi tỷ lệ thì ghi percentage_of hoặc decimals.",
          },
        ]
      : [];
  });
}

function indicatorOddities(plan: Plan, indicator: PlanIndicator, index: number): Inconsistency[] {
  const { value, unit_of_measure } = indicator;
  const found: Inconsistency[] = unjudgedWhole(indicator, index);
  if (value.kind === "count" && unit_of_measure === "%") {
    const measure = plan.measures.find(({ code }) => code === value.measures[0]);
    if (measure?.unit_of_measure !== "%") {
      found.push({
        path: ["indicators", index, "unit_of_measure"],
        message: "giá trị là số lượng mà đơn vị tính là %",
        remedy: "Ghi đơn vị của số lượng, hoặc dùng kind: ratio.",
      });
    }
  }
  if (value.kind === "ratio" && value.factor === 100 && unit_of_measure === "%") {
    const isBound = value.numerator.every((code) =>
      reaches(plan, code, new Set(value.denominator)),
    );
    if (
      !isBound &&
      !measuresOf(value).some((code) => !plan.measures.some((one) => one.code === code))
    ) {
      found.push({
        path: ["indicators", index, "value"],
        message: `không có gì ngăn tử số (${value.numerator.join(", ")}) lớn hơn mẫu số (${value.denominator.join(", ")}), tỷ lệ có thể vượt 100%`,
        remedy: "Ghi at_most ở số liệu là tử số, nếu nó không thể lớn hơn mẫu số.",
      });
    }
  }
  return found;
}

/** A change that has numbers for places only is not judged for the whole. */
function unjudgedWhole({ value, target }: PlanIndicator, index: number): Inconsistency[] {
  const isByPlace = target.statements.some(
    ({ value: own, at, for: places }) =>
      own === null && at === null && typeof places === "object" && places !== null,
  );
  return value.kind === "change" && isByPlace
    ? [
        {
          path: ["indicators", index, "target", "for"],
          message: "mức tăng, giảm chỉ ghi theo địa bàn, nên toàn địa bàn không được đánh giá",
          remedy: "Nếu kế hoạch có mức chung thì ghi thêm chỉ tiêu cho mức ấy.",
        },
      ]
    : [];
}

/** Whether a measure is bounded by one of some measures, itself or by what bounds it. */
function reaches(plan: Plan, code: string, bounds: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  let next: string | undefined = code;
  while (next !== undefined && !seen.has(next)) {
    if (bounds.has(next)) return true;
    seen.add(next);
    const one: string = next;
    next =
      plan.measures.find((measure) => measure.code === one)?.at_most ??
      plan.measures.find(({ parts }) => parts.includes(one))?.code;
  }
  return false;
}

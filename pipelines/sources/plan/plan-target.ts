import { z } from "zod";
import { Code, Comparator, Decimal, Text } from "./plan-fields.ts";

/** How a value is compared with its target; `between` includes both bounds. */
export const TargetComparator = z.enum([...Comparator.options, "=", "between"]);
export type TargetComparator = z.infer<typeof TargetComparator>;

const Bounds = z.tuple([Decimal, Decimal], "phải là hai số, số nhỏ trước: [18, 22]");

/** A number, or a lower and an upper bound. */
const TargetNumber = z
  .union([Decimal, Bounds], "phải là một số, hoặc hai số nếu là khoảng: [18, 22]")
  .transform((number) =>
    typeof number === "string" ? { value: number, to: null } : { value: number[0], to: number[1] },
  );
export type TargetNumber = z.infer<typeof TargetNumber>;

/** Numbers by the code of the period at whose end they must hold. */
const NumberByPeriod = z.record(Code, TargetNumber);

const TargetStatement = z
  .strictObject({
    from: Code.optional().describe(
      "Chỉ dùng khi mức chỉ tiêu được điều chỉnh: mã kỳ mà mức mới bắt đầu áp dụng. Mức đầu tiên không ghi. `pace` và `due` ghi ở mức đầu tiên thì giữ cho mọi mức sau.",
    ),
    comparator: z
      .enum([...Comparator.options, "="])
      .optional()
      .describe(
        "So giá trị với mức: `>=` ít nhất, từ … trở lên; `>` trên; `<=` không quá; `<` dưới; `=` đúng bằng. Không ghi khi dùng `between`.",
      ),
    value: Decimal.optional().describe(
      "Mức chỉ tiêu, ghi liền không dấu phân cách: 5300, không ghi 5.300. Không ghi gì thêm thì đến hạn ở kỳ cuối của mỗi năm trong kế hoạch.",
    ),
    between: Bounds.optional().describe(
      "Khoảng, tính cả hai đầu: [18, 22]. Ghi thay cho `comparator` và `value`.",
    ),
    at: NumberByPeriod.optional().describe(
      "Mốc: mã kỳ và mức phải đạt khi kỳ đó kết thúc. Ghi thay cho `value`. Trước mốc đầu tiên không bị đánh giá “Không đạt”.",
    ),
    for: z
      .union([
        z.literal("each").describe("Xét ở từng địa bàn, kể cả chỉ tiêu là số lượng."),
        z
          .literal("whole")
          .describe("Chỉ xét toàn địa bàn; từng địa bàn chỉ nêu giá trị, không đánh giá."),
        z
          .strictObject({
            table: z
              .string()
              .regex(/^[\w.-]+\.csv$/, "phải là tên một tệp .csv nằm cạnh tệp kế hoạch")
              .describe("Tên tệp CSV nằm cạnh tệp kế hoạch."),
          })
          .describe(
            "Mức giao riêng từng địa bàn, ghi trong một bảng; không ghi `comparator` thì mỗi dòng là một khoảng.",
          ),
        z
          .record(Code, z.union([z.literal("none"), TargetNumber, NumberByPeriod]))
          .describe(
            "Mức riêng cho từng loại địa bàn hoặc từng mã địa bàn; mỗi địa bàn phải thuộc đúng một dòng. Toàn địa bàn đạt khi mọi nhóm đều đạt. `none`: nhóm ấy không có mức, chỉ nêu giá trị.",
          ),
      ])
      .optional()
      .describe(
        "Áp dụng ở đâu. Không ghi: tỷ lệ thì áp dụng cho toàn địa bàn và cho từng địa bàn; số lượng, và tỷ lệ số địa bàn, số đơn vị mà mức chưa phải là tất cả, thì chỉ cho toàn địa bàn.",
      ),
    pace: z
      .enum(["linear", "none"])
      .optional()
      .describe(
        "`linear`: mức cần đạt ở từng kỳ tăng đều từ mốc trước (hoặc từ `baseline`, hoặc từ 0) đến mốc sau, qua các kỳ được áp dụng; khi chưa đến hạn thì đánh giá “Đúng tiến độ” hoặc “Chậm tiến độ”. `none` (hoặc không ghi): chưa đến hạn thì “Chưa đạt”. Chỉ dùng `linear` cho số cộng dồn, hoặc khi có `baseline`; chỉ tiêu “không quá”, “dưới” không có tiến độ.",
      ),
    due: z
      .enum(["year_end", "each_period"])
      .optional()
      .describe(
        "Khi nào mức `value` phải đạt: `year_end` (hoặc không ghi) cuối mỗi năm; `each_period` ở mọi kỳ (“thường xuyên”, “hằng tháng”).",
      ),
    baseline: z
      .strictObject({
        period: Code.describe("Thời điểm của số gốc, ghi theo cách ghi mã kỳ."),
        value: Decimal.describe("Số gốc."),
        source: Text.describe("Văn bản nêu số gốc."),
      })
      .optional()
      .describe("Số gốc mà tiến độ đều bắt đầu từ đó, cho số không bắt đầu từ 0."),
  })
  .describe(
    "Mức chỉ tiêu: ghi đúng một trong `value`, `between`, `at`, `for`, trừ khi `for` là `each` hoặc `table`.",
  );

/** Numbers by the code of a group of areas, or of the period at whose end they must hold. */
type NumberByGroup = Readonly<
  Record<string, TargetNumber | { readonly at: Readonly<Record<string, TargetNumber>> }>
>;

/** One statement of a target as it applies from a period on. */
export interface PlanTargetStatement {
  /** Code of the period from which it applies; null: from the start. */
  readonly from: string | null;
  readonly value: TargetNumber | null;
  readonly at: Readonly<Record<string, TargetNumber>> | null;
  readonly for:
    | null
    | "each"
    | "whole"
    | { readonly table: string }
    | { readonly groups: NumberByGroup; readonly without: readonly string[] };
  readonly baseline: {
    readonly period: string;
    readonly value: string;
    readonly source: string;
  } | null;
}

/** A target: how values are compared, and with which numbers, the amended ones last. */
export interface PlanTarget {
  readonly comparator: TargetComparator;
  readonly pace: "linear" | "none";
  readonly due: "year_end" | "each_period";
  readonly statements: readonly PlanTargetStatement[];
}

export const Target = z
  .union([
    TargetStatement,
    z
      .array(TargetStatement)
      .min(1, "phải có ít nhất một mức")
      .describe("Mức đầu tiên và các mức điều chỉnh, mỗi mức điều chỉnh có `from`."),
  ])
  .transform((words, context): PlanTarget => {
    const isList = Array.isArray(words);
    const list = isList ? words : [words];
    const statements = list.map((one, index) => {
      const refuse = (message: string, field?: string): void => {
        const path = [...(isList ? [index] : []), ...(field === undefined ? [] : [field])];
        context.addIssue({ code: "custom", path, message });
      };
      checkStatement(one, index, list[0] ?? one, refuse);
      const { value, between } = one;
      return {
        from: one.from ?? null,
        value:
          between !== undefined
            ? { value: between[0], to: between[1] }
            : value === undefined
              ? null
              : { value, to: null },
        at: one.at ?? null,
        for: statedPlaces(one.for),
        baseline: one.baseline ?? null,
      };
    });
    const [first] = list;
    return {
      comparator: first?.comparator ?? "between",
      pace: first?.pace ?? "none",
      due: first?.due ?? "year_end",
      statements,
    };
  });

/** The numbers of a statement for groups of areas, by the codes of these. */
export function groupsOf({ for: places }: PlanTargetStatement): NumberByGroup {
  return places !== null && typeof places === "object" && "groups" in places ? places.groups : {};
}

/** The groups that a statement leaves without a number. */
export function groupsWithout({ for: places }: PlanTargetStatement): readonly string[] {
  return places !== null && typeof places === "object" && "without" in places ? places.without : [];
}

/** A number of a statement, with its field, and the period where it is a milestone. */
interface StatedNumber {
  readonly field: readonly string[];
  readonly period: string | null;
  readonly number: TargetNumber;
}

/** Every number of a statement, those of a table left out. */
export function numbersOf(statement: PlanTargetStatement): StatedNumber[] {
  const { value, at } = statement;
  const byPeriod = (
    field: string[],
    numbers: Readonly<Record<string, TargetNumber>>,
  ): StatedNumber[] =>
    Object.entries(numbers).map(([period, number]) => ({
      field: [...field, period],
      period,
      number,
    }));
  return [
    ...(value === null
      ? []
      : [{ field: [value.to === null ? "value" : "between"], period: null, number: value }]),
    ...byPeriod(["at"], at ?? {}),
    ...Object.entries(groupsOf(statement)).flatMap(([code, one]): StatedNumber[] =>
      "at" in one
        ? byPeriod(["for", code], one.at)
        : [{ field: ["for", code], period: null, number: one }],
    ),
  ];
}

type StatementWords = z.infer<typeof TargetStatement>;

function statedPlaces(words: StatementWords["for"]): PlanTargetStatement["for"] {
  if (words === undefined) return null;
  if (words === "each" || words === "whole") return words;
  if (isTable(words)) return { table: words.table };
  const entries = Object.entries(words);
  return {
    groups: Object.fromEntries(
      entries.flatMap(([code, number]) =>
        number === "none" ? [] : [[code, isNumber(number) ? number : { at: number }]],
      ),
    ),
    without: entries.flatMap(([code, number]) => (number === "none" ? [code] : [])),
  };
}

const isTable = (words: object): words is { table: string } =>
  "table" in words && typeof words.table === "string";

const isNumber = (number: object): number is TargetNumber =>
  "value" in number && typeof number.value === "string";

/** How a statement of a target contradicts itself, or the first one. */
function checkStatement(
  one: StatementWords,
  index: number,
  first: StatementWords,
  refuse: (message: string, field?: string) => void,
): void {
  const numbers = [one.value, one.between, one.at].filter((stated) => stated !== undefined);
  const hasGroups = typeof one.for === "object" && !isTable(one.for);
  const hasTable = typeof one.for === "object" && isTable(one.for);
  if (numbers.length > 1) refuse("chỉ ghi một trong ba: value, between, at");
  if (hasGroups && numbers.length > 0) {
    refuse("đã ghi mức riêng cho từng nhóm, nên không ghi thêm value, between hay at", "for");
  }
  if (!hasGroups && !hasTable && numbers.length === 0) {
    refuse("phải ghi mức: value, between, at hoặc for");
  }
  if (hasGroups && groupNumbers(one.for).length === 0) {
    refuse("phải ghi mức cho ít nhất một nhóm", "for");
  }
  if (one.due === "each_period" && one.at !== undefined) {
    refuse("chỉ dùng với value hoặc between; at đã nêu kỳ phải đạt", "due");
  }
  const isRange = one.comparator === undefined;
  if (isRange && one.value !== undefined)
    refuse("thiếu cách so: >=, >, <=, < hoặc =", "comparator");
  if (!isRange && one.between !== undefined) refuse("không ghi cùng between", "comparator");
  for (const number of [...Object.values(one.at ?? {}), ...groupNumbers(one.for)]) {
    if (isRange !== (number.to !== null)) {
      refuse(
        isRange
          ? "thiếu comparator, hoặc phải ghi hai số nếu là khoảng"
          : "phải ghi một số, không phải hai",
        one.at === undefined ? "for" : "at",
      );
    }
  }
  if (index === 0) {
    if (one.from !== undefined)
      refuse("chỉ ghi ở mức điều chỉnh, không ghi ở mức đầu tiên", "from");
    return;
  }
  if (one.from === undefined) refuse("phải nêu kỳ mà mức điều chỉnh bắt đầu áp dụng", "from");
  if (one.comparator !== first.comparator) refuse("phải giống mức đầu tiên", "comparator");
  for (const field of ["pace", "due"] as const) {
    if (one[field] !== undefined && one[field] !== first[field]) {
      refuse("phải giống mức đầu tiên", field);
    }
  }
  if (scopeOf(one.for) !== scopeOf(first.for))
    refuse("phải cùng cách phân bổ với mức đầu tiên", "for");
}

function scopeOf(words: StatementWords["for"]): "all" | "whole" | "each" | "table" | "groups" {
  if (words === undefined) return "all";
  if (words === "each" || words === "whole") return words;
  return isTable(words) ? "table" : "groups";
}

function groupNumbers(words: StatementWords["for"]): TargetNumber[] {
  if (typeof words !== "object" || isTable(words)) return [];
  return Object.values(words).flatMap((number) =>
    number === "none" ? [] : isNumber(number) ? [number] : Object.values(number),
  );
}

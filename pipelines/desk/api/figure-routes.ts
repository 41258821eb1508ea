import type { Json } from "@duckdb/node-api";
import { z } from "zod";
import { DataValueSet } from "../../readers/json-shapes.ts";
import type { AUDIENCES } from "../../vocabulary/audiences.ts";
import { plainDecimal } from "../../vocabulary/decimal.ts";
import { dhis2Period } from "../../vocabulary/period-code.ts";
import { ANSWERS } from "../../vocabulary/words.ts";
import { ApiRefused, type ApiRequest, apiRoute, keptAnswer, wholeIn } from "./api-route.ts";
import type { AskRows } from "./marts-seen.ts";
import { DECIMAL, SEEN_TABLES, type SeenTable } from "./seen-tables.ts";

const DEFAULT_ROWS = 500;
const MAX_ROWS = 5000;

/** What a parameter may be: a code of a plan, a number, a word of the vocabulary. */
const Chosen = z.string().min(1).max(200).optional();

const Paging = {
  limit: wholeIn(1, MAX_ROWS).default(DEFAULT_ROWS).describe("Số dòng mỗi lần đọc."),
  offset: wholeIn(0, 1e9).default(0).describe("Bỏ qua chừng này dòng."),
  build: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional()
    .describe("Lần tính mà trang đầu đã đọc; số liệu tính lại giữa chừng thì trả lời 409."),
};

const NOT_BUILT = "Chưa có số liệu nào được tính. Thử lại sau ít phút.";

/** Names the build of a request. @throws ApiRefused where there is none, or another than was asked for */
function buildOf({ marts }: ApiRequest, asked?: string): string {
  const { build } = marts;
  if (build === null) throw new ApiRefused(503, "not_computed", NOT_BUILT, { "retry-after": "60" });
  if (asked !== undefined && asked !== build) {
    const again = "Số liệu vừa được tính lại. Đọc lại từ trang đầu, không kèm build.";
    throw new ApiRefused(409, "recomputed", again);
  }
  return build;
}

/** Whose views a key sees; of definitions those for everybody. */
function audienceOf({ key }: ApiRequest): (typeof AUDIENCES)[number] {
  return key.audience ?? "shared";
}

const envelope = (row: z.ZodType) =>
  z.strictObject({
    build: z.string().describe("Lần tính số liệu."),
    total: z.int().describe("Số dòng của mọi trang."),
    rows: z.array(row),
    next: z.string().nullable().describe("Địa chỉ của trang sau; trống: đã hết."),
  });

/** Rows as they are told: exact decimals without zeros behind, 64-bit numbers as numbers. */
function bodyRows(row: z.ZodObject, rows: readonly Record<string, Json>[]): unknown[] {
  const decimals = new Set(
    Object.entries(row.shape).flatMap(([name, shape]) => (shape === DECIMAL ? [name] : [])),
  );
  return rows.map((one) =>
    row.parse(
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [
          name,
          decimals.has(name) && typeof value === "string" ? plainDecimal(value) : value,
        ]),
      ),
    ),
  );
}

async function page(
  ask: AskRows,
  table: SeenTable,
  chosen: Readonly<Record<string, string>>,
  { limit, offset }: { readonly limit: number; readonly offset: number },
) {
  const columns = Object.keys(table.row.shape).map((name) => `"${name}"`);
  const conditions = Object.keys(chosen).map(
    (name) => `"${table.filters[name]}"::varchar = $${name}`,
  );
  const where = conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
  const [counted] = await ask(
    `select count(*)::integer as total from ${table.from} ${where}`,
    chosen,
  );
  const rows = await ask(
    `select ${columns.join(", ")} from ${table.from} ${where}
    order by ${table.order} limit ${limit} offset ${offset}`,
    chosen,
  );
  return { total: z.int().parse(counted?.total), rows: bodyRows(table.row, rows) };
}

function tableRoute(name: string, table: SeenTable) {
  const filters = Object.fromEntries(Object.keys(table.filters).map((filter) => [filter, Chosen]));
  return apiRoute({
    method: "get",
    path: `/${name}`,
    summary: table.summary,
    who: table.isDefinition === true ? "any key" : "reads",
    query: z.strictObject({ ...filters, ...Paging }),
    answers: {
      200: { type: "application/json", shape: envelope(table.row), meaning: table.summary },
    },
    faults: [409],
    run: async (request, query) => {
      const build = buildOf(request, query.build);
      const chosen = Object.fromEntries(
        Object.entries(query).flatMap(([key, value]) =>
          key in filters && typeof value === "string" ? [[key, value]] : [],
        ),
      );
      const { limit, offset } = query;
      const params = new URLSearchParams({ ...chosen, limit: String(limit), build });
      const question = `/${name}?${params}&offset=${offset}`;
      const { text, etag } = await request.marts.answer(
        audienceOf(request),
        question,
        async (ask) => {
          const { total, rows } = await page(ask, table, chosen, { limit, offset });
          const after = offset + rows.length;
          params.set("offset", String(after));
          const next = rows.length > 0 && after < total ? `/api/${name}?${params}` : null;
          return { build, total, rows, next };
        },
      );
      return keptAnswer(request, text, etag);
    },
  });
}

const ValueRow = z.object({
  measure: z.string(),
  kind: z.enum(["count", "yes_no", "level"]),
  unit_of_measure: z.string(),
  period_kind: z.string(),
  year: z.int(),
  position: z.int(),
  period: z.string(),
  org_unit: z.string(),
  state: z.enum(["reported", "nil"]),
  value: z.string(),
});

/** What units have reported and counts, but what is withheld. A blank figure is missing there as here. */
const VALUES = `
select
    reading.measure, measure.kind, measure.unit_of_measure,
    period.kind as period_kind, period.year, period.position, period.period,
    coalesce(area.area_code, unit.unit_code) as org_unit,
    reading.state, reading."value"
from reading
join measure using (plan_id, measure)
join period using (plan_id, period)
join (
    select plan_id, unit_id, any_value(unit_code) as unit_code
    from submission_timeliness
    group by all
) as unit using (plan_id, unit_id)
left join area using (plan_id, area_id)
where
    reading.plan_id = $plan and reading.is_current
    and reading.state in ('reported', 'nil') and reading."value" is not null
order by period.period_no, org_unit, measure.measure_no, reading.area_id`;

type Value = z.infer<typeof ValueRow>;

/** A value as DHIS2 writes it; that nothing arose stands beside its zero. */
function dataValueOf({ measure, kind, unit_of_measure, org_unit, state, value, ...period }: Value) {
  const number = plainDecimal(value);
  const text =
    kind === "yes_no"
      ? String(number === "1")
      : kind === "level"
        ? (unit_of_measure.split(" < ")[Number(number) - 1] ?? number)
        : number;
  return {
    dataElement: measure,
    period: periodOf(period),
    orgUnit: org_unit,
    value: state === "nil" ? "0" : text,
    ...(state === "nil" ? { comment: ANSWERS.nil.word } : {}),
  };
}

function periodOf(one: Pick<Value, "period_kind" | "year" | "position" | "period">): string {
  return dhis2Period({ ...one, kind: one.period_kind }) ?? one.period;
}

const DATA_VALUES = apiRoute({
  method: "get",
  path: "/dataValueSets",
  summary:
    "Số liệu đơn vị đã báo cáo, dạng dataValueSets của DHIS2 theo mã của kế hoạch; số không công bố thì không có",
  who: "reads",
  query: z.strictObject({
    dataSet: z.string().min(1).max(200).describe("Mã kế hoạch."),
    period: Chosen.describe("2024Q1, 2024S1, 202403, cả năm như 2024; hoặc mã kỳ trong kế hoạch."),
    orgUnit: Chosen.describe("Mã địa bàn, hoặc mã đơn vị báo cáo."),
  }),
  answers: {
    200: {
      type: "application/json",
      shape: z.strictObject({
        dataSet: z.string(),
        dataValues: z.array(
          DataValueSet.shape.dataValues.element
            .pick({ dataElement: true, comment: true })
            .extend({ period: z.string(), orgUnit: z.string(), value: z.string() }),
        ),
      }),
      meaning: "Một dataValueSet.",
    },
  },
  run: async (request, { dataSet, period, orgUnit }) => {
    buildOf(request);
    const question = `/dataValueSets?${JSON.stringify([dataSet, period, orgUnit])}`;
    const { text, etag } = await request.marts.answer(
      audienceOf(request),
      question,
      async (ask) => {
        const rows = z.array(ValueRow).parse(await ask(VALUES, { plan: dataSet }));
        const chosen = rows.filter(
          (one) =>
            (period === undefined || [one.period, periodOf(one)].includes(period)) &&
            (orgUnit === undefined || one.org_unit === orgUnit),
        );
        return { dataSet, dataValues: chosen.map(dataValueOf) };
      },
    );
    return keptAnswer(request, text, etag);
  },
});

/** Figures and what they are of, from the views of the audience of a key. */
export const FIGURE_ROUTES = [
  ...Object.entries(SEEN_TABLES).map(([name, table]) => tableRoute(name, table)),
  DATA_VALUES,
];

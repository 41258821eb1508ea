import { runIn } from "../../cli/run.ts";
import { newWorld, PLAN, type World, withPlans } from "../../intake/given.ts";
import { planMeasure } from "../../plan-parts.ts";

/** The made-up plan of 2024 with an indicator, and a measure of which small counts are withheld. */
export function apiWorld(): World {
  const plan = JSON.parse(JSON.stringify(PLAN).replaceAll("2030", "2024"));
  return withPlans(newWorld("2024"), {
    thu: {
      ...plan,
      groups: [{ code: "1", name: "Kết quả" }],
      measures: [
        ...plan.measures,
        planMeasure("cases", "Số vụ", "UB", "sum", { sensitive: true, unit_of_measure: "vụ" }),
      ],
      indicators: [
        {
          ...{ code: "1.1", group: "1", name: "Được tuyên truyền", short_name: "Tuyên truyền" },
          ...{ quote: "Ít nhất 30% người được tuyên truyền", unit_of_measure: "%" },
          value: { kind: "ratio", numerator: ["reached"], denominator: ["people"] },
          target: { comparator: ">=", value: 30, pace: "none" },
        },
      ],
    },
  });
}

/** The secret of a key that may do what is given. */
export const newKey = async (world: World, ...facts: string[]): Promise<string> =>
  (await runIn(world, "desk", "key", "add", "Thử", "--per-minute", "6000", ...facts)).out.trim();

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of it
  readonly body: any;
}

/** A system that comes to a desk with a key; without one where it is empty. */
export function systemAt(url: string, key: string) {
  const { origin } = new URL(url);
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { ...(key === "" ? {} : { authorization: `Bearer ${key}` }), ...init.headers };
    const response = await fetch(new URL(path, origin), { ...init, headers });
    const text = await response.text();
    const body = /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : null;
    return { status: response.status, headers: response.headers, text, body };
  };
  const send = (
    content: string | object,
    type = "application/json",
    query = "",
    headers: Readonly<Record<string, string>> = {},
  ) =>
    ask(`/api/reports${query}`, {
      method: "POST",
      headers: { "content-type": type, ...headers },
      body: typeof content === "string" ? content : JSON.stringify(content),
    });
  return { ask, send };
}

/** A report as JSON, its figures by measure. */
export const reportOf = (
  unit: string,
  period: string,
  figures: Readonly<Record<string, unknown>>,
) => ({
  reports: [
    {
      ...{ plan: "thu", unit, period },
      readings: Object.entries(figures).map(([measure, value]) => ({ measure, value })),
    },
  ],
});

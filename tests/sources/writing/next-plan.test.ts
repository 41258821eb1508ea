import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document, isCollection, isMap, isPair, isScalar, parse, visit } from "yaml";
import { examinePlan } from "../../../pipelines/sources/file/plan-file.ts";
import { Plan } from "../../../pipelines/sources/plan/plan.ts";
import { nextPlan } from "../../../pipelines/sources/writing/next-plan.ts";
import { casesIn, expectedOf } from "../../case-lines.ts";

/** The plan of a later year from the text of one: what moves, what stays, what is left to a person. */

const ROOT = join(import.meta.dirname, "../../..");
const TEXT = readFileSync(join(ROOT, "sources/plans/217-kh-ubnd-2024.yaml"), "utf8");

const next = (text: string, year: number, tables: Readonly<Record<string, string>> = {}) =>
  nextPlan(text, Plan.parse(parse(text)), year, (name) => tables[name] ?? "");

describe("plan 217 of 2024, for 2025", () => {
  const { id, text } = next(TEXT, 2025);
  const plan = Plan.parse(parse(text));

  test("is a plan of its own that continues the one before", () => {
    expect([id, plan.id, plan.continues?.plan]).toEqual([
      "217-kh-ubnd-2025",
      "217-kh-ubnd-2025",
      "217-kh-ubnd-2024",
    ]);
    expect(plan.title).toBe("Kế hoạch thực hiện công tác phòng, chống mại dâm năm 2025");
    expect(plan.in_force_from).toBe("2025-05-06");
  });

  test("has the periods of the new year", () => {
    expect(plan.periods.map(({ code, name, year }) => `${code} ${name} ${year}`)).toEqual([
      "2025-Q1 Quý I năm 2025 2025",
      "2025-Q2 Quý II năm 2025 2025",
      "2025-H1 6 tháng đầu năm 2025 2025",
      "2025-Q3 Quý III năm 2025 2025",
      "2025-Q4 Quý IV năm 2025 2025",
      "2025-Y Năm 2025 2025",
    ]);
    expect(plan.periods[2]).toMatchObject({
      data_from: "2024-12-15",
      data_to: "2025-06-14",
      due_before: "2025-06-05",
      covers: ["2025-Q1", "2025-Q2"],
    });
  });

  test("keeps everything else, comments too", () => {
    const before = Plan.parse(parse(TEXT));
    expect([plan.units, plan.measures, plan.indicators, plan.glossary]).toEqual([
      before.units,
      before.measures,
      before.indicators,
      before.glossary,
    ]);
    const comments = (one: string): string[] => one.match(/^ *# (?!CẦN).*$/gm) ?? [];
    expect(comments(text)).toEqual(comments(TEXT));
  });

  test("marks what a person must decide, each at its place", () => {
    const lines = text.split("\n");
    const marked = lines.flatMap((line, index) =>
      line.includes("# CẦN XEM LẠI:") ? [(lines[index + 1] ?? "").trim().split(":")[0]] : [],
    );
    expect(marked).toEqual([
      "schema",
      "state",
      "number",
      "carries_out",
      "issued_on",
      "source",
      "- >-",
      "glossary",
      "periods",
    ]);
  });
});

test("a rule that names the year before, in which the data begin, is asked about", () => {
  const rule = "Quý được tính từ ngày 15 của tháng trước.";
  const text = TEXT.replace("added_rules:\n", `added_rules:\n  - ${rule}\n`);
  const mark = "  # CẦN XEM LẠI: quy ước này nêu năm hoặc số của kế hoạch cũ.\n  - Quý";
  expect(next(text, 2025).text).not.toContain(mark);
  expect(next(text.replace("tháng trước.", "12/2023."), 2025).text).toContain(mark);
});

test("the end of February stays the end of February", () => {
  const { text } = next(TEXT.replace("data_to: 2024-03-14", "data_to: 2024-02-29"), 2026);
  expect(text).toContain("data_to: 2026-02-28");
});

const TARGET = '    target: { comparator: ">=", value: 25, pace: none }';

// a target of 2024, and what is written of it for 2025
test.each(
  casesIn(String.raw`
  milestones move, with a mark ⇒ { comparator: ">=", at: { 2024-Q2: 10, 2024-Y: 25 } }
    ⇒ /# CẦN XEM LẠI: mức ở từng mốc\.\n {4}target: \{ comparator: ">=", at: \{ 2025-Q2: 10, 2025-Y: 25 \} \}/
  of an amended target the last number is the first
    ⇒ \n      - { comparator: ">=", value: 20 }\n      - { comparator: ">=", value: 25, from: 2024-Q3 }
    ⇒ /# CẦN XEM LẠI: mức sau điều chỉnh .*\n {4}target: \{ comparator: ">=", value: 25 \}\n {4}added_rules/
  with what the first one says for all
    ⇒ \n      - { comparator: ">=", value: 20, pace: linear, due: each_period }\n      - { comparator: ">=", value: 25, from: 2024-Q3 }
    ⇒ /target: \{ comparator: ">=", value: 25, pace: linear, due: each_period \}\n {4}added_rules/
  where the list is no further in than its key
    ⇒ \n    - { comparator: ">=", value: 20 }\n    - { comparator: ">=", value: 25, from: 2024-Q3 }
    ⇒ /target: \{ comparator: ">=", value: 25 \}\n {4}added_rules/
  in one line too
    ⇒ [{ comparator: ">=", value: 20 }, { comparator: ">=", at: { 2024-Y: 25 }, from: 2024-Q3 }]
    ⇒ /target: \{ comparator: ">=", at: \{ 2025-Y: 25 \} \}\n/
  or over several
    ⇒ \n      - comparator: ">="\n        value: 20\n      - from: 2024-Q3\n        comparator: ">="\n        value: 25
    ⇒ /target: \{ comparator: ">=", value: 25 \}\n {4}added_rules/
  a baseline is asked about
    ⇒ { comparator: ">=", value: 25, baseline: { period: 2023-Y, value: 10, source: x } }
    ⇒ /# CẦN XEM LẠI: số gốc của tiến độ\.\n/
`),
)("%s", (_, words = "", expected = "") => {
  const target = `    target: ${words.replaceAll("\\n", "\n")}`;
  const { text } = next(TEXT.replace(TARGET, target).replace("schema: 1", "schema: 2"), 2025);
  expect(Plan.safeParse(parse(text)).error).toBeUndefined();
  expect(text).toMatch(expectedOf(expected));
});

test("what was added during the year is there from the start", () => {
  const { text } = next(
    TEXT.replace(
      "    at_most: workers_total\n",
      "    at_most: workers_total\n    from: 2024-Q3\n",
    ).replace(TARGET, `${TARGET}\n    from: 2024-Q3`),
    2025,
  );
  expect(text).not.toMatch(/^ +from:/m);
  expect(Plan.safeParse(parse(text)).success).toBe(true);
});

test("a base year of a comparison stays, and is asked about", () => {
  const value =
    "    value: { kind: share_of_areas, conditions: [{ measure: communication_forms }] }";
  const change =
    "    value: { kind: change, of: { kind: count, measures: [persons_sanctioned] }, from: 2019-Y, as: percent }";
  const { text } = next(TEXT.replace(value, change), 2025);
  expect(text).toMatch(/# CẦN XEM LẠI: kỳ được so với; .*\n.*from: 2019-Y/);
});

test("a plan that continues another continues the one that it is made from", () => {
  const { text } = next(TEXT.replace("area: {", "continues: { plan: cu-2023 }\narea: {"), 2025);
  expect(text).toContain("\ncontinues: 217-kh-ubnd-2024\narea: {");
});

test("a table of targets gets a name of its own, and the last of its amended numbers", () => {
  const target = '    target: { comparator: ">=", value: 25, for: { table: giao.csv } }';
  const table = [
    "indicator,place,period,value,from",
    "1.1,05971,2024-Y,20,",
    "1.1,05971,2024-Y,25,2024-Q3",
    "1.1,05974,,30,",
    "",
  ].join("\n");
  const { text, tables } = next(TEXT.replace(TARGET, target), 2025, { "giao.csv": table });
  expect(text).toContain("for: { table: giao-2025.csv }");
  expect([...tables]).toEqual([
    ["giao-2025.csv", "indicator,place,period,value,from\n1.1,05971,2025-Y,25,\n1.1,05974,,30,\n"],
  ]);
});

/** A plan with all that moves: amended and added things, milestones, groups, a table, a named period. */
const MOVING = {
  schema: 2,
  id: "thu-2024",
  number: "1/KH-UBND",
  title: "Kế hoạch: thử 'năm 2024' # một",
  short_title: "Thử 2024",
  issuer: "UBND thành phố",
  carries_out: "Nghị quyết 5/NQ-HĐND năm 2023",
  issued_on: "2024-01-10",
  in_force_from: "2024-02-29",
  source: "Bản ký\nđọc ở văn thư",
  reports_to: "UBND thành phố",
  area: { code: "178", noun: "thành phố" },
  reporting_areas: [{ codes: ["05971", "05974"] }],
  added_rules: ["Quý I/2024 không áp dụng.", "Mức 20, 25 và 30 là phần trăm; 0,5 cũng vậy."],
  groups: [{ code: "1", name: "Kết quả" }],
  units: [{ code: "UB", item: 1, name: "UBND {area}", short_name: "UBND {area}", each_area: true }],
  periods: [1, 2, 3, 4].map((position) => ({
    code: `2024-Q${position}`,
    name: `Quý ${position}/2024`,
    kind: "quarter",
    year: 2024,
    position,
    positions: 4,
    data_from: `2024-${String(position * 3 - 2).padStart(2, "0")}-01`,
    data_to: `2024-${String(position * 3).padStart(2, "0")}-28`,
    due_before: `2024-${String(position * 3).padStart(2, "0")}-20`,
    estimate: true,
  })),
  measures: ["people", "told"].map((code, index) => ({
    ...{ code, name: `Số người: ${code}`, unit_of_measure: "người", kind: "count" },
    ...{ reported_by: ["UB"], over_time: "sum", over_areas: "sum", sensitive: false },
    ...(index === 0 ? {} : { from: "2024-Q2", at_most: "people" }),
  })),
  indicators: [
    [
      { comparator: ">=", value: 20, pace: "linear" },
      { from: "2024-Q3", comparator: ">=", value: 25 },
    ],
    { comparator: ">=", at: { "2024-Q2": 20, "2024-Q4": 30.5 } },
    { comparator: ">=", for: { "05971": 20, "05974": { "2024-Q3": 25, "2024-Q4": 30 } } },
    { comparator: "<=", for: { table: "giao.csv" } },
  ].map((target, index) => ({
    ...(index === 1 ? { from: "2024-Q2" } : {}),
    code: `1.${index}`,
    group: "1",
    name: `Người biết, "lần ${index}"`,
    short_name: "Người biết",
    quote:
      "Ít nhất 20%, 25%, 30,5% người biết trong năm 2024: câu dài để có thể xuống dòng khi viết.",
    unit_of_measure: "%",
    value: { kind: "ratio", numerator: ["told"], denominator: ["people"] },
    target,
  })),
};

/** The plan as a text that says the same in another of many ways. */
const shapes = fc
  .record({
    choices: fc.infiniteStream(fc.nat(9)),
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(2, 3, 4),
    lineWidth: fc.constantFrom(0, 40, 100),
    flowCollectionPadding: fc.boolean(),
    before: fc.constantFrom("", "\uFEFF", "---\n", "# đầu tệp\n\n"),
    isCrlf: fc.boolean(),
    hasTabs: fc.boolean(),
    hasAliases: fc.boolean(),
  })
  .map(({ choices, before, isCrlf, hasTabs, hasAliases, ...options }) => {
    const choose = (): number => choices.next().value ?? 9;
    const document = new Document(MOVING, { aliasDuplicateObjects: hasAliases });
    visit(document, (key, node, [...path]) => {
      if (isScalar(node) && typeof node.value === "string") {
        const styles = ["QUOTE_SINGLE", "QUOTE_DOUBLE", "PLAIN", "BLOCK_FOLDED", "BLOCK_LITERAL"];
        const chosen = styles[choose()];
        if (chosen !== undefined && (key !== "key" || !chosen.startsWith("BLOCK"))) {
          node.type = chosen as never;
        }
      }
      if (isCollection(node) && path.length > 1 && choose() < 3) node.flow = true;
      if (isScalar(node) && key !== "value" && choose() === 0) node.commentBefore = " ghi chú: {x";
      if (isScalar(node) && key === "value" && choose() === 0) node.comment = " cuối dòng";
      if (isPair(node) && isScalar(node.key) && choose() === 0) node.key.spaceBefore = true;
      if (isMap(node) && path.length > 2 && choose() === 0) node.items.reverse();
    });
    const made = before + document.toString(options);
    const tabbed = hasTabs ? made.replaceAll(/^( *[a-z_]+:) (?=\S)/gm, "$1\t") : made;
    return isCrlf ? tabbed.replaceAll("\n", "\r\n") : tabbed;
  });

test("whatever way a plan is written in, the next one says the same and has no error", () => {
  const table = { "giao.csv": 'indicator,place,period,value\r\n1.3,"05971","2024-Q4",25\r\n' };
  const read = (text: string) => {
    const { value, problems } = examinePlan("x.yaml", Buffer.from(text));
    return { plan: value?.plan, problems };
  };
  const canonical = next(new Document(MOVING).toString(), 2025, table);
  const expected = read(canonical.text);
  expect(expected.problems).toEqual([]);
  expect(expected.plan).toMatchObject({
    id: "thu-2025",
    state: "draft",
    in_force_from: "2025-02-28",
  });
  const marksIn = (text: string): number => text.match(/# CẦN XEM LẠI:/g)?.length ?? 0;
  fc.assert(
    fc.property(shapes, (text) => {
      expect(read(text)).toEqual({ plan: Plan.parse(MOVING), problems: [] });
      const made = next(text, 2025, table);
      expect(read(made.text)).toEqual(expected);
      expect(marksIn(made.text)).toBe(marksIn(canonical.text));
      expect(made.tables).toEqual(canonical.tables);
    }),
    { numRuns: 25 },
  );
});

test("of every example the next plan has no error by itself, and is written as the one before", () => {
  const examples = join(ROOT, "sources", "examples");
  const all = readdirSync(examples, { recursive: true }).map(String);
  const files = all.filter((name) => /plans.[^/\\]+\.yaml$/.test(name));
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    const path = join(examples, file);
    const text = readFileSync(path, "utf8");
    const plan = examinePlan(path, Buffer.from(text)).value?.plan;
    if (plan === undefined) throw new Error(path);
    const last = Math.max(...plan.periods.map(({ year }) => year));
    const made = nextPlan(text, plan, last + 1, (name) =>
      readFileSync(join(dirname(path), name), "utf8"),
    );
    expect([file, examinePlan("x.yaml", Buffer.from(made.text)).problems]).toEqual([file, []]);
    const comments = (one: string) => one.match(/^ *# (?!CẦN).*$/gm) ?? [];
    expect([file, comments(made.text)]).toEqual([file, comments(text)]);
  }
});

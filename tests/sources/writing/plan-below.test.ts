import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fromAbove } from "../../../pipelines/desk/plans/plan-begin.ts";
import { makeSealKey, readSealKey } from "../../../pipelines/publishing/seal-key.ts";
import { readAreaFiles } from "../../../pipelines/sources/areas/area-files.ts";
import { checkPlanFile } from "../../../pipelines/sources/check/plan-check.ts";
import {
  type HandedPlan,
  handedPlan,
  readHandedPlan,
  signatureDoubt,
} from "../../../pipelines/sources/writing/handed-plan.ts";
import { officeBelow } from "../../../pipelines/sources/writing/plan-below.ts";
import { newFolder } from "../../folders.ts";
import { REACH, smallPlan } from "../../models/small-plan.ts";
import { writeWorld } from "../../models/world.ts";

/** What an office below begins with, from the file that the office above hands down. */

const AREAS = [
  "1,P,Province P,province,,,,made up",
  "2,C,City C,city,1,,,made up",
  "3,E,District E,district,1,,,made up",
  "4,A1,Ward 1,ward,2,,,made up",
  "5,A2,Commune 2,commune,2,,,made up",
];

/** A plan of province P for its two places, whose indicators have these values and targets. */
function above(
  expected: Readonly<Record<string, { quote?: string; value?: object; target: object }>>,
  tables: Readonly<Record<string, string>> = {},
) {
  const { plan } = smallPlan(
    Object.entries(expected).map(([code, one]) => ({
      ...{ code, group: "1", name: code, short_name: code, unit_of_measure: "%" },
      ...{ quote: "Ít nhất 30%.", value: REACH, ...one },
    })),
  );
  if (!("measures" in plan && Array.isArray(plan.measures))) throw new Error();
  const ofPlaces = plan.measures.map((one) => ({
    ...one,
    ...(one.code === "forms" ? { asked_of: { codes: ["E"] } } : {}),
  }));
  const world = {
    plan: { ...plan, schema: 2, area: { code: "P", noun: "tỉnh" }, measures: ofPlaces },
    areas: AREAS,
    tables,
  };
  const [resolved] = writeWorld(newFolder(), world).plans;
  if (resolved === undefined) throw new Error();
  return resolved;
}

const handedOf = (...expected: Parameters<typeof above>): HandedPlan => {
  const handed = readHandedPlan(String(handedPlan(above(...expected), null).bytes));
  if (handed === null) throw new Error();
  return handed;
};

const NAMED = {
  ...{ id: "city-2030", number: "9/KH", title: "City plan", issued_on: "2030-01-05" },
  in_force_from: "2030-01-05",
};

/** The plan file of a place, and what `plan check` says of it in an office that has these areas. */
function below(handed: HandedPlan, code = "C", doubt: string | null = null) {
  const folder = newFolder();
  mkdirSync(join(folder, "areas"));
  mkdirSync(join(folder, "plans"));
  const head = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
  writeFileSync(join(folder, "areas", "areas.csv"), `${[head, ...AREAS].join("\n")}\n`);
  const own = officeBelow(handed, code, readAreaFiles(join(folder, "areas")));
  if (typeof own === "string") throw new Error(own);
  const office = { ...own, issuer: "Committee", document: null };
  const { text } = fromAbove(handed, office, doubt, NAMED);
  const file = join(folder, "plans", "city.yaml");
  writeFileSync(file, text);
  const { problems } = checkPlanFile(file, folder);
  return {
    plan: parse(text),
    errors: problems.filter(({ severity }) => severity === "error").map(({ found }) => found),
    marks: text.match(/(?<=CẦN XEM LẠI: ).*/g) ?? [],
  };
}

describe("the target that a place was given becomes its own", () => {
  const COUNT = { kind: "count", measures: ["reached"] };
  const table = (...lines: string[]) => ({
    "giao.csv": `${["indicator;place;period;value", ...lines].join("\n")}\n`,
  });
  const byTable = { comparator: ">=", for: { table: "giao.csv" } };
  const RULE = "theo Kế hoạch số 1/KH ngày 01/01/2030 của Committee.";
  const cases: [
    what: string,
    expected: { quote?: string; value?: object; target: object },
    tables: Readonly<Record<string, string>>,
    own: object | undefined,
    rules?: string[],
  ][] = [
    [
      "one number for every place",
      { target: { comparator: ">=", value: 30, pace: "linear" } },
      {},
      { comparator: ">=", value: 30, pace: "linear" },
    ],
    [
      "milestones",
      { quote: "10% rồi 30%.", target: { comparator: ">=", at: { Q2: 10, Q4: 30 } } },
      {},
      { comparator: ">=", at: { Q2: 10, Q4: 30 } },
    ],
    [
      "a range, due in every period",
      { quote: "18 đến 22%.", target: { between: [18, 22], due: "each_period" } },
      {},
      { between: [18, 22], due: "each_period" },
    ],
    [
      "by a table",
      { value: COUNT, target: byTable },
      table("1;C;;1.200,5", "1;E;;900"),
      { comparator: ">=", value: 1200.5 },
      [`Mức giao cho City C: 1.200,5, ${RULE}`],
    ],
    [
      "by a table, by periods",
      { value: COUNT, target: byTable },
      table("1;C;Q2;400", "1;C;Q4;1200", "1;E;Q4;900"),
      { comparator: ">=", at: { Q2: 400, Q4: 1200 } },
      [`Mức giao cho City C: 400 (quarter 2); 1.200 (quarter 4), ${RULE}`],
    ],
    [
      "by kinds of places",
      { quote: "dưới 10% và 5%.", target: { comparator: "<", for: { city: 10, district: 5 } } },
      {},
      { comparator: "<", value: 10 },
      [`Mức giao cho City C: 10, ${RULE}`],
    ],
    [
      "nothing may arise anywhere",
      { quote: "không để", value: COUNT, target: { comparator: "=", value: 0, for: "each" } },
      {},
      { comparator: "=", value: 0, for: "each" },
    ],
    [
      "so many at each place: of this one as a whole",
      { value: COUNT, target: { comparator: ">=", value: 30, for: "each" } },
      {},
      { comparator: ">=", value: 30 },
    ],
    [
      "the last of what was amended",
      {
        quote: "30%, nay 40%.",
        target: [
          { comparator: ">=", value: 30 },
          { from: "Q3", comparator: ">=", value: 40 },
        ],
      },
      {},
      { comparator: ">=", value: 40 },
    ],
    [
      "a number of the whole alone",
      { value: COUNT, target: { comparator: ">=", value: 30 } },
      {},
      undefined,
    ],
    [
      "none for its kind",
      { target: { comparator: ">=", for: { city: "none", district: 30 } } },
      {},
      undefined,
    ],
  ];
  test.each(cases)("%s", (_, expected, tables, own, rules) => {
    const { plan, errors, marks } = below(handedOf({ "1": expected }, tables));
    expect([plan.indicators[0].target, plan.indicators[0].added_rules]).toEqual([own, rules]);
    const isAsked = marks.some((mark) => mark.startsWith("cấp trên không giao mức riêng"));
    expect([errors.length > 0, isAsked]).toEqual(own === undefined ? [true, true] : [false, false]);
  });
});

test("codes, names and deadlines are those of above; what is no matter of the place is named", () => {
  const handed = handedOf({
    "1.1": { target: { comparator: ">=", value: 30 } },
    "1.2": {
      value: { kind: "share_of_areas", conditions: [{ measure: "plan" }] },
      target: { comparator: ">=", value: 30 },
    },
    "1.3": {
      value: { kind: "ratio", numerator: ["solved"], denominator: ["cases"] },
      target: { comparator: ">=", value: 30 },
    },
  });
  const { plan, errors, marks } = below(handed);
  expect(errors).toEqual([]);
  expect(plan).toMatchObject({
    ...{ schema: 2, state: "draft", id: "city-2030", number: "9/KH" },
    carries_out: "Kế hoạch số 1/KH ngày 01/01/2030 của Committee",
    area: { code: "C", noun: "thành phố" },
    ...{ reporting_areas: "children", reporting_area_noun: "phường, xã" },
    document: { addressed_to: "Committee" },
    indicators: [{ code: "1.1" }],
  });
  // not what departments report, nor what is asked of E alone; its wards report, and nobody else
  const codes = plan.measures.map(({ code }: { code: string }) => code);
  expect(codes.join(" ")).toBe("people reached plan staff trained joined load");
  expect(plan.measures[1]).toEqual({
    ...{ code: "reached", name: "Reached", unit_of_measure: "người", kind: "count" },
    ...{ over_time: "sum", over_areas: "sum", sensitive: false, at_most: "people" },
    reported_by: ["UBND"],
  });
  expect(plan.periods[1]).toMatchObject({ code: "Q2", due_before: "2030-06-10" });
  expect(marks).toEqual([
    "nơi nhận, địa danh, người ký báo cáo gửi cấp trên.",
    "đơn vị nào của mình báo cáo số nào.",
    "hạn gửi ở đây là hạn của cấp trên; phường, xã phải gửi sớm hơn để kịp tổng hợp, phát hành.",
    "chưa lấy chỉ tiêu 1.2 “Ít nhất 30%.”: cấp trên tính trên số nơi của cấp trên; ở đây tính thế nào thì tự lập.",
    "chưa lấy chỉ tiêu 1.3 “Ít nhất 30%.”: do D1 báo cáo ở cấp trên.",
  ]);
});

test("a place without parts that report reports itself", () => {
  const { plan, errors } = below(
    handedOf({ "1": { target: { comparator: ">=", value: 30 } } }),
    "E",
  );
  expect([errors, plan.reporting_areas]).toEqual([[], "none"]);
  expect(plan.units).toEqual([
    { code: "VP", item: 1, name: "Committee", short_name: "District E" },
  ]);
});

test("the place is one of those that the plan is given to", () => {
  const handed = handedOf({ "1": { target: { comparator: ">=", value: 30 } } });
  expect(officeBelow(handed, "X", { areas: [], successors: [] })).toBe(
    "Kế hoạch này không giao cho địa bàn “X”. Ghi tên hoặc mã địa bàn: C City C; E District E.",
  );
  expect(officeBelow(handed, "city", { areas: [], successors: [] })).toBe(
    "Không có địa bàn nào mang mã “C” (City C) ở đây.",
  );
  expect(officeBelow(handed, "ci", { areas: [], successors: [] })).toMatch(/\(City C\) ở đây/);
  expect(officeBelow(handed, "t", { areas: [], successors: [] })).toMatch(
    /^Kế hoạch này giao cho hơn một địa bàn tên như “t”/,
  );
});

test("a signed file is altered by nobody, and its key is one that is trusted, or that is said", async () => {
  const file = join(newFolder(), "key");
  await makeSealKey(file);
  const key = await readSealKey(file);
  const plan = above({ "1": { target: { comparator: ">=", value: 30 } } });
  const { name, bytes } = handedPlan(plan, key);
  expect(name).toBe("small_giao-xuong.json");
  const handed = readHandedPlan(String(bytes));
  if (handed === null) throw new Error();
  const line = { area: "P", file: "", name: "", from: "2030-01-01", until: null, by: "" };
  const trusted = [{ ...line, key: key.publicKey }];
  expect(signatureDoubt(handed, trusted, "2030-02-01")).toBeNull();
  expect(signatureDoubt(handed, [], "2030-02-01")).toContain("ở đây chưa tin cậy");
  expect(signatureDoubt({ ...handed, signedBy: null }, trusted, "2030-02-01")).toContain(
    "không có chữ ký",
  );
  expect(below(handed, "C", "so với văn bản.").marks[0]).toBe("so với văn bản.");
  for (const wrong of [String(bytes).replace("Small", "Smaller"), "{}", "", "khác"])
    expect(readHandedPlan(wrong)).toBeNull();
});

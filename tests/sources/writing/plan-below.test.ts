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
import { casesIn } from "../../case-lines.ts";
import { newFolder } from "../../folders.ts";
import type { IndicatorWords } from "../../models/indicator-words.ts";
import { smallPlan } from "../../models/small-plan.ts";
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
  asked: Readonly<Record<string, IndicatorWords>>,
  tables: Readonly<Record<string, string>> = {},
) {
  const { plan } = smallPlan(asked, {
    schema: 2,
    measures: [{ code: "forms", asked_of: { codes: ["E"] } }],
  });
  const world = { plan: { ...plan, area: { code: "P", noun: "tỉnh" } }, areas: AREAS, tables };
  const [resolved] = writeWorld(newFolder(), world).plans;
  if (resolved === undefined) throw new Error();
  return resolved;
}

const handedOf = (...expected: Parameters<typeof above>): HandedPlan => {
  const handed = readHandedPlan(String(handedPlan(above(...expected), null).bytes));
  if (handed === null) throw new Error();
  return handed;
};

const REACHED = { value: "reached/people >= 30", quote: "Ít nhất 30%." };

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
  // what is asked of all, in which quote, what of City C, and the rule that says so
  test.each(
    casesIn(`
    one number for every place ⇒ reached/people >= 30 linear ⇒ Ít nhất 30%.
      ⇒ { comparator: ">=", value: 30, pace: linear }
    milestones ⇒ reached/people >= 10 by Q2, 30 by Q4 ⇒ 10% rồi 30%.
      ⇒ { comparator: ">=", at: { Q2: 10, Q4: 30 } }
    a range, due in every period
      ⇒ { value: reached/people, target: { between: [18, 22], due: each_period } } ⇒ 18 đến 22%.
      ⇒ { between: [18, 22], due: each_period }
    by a table ⇒ C;;1.200,5 E;;900 ⇒ Ít nhất 30%. ⇒ { comparator: ">=", value: 1200.5 }
      ⇒ Mức giao cho City C: 1.200,5, theo Kế hoạch số 1/KH ngày 01/01/2030 của Committee.
    by a table, by periods ⇒ C;Q2;400 C;Q4;1200 E;Q4;900 ⇒ Ít nhất 30%.
      ⇒ { comparator: ">=", at: { Q2: 400, Q4: 1200 } }
      ⇒ Mức giao cho City C: 400 (quarter 2); 1.200 (quarter 4), theo Kế hoạch số 1/KH ngày 01/01/2030 của Committee.
    by kinds of places
      ⇒ { value: reached/people, target: { comparator: "<", for: { city: 10, district: 5 } } }
      ⇒ dưới 10% và 5%. ⇒ { comparator: "<", value: 10 }
      ⇒ Mức giao cho City C: 10, theo Kế hoạch số 1/KH ngày 01/01/2030 của Committee.
    nothing may arise anywhere ⇒ reached = 0 each ⇒ không để
      ⇒ { comparator: "=", value: 0, for: each }
    so many at each place: of this one as a whole ⇒ reached >= 30 each ⇒ Ít nhất 30%.
      ⇒ { comparator: ">=", value: 30 }
    the last of what was amended ⇒ reached/people >= 30; from Q3 >= 40 ⇒ 30%, nay 40%.
      ⇒ { comparator: ">=", value: 40 }
    a number of the whole alone ⇒ reached >= 30 ⇒ Ít nhất 30%. ⇒ none
    none for its kind
      ⇒ { value: reached/people, target: { comparator: ">=", for: { city: none, district: 30 } } }
      ⇒ Ít nhất 30%. ⇒ none
  `),
  )("%s", (_, asked = "", quote, own = "", rule) => {
    const isTable = /^[CE];/.test(asked);
    const target = { comparator: ">=", for: { table: "giao.csv" } };
    const parts = asked.startsWith("{") ? parse(asked) : { value: asked };
    const words = isTable ? { value: "reached", target } : parts;
    const rows = asked.split(" ").map((row) => `1;${row}\n`);
    const tables = isTable ? { "giao.csv": `indicator;place;period;value\n${rows.join("")}` } : {};
    const { plan, errors, marks } = below(handedOf({ "1": { ...words, quote } }, tables));
    const isOwn = own !== "none";
    expect(plan.indicators[0].target).toEqual(isOwn ? parse(own) : undefined);
    expect(plan.indicators[0].added_rules).toEqual(rule === undefined ? undefined : [rule]);
    const isAsked = marks.some((mark) => mark.startsWith("cấp trên không giao mức riêng"));
    expect([errors.length > 0, isAsked]).toEqual(isOwn ? [false, false] : [true, true]);
  });
});

test("codes, names and deadlines are those of above; what is no matter of the place is named", () => {
  const asked = ["reached/people", "areas with plan", "solved/cases"].map((value, index) => [
    `1.${index + 1}`,
    { value, quote: "Ít nhất 30%." },
  ]);
  const handed = handedOf(Object.fromEntries(asked));
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
  const { plan, errors } = below(handedOf({ "1": REACHED }), "E");
  expect([errors, plan.reporting_areas]).toEqual([[], "none"]);
  expect(plan.units).toEqual([
    { code: "VP", item: 1, name: "Committee", short_name: "District E" },
  ]);
});

test("the place is one of those that the plan is given to", () => {
  const handed = handedOf({ "1": REACHED });
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
  const plan = above({ "1": REACHED });
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

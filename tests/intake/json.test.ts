import fc from "fast-check";
import { expect, test } from "vitest";
import { placeInWords } from "../../pipelines/intake/reply.ts";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { readJson } from "../../pipelines/readers/json-reader.ts";
import { parseJson, plainValue } from "../../pipelines/readers/json-text.ts";
import { plainDecimal } from "../../pipelines/vocabulary/decimal.ts";
import { csvOf, examine, newWorld, problemCode, send, sendOne } from "./given.ts";

/** A file with one report, whose figures are given as they stand in the text: `"people": 5`. */
const reportOf = (figures: Readonly<Record<string, string>>, head = ""): string => {
  const readings = Object.entries(figures).map(
    ([measure, value]) => `{"measure": "${measure}", "value": ${value}}`,
  );
  return `{"reports": [{"plan": "thu", "unit": "UB-02", "period": "Q2", ${head}
"readings": [
${readings.join(",\n")}
]}]}`;
};

const STATES = `
  select measure || ' ' || state || coalesce(' ' || value::varchar, '') as said
  from reading order by submission_no, measure`;

// `budget` has two decimals, `people` and `reached` none; a flow may be nil, a stock may not
const READ: [value: string, measure: string, expected: string][] = [
  ["20", "reached", "reported 20.0000"],
  ["0", "reached", "reported 0.0000"],
  ["null", "reached", "blank"],
  ['""', "reached", "blank"],
  ['"không phát sinh"', "reached", "nil 0.0000"],
  ["1e3", "reached", "reported 1000.0000"],
  ["20.000", "reached", "reported 20.0000"],
  ["-0", "reached", "reported 0.0000"],
  ['"20 "', "reached", "reported 20.0000"],
  ['"1.120"', "reached", "reported 1120.0000"],
  ["1.12", "budget", "reported 1.1200"],
  ["112e-2", "budget", "reported 1.1200"],
  ["true", "has_plan", "reported 1.0000"],
  ["false", "has_plan", "reported 0.0000"],
];

test("missing, zero and nil are three things, and numbers are exact", async () => {
  const world = newWorld();
  const sent = READ.map(([value, measure]) => ({
    // a report that says nothing but a blank is refused as empty
    content: reportOf({ [measure]: value, visits: "7" }),
  }));
  const outcomes = await send(world, ...sent);
  expect(outcomes.map(({ medium, outcome, encoding }) => [medium, outcome, encoding])).toEqual(
    READ.map(() => ["json", "accepted", "UTF-8"]),
  );
  const rows = (await world.rows(STATES)).map(({ said }) => said);
  expect(rows.filter((row) => row !== "visits reported 7.0000")).toEqual(
    READ.map(([, measure, expected]) => `${measure} ${expected}`),
  );
  const [place] = await world.rows(
    "select sheet, cell, line from reading where measure = 'visits' limit 1",
  );
  expect(place).toEqual({ sheet: null, cell: "reports[0].readings[1]", line: "4" });
});

type Refused = [what: string, content: string | Uint8Array, expected: string[]];

async function expectRefused(files: readonly Refused[]): Promise<void> {
  const found = await examine(newWorld(), ...files.map(([, content]) => ({ content })));
  const told = found.map((problems) => problems.map(problemCode));
  expect(files.map(([what], index) => [what, told[index]])).toEqual(
    files.map(([what, , expected]) => [what, expected]),
  );
}

const REFUSED: Refused[] = [
  ["no end", '{"reports": [', ["1 json_unreadable"]],
  ["a comma too many", '{"reports": [1,]}', ["1 json_unreadable"]],
  ["NaN", reportOf({ people: "NaN" }), ["3 json_unreadable"]],
  ["a zero before", reportOf({ people: "007" }), ["3 json_unreadable"]],
  ["a name twice", '{"reports": [{"plan": "thu",\n"plan": "khac"}]}', ["2 json_unreadable"]],
  ["a name twice, escaped", '{"reports": 1,\n"re\\u0070orts": 2}', ["2 json_unreadable"]],
  ["too deep", `{"reports": ${"[".repeat(99)}${"]".repeat(99)}}`, ["1 json_unreadable"]],
  ["no UTF-8", Buffer.from('{"reports": "Ph\xf2ng"}', "latin1"), ["- json_unreadable"]],
  ["a prototype", reportOf({ people: "5" }, '"__proto__": {"nil_return": true},'), ["1 json_form"]],
  [
    "another prototype",
    '{"reports": [], "constructor": {"prototype": {"plan": "thu"}}}',
    ["1 json_form", "1 json_form"],
  ],
  ["no unit", '{"reports": [{"plan": "thu", "period": "Q2", "readings": []}]}', ["1 json_form"]],
  ["a list for a figure", reportOf({ people: "[5]" }), ["3 json_form"]],
  ["no report", '{"reports": []}', ["1 json_form"]],
  ["other JSON", '{"figures": [1]}', ["- unknown_medium"]],
  ["nothing reported", reportOf({ people: "null" }), ["- submission_empty"]],
  ["a number past all bounds", reportOf({ reached: "1e99" }), ["3 not_a_number"]],
  ["below nothing", reportOf({ reached: "-5" }), ["3 negative"]],
  ["a decimal too many", reportOf({ people: "1.5" }), ["3 fraction"]],
  ["a word", reportOf({ people: '"gần 200"' }), ["3 not_a_number"]],
  [
    "twice the same",
    reportOf({ people: "5" }).replace("]}]}", ',{"measure": "people", "value": 6}]}]}'),
    ["3 measure_twice"],
  ],
  ["an unknown measure", reportOf({ peeple: "5" }), ["3 unknown_measure"]],
  ["an unknown unit", reportOf({ people: "5" }).replace("UB-02", "UB-99"), ["- unknown_unit"]],
];

test("what is wrong is told with its line and its path", async () => {
  await expectRefused(REFUSED);
  expect("plan" in {} || "nil_return" in {}).toBe(false);
  const [wrong = []] = await examine(newWorld(), { content: reportOf({ reached: "-5" }) });
  expect(wrong.map(placeInWords)).toEqual(["Dòng 3, mục reports[0].readings[0]"]);
});

test("what is or may be about a person is refused or held, in any escape", async () => {
  const noted = (note: string) =>
    reportOf({ people: "5" }).replace("5}", `5, "note": ${JSON.stringify(note)}}`);
  const world = newWorld();
  const [surely, escaped, maybe] = await send(
    world,
    { content: noted("ông An, CCCD 020085001234") },
    { content: noted("CCCD 020085001234").replace("CCCD", "\\u0043CCD") },
    { content: noted("bà Hoa ở tổ 3 kể lại") },
  );
  expect([surely, escaped, maybe].map((one) => one?.problems.map(problemCode))).toEqual([
    ["3 personal_data"],
    ["3 personal_data"],
    ["3 may_be_personal"],
  ]);
  expect([surely?.is_kept, escaped?.is_kept, maybe?.is_kept]).toEqual([false, false, true]);
  const held = await world.rows("select distinct said from held_text");
  expect(held).toEqual([{ said: "bà Hoa ở tổ 3 kể lại" }]);
});

test("the same bytes count once, and a report takes the place of the one before", async () => {
  const world = newWorld();
  const first = { content: reportOf({ people: "5" }) };
  const outcomes = await send(world, first, first, { content: reportOf({ people: "6" }) });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["accepted", "duplicate", "accepted"]);
  expect(outcomes[2]?.submissions[0]?.replaces_earlier).toBe(true);
});

test("a message that is older than the report that counts brings no old figure back", async () => {
  const world = newWorld();
  const json = (people: number, sent: string, more: object = {}) => ({
    ...{ file: `${people}.json`, ...more },
    content: JSON.stringify({
      ...{ sent_at: sent, reports: JSON.parse(reportOf({ people: String(people) })).reports },
    }),
  });
  const csv = (lines: string) => ({ file: "typed.csv", content: csvOf([lines]) });
  const at = (hour: string) => ({ received: `2030-12-20T${hour}` });
  // what came, and the people that count then, by hand
  const STORY: [what: object & { content: string }, outcome: string, people: number][] = [
    [json(5, "2030-12-20T10:00:00+07:00", at("10:01")), "accepted", 5],
    [json(6, "2030-12-20T04:00:00Z", at("11:01")), "accepted", 6],
    // the first once more, as a bus sends what it thinks was lost; at another zone's hour
    [json(5, "2030-12-20T10:00:00+07:00", at("12:00")), "older_message", 6],
    [json(7, "2030-12-20T03:59:59.9Z", at("12:01")), "older_message", 6],
    // one of the same moment is no older one
    [json(8, "2030-12-20T11:00:00+07:00", at("12:02")), "accepted", 8],
    [{ ...csv("UB-02,Q2,,people,9,"), ...at("13:00") }, "accepted", 9],
    // what says nothing was sent when it came
    [json(10, "2030-12-20T12:59:00+07:00", at("13:01")), "older_message", 9],
    [json(10, "2030-12-20T13:00:01+07:00", at("13:02")), "accepted", 10],
    [json(11, "2030-12-20T13:20:00+07:00", at("13:03")), "sent_ahead", 10],
    [json(11, "2030-12-20T13:07:00+07:00", at("13:03")), "accepted", 11],
    // who may not report for the unit learns nothing of it
    [
      json(12, "2030-12-20T09:00:00Z", { ...at("16:00"), mayReport: new Set<string>() }),
      ...(["not_own_unit", 11] as const),
    ],
    // somebody who means it
    [json(5, "2030-12-20T10:00:00+07:00", { ...at("16:01"), again: true }), "accepted", 5],
  ];
  const taken = await send(world, ...STORY.map(([what]) => what));
  const said = taken.map(({ outcome, problems }) =>
    outcome === "refused" ? problems.map(({ code }) => code).join() : outcome,
  );
  expect(said).toEqual(STORY.map(([, outcome]) => outcome));
  expect(taken.map(({ is_kept }) => is_kept)).toEqual(said.map((one) => one !== "not_own_unit"));
  // a report counts until another is accepted
  const counted = await world.rows("select value::integer as people from reading");
  expect(counted).toEqual(
    STORY.flatMap(([, outcome, people]) => (outcome === "accepted" ? [{ people }] : [])),
  );
  // nothing is held against the unit that its system sends twice; but for the wrong clock
  expect(await world.rows("from refusal")).toHaveLength(1);
});

test("no moment at which something was sent is taken for a number of somebody's", () => {
  const moment = fc.date({
    min: new Date("2020-01-01"),
    max: new Date("2099-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.constantFrom("Z", "123456Z", "123456789+07:00"), (date, end) => {
      const sent = end === "Z" ? date.toISOString() : date.toISOString().replace(/\d{3}Z$/, end);
      const text = `{"sent_at": "${sent}", ${reportOf({ people: "5" }).slice(1)}`;
      const read = readJson(Buffer.from(text), "a.json", new PrintedTexts());
      expect([sent, read]).toMatchObject([sent, { is: "reports", document: { sentAt: sent } }]);
    }),
  );
});

/** A data value set; values as `[dataElement, orgUnit, value]`, with what more one says. */
const setOf = (
  values: readonly (readonly [string, string, unknown, object?])[],
  head: object = { dataSet: "thu", period: "2030Q2" },
): string =>
  JSON.stringify({
    ...head,
    dataValues: values.map(([dataElement, orgUnit, value, more]) => ({
      ...{ dataElement, orgUnit, value, storedBy: "admin", followup: false },
      ...more,
    })),
  });

const TAKEN: [what: string, content: string, expected: string[]][] = [
  ["a unit by its code", setOf([["people", "UB-02", "5"]]), ["UB-02 Q2 people reported 5.0000"]],
  ["a unit by its area", setOf([["people", "02", "5"]]), ["UB-02 Q2 people reported 5.0000"]],
  ["an area of a department", setOf([["pupils", "02", 7]]), ["GD Q2 pupils 02 reported 7.0000"]],
  ["the area of the plan", setOf([["rate", "C", "1.500"]]), ["GD Q2 rate reported 1.5000"]],
  [
    "nil, zero and missing",
    setOf([
      ["reached", "UB-02", "0"],
      ["visits", "UB-02", "0", { comment: "Không phát sinh" }],
      ["visits_day", "UB-02", "3", { deleted: true }],
    ]),
    ["UB-02 Q2 reached reported 0.0000", "UB-02 Q2 visits nil 0.0000", "UB-02 Q2 visits_day blank"],
  ],
  ["yes", setOf([["has_plan", "UB-02", "true"]]), ["UB-02 Q2 has_plan reported 1.0000"]],
  [
    "two periods, one by the plan's own code",
    setOf(
      [
        ["people", "02", "5", { period: "2030Q3" }],
        ["people", "02", "6", { period: "Y" }],
      ],
      { dataSet: "thu" },
    ),
    ["UB-02 Q3 people reported 5.0000", "UB-02 Y people reported 6.0000"],
  ],
  [
    "no data set, where one plan alone can be meant, and the option that is none",
    setOf([["people", "02", "5", { categoryOptionCombo: "HllvX50cXC0" }]], { period: "2030Q2" }),
    ["UB-02 Q2 people reported 5.0000"],
  ],
];

test("a data value set of DHIS2 is reports, by the codes of the plan", async () => {
  for (const [what, content, expected] of TAKEN) {
    const world = newWorld();
    const { outcome, problems } = await sendOne(world, { content, received: "2031-01-10T10:00" });
    expect([what, outcome, problems.map(problemCode)]).toEqual([what, "accepted", []]);
    const rows = await world.rows(`
      select concat_ws(' ', submission.unit_code, period, measure,
          if(unit_code = 'GD' and area_id = 3, '02', null), state, value) as said
      from reading join submission using (submission_no) order by said`);
    expect([what, rows.map((row) => row.said)]).toEqual([what, expected]);
  }
});

const NOT_TAKEN: Refused[] = [
  [
    "another plan",
    setOf([["people", "02", "5"]], { dataSet: "khac", period: "2030Q2" }),
    ["- dhis2_plan"],
  ],
  ["no plan has it", setOf([["peeple", "02", "5"]], { period: "2030Q2" }), ["- dhis2_no_plan"]],
  ["an unknown measure", setOf([["peeple", "02", "5"]]), ["1 unknown_measure"]],
  ["a week", setOf([["people", "02", "5", { period: "2030W14" }]]), ["1 unknown_period"]],
  ["no period", setOf([["people", "02", "5"]], { dataSet: "thu" }), ["1 unknown_period"]],
  ["a strange place", setOf([["people", "O6uvpzGd5pu", "5"]]), ["1 dhis2_place"]],
  ["a measure of another unit", setOf([["pupils", "C", "5"]]), ["1 dhis2_place"]],
  [
    "by a category",
    setOf([["people", "02", "5", { categoryOptionCombo: "Prlt0C1RF0s" }]]),
    ["1 dhis2_category"],
  ],
  [
    "twice",
    setOf([
      ["people", "02", "5"],
      ["people", "UB-02", "6"],
    ]),
    ["1 measure_twice"],
  ],
  ["a word", setOf([["people", "02", "nhiều"]]), ["1 not_a_number"]],
  ["no value at all", JSON.stringify({ dataSet: "thu", dataValues: [] }), ["1 json_form"]],
];

test("data values that belong nowhere refuse the file", async () => {
  await expectRefused(NOT_TAKEN);
});

test("every JSON text is read as JavaScript reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, "\t"), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(plainValue(parseJson(text))).toEqual(JSON.parse(text));
    }),
  );
});

test("a number keeps its exact value as a plain decimal", () => {
  const exact = (text: string): bigint => {
    const [, sign = "", whole = "", decimals = "", power = "0"] =
      /^(-?)(\d+)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
    return BigInt(sign + whole + decimals) * 10n ** BigInt(100 - decimals.length + Number(power));
  };
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 30n), 10n ** 30n),
      fc.stringMatching(/^(\.\d{1,20})?$/),
      fc.integer({ min: -40, max: 40 }),
      fc.constantFrom("e", "E"),
      (whole, decimals, power, mark) => {
        const text = `${whole}${decimals}${mark}${power}`;
        const plain = plainDecimal(text);
        expect(plain).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(exact(plain)).toBe(exact(text));
      },
    ),
  );
});

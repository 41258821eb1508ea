import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { readTable } from "../models/text-table.ts";
import {
  csvOf,
  examine,
  ledgerRows,
  newWorld,
  PLAN,
  problemText,
  sendOne,
  sendWhole,
  wholeCsvOf,
} from "./given.ts";

/** What a file says of UB-01's 1000 people, and what is asked about it; nothing where it is right. */
const NOTES: [reached: string, note: string, told?: string][] = [
  ["432", "đạt 46%", "46%, nhưng 432 trên 1000 là 43,2%."],
  ["432", "43%"],
  ["432", "Tỷ lệ: 43,2 %"],
  ["432", "43,1%", "43,1%, nhưng 432 trên 1000 là 43,2%."],
  ["666", "66,6%"],
  ["667", "66,6%", "66,6%, nhưng 667 trên 1000 là 66,7%."],
  ["5", "1.195/2.767 người, đạt 46%", "46%, nhưng 1195 trên 2767 là 43,2%."],
  ["5", "1195/2767 = 43,19%"],
  ["5", "1195 / 2767 (43%)"],
  // of something else, or of nothing that stands there
  ["432", "tăng 20% so với cùng kỳ"],
  ["432", "đạt 120% kế hoạch"],
  ["432", "0/0 = 0%"],
  ["432", "46"],
];

const isAccepted = (problems: readonly Problem[]): boolean =>
  problems.every(({ severity }) => severity === "doubt");

test("a percentage in a note is compared with its ratio", async () => {
  const files = NOTES.map(([reached, note]) => ({
    content: csvOf(["UB-01,Q2,,people,1000,", `UB-01,Q2,,reached,${reached},"${note}"`]),
  }));
  const found = await examine(newWorld(), ...files);
  expect(
    NOTES.map(([reached, note], index) => [
      [reached, note],
      found[index]?.map((one) => `${one.severity} ${one.line} ${one.found}`),
    ]),
  ).toEqual(
    NOTES.map(([reached, note, told]) => [
      [reached, note],
      told === undefined
        ? []
        : [`doubt 3 Ghi chú của số liệu “Số người được tuyên truyền” ghi ${told}`],
    ]),
  );
});

/** Inhabitants of an area by its number, and what is asked about figures there. */
const POPULATIONS: [lines: string[], told: string[]][] = [
  [["UB-01,Q2,,people,15000000,"], []],
  [
    ["UB-01,Q2,,people,15000001,"],
    [
      "2 Số liệu “Số người” ghi 15000001 người, gấp trên 1000 lần dân số của Phường Một (15000 người).",
    ],
  ],
  // of whose area it is not known, and of money
  [["UB-02,Q2,,people,999999999999,"], []],
  [["UB-01,Q2,,budget,999999999999,"], []],
  [
    ["GD,Q2,01,pupils,15000001,", "GD,Q2,02,pupils,15000001,"],
    [
      "2 Số liệu “Số học sinh” ghi 15000001 người, gấp trên 1000 lần dân số của Phường Một (15000 người).",
    ],
  ],
];

test("a figure beyond a thousand times the population is asked about", async () => {
  const world = newWorld();
  const file = join(world.sources, "areas", "areas.csv");
  const [head = "", ...areas] = readFileSync(file, "utf8").trim().split("\n");
  const populations = ["106879", "15000"];
  const written = areas.map((line, index) => `${line},${populations[index] ?? ""}`);
  writeFileSync(file, `${[`${head},population`, ...written].join("\n")}\n`);
  const changed = { ...world, catalogue: readCatalogue(world.sources) };
  const files = POPULATIONS.map(([lines]) => ({ content: csvOf(lines) }));
  const found = await examine(changed, ...files);
  expect(found.map(isAccepted)).toEqual(POPULATIONS.map(() => true));
  expect(
    found.map((problems) =>
      problems
        .filter(({ code }) => code === "beyond_population")
        .map((one) => `${one.line} ${one.found}`),
    ),
  ).toEqual(POPULATIONS.map(([, told]) => told));
});

const NIL_NOTES: [line: string, told: string[]][] = [
  [
    "UB-01,Q2,,people,983,Không phát sinh",
    ["2 Số liệu “Số người” ghi 983, nhưng cột Ghi chú ghi “Không phát sinh”."],
  ],
  [
    "UB-01,Q2,,reached,4, KPS ",
    ["2 Số liệu “Số người được tuyên truyền” ghi 4, nhưng cột Ghi chú ghi “KPS”."],
  ],
  [
    "UB-01,Q2,,budget,9,Trong quý không có phát sinh.",
    ["2 Số liệu “Kinh phí” ghi 9, nhưng cột Ghi chú ghi “Trong quý không có phát sinh.”."],
  ],
  ["UB-01,Q2,,reached,0,Không phát sinh", []],
  ["UB-01,Q2,,budget,9,không có", []],
  ["UB-01,Q2,,people,983,Không phát sinh vụ mới", []],
  ["UB-01,Q2,,has_plan,Có,Không phát sinh", []],
];

test("a figure beside which nothing arose by its note is asked about", async () => {
  const files = NIL_NOTES.map(([line]) => ({ content: csvOf([line]) }));
  const found = await examine(newWorld(), ...files);
  expect(
    found.map((problems) =>
      problems
        .filter(({ code }) => code === "nil_beside_figure")
        .map((one) => `${one.line} ${one.found}`),
    ),
  ).toEqual(NIL_NOTES.map(([, told]) => told));
});

const AREAS: [name: string, values: number[], told: string[]][] = [
  ["one is all the others together", [30, 10, 15, 5], ["doubt 2 Phường Hai"]],
  ["one less", [29, 10, 15, 5], []],
  ["three areas only", [25, 10, 15], []],
  ["too small to tell", [6, 1, 2, 3], []],
];

test("a figure that is the total of the other areas is asked about", async () => {
  const files = AREAS.map(([, values]) => ({
    content: csvOf(
      values.map((value, index) => `GD,Q4,${["02", "01", "03", "04"][index]},pupils,${value},`),
    ),
  }));
  const found = await examine(newWorld(), ...files);
  expect(
    AREAS.map(([name], index) => [
      name,
      found[index]?.map(
        (one) => `${one.severity} ${one.line} ${/của (Phường \S+)/.exec(one.found)?.[1]}`,
      ),
    ]),
  ).toEqual(AREAS.map(([name, , told]) => [name, told]));
});

const TOTALS: [line: string, told: string][] = [
  [
    "Tổng cộng,Q2,,people,5,",
    "2 total_of_units: Đơn vị ghi “Tổng cộng” là dòng tổng, không phải là một đơn vị báo cáo. Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng đơn vị.",
  ],
  [
    "TOAN THANH PHO,Q2,,people,5,",
    "2 total_of_units: Đơn vị ghi “TOAN THANH PHO” là dòng tổng, không phải là một đơn vị báo cáo. Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng đơn vị.",
  ],
  [
    "GD,Q2,Cộng,pupils,5,",
    "2 total_of_areas: Số liệu “Số học sinh” có dòng tổng (“Cộng”) lẫn trong các địa bàn. Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng địa bàn.",
  ],
  [
    "GD,Q2,C,pupils,5,",
    "2 total_of_areas: Số liệu “Số học sinh” có dòng tổng (“C”) lẫn trong các địa bàn. Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng địa bàn.",
  ],
];

test("a total row refuses the file", async () => {
  const files = TOTALS.map(([line]) => ({ content: csvOf([line]) }));
  const found = await examine(newWorld(), ...files);
  expect(found.map((problems) => problems.map(problemText))).toEqual(
    TOTALS.map(([, told]) => [told]),
  );
  expect(found.some(isAccepted)).toBe(false);
});

test("a doubt stays with its figure until the report is replaced, and is told to the sender", async () => {
  const world = newWorld();
  const of = (note: string): string[] => [
    "UB-02,Q2,,people,1000,",
    `UB-02,Q2,,reached,432,${note}`,
  ];
  const lines = [...of("đạt 46%"), "UB-01,Q2,,people,7,"];
  const first = await sendOne(world, { content: wholeCsvOf(lines), received: "2030-12-01" });
  expect(first.reply).not.toBeNull();
  expect(await ledgerRows(world, "select severity, code, line from problem")).toEqual([
    { severity: "doubt", code: "percentage_differs", line: "3" },
  ]);
  const found = () =>
    queryModels({
      ...world,
      asOf: parseMoment("2031-01-01"),
      models: ["marts.findings"],
      read: (connection) =>
        readTable(connection, "select rule, unit_id, measure, line from marts.findings"),
    });
  expect(await found()).toEqual([
    { rule: "percentage_differs", unit_id: "UB@3", measure: "reached", line: "3" },
  ]);
  await sendOne(world, { content: wholeCsvOf(of("đạt 43%")), received: "2030-12-02" });
  expect(await found()).toEqual([]);
});

/** A percentage that the plan asks for beside its parts: 432 of 1000 pupils reached. */
const STATED: [share: string, told?: string][] = [
  ["43,2"],
  ["43"],
  ["46", "Số liệu “Tỷ lệ học sinh” ghi 46%, nhưng 432 trên 1000 là 43,2%."],
];

test("a percentage beside its parts is compared with them", async () => {
  const plain = newWorld();
  const measure = {
    code: "pupils_share",
    name: "Tỷ lệ học sinh",
    unit_of_measure: "%",
    kind: "count",
    decimals: 2,
    reported_by: ["GD"],
    by_area: true,
    over_time: "last",
    over_areas: "average",
    sensitive: false,
    percentage_of: { part: "pupils_reached", whole: "pupils" },
  };
  const plan = { ...PLAN, measures: [...PLAN.measures, measure] };
  writeFileSync(join(plain.sources, "plans", "thu.yaml"), stringify(plan));
  const world = { ...plain, catalogue: readCatalogue(plain.sources) };
  const files = STATED.map(([share]) => ({
    content: csvOf([
      "GD,Q2,02,pupils,1000,",
      "GD,Q2,02,pupils_reached,432,",
      `GD,Q2,02,pupils_share,"${share}",`,
      // of another area, which has no percentage
      "GD,Q2,01,pupils,10,",
      "GD,Q2,01,pupils_reached,1,",
    ]),
  }));
  const problems = await examine(world, ...files);
  expect(problems.map((own) => own.map(({ found }) => found))).toEqual(
    STATED.map(([, told]) => (told === undefined ? [] : [told])),
  );
  expect(problems.every(isAccepted)).toBe(true);
});

const LEFT_OUT: [what: string, lines: string[], told: string[]][] = [
  [
    "a file that was cut off",
    ["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,2,", "UB-01,Q2,,visits,,", "UB-01,Q2,,visits_day,,"],
    [
      "2 Báo cáo của UBND phường Một, kỳ Quý 2, không có dòng của 3 số liệu phải báo cáo: Số lượt đêm; Kinh phí; Đã có kế hoạch.",
    ],
  ],
  [
    "an area that a department leaves out",
    [
      ...["budget", "rate", "share"].map((measure) => `GD,Q2,,${measure},1,`),
      ...["01", "02"].map((area) => `GD,Q2,${area},pupils,9,`),
      "GD,Q2,02,pupils_reached,1,",
    ],
    [
      "2 Báo cáo của Phòng Giáo dục, kỳ Quý 2, không có dòng của 1 số liệu phải báo cáo: Số học sinh được tuyên truyền (Phường Một).",
    ],
  ],
  [
    "everything is there, blank or not",
    [
      "people,5",
      "reached,2",
      "visits,",
      "visits_day,",
      "visits_night,",
      "budget,",
      "has_plan,",
    ].map((one) => `UB-01,Q2,,${one},`),
    [],
  ],
];

test.each(LEFT_OUT)("measures in no row: %s", async (_, lines, told) => {
  const [outcome] = await sendWhole(newWorld(), { content: csvOf(lines) });
  expect(outcome?.outcome).toBe("accepted");
  expect(outcome?.problems.map(({ line, found }) => `${line} ${found}`)).toEqual(told);
});

/** As many as are looked at in three numbers of bits. */
const MANY = Array.from({ length: 130 }, (_, index) => `m${index + 1}`);

test("of very many measures those that are left out are named, and those that are there twice", async () => {
  const world = newWorld();
  const measures = MANY.map((code) => ({ ...PLAN.measures[0], code, name: `Số ${code}` }));
  const plan = stringify(
    { ...PLAN, measures: [...PLAN.measures, ...measures] },
    { aliasDuplicateObjects: false },
  );
  writeFileSync(join(world.sources, "plans", "thu.yaml"), plan);
  const catalogue = readCatalogue(world.sources);
  const linesBut = (...left: string[]): string[] =>
    [...PLAN.measures.filter(({ reported_by: [by] }) => by === "UB"), ...measures]
      .filter(({ code }) => !left.includes(code))
      .map(({ code }) => `UB-01,Q2,,${code},${["has_plan", "grade"].includes(code) ? "" : 0},`);
  const [cut, twice] = await sendWhole(
    { ...world, catalogue },
    { content: csvOf(linesBut("m1", "m49", "m60", "m61", "m109", "m130")) },
    { content: csvOf([...linesBut(), "UB-01,Q2,,m110,0,"]) },
  );
  expect(cut?.problems.map(({ found }) => found)).toEqual([
    "Báo cáo của UBND phường Một, kỳ Quý 2, không có dòng của 6 số liệu phải báo cáo: Số m1; Số m49; Số m60; Số m61; Số m109; Số m130.",
  ]);
  expect(twice?.problems.map(({ code, found }) => `${code} ${found}`)).toEqual([
    "measure_twice Số liệu “Số m110” của UBND phường Một, kỳ Quý 2, có 2 lần: dòng 119; dòng 140.",
  ]);
});

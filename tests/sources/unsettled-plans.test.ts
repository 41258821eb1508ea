import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { keepCheckedPlans, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { checkPlanFile } from "../../pipelines/sources/check/plan-check.ts";
import { describeSourceProblem } from "../../pipelines/vocabulary/problem.ts";
import { newFolder } from "../folders.ts";
import { severalPlansIn } from "../several-plans.ts";

/** Three plans, of which one has a table and figures of before, and a warehouse that knows them. */
const office = () => {
  const { sources, paths } = severalPlansIn(newFolder());
  const at = (name: string) => join(sources, "plans", name);
  const text = (name: string) => readFileSync(at(name), "utf8");
  const read = () => {
    const catalogue = readCatalogue(sources, paths);
    keepCheckedPlans(catalogue);
    return catalogue;
  };
  const plan = text("an-toan.yaml")
    .replace("schema: 1", "schema: 2")
    .replace("value: 30\n", "for: { table: giao.csv }\n");
  writeFileSync(at("an-toan.yaml"), plan);
  writeFileSync(at("giao.csv"), "indicator,place,period,value\n1.1,01,,30\n1.1,02,,40\n");
  writeFileSync(
    join(sources, "baselines.csv"),
    "plan,measure,area,period,value,source\nan-toan-2024,cases,,2023-Q1,5,x\n",
  );
  const good = read();
  return { sources, paths, at, text, read, good };
};
type Office = ReturnType<typeof office>;

const breakPlan = ({ at, text }: Office) =>
  writeFileSync(at("an-toan.yaml"), text("an-toan.yaml").replace("periods:", "periods :x"));

/** What is done to the sources, and each plan file that is not followed as it lies there. */
const CHANGES: readonly (readonly [string, (office: Office) => void, readonly RegExp[]])[] = [
  ["nothing", () => {}, []],
  [
    "no YAML any more",
    breakPlan,
    [/^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:\d+: .*thụt vào/],
  ],
  [
    "a measure called otherwise, also in the figures of before",
    ({ at, text, sources }) => {
      const plan = text("an-toan.yaml").replace("code: cases", "code: vu\n    x: 1");
      writeFileSync(at("an-toan.yaml"), plan);
      const lines = "an-toan-2024,vu,,2023-Q1,5,x\nan-toan-2024,cases,,2023-Q2,5,x\n";
      writeFileSync(
        join(sources, "baselines.csv"),
        `plan,measure,area,period,value,source\n${lines}`,
      );
    },
    [/^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:\d+: .*x/],
  ],
  [
    "its table gone",
    ({ at }) => rmSync(at("giao.csv")),
    [/^an-toan\.yaml as_it_was an-toan-2024 \S+giao\.csv/],
  ],
  [
    "empty",
    ({ at }) => writeFileSync(at("an-toan.yaml"), ""),
    [/^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:1: Tệp không có nội dung/],
  ],
  [
    "not to be read",
    ({ at }) => {
      rmSync(at("an-toan.yaml"));
      symlinkSync(at("khong-co.yaml.cu"), at("an-toan.yaml"));
    },
    [/^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml: không đọc được tệp này \(ENOENT\)/],
  ],
  [
    "a copy of it under its code, first by its name",
    ({ at, text }) => writeFileSync(at("aa.yaml"), text("an-toan.yaml")),
    [/^aa\.yaml left_aside - \S+aa\.yaml:2: id: “an-toan-2024” cũng là mã của/],
  ],
  [
    "a new one, wrong, and one that goes on from it",
    ({ at, text }) => {
      const plan = text("giao-thong.yaml").replace("schema: 1", "schema: 2");
      writeFileSync(at("moi.yaml"), plan.replace("id: giao-thong-2024", "id: moi-2024\nx: 1"));
      const next = "id: moi-2025\ncontinues: moi-2024";
      writeFileSync(at("sau.yaml"), plan.replace("id: giao-thong-2024", next));
    },
    [
      /^moi\.yaml left_aside - \S+moi\.yaml:3: x: /,
      /^sau\.yaml left_aside - \S+sau\.yaml:3: continues: chưa đọc được kế hoạch “moi-2024”\. Sửa \S+moi\.yaml trước\.$/,
    ],
  ],
  [
    "a draft, right, with figures of before",
    ({ at, text, sources }) => {
      const plan = text("giao-thong.yaml").replace("id: giao-thong-2024", "id: moi\nstate: draft");
      writeFileSync(at("moi.yaml"), plan);
      const lines = readFileSync(join(sources, "baselines.csv"), "utf8");
      writeFileSync(join(sources, "baselines.csv"), `${lines}moi,crashes,,2023-T05,5,x\n`);
    },
    [/^moi\.yaml draft moi $/],
  ],
  [
    "a draft that one goes on from",
    ({ at, text }) => {
      const plan = text("giao-thong.yaml").replace("schema: 1", "schema: 2");
      writeFileSync(at("moi.yaml"), plan.replace("id: giao-thong-2024", "id: moi\nstate: draft"));
      const next = plan.replace("id: giao-thong-2024", "id: giao-thong-2024\ncontinues: moi");
      writeFileSync(at("giao-thong.yaml"), next);
    },
    [
      /^giao-thong\.yaml as_it_was giao-thong-2024 \S+:3: continues: kế hoạch “moi” còn là dự thảo/,
      /^moi\.yaml draft moi $/,
    ],
  ],
  [
    "a draft, wrong",
    ({ at, text }) => {
      const plan = text("giao-thong.yaml").replace("id: giao-thong", "x: 1\nstate: draft\nid: moi");
      writeFileSync(at("moi.yaml"), plan);
    },
    [/^moi\.yaml draft - \S+moi\.yaml:2: x: /],
  ],
];

test.each(CHANGES)("of three plans: %s", (_, change, expected) => {
  const given = office();
  change(given);
  for (const _again of [1, 2]) {
    const { plans, unsettled } = given.read();
    const reported = unsettled.map(({ file, plan_id, state, problems }) =>
      [basename(file), state, plan_id ?? "-", problems.map(describeSourceProblem).join("\n")].join(
        " ",
      ),
    );
    expect(reported).toEqual(expected.map((one) => expect.stringMatching(one)));
    // everything that is followed is as it was
    const followed = (all: typeof plans) =>
      all.map(({ file: _file, baselines: _, ...rest }) => rest);
    expect(followed(plans)).toEqual(followed(given.good.plans));
  }
});

test("a plan whose file was taken away is no error, and nothing is kept of it", () => {
  const { sources, at, read, paths } = office();
  rmSync(at("an-toan.yaml"));
  rmSync(join(sources, "baselines.csv"));
  const { plans, unsettled } = read();
  expect([plans.map(({ plan }) => plan.id), unsettled]).toEqual([
    ["giao-thong-2024", "nuoc-sach-2024"],
    [],
  ]);
  expect(readdirSync(paths.plans).sort()).toEqual(["giao-thong.yaml", "nuoc-sach.yaml"]);
});

test("a plan that was mended is followed by its file again, and a draft of it by none", () => {
  const given = office();
  const { at, text, read, paths } = given;
  const plan = text("an-toan.yaml");
  breakPlan(given);
  expect(read().plans[0]?.file).toBe(join(paths.plans, "an-toan.yaml", "an-toan.yaml"));
  writeFileSync(at("an-toan.yaml"), plan.replace("Kế hoạch an toàn", "Kế hoạch khác"));
  expect(read().plans[0]).toMatchObject({
    file: at("an-toan.yaml"),
    plan: { title: "Kế hoạch khác" },
  });
  writeFileSync(at("an-toan.yaml"), plan.replace("schema: 2", "schema: 2\nstate: draft"));
  expect(read().plans).toHaveLength(2);
  expect(existsSync(join(paths.plans, "an-toan.yaml"))).toBe(false);
});

test("a plan check of another plan says nothing that follows from the one in error", () => {
  const given = office();
  breakPlan(given);
  const errors = (name: string) =>
    checkPlanFile(given.at(name), given.sources).problems.filter(
      ({ severity }) => severity === "error",
    );
  expect(errors("nuoc-sach.yaml")).toEqual([]);
  expect(errors("an-toan.yaml")).toHaveLength(1);
});

/** What is a matter of all: nothing is read then. */
const FOR_ALL: readonly (readonly [string, (office: Office) => void, RegExp])[] = [
  [
    "the areas are wrong",
    ({ sources }) => writeFileSync(join(sources, "areas", "areas.csv"), "x\n1\n"),
    /areas\.csv:/,
  ],
  [
    "the figures of before are of no plan",
    ({ sources }) =>
      writeFileSync(
        join(sources, "baselines.csv"),
        "plan,measure,area,period,value,source\nkhac,cases,,2023-Q1,5,x\n",
      ),
    /baselines\.csv:2: plan: không có kế hoạch nào mang mã “khac”/,
  ],
  [
    "reports came in before any plan was kept, so that nobody knows whether this one was right",
    (given) => {
      rmSync(given.paths.plans, { recursive: true });
      mkdirSync(given.paths.entries);
      breakPlan(given);
    },
    /an-toan\.yaml:\d+: .*thụt vào/,
  ],
  [
    "a plan goes with the areas neither as it is nor as it was",
    ({ sources }) =>
      writeFileSync(
        join(sources, "areas", "areas.csv"),
        readFileSync(join(sources, "areas", "areas.csv"), "utf8").replace("\n12,02,", "\n12,03,"),
      ),
    /giao\.csv:3: place: “02” .* không phải địa bàn báo cáo/,
  ],
  [
    "a plan that another goes on from is called otherwise",
    ({ at, text, read }) => {
      const next = text("giao-thong.yaml").replace("schema: 1", "schema: 2");
      writeFileSync(
        at("sau.yaml"),
        next.replace("id: giao-thong-2024", "id: sau\ncontinues: giao-thong-2024"),
      );
      read();
      const other = text("giao-thong.yaml").replace("id: giao-thong-2024", "id: khac-2024");
      writeFileSync(at("giao-thong.yaml"), other);
    },
    /sau\.yaml:3: continues: không có kế hoạch nào mang mã “giao-thong-2024”/,
  ],
];

test.each(FOR_ALL)("nothing is read where %s", (_, change, expected) => {
  const given = office();
  change(given);
  expect(given.read).toThrow(expected);
});

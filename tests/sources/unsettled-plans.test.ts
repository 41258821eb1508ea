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
import { unsettledLines } from "../../pipelines/sources/unsettled-plan.ts";
import { describeSourceProblem } from "../../pipelines/vocabulary/problem.ts";
import { casesIn } from "../case-lines.ts";
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

/**
 * Does to the sources what is said, with ` & ` between: `FILE: WAS → IS`, a copy of it as another file
 * (`FILE to FILE: WAS → IS`), `FILE = TEXT`, `FILE + LINES`, `FILE gone`. `\n` is a line break.
 */
function change({ sources }: Office, words: string): void {
  for (const one of words.split(" & ")) {
    const [, name = "", other, way, rest = ""] =
      /^(\S+?)(?: to (\S+?))?(:| =| \+| gone)(?: (.*))?$/.exec(one) ?? [];
    const at = (file: string) => join(sources, ...(/yaml|giao/.test(file) ? ["plans"] : []), file);
    const content = rest.replaceAll("\\n", "\n");
    const text = () => readFileSync(at(name), "utf8");
    if (way === " gone") rmSync(at(name));
    else if (way === " =") writeFileSync(at(name), content);
    else if (way === " +") writeFileSync(at(name), `${text()}${content}\n`);
    else {
      const [was = "", is = ""] = content.split(" → ");
      if (!text().includes(was)) throw new Error(`no ${was} in ${name}`);
      writeFileSync(at(other ?? name), text().replace(was, is));
    }
  }
}

const NO_YAML = "an-toan.yaml: periods: → periods :x";

// what is done to the sources, and each plan file that is not followed as it lies there
const CHANGES = casesIn(String.raw`
  nothing
  no YAML any more ⇒ ${NO_YAML}
    ⇒ ^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:\d+: .*thụt vào
  a measure called otherwise, also in the figures of before
    ⇒ an-toan.yaml: code: cases → code: vu\n    x: 1 & baselines.csv: ,cases, → ,vu, & baselines.csv + an-toan-2024,cases,,2023-Q2,5,x
    ⇒ ^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:\d+: .*x
  its table gone ⇒ giao.csv gone ⇒ ^an-toan\.yaml as_it_was an-toan-2024 \S+giao\.csv
  empty ⇒ an-toan.yaml =
    ⇒ ^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml:1: Tệp không có nội dung
  the areas wrong ⇒ areas/areas.csv = x\n1\n
    ⇒ ^areas\.csv shared_as_it_was - \S+areas\.csv:1: dòng tiêu đề thiếu cột
  areas with which a plan goes neither as it is nor as it was ⇒ areas/areas.csv: \n12,02, → \n12,03,
    ⇒ ^giao\.csv shared_as_it_was - \S+giao\.csv:3: place: “02” .* không phải địa bàn báo cáo
  a slip in the list of units
    ⇒ units.csv = code,area,name,short_name,contact,phone,email\nTC,,Phòng Tài chính,Tài chính,,sai,\n
    ⇒ ^units\.csv shared_as_it_was - \S+units\.csv:2: phone:
  figures of before with a slip, and of a plan that is not there
    ⇒ baselines.csv + an-toan-2024,casses,,2023-Q2,5,x\nkhac,a,,2023-Q1,5,x\nkhac,b,,2023-Q1,5,x
    ⇒ ^baselines\.csv rows_left_out an-toan-2024 \S+:3: measure: kế hoạch an-toan-2024 không có số liệu “casses”
    ⇒ ^baselines\.csv rows_left_out - \S+:4: plan: không có kế hoạch nào mang mã “khac”\. Các dòng .* sửa\.$
  a copy of it under its code, first by its name ⇒ an-toan.yaml to aa.yaml: id → id
    ⇒ ^aa\.yaml left_aside - \S+aa\.yaml:2: id: “an-toan-2024” cũng là mã của
  a new one, wrong, and one that goes on from it
    ⇒ giao-thong.yaml to moi.yaml: schema: 1\nid: giao-thong-2024 → schema: 2\nid: moi-2024\nx: 1 & giao-thong.yaml to sau.yaml: schema: 1\nid: giao-thong-2024 → schema: 2\nid: moi-2025\ncontinues: moi-2024
    ⇒ ^moi\.yaml left_aside - \S+moi\.yaml:3: x:
    ⇒ ^sau\.yaml left_aside - \S+sau\.yaml:3: continues: chưa đọc được kế hoạch “moi-2024”\. Sửa \S+moi\.yaml trước\.$
  a draft, right, with figures of before
    ⇒ giao-thong.yaml to moi.yaml: id: giao-thong-2024 → id: moi\nstate: draft & baselines.csv + moi,crashes,,2023-T05,5,x
    ⇒ ^moi\.yaml draft moi $
  a draft that one goes on from
    ⇒ giao-thong.yaml to moi.yaml: schema: 1\nid: giao-thong-2024 → schema: 2\nid: moi\nstate: draft & giao-thong.yaml: schema: 1\nid: giao-thong-2024 → schema: 2\nid: giao-thong-2024\ncontinues: moi
    ⇒ ^giao-thong\.yaml as_it_was giao-thong-2024 \S+:3: continues: kế hoạch “moi” còn là dự thảo
    ⇒ ^moi\.yaml draft moi $
  a draft, wrong ⇒ giao-thong.yaml to moi.yaml: id: giao-thong → x: 1\nstate: draft\nid: moi
    ⇒ ^moi\.yaml draft - \S+moi\.yaml:2: x:
`);

test.each([...CHANGES, ["not to be read"]])("of three plans: %s", (name, words, ...patterns) => {
  const given = office();
  const expected = patterns.map((one) => new RegExp(one));
  if (words !== undefined) change(given, words);
  if (name === "not to be read") {
    rmSync(given.at("an-toan.yaml"));
    symlinkSync(given.at("khong-co.yaml.cu"), given.at("an-toan.yaml"));
    expected.push(
      /^an-toan\.yaml as_it_was an-toan-2024 \S+an-toan\.yaml: không đọc được tệp này \(ENOENT\)/,
    );
  }
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
  const { at, text, read, paths } = office();
  const next = text("an-toan.yaml").replace("id: an-toan-2024", "id: s\ncontinues: an-toan-2024");
  writeFileSync(at("sau.yaml"), next);
  read();
  rmSync(at("an-toan.yaml"));
  // twice: what is kept of the others stays
  for (const { plans, unsettled } of [read(), read()]) {
    expect(plans.map(({ plan }) => plan.id)).toEqual(["giao-thong-2024", "nuoc-sach-2024", "s"]);
    expect(unsettled.flatMap(unsettledLines)).toEqual([
      expect.stringMatching(
        /:3: continues: không có .* “an-toan-2024”\. Kế hoạch ấy đã bỏ thì xóa/,
      ),
      expect.stringMatching(/sau\.yaml: 1 lỗi\. Kế hoạch s vẫn theo bản không có lỗi gần nhất/),
      expect.stringMatching(/baselines\.csv:2: plan: không có .* “an-toan-2024”\. Các dòng/),
    ]);
  }
  const kept = ["giao-thong.yaml", "nuoc-sach.yaml", "sau.yaml", "shared"];
  expect(readdirSync(paths.plans).sort()).toEqual(kept);
});

test("a plan that was mended is followed by its file again, and a draft of it by none", () => {
  const given = office();
  const { at, text, read, paths } = given;
  const plan = text("an-toan.yaml");
  change(given, NO_YAML);
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
  change(given, NO_YAML);
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
    "the areas are wrong, and nobody knows how they were",
    ({ sources, paths }) => {
      rmSync(join(paths.plans, "shared"), { recursive: true });
      writeFileSync(join(sources, "areas", "areas.csv"), "x\n1\n");
    },
    /areas\.csv:/,
  ],
  [
    "reports came in before any plan was kept, so that nobody knows whether this one was right",
    (given) => {
      rmSync(given.paths.plans, { recursive: true });
      mkdirSync(given.paths.entries);
      change(given, NO_YAML);
    },
    /an-toan\.yaml:\d+: .*thụt vào/,
  ],
];

test.each(FOR_ALL)("nothing is read where %s", (_, change, expected) => {
  const given = office();
  change(given);
  expect(given.read).toThrow(expected);
});

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import {
  type Catalogue,
  keepCheckedPlans,
  readCatalogue,
} from "../../../pipelines/sources/catalogue.ts";
import { CHECKED_BY, planChecker } from "../../../pipelines/sources/file/checked-plans.ts";
import { describeSourceProblem } from "../../../pipelines/vocabulary/problem.ts";
import { warehousePaths } from "../../../pipelines/warehouse/paths.ts";
import { newFolder } from "../../folders.ts";
import { ROOT } from "../../lanes.ts";
import { severalPlansIn } from "../../several-plans.ts";

/** An office of three plans whose warehouse keeps them checked. */
const office = () => {
  const several = severalPlansIn(newFolder());
  const kept = several.paths.checkedPlans;
  const read = () => {
    const catalogue = readCatalogue(several.sources, several.paths);
    keepCheckedPlans(catalogue);
    return catalogue;
  };
  const alone = () => readCatalogue(several.sources);
  const plan = (name: string) => join(several.sources, "plans", name);
  read();
  return { ...several, kept, read, alone, plan };
};

/** What a reading says is wrong, whether or not it succeeds. */
const reported = (read: () => Catalogue): string => {
  try {
    const problems = read().unsettled.flatMap((one) => one.problems);
    return problems.map(describeSourceProblem).join("\n");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Changes what stands in the file of kept plans and puts its digest right again. */
const forge = (kept: string, change: (body: string) => string): void => {
  const [head = "", ...lines] = readFileSync(kept, "utf8").split("\n");
  const body = change(lines.join("\n"));
  const sha256 = createHash("sha256").update(body).digest("hex");
  writeFileSync(kept, `${JSON.stringify({ ...JSON.parse(head), sha256 })}\n${body}`);
};

test("plans that are kept are those that are read, letter by letter", () => {
  const { kept, read, alone } = office();
  expect(readFileSync(kept, "utf8").split("\n")).toHaveLength(1 + 3);
  expect(read()).toStrictEqual(alone());
});

test("the plans of the demonstration and of every example come back as they were read", () => {
  const examples = readdirSync(join(ROOT, "sources", "examples"));
  for (const sources of ["", ...examples.map((name) => join("examples", name))]) {
    const folder = join(ROOT, "sources", sources);
    if (!existsSync(join(folder, "plans"))) continue;
    const paths = warehousePaths(newFolder());
    const fresh = readCatalogue(folder, paths);
    keepCheckedPlans(fresh);
    expect(readFileSync(paths.checkedPlans, "utf8").split("\n")).toHaveLength(
      1 + fresh.plans.length,
    );
    expect(readCatalogue(folder, paths)).toStrictEqual(fresh);
  }
});

test("of what has not changed nothing is parsed or checked again", () => {
  const { kept, read } = office();
  // a text that stands in no plan file can only come from what is kept
  forge(kept, (body) => body.replaceAll("Kế hoạch an toàn", "Kế hoạch được giữ"));
  expect(read().plans.map(({ plan }) => plan.title)).toEqual([
    "Kế hoạch được giữ",
    "Kế hoạch giao thông",
    "Kế hoạch nước sạch",
  ]);
});

test("of several plans the one that was changed is read again, and is kept from then on", () => {
  const { kept, read, alone, plan } = office();
  const file = plan("an-toan.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("Kế hoạch an toàn", "Kế hoạch khác"));
  expect(read()).toStrictEqual(alone());
  expect(readFileSync(kept, "utf8")).toContain("Kế hoạch khác");
  // and what no plan says any more has gone
  expect(readFileSync(kept, "utf8")).not.toContain("Kế hoạch an toàn");
  expect(read()).toStrictEqual(alone());
});

const DAMAGES: readonly (readonly [string, (file: string) => void])[] = [
  ["not there", (file) => rmSync(file)],
  ["empty", (file) => writeFileSync(file, "")],
  ["of another kind", (file) => writeFileSync(file, "PK\u0003\u0004\nid: 1\n")],
  [
    "written up to its half",
    (file) =>
      writeFileSync(file, readFileSync(file).subarray(0, 1 + readFileSync(file).length / 2)),
  ],
  [
    "with one letter another",
    (file) => writeFileSync(file, readFileSync(file, "utf8").replace("Ít nhất 30%", "Ít nhất 31%")),
  ],
  [
    "by another program",
    (file) => {
      const text = readFileSync(file, "utf8").replace(/"program":"[0-9a-f]/, '"program":"x');
      writeFileSync(file, text.replaceAll("Kế hoạch an toàn", "Kế hoạch cũ"));
      forge(file, (body) => body);
    },
  ],
];

test.each(DAMAGES)("kept plans that are %s are as if they were not there", (_, damage) => {
  const { kept, read, alone } = office();
  const whole = readFileSync(kept, "utf8");
  damage(kept);
  expect(existsSync(kept) && readFileSync(kept, "utf8") === whole).toBe(false);
  expect(read()).toStrictEqual(alone());
  expect(readFileSync(kept, "utf8")).toBe(whole);
});

test("a folder in their place is left as it is, and none is made for them", () => {
  const { kept, read, alone, paths } = office();
  rmSync(kept);
  mkdirSync(join(kept, "within"), { recursive: true });
  expect(read()).toStrictEqual(alone());
  expect(readdirSync(paths.folder).sort()).toEqual(["archive", "checked-plans"]);
  rmSync(paths.folder, { recursive: true });
  expect(read()).toStrictEqual(alone());
  expect(existsSync(paths.folder)).toBe(false);
});

test("whoever only reads keeps nothing", () => {
  const { kept, sources, paths } = office();
  rmSync(kept);
  readCatalogue(sources, paths);
  expect(existsSync(kept)).toBe(false);
});

test("what a kill has left half written is nobody's, and in nobody's way after a minute", () => {
  const { kept, read, alone } = office();
  const whole = readFileSync(kept, "utf8");
  const begun = `${kept}.new`;
  rmSync(kept);
  writeFileSync(begun, whole.slice(0, 500));
  // another command may be writing it
  expect(read()).toStrictEqual(alone());
  expect(existsSync(kept)).toBe(false);
  const before = new Date(Date.now() - 61_000);
  utimesSync(begun, before, before);
  expect(read()).toStrictEqual(alone());
  expect(readFileSync(kept, "utf8")).toBe(whole);
  expect(existsSync(begun)).toBe(false);
});

test("two commands at once keep the same", () => {
  const { kept, plan, read, alone } = office();
  const whole = readFileSync(kept, "utf8");
  rmSync(kept);
  const checkers = [planChecker(kept), planChecker(kept)];
  for (const name of ["an-toan.yaml", "giao-thong.yaml", "nuoc-sach.yaml"]) {
    for (const checker of checkers) checker.examine(plan(name));
  }
  for (const checker of checkers) checker.keep();
  expect(readFileSync(kept, "utf8")).toBe(whole);
  expect(read()).toStrictEqual(alone());
});

test("what is wrong is told with the same words, file and line, kept or not", () => {
  const { read, alone, plan } = office();
  const text = readFileSync(plan("an-toan.yaml"), "utf8");
  // wrong by itself, in a file that is not kept
  writeFileSync(plan("an-toan.yaml"), text.replace("numerator:", "numerators:"));
  expect(reported(read)).toMatch(/an-toan\.yaml:\d+: /);
  expect(reported(read)).toBe(reported(alone));
  // wrong beside another file, in one that is kept
  writeFileSync(plan("an-toan.yaml"), text);
  writeFileSync(plan("ba.yaml"), text);
  expect(reported(read)).toMatch(/ba\.yaml:2: id: “an-toan-2024” cũng là mã của /);
  expect(reported(read)).toBe(reported(alone));
  rmSync(plan("ba.yaml"));
  expect(read()).toStrictEqual(alone());
});

test("a plan that is wrong by its areas is kept, and wrong all the same", () => {
  const { read, alone, sources, kept } = office();
  const areas = join(sources, "areas", "areas.csv");
  writeFileSync(
    areas,
    readFileSync(areas, "utf8").replace("1,C,Thành phố Mẫu", "1,D,Thành phố Mẫu"),
  );
  expect(reported(read)).toMatch(/an-toan\.yaml:\d+: area\.code: .*“C”/);
  expect(reported(read)).toBe(reported(alone));
  expect(readFileSync(kept, "utf8").split("\n")).toHaveLength(1 + 3);
});

test("all that checks a plan file is in the digest of the program", () => {
  const { folders, packages } = CHECKED_BY;
  const open = ["file/plan-file.ts", "targets/target.ts", "office/baseline.ts"].map((file) =>
    join("pipelines/sources", file),
  );
  const seen = new Set(open);
  const others = new Set<string>();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = readFileSync(join(ROOT, file), "utf8");
    for (const [, from = ""] of text.matchAll(/\bfrom "([^"]+)"/g)) {
      const part = relative(ROOT, join(ROOT, dirname(file), from));
      if (!from.startsWith(".")) others.add(from.split("/")[0] ?? from);
      if (from.startsWith(".") && !seen.has(part)) {
        seen.add(part);
        open.push(part);
      }
    }
  }
  expect([...others].filter((name) => !name.startsWith("node:")).sort()).toEqual([...packages]);
  const rooms = new Set([...seen].map((file) => file.split("/")[1] ?? ""));
  expect([...rooms].filter((room) => !(folders as readonly string[]).includes(room))).toEqual([]);
});

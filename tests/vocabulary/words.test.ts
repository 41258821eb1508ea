import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { PublicationClass, Status, Unit } from "../../pipelines/contract/report.ts";
import { TargetComparator } from "../../pipelines/sources/plan/plan.ts";
import { WORDS_FILE, wordFiles } from "../../pipelines/vocabulary/generate-words.ts";
import * as words from "../../pipelines/vocabulary/words.ts";
import { readRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import type { SearchRow } from "../../reports/components/search/search.ts";

const YAML = readFileSync(WORDS_FILE, "utf8");

afterEach(() => {
  vi.doUnmock("../../pipelines/vocabulary/words.ts");
  vi.resetModules();
});

test.each([
  ["statuses", words.STATUSES, [...Status.options, "untold"]],
  ["timeliness", words.TIMELINESS, Unit.shape.timeliness.options],
  ["classes", words.CLASSES, PublicationClass.options],
  ["comparators", words.COMPARATORS, TargetComparator.options],
])("there is a word for each of the %s", (_, words, codes: readonly string[]) => {
  expect(Object.keys(words).sort()).toEqual([...codes].sort());
});

test("a word within a sentence begins with a small letter, in SQL too", () => {
  expect(
    wordFiles(YAML.replace("word: Đạt\n", "word: Đủ 'mức'\n")).get("reports/words.sql"),
  ).toContain("when 'met' then 'đủ ''mức'''");
});

test("no two statuses have one colour where they stand side by side", () => {
  const fills = Object.values(words.STATUSES).map(({ fill, tone }) => fill ?? tone);
  expect(new Set(fills).size).toBe(fills.length);
});

test("two statuses that are at one place in the order of attention are named", () => {
  expect(() => wordFiles(YAML.replace("attention: 2\n", "attention: 3\n"))).toThrow(
    /^words\.yaml: .*behind and not_yet both have attention: 3; .*\n.*at statuses$/,
  );
});

// the exact values, what is shown of them, and by how much one differs from the other
test.each([
  ["33.333333", "22.225000", "33.33", "22.23", "11.11"],
  ["10.666667", "4.000000", "10.67", "4", "6.67"],
  ["29.999800", "30", "29.9998", "30", "-0.0002"],
  ["30.001000", "30", "30", "30", "0"],
  ["25", "25", "25", "25", "0"],
  ["0.003000", "0.001000", "0.003", "0.001", "0.002"],
])("%s and %s, shown as %s and %s, differ by %s", async (value, other, shown, otherShown, by) => {
  const macros = wordFiles(YAML).get("models/statuses.sql") ?? "";
  const [row] = await withConnection(async (connection) => {
    await connection.run(macros);
    const exact = (text: string): string => `${text}::decimal(28, 6)`;
    return readRows(
      connection,
      z.object({ differs: z.number() }),
      `select difference(${exact(value)}, ${exact(other)}, ${exact(shown)}, ${exact(otherShown)})::double
        as differs`,
    );
  });
  expect(row?.differs).toBe(Number(by));
});

test("what shows a status has the colours of its tone", () => {
  const classesOf = (yaml: string) =>
    wordFiles(yaml)
      .get("reports/pages/look/tones.css")
      ?.match(/([^{}]*)\{\s*--tone: var\(--not_met\)/)?.[1]
      ?.match(/ct-\w+/g);
  expect(classesOf(YAML)).toEqual(["ct-not_met", "ct-missing"]);
  const asked = YAML.replace("tone: behind", "tone: not_met");
  expect(classesOf(asked)).toEqual(["ct-behind", "ct-not_met", "ct-missing"]);
});

test.each([
  ["a word that is missing", "    word: Đạt\n", ""],
  ["a word without letters", "word: Đạt\n", 'word: " "\n'],
  ["an address with capitals", "slug: dat\n", "slug: Đạt\n"],
  ["a name that nothing knows", "statuses:\n", "status:\n"],
])("%s is an error", (_, from, to) => {
  expect(YAML).toContain(from);
  expect(() => wordFiles(YAML.replace(from, to))).toThrow();
});

/** The page's module on search, with every status called otherwise. */
async function searchReworded() {
  const reworded = YAML.replace(/word: (.*)/g, "word: Từ khác");
  const text = wordFiles(reworded).get("pipelines/vocabulary/words.ts") ?? "";
  const module = await import(
    `data:text/javascript,${encodeURIComponent(text.replaceAll(" as const", ""))}`
  );
  vi.resetModules();
  vi.doMock("../../pipelines/vocabulary/words.ts", () => ({ ...module }));
  return await import("../../reports/components/search/search.ts");
}

test("rewording breaks no link: an address asks for the same rows as before", async () => {
  const rows = Status.options.map((status) => ({ period: "2024-Q2", status }) as SearchRow);
  const slugs = {
    met: "dat",
    met_late: "dat-sau-han",
    within: "trong-gioi-han",
    on_track: "dung-tien-do",
    behind: "cham-tien-do",
    not_yet: "chua-dat",
    not_met: "khong-dat",
    not_arising: "khong-phat-sinh",
    in_doubt: "can-kiem-tra",
    not_reported: "chua-bao-cao",
    no_target: "khong-giao-muc",
    not_applicable: "khong-ap-dung",
    withheld: "an-so-nho",
  } satisfies Record<(typeof Status.options)[number], string>;
  const search = await searchReworded();
  for (const [status, slug] of Object.entries(slugs)) {
    const { asked, unknown } = search.readQuery(new URLSearchParams({ "danh-gia": slug }), {
      nhom: [],
      "chi-tieu": [],
      "dia-ban": [],
      ky: [],
    });
    expect(unknown).toEqual([]);
    const found = search.findRows(rows, asked, "2024-Q2");
    expect(found.map((row) => row.status)).toEqual([status]);
  }
});

import { expect, test } from "vitest";
import { printedAddress, runningHead } from "../../reports/components/shell/running-head.ts";

const HEAD = {
  of: "UBND · 1/KH",
  title: "Quý I",
  notice: "",
  asOf: "Số liệu tính đến ngày 05/4/2024",
  address: "",
};

test.each([
  [
    "a sheet has its office, title, day and number",
    {},
    [
      '@top-left{content:"UBND · 1/KH"}',
      '@top-right{content:"Quý I"}',
      '@bottom-left{content:"Số liệu tính đến ngày 05/4/2024"}',
      '@bottom-right{content:"Trang " counter(page) "/" counter(pages)}',
    ],
  ],
  [
    "what has to be known stands beside the number",
    { notice: "Bản nội bộ" },
    ['@bottom-right{content:"Bản nội bộ · " "Trang " counter(page) "/" counter(pages)}'],
  ],
  ["an address follows the day", { address: "h/ky/" }, ['ngày 05/4/2024 · h/ky/"}']],
  // a name with signs of CSS or HTML ends neither the text nor the style
  [
    "signs are written as CSS writes them",
    { title: 'a"b\\c</style>&' },
    ['@top-right{content:"a\\22 b\\5c c\\3c /style\\3e \\26 "}'],
  ],
])("%s", (_, given, expected) => {
  const head = runningHead({ ...HEAD, ...given });
  for (const part of expected) expect(head).toContain(part);
  expect(head).not.toMatch(/[<>&]/);
});

test.each([
  ["?ky=2024-Q1", "h:1/tra-cuu/?ky=2024-Q1"],
  [`?${"chi-tieu=1.3a&".repeat(9)}`, "h:1/tra-cuu/?…"],
])("of what was chosen stays what a margin holds: %s", (search, expected) => {
  expect(printedAddress({ host: "h:1", pathname: "/tra-cuu/", search } as Location)).toBe(expected);
});

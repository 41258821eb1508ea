import { expect, test } from "vitest";
import { inspectPage, missingDownloads, styledShare } from "../../pipelines/site/inspection.ts";

const CSS = "/_app/immutable/assets/0.css";
const STYLES = new Map([
  [CSS, ".markdown{margin:0}.flex-grow{flex-grow:1}.py-\\[2px\\]{padding:2px}"],
]);

/** A page without faults, with something put into its body and its head. */
function page(body = "", head = ""): string {
  return (
    `<!doctype html><html lang="vi"><head><title>Chỉ tiêu</title>` +
    `<link href="${CSS}" rel="stylesheet" disabled>${head}</head>` +
    `<body class="markdown"><p class="flex-grow py-[2px]">12,5</p>${body}</body></html>`
  );
}

test("a page without faults passes", () => {
  expect(inspectPage(page(), STYLES)).toEqual([]);
});

test.each([
  ["a failed component", page('<div data-component-error="Bảng: no column">x</div>'), /component/],
  ["a script of another host", page('<script src="https://cdn.example/a.js"></script>'), /cdn/],
  ["a host without a scheme", page('<img src="//cdn.example/a.png">'), /cdn/],
  ["one picture of several", page('<img srcset="/a.png 1x, https://b.example/c.png 2x">'), /b\.ex/],
  ["a style of the page", page('<p style="background:url(https://a.example/x)">x</p>'), /a\.ex/],
  ["an imported style", page("", '<style>@import "https://f.example/f.css"</style>'), /f\.ex/],
  ["a link away", page('<a href="https://example.org/">x</a>'), /example\.org/],
  ["a missing value", page("<td> undefined </td>"), /shows "undefined"/],
  ["a division by nothing", page("<td>NaN</td>"), /shows "NaN"/],
  ["another language", page().replace('lang="vi"', 'lang="en"'), /lang/],
  ["no title", page().replace("<title>Chỉ tiêu</title>", ""), /title/],
  ["no stylesheet", page().replace(/<link[^>]*>/, ""), /no stylesheet/],
  ["a stylesheet that is not there", page().replace("0.css", "1.css"), /not part of the site/],
  ["styles in another file", page().replace(" disabled", ""), /not in it, but in .*0\.css/],
  ["classes without rules", page('<i class="a b c d e f"></i>'), /built without styles/],
])("%s is found", (_, html, expected) => {
  const found = inspectPage(html, STYLES);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(expected);
});

test("text that looks like an address is no reference", () => {
  expect(inspectPage(page("<p>https://langson.gov.vn</p>"), STYLES)).toEqual([]);
  expect(inspectPage(page('<svg xmlns="http://www.w3.org/2000/svg"></svg>'), STYLES)).toEqual([]);
  const data = '<script type="application/json">{"body":"href=\\"https://a.example/\\""}</script>';
  expect(inspectPage(page(data), STYLES)).toEqual([]);
});

test("a file that a page offers has to be part of the site", () => {
  const offered = (name: string) => `<a href="/k/tai-ve/${name}" download="${name}">${name}</a>`;
  const html = page(`${offered("a.xlsx")}${offered("b&amp;%20c.csv")}<a href="/khác/">x</a>`);
  const addresses = new Set(["/k/tai-ve/a.xlsx", "/k/tai-ve/b& c.csv"]);
  const hasFile = (address: string) => addresses.has(address);
  expect(missingDownloads(html, hasFile)).toEqual([]);
  addresses.delete("/k/tai-ve/a.xlsx");
  expect(missingDownloads(html, hasFile)).toEqual([
    "offers /k/tai-ve/a.xlsx, which is not part of the site",
  ]);
  expect(inspectPage(html, STYLES)).toEqual([]);
});

test("the share of styled classes counts each class once, with escaped names", () => {
  const html = '<a class="md:flex md:flex w-[2px]"></a><b class="unknown"></b>';
  expect(styledShare(html, ".md\\:flex{} .w-\\[2px\\]{}")).toBeCloseTo(2 / 3);
});

import { createRequire } from "node:module";
import { dirname, join, resolve, sep } from "node:path";
import { configVirtual } from "@evidence-dev/sdk/build/vite";
import postcss from "postcss";
import tailwind from "tailwindcss";
import { classesConfig, themesModule } from "./evidence-colours.js";
import { LIBRARY } from "./evidence-components.js";

const require = createRequire(import.meta.url);
const UTILITIES = dirname(require.resolve("@evidence-dev/component-utilities/formatting"));

/**
 * Replacements of modules that Evidence's components use.
 * @type {Readonly<Record<string, string>>}
 */
const INSTEAD = {
  // Its engine would start on every page, and fetch parts of itself from another host.
  "@evidence-dev/universal-sql/client-duckdb": resolve("src/live/query.js"),
  nanoid: resolve("src/live/ids.js"),
  "nanoid/non-secure": resolve("src/live/ids.js"),
};

/**
 * What writes numbers in the place of `ssf`. It stands where `ssf` is imported: the development server
 * leaves packages to Node, and only what it takes in itself could be exchanged by name.
 * @type {readonly [string, string]}
 */
const NUMBER_FORMAT = [
  "import ssf from 'ssf';",
  `import ssf from ${JSON.stringify(resolve("src/live/number-format.js"))};`,
];

/** The columns of a table as they are when it is written. */
const ORDERED = `((order) => [...$props.columns].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)))(
  getFinalColumnOrder($props.columns.map((d) => d.id), $props.priorityColumns))`;

/**
 * Texts of the components that no property changes, by file, with their replacements. A text that is no
 * longer there is an error, so that somebody looks at a new version.
 * @type {Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string])[]>>>>}
 */
const TEXTS = {
  [LIBRARY]: {
    "atoms/inputs/dropdown/Dropdown.svelte": [
      // The library expects what its own layout loads.
      ["$page?.data?.data[", "$page?.data?.data?.["],
      // Unknown, it says that it is open.
      ["let open;", "let open = false;"],
      // It opens a dialog with a search and a list, and is named with what is chosen.
      ['role="combobox"', 'aria-haspopup="dialog"'],
      [
        "aria-label={title ?? formatTitle(name)}",
        "aria-label={[title ?? formatTitle(name), ...$selectedOptions.map((x) => x.label)].join(' ')}",
      ],
      ["No results found.", "Không tìm thấy."],
      [" Selected\n", " mục đã chọn\n"],
      ["Select all", "Chọn tất cả"],
      ["Clear selection", "Bỏ chọn"],
    ],
    // Readers are told that part of the page is missing; the reason stays, for the author.
    "unsorted/viz/core/ErrorChart.svelte": [["{title}", "Không hiển thị được phần này của trang"]],
    "unsorted/viz/core/ValueError.svelte": [[">error</span>", ">lỗi</span>"]],
    "unsorted/viz/core/BigValueError.svelte": [
      [">Big Value</div>", ">Không hiển thị được</div>"],
      ["\t\t\terror\n", "\t\t\tlỗi\n"],
    ],
    "atoms/inputs/InlineError.svelte": [["{inputType}</span>", "Không hiển thị được</span>"]],
    "atoms/skeletons/Skeleton.svelte": [["Loading...", "Đang tải…"]],
    "unsorted/viz/core/SearchBar.svelte": [["placeholder = 'Search'", "placeholder = 'Tìm kiếm'"]],
    "unsorted/viz/core/EmptyChart.svelte": [["'No Records'", "'Không có số liệu'"]],
    "unsorted/viz/core/Value.svelte": [["Loading...", "Đang tải…"]],
    "unsorted/viz/core/ECharts.svelte": [
      ["Save Image", "Lưu hình"],
      ["Download Data", "Tải số liệu"],
    ],
    "unsorted/ui/ChartLoading.svelte": [["Loading...", "Đang vẽ biểu đồ…"]],
    "unsorted/ui/DownloadData.svelte": [["text = 'Download'", "text = 'Tải số liệu'"]],
    "unsorted/viz/table/EnterFullScreen.svelte": [
      ["Enter Fullscreen", "Xem toàn màn hình"],
      ["<span>Fullscreen", "<span>Toàn màn hình"],
    ],
    "unsorted/viz/table/TableHeader.svelte": [
      ["Links", "Liên kết"],
      ["<th></th>", "<td></td>"],
      ['role="columnheader"', 'role="columnheader" scope="col"'],
    ],
    "unsorted/viz/table/TableRow.svelte": [
      ["See more", "Xem thêm"],
      [".toLocaleString()", ".toLocaleString('vi-VN')"],
    ],
    "unsorted/viz/table/_DataTable.svelte": [
      // On the server it is not run again once the columns are known.
      ["{orderedColumns}", `orderedColumns={${ORDERED}}`],
      // A table has a name and a body, and can be scrolled by keyboard.
      ["<table>", "<table><caption class='sr-only'>{title ?? 'Bảng số liệu'}</caption>"],
      ["<QueryLoad data={filteredData}>", "<tbody><QueryLoad data={filteredData}>"],
      ["</QueryLoad>", "</QueryLoad></tbody>"],
      [
        '<div class="scrollbox pretty-scrollbar"',
        "<div role='group' tabindex='0' aria-label={title ?? 'Bảng số liệu'} class='scrollbox pretty-scrollbar'",
      ],
      ["Search Failed", "Không tìm được"],
      ["Please use a query instead.", "Hãy thu hẹp số liệu bằng câu truy vấn."],
      ["No Results", "Không có kết quả"],
      ["first-page", "Trang đầu"],
      ["previous-page", "Trang trước"],
      ["next-page", "Trang sau"],
      ["last-page", "Trang cuối"],
      [" of {totalRows.toLocaleString()} records", " trong {totalRows.toLocaleString()} dòng"],
      [".toLocaleString()", ".toLocaleString('vi-VN')"],
    ],
  },
  [UTILITIES]: {
    "formatting.js": [NUMBER_FORMAT, ["return '-';", "return '–';"]],
    "builtInFormats.js": [NUMBER_FORMAT],
    "formatTitle.js": [
      // Vietnamese has a capital at the beginning only.
      [
        "result = toTitleCase(",
        "result = ((text) => text.charAt(0).toUpperCase() + text.slice(1))(",
      ],
    ],
    "autoFormatting.js": [
      NUMBER_FORMAT,
      // Fewer decimals than a figure has would take 29,996 across a target of 30.
      ["autoFormatCode: effectiveFormatCode,", "autoFormatCode: 'as it is',"],
      ["truncateUnits: truncateUnits,", "truncateUnits: false,"],
      ["columnUnits: columnUnits\n", "columnUnits: ''\n"],
      ["toLocaleString(undefined, {", "toLocaleString('vi-VN', {"],
      ["maximumFractionDigits: 2", "maximumFractionDigits: 6"],
      ["return '-';", "return '–';"],
    ],
    "echarts.js": [
      [
        "import { registerTheme, init, connect } from 'echarts';",
        "import { registerTheme, init, connect, registerLocale } from 'echarts';\n" +
          "import langVI from 'echarts/lib/i18n/langVI.js';\nregisterLocale('VI', langVI);",
      ],
      ["chart = init(node, options.theme, {", "chart = init(node, options.theme, { locale: 'VI',"],
    ],
  },
};

const THEMES = "\0$evidence/themes";

/** A separate style sheet, so that no other page has these classes. */
const CLASSES = "\0$evidence/classes.css";

async function classesSheet() {
  const plugins = [tailwind(classesConfig)];
  return (await postcss(plugins).process("@tailwind utilities;", { from: undefined })).css;
}

/** Let Evidence's components be used as they are published: offline, in Vietnamese, in our colours. */
export const evidencePlugins = () => [evidenceLibrary(), configVirtual()];

/** @returns {import("vite").Plugin} */
function evidenceLibrary() {
  const changes = new Map(
    Object.entries(TEXTS).flatMap(([folder, files]) =>
      Object.entries(files).map(([file, pairs]) => [join(folder, file), pairs]),
    ),
  );
  return {
    name: "evidence-library",
    enforce: "pre",
    config: () => ({ resolve: { alias: { $library: LIBRARY } } }),
    resolveId(id) {
      if (id === "$evidence/themes") return THEMES;
      if (id === "$evidence/classes.css") return CLASSES;
      return INSTEAD[id];
    },
    load(id) {
      if (id === THEMES) return themesModule(THEMES);
      return id === CLASSES ? classesSheet() : undefined;
    },
    transform(code, address) {
      // The development server puts a version behind it; a component's styles have other addresses.
      const id = address.replace(/\?v=\w+$/, "");
      const pairs = changes.get(id.split("/").join(sep));
      if (pairs === undefined) return undefined;
      let changed = code;
      for (const [from, to] of pairs) {
        if (!changed.includes(from)) this.error(`${id} has no ${JSON.stringify(from)} any more`);
        changed = changed.replaceAll(from, () => to);
      }
      return { code: changed, map: null };
    },
  };
}

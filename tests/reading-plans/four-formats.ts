import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { PlanReading } from "../../pipelines/reading-plans/read-plan.ts";
import type { ReadTarget } from "../../pipelines/reading-plans/targets.ts";
import { escapeXml } from "../../pipelines/workbook/xml.ts";

/** A plan written once, from which files of four formats are made; the fixture says how it is written. */
export interface WrittenPlan {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly look: {
    /** Signs of a list with their text behind them, or lines that stand in, as decree 30 sets them. */
    readonly list: "hanging" | "first";
    readonly columns?: number;
    readonly table?: "ruled" | "plain";
    /** What stands at the head of each page. */
    readonly header?: string;
  };
  readonly targets: readonly string[];
  readonly reads?: Readonly<Record<string, string | null>>;
  readonly more?: readonly string[];
  readonly left?: readonly string[];
  readonly calendar: readonly string[];
  readonly units: readonly string[];
  readonly quotas?: readonly string[];
  readonly counts?: readonly string[];
}

const FIXTURE = new URL("../fixtures/plan-texts/four-formats.yaml", import.meta.url);
export const WRITTEN = parse(readFileSync(FIXTURE, "utf8")) as WrittenPlan[];

/** `>= 5300 người @2025 ?` */
export function short(target: ReadTarget): string {
  const { comparator, value, to, unit, due, each, group, change, conditions, marks } = target;
  const span = due?.from == null ? due?.until : `${due.from}-${due.until}`;
  return [
    `${comparator} ${value}${to === null ? "" : `..${to}`} ${unit ?? "-"}`,
    ...(due === null ? [] : [`@${due.every ?? span ?? due.words}`]),
    ...(each === null && group === null ? [] : [`/${each ?? group}`]),
    ...(change?.against == null ? [] : [`~${change.against}`]),
    ...conditions.map((condition) => `+${condition}`),
    ...(marks.length === 0 ? [] : ["?"]),
  ].join(" ");
}

/** What a plan was read as, but for the places of what was read. */
export function inShort({ targets, not_understood, calendar, units, quotas }: PlanReading) {
  return {
    targets: targets.map(short),
    left: not_understood.flatMap(({ numbers }) => numbers),
    calendar: calendar.map(
      ({ kind, day, month }) => `${kind} ${day}${month === null ? "" : `/${month}`}`,
    ),
    units: units.map(({ name }) => name),
    quotas: quotas.flatMap(({ columns, sums }) =>
      columns.map((column, no) => `${column} ${sums[no]?.rows}=${sums[no]?.total}`),
    ),
  };
}

const HEAD: readonly (readonly [left: string, right: string])[] = [
  ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
  ["TỈNH BẮC SƠN", "Độc lập - Tự do - Hạnh phúc"],
  ["Số: 12/KH-UBND", "Bắc Sơn, ngày 12 tháng 01 năm 2026"],
];
const END: readonly (readonly [left: string, right: string])[] = [
  ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"],
  ["- Như trên;", "CHỦ TỊCH"],
  ["- Lưu: VT.", "Hoàng Văn Bình"],
];
const NOTE = /\{([^}]*)\}/gu;
const cellsOf = (row: string): string[] =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
const linesOf = ({ text }: WrittenPlan): string[] => text.trimEnd().split("\n");

/** The plan as a text file: cells between tabs, notes at the end. */
export function textOf(plan: WrittenPlan): string {
  const body = linesOf(plan).map((line) =>
    line.startsWith("|") ? cellsOf(line).join("\t") : line.replace(NOTE, ""),
  );
  const notes = [...plan.text.matchAll(NOTE)].map(([, note], no) => `[${no + 1}] ${note}`);
  const beside = (some: typeof HEAD): string[] => [
    ...some.map(([left]) => left),
    ...some.map(([, right]) => right),
  ];
  const [ends, head] = [beside(END), beside(HEAD)];
  return [...head, "KẾ HOẠCH", plan.title, ...body, ...ends, "", ...notes].join("\n");
}

/** The plan as a flat OpenDocument text, which LibreOffice makes other formats of. */
export function flatOf(plan: WrittenPlan): string {
  const { list, columns, table, header } = plan.look;
  const noted = (text: string): string =>
    escapeXml(text).replace(
      NOTE,
      '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="Note">$1</text:p></text:note-body></text:note>',
    );
  const p = (text: string, style: string): string =>
    `<text:p text:style-name="${style}">${noted(text)}</text:p>`;
  const tableOf = (rows: readonly (readonly string[])[], style: string): string =>
    `<table:table>${"<table:table-column/>".repeat(rows[0]?.length ?? 1)}${rows
      .map(
        (row) =>
          `<table:table-row>${row.map((cell) => `<table:table-cell table:style-name="${style}">${p(cell, "Cell")}</table:table-cell>`).join("")}</table:table-row>`,
      )
      .join("")}</table:table>`;
  const body: string[] = [];
  let rows: string[][] = [];
  for (const line of [...linesOf(plan), ""]) {
    if (line.startsWith("|")) rows.push(cellsOf(line));
    else {
      if (rows.length > 0) body.push(tableOf(rows, table === "ruled" ? "Ruled" : "Plain"));
      rows = [];
      if (line === "") continue;
      if (list === "hanging" && line.startsWith("- "))
        body.push(
          `<text:list text:style-name="L"><text:list-item>${p(line.slice(2), "Item")}</text:list-item></text:list>`,
        );
      else body.push(p(line, /^[IVX]+\./u.test(line) ? "Heading" : "First"));
    }
  }
  const columned =
    columns === undefined
      ? body.join("")
      : `<text:section text:style-name="Columns" text:name="S">${body.join("")}</text:section>`;
  const names = ["office", "style", "text", "table", "fo:xsl-fo-compatible", "svg:svg-compatible"];
  const spaces = names.map((name) => {
    const [prefix = "", what = prefix] = name.split(":");
    return `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${what}:1.0"`;
  });
  const paragraph = (name: string, look: string, letters = 'fo:font-size="14pt"'): string =>
    `<style:style style:name="${name}" style:family="paragraph"><style:paragraph-properties ${look}/><style:text-properties style:font-name="Liberation Serif" ${letters}/></style:style>`;
  const border = (name: string, line: string): string =>
    `<style:style style:name="${name}" style:family="table-cell"><style:table-cell-properties fo:border="${line}" fo:padding="0.1cm"/></style:style>`;
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${spaces.join(" ")} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls><style:font-face style:name="Liberation Serif" svg:font-family="'Liberation Serif'"/></office:font-face-decls><office:styles>${[
    paragraph("Heading", 'fo:margin-top="0.2cm"', 'fo:font-size="14pt" fo:font-weight="bold"'),
    paragraph("First", 'fo:text-align="justify" fo:text-indent="1.27cm" fo:margin-top="0.2cm"'),
    paragraph("Item", 'fo:text-align="justify"'),
    paragraph("Centre", 'fo:text-align="center"', 'fo:font-size="14pt" fo:font-weight="bold"'),
    paragraph("Cell", "", 'fo:font-size="12pt"'),
    paragraph("Note", "", 'fo:font-size="10pt"'),
  ].join(
    "",
  )}</office:styles><office:automatic-styles>${border("Ruled", "0.5pt solid #000000")}${border("Plain", "none")}<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="-"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.63cm" fo:margin-left="1.9cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style><style:style style:name="Columns" style:family="section"><style:section-properties><style:columns fo:column-count="${columns ?? 1}" fo:column-gap="0.8cm"/></style:section-properties></style:style><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1cm" fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="2cm"/><style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header><text:p text:style-name="Centre">${escapeXml(header ?? "")} <text:page-number text:select-page="current">1</text:page-number></text:p></style:header></style:master-page></office:master-styles><office:body><office:text>${tableOf(HEAD, "Plain")}${p("KẾ HOẠCH", "Centre")}${p(plan.title, "Centre")}${columned}${tableOf(END, "Plain")}</office:text></office:body></office:document>`;
}

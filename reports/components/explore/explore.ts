// What the page of the explorer may be asked for by its address, and the table that answers it.
// Nothing is computed here: figures are taken, and put into rows and columns.

import { isUnasked } from "../../../pipelines/vocabulary/status.ts";
import type { PageRow } from "../../types/pages.ts";
import type { Status } from "../../types/tables.ts";
import { inSentence } from "../letter-case.ts";
import { absence, boundText, hiddenAs, levelsOf } from "../number-text.ts";
import { keysOf } from "../rows.ts";
import { type CsvColumn, type Marked, valueCell } from "../table/csv.ts";
import { STATUSES, TERMS } from "../words.ts";

/** A figure of an indicator, or of a measure without a target, at a place and a period. */
export type Explored = Omit<PageRow<"[plan]/kham-pha", "figures">, "value_kind"> & Partial<Where>;

/** Where a figure of an earlier plan is in that plan. */
type Where = Pick<
  PageRow<"[plan]/kham-pha", "earlier_figures">,
  "earlier_plan_id" | "earlier_number" | "earlier_code" | "earlier_period"
>;

/** The three sides of a figure: rows, columns, and one that is fixed. */
export const SIDES = ["chi-tieu", "dia-ban", "ky"] as const;
export type Side = (typeof SIDES)[number];
export const TITLES: Readonly<Record<Side, string>> = {
  "chi-tieu": "Chỉ tiêu, số liệu",
  "dia-ban": "Địa bàn",
  ky: "Kỳ báo cáo",
};

/** The address of the whole area among those of its parts. */
export const WHOLE = "toan-dia-ban";

/** Before the code of a measure without a target: it has no verdict, and no page of its readings. */
const MEASURE_SIGN = "~";
export const isIndicator = (code: string): boolean => !code.startsWith(MEASURE_SIGN);

/** What one can choose from on each side, in order. */
export interface Option {
  readonly code: string;
  readonly title: string;
  /** In a narrow column. */
  readonly short: string;
  /** Whether it is shown by default. */
  readonly isUsual: boolean;
  /** The default where only one can be chosen. */
  readonly isFirst: boolean;
  /** Of a period: figures to date go on within its year, those of a kind within that kind. */
  readonly kind?: string;
  readonly year?: number;
}
export type Options = Readonly<Record<Side, readonly Option[]>>;

export interface Measure {
  readonly title: string;
  readonly of: (row: Explored) => number | null;
  /** Its unit; empty if the plan names none. */
  readonly unitOf: (row: Explored) => string;
  /** Figures share a chart only if this is equal; by default the unit. */
  readonly likeOf?: (row: Explored) => string;
  /** Why a value is missing; unknown for parts and differences. */
  readonly whyNone?: (row: Explored) => Status;
  /** A difference has a sign, and no verdict; nor has what was done within a period. */
  readonly isSigned: boolean;
  /** What its sign says. */
  readonly note?: string;
  readonly hasVerdict: boolean;
}

/** `%` is apart from others by points of it. */
const differenceUnit = ({ unit }: Explored): string => {
  if (levelsOf(unit) !== null) return "bậc";
  return unit === "%" ? "điểm phần trăm" : unit;
};
/** What is counted differs from indicator to indicator: people of one, houses of another. */
const ofPart = {
  unitOf: () => "",
  likeOf: ({ code }: Explored): string => code,
};

const plain = { isSigned: false, hasVerdict: false };

export const MEASURES = {
  "gia-tri": {
    ...plain,
    title: `Giá trị ${TERMS.to_date.word.toLocaleLowerCase("vi")}`,
    of: (row) => row.value,
    unitOf: (row) => row.unit,
    whyNone: (row) => row.status,
    hasVerdict: true,
  },
  "trong-ky": {
    ...plain,
    title: "Giá trị trong kỳ",
    of: (row) => row.value_in_period,
    unitOf: (row) => row.unit,
    // the verdict is of the year to date, and a measure has none
    whyNone: (row) =>
      row.why_none_in_period ??
      (isIndicator(row.code) || row.value === null ? row.status : "not_reported"),
  },
  "tu-so": { ...plain, ...ofPart, title: "Tử số lũy kế", of: (row) => row.numerator },
  "mau-so": { ...plain, ...ofPart, title: "Mẫu số lũy kế", of: (row) => row.denominator },
  "so-voi-muc": {
    title: "Hơn (+), kém (−) so với mức chỉ tiêu",
    of: (row) => row.beyond_target,
    unitOf: differenceUnit,
    isSigned: true,
    note: "Dấu + là tốt hơn mức chỉ tiêu, dấu - là chưa bằng; chỉ tiêu có mức là một khoảng, hoặc chỉ hỏi có hay không, thì không có số này.",
    hasVerdict: false,
  },
  "con-thieu": {
    ...plain,
    ...ofPart,
    title: "Hơn (+), kém (−) so với mức chỉ tiêu, theo số đếm",
    of: (row) => row.beyond_count,
    unitOf: (row) => row.counted_unit ?? "",
    isSigned: true,
    note: "Dấu - là còn thiếu bao nhiêu để bằng mức chỉ tiêu, hoặc vượt mức tối đa bao nhiêu, với mẫu số như hiện có; chỉ có ở chỉ tiêu đếm được.",
  },
  "thay-doi": {
    title: "Thay đổi so với kỳ trước",
    of: (row) => row.change,
    unitOf: differenceUnit,
    isSigned: true,
    note: "Thay đổi của giá trị lũy kế so với kỳ liền trước trong cùng năm; kỳ đầu năm không có số này.",
    hasVerdict: false,
  },
} as const satisfies Readonly<Record<string, Measure>>;
export type MeasureName = keyof typeof MEASURES;

/** How figures are shown, in the order of the buttons. */
export const SHAPES = {
  bang: "Bảng",
  nhiet: "Bảng nhiệt",
  duong: "Đường",
  cot: "Thanh ngang",
  cham: "Chấm và mức chỉ tiêu",
  doc: "Trước và sau",
  "phan-tan": "Phân tán",
} as const;
export type Shape = keyof typeof SHAPES;

/** The parameter of the line that is picked. */
export const PICKED = "noi-bat";

/** What is asked for. */
export interface Asked {
  readonly rows: Side;
  readonly columns: Side;
  readonly fixed: Side;
  readonly measure: MeasureName;
  readonly shape: Shape;
  /** The line that is drawn before the others; empty where none was chosen. */
  readonly picked: string;
  /** What was chosen on each side; of the one that is fixed only the first is taken. */
  readonly chosen: Readonly<Record<Side, readonly string[]>>;
}

/**
 * What an address asks for; what it asks for that is not there is named in `unknown`.
 * @param options what there is on each side
 */
export function readQuery(
  query: URLSearchParams,
  options: Options,
): { asked: Asked; unknown: string[] } {
  const unknown: string[] = [];
  const one = <Name extends string>(parameter: string, names: readonly Name[], usual: Name) => {
    const value = query.get(parameter);
    if (value === null || value === "") return usual;
    const found = names.find((name) => name === value);
    if (found === undefined) unknown.push(`${parameter}=${value}`);
    return found ?? usual;
  };
  const rows = one("hang", SIDES, "dia-ban");
  const others = SIDES.filter((side) => side !== rows);
  const columns = one("cot", others, others.at(-1) ?? "ky");
  const many = (side: Side): readonly string[] => {
    const values = (query.get(side) ?? "").split(",").filter((value) => value !== "");
    const known = values.filter((value) => options[side].some(({ code }) => code === value));
    for (const value of values) if (!known.includes(value)) unknown.push(`${side}=${value}`);
    return options[side].filter(({ code }) => known.includes(code)).map(({ code }) => code);
  };
  const asked: Asked = {
    rows,
    columns,
    fixed: SIDES.find((side) => side !== rows && side !== columns) ?? "chi-tieu",
    measure: one("so-lieu", keysOf(MEASURES), "gia-tri"),
    shape: one("kieu", keysOf(SHAPES), "bang"),
    picked: one(
      PICKED,
      SIDES.flatMap((side) => options[side].map(({ code }) => code)),
      "",
    ),
    chosen: { "chi-tieu": many("chi-tieu"), "dia-ban": many("dia-ban"), ky: many("ky") },
  };
  const parameters: readonly string[] = [...SIDES, "hang", "cot", "so-lieu", "kieu", PICKED];
  for (const [name, value] of query) {
    if (!parameters.includes(name) && value !== "") unknown.push(`${name}=${value}`);
  }
  return { asked, unknown };
}

/** A figure in its place; undefined where there is no such place. */
export type Cell = Explored | undefined;

/** The verdict on a value that is shown; undefined where there is none. */
export const verdictOf = (cell: Cell, { hasVerdict }: Measure): Status | undefined =>
  hasVerdict && cell !== undefined && cell.value !== null && !isUnasked(cell.status)
    ? cell.status
    : undefined;

/** Figures in rows and columns. */
export interface Crossed {
  readonly rows: readonly Option[];
  readonly columns: readonly Option[];
  /** By row, then by column. */
  readonly cells: readonly (readonly Cell[])[];
  /** What all of them have in common; undefined where there is nothing to choose from. */
  readonly fixed: Option | undefined;
  /** The unit of all of them, which may be empty; null where they are not of one kind. */
  readonly unit: string | null;
}

/** The figures asked for, without empty rows and columns; where all are empty, what was asked for. */
export function crossed(figures: readonly Explored[], asked: Asked, options: Options): Crossed {
  const fixed = fixedOf(asked, options);
  const at = new Map(figures.map((row) => [placeOf(row), row]));
  const cellAt = (row: Option, column: Option): Cell =>
    at.get(
      keyOf({
        [asked.rows]: row.code,
        [asked.columns]: column.code,
        [asked.fixed]: fixed?.code ?? "",
      }),
    );
  const [allRows, allColumns] = [
    takenOf(asked.rows, asked, options),
    takenOf(asked.columns, asked, options),
  ];
  const filled = allRows.filter((row) => allColumns.some((column) => cellAt(row, column)));
  const rows = filled.length > 0 ? filled : allRows;
  const columns =
    filled.length > 0
      ? allColumns.filter((column) => rows.some((row) => cellAt(row, column)))
      : allColumns;
  const cells = rows.map((row) => columns.map((column) => cellAt(row, column)));
  const { unitOf, likeOf = unitOf }: Measure = MEASURES[asked.measure];
  const all = cells.flat().flatMap((cell) => cell ?? []);
  const isOfOneKind = new Set(all.map(likeOf)).size < 2;
  const [first] = all;
  const unit = first === undefined ? "" : unitOf(first);
  return { rows, columns, cells, fixed, unit: isOfOneKind ? unit : null };
}

/** Of the side that is fixed: the one that was chosen, else the one that comes first. */
function fixedOf({ fixed, chosen }: Asked, options: Options): Option | undefined {
  const list = options[fixed];
  return (
    list.find(({ code }) => code === chosen[fixed][0]) ??
    list.find(({ isFirst }) => isFirst) ??
    list[0]
  );
}

function takenOf(side: Side, { chosen }: Asked, options: Options): readonly Option[] {
  const taken = options[side].filter(({ code }) => chosen[side].includes(code));
  if (taken.length > 0) return taken;
  const usual = options[side].filter(({ isUsual }) => isUsual);
  return usual.length > 0 ? usual : options[side];
}

const placeOf = (row: Explored): string =>
  keyOf({ "chi-tieu": row.code, "dia-ban": row.area_slug ?? WHOLE, ky: row.period });

const keyOf = (codes: Readonly<Partial<Record<Side, string>>>): string =>
  SIDES.map((side) => codes[side]).join("\n");

/** What is drawn as lines: over time, or from one column to another; one for each of the other side. */
export const linesOf = ({ rows, columns }: Crossed, shape: Shape, asked: Asked) => {
  const isByRow = shape === "doc" || asked.columns === "ky";
  return { isByRow, steps: isByRow ? columns : rows, lines: isByRow ? rows : columns };
};

/** Whether there is no figure at all in what is asked for. */
export const isEmpty = ({ cells }: Pick<Crossed, "cells">): boolean =>
  cells.flat().every((cell) => cell === undefined);

/** Why a table of figures cannot be drawn in a shape; undefined where it can. */
export function objectionTo(
  shape: Shape,
  { columns, unit, cells }: Crossed,
  asked: Pick<Asked, "rows" | "columns" | "measure">,
): string | undefined {
  if (isEmpty({ cells }) || shape === "bang" || shape === "nhiet") return undefined;
  if (shape === "phan-tan" || shape === "doc") {
    if (columns.length !== 2) return "cần đúng hai cột: chọn hai mục ở phần cột";
  }
  if (shape === "phan-tan") return undefined;
  if (unit === null) return "các số liệu đã chọn có đơn vị tính khác nhau";
  if (shape === "cham" && !MEASURES[asked.measure].hasVerdict) {
    return "chỉ giá trị lũy kế mới so với mức chỉ tiêu";
  }
  if (shape === "cham" && cells.flat().every((cell) => !cell || !isIndicator(cell.code))) {
    return "số liệu đã chọn không có mức chỉ tiêu";
  }
  if (shape === "duong" && asked.rows !== "ky" && asked.columns !== "ky") {
    return "cần có kỳ báo cáo ở hàng hoặc ở cột";
  }
  return undefined;
}

/** Whether a line joins two periods: figures to date start again each year. */
export function goesOn(from: Option, to: Option, measure: MeasureName): boolean {
  if (from.kind !== to.kind) return false;
  return from.year === to.year || from.kind === "year" || measure === "trong-ky";
}

/** A figure as a row of a file, with the unit that it has there. */
type FileRow = Explored & Marked;

/** Figures of a table as rows of its file, line by line. */
export function fileRows({ cells }: Pick<Crossed, "cells">, { measure }: Asked): FileRow[] {
  const { unitOf }: Measure = MEASURES[measure];
  return cells.flat().flatMap((cell) => (cell ? { ...cell, unit: unitOf(cell) } : []));
}

/** The columns of that file: where a figure is, what it is, and what is said of it. */
export function fileColumns(
  { measure }: Pick<Asked, "measure">,
  options: Options,
): readonly CsvColumn<FileRow>[] {
  const { title, of, whyNone, hasVerdict }: Measure = MEASURES[measure];
  const place = (side: Side, codeOf: (row: FileRow) => string) => ({
    title: TITLES[side],
    of: (row: FileRow) => options[side].find(({ code }) => code === codeOf(row))?.title ?? "",
  });
  return [
    place("chi-tieu", ({ code }) => code),
    place("dia-ban", ({ area_slug }) => area_slug ?? WHOLE),
    place("ky", ({ period }) => period),
    {
      title,
      of: (row) => {
        const value = of(row);
        if (whyNone !== undefined) return valueCell(value, row, whyNone(row));
        // a difference can be missing although both values exist
        const isNone = value === null && hiddenAs(row) === false && row.value !== null;
        return isNone ? null : valueCell(value, row);
      },
    },
    ...(hasVerdict
      ? [
          { title: "Đánh giá", of: (row: FileRow) => STATUSES[row.status].word },
          {
            title: "Mức chỉ tiêu",
            of: ({ target_comparator, target_value, target_to, unit }: FileRow) =>
              target_value === null
                ? ""
                : boundText(target_comparator, target_value, target_to, unit),
          },
        ]
      : []),
  ];
}

/** What a picture does not show by itself: which of its figures may change, and which it lacks. */
export function pictureNote({ cells }: Pick<Crossed, "cells">, { measure }: Asked): string {
  const { of }: Measure = MEASURES[measure];
  const all = cells.flat().flatMap((cell) => cell ?? []);
  const reasons = all.flatMap((cell) => (of(cell) === null ? (absence(cell) ?? "không có") : []));
  const lacking = [...new Set(reasons)].map(
    (reason) => `${reasons.filter((one) => one === reason).length} ${inSentence(reason)}`,
  );
  return [
    ...(all.some((cell) => of(cell) !== null && isHollow(cell))
      ? ["Dấu rỗng, thanh nhạt: tạm tính hoặc số kỳ trước."]
      : []),
    ...(lacking.length > 0 ? [`Không có số: ${lacking.join(", ")}.`] : []),
  ].join(" ");
}

/** Whether a figure is drawn as one that may change: provisional, or a place's of an earlier period. */
export const isHollow = (cell: Cell): boolean =>
  cell !== undefined &&
  (cell.is_provisional || (cell.area_slug !== null && cell.areas_carried > 0));

/** Position of a figure in the range of comparable ones, 0 to 1; null without a figure. */
export function shadeOf(value: number | null, likes: readonly (number | null)[]): number | null {
  if (value === null) return null;
  const given = likes.flatMap((one) => (one === null ? [] : [one]));
  const [least, most] = [Math.min(...given), Math.max(...given)];
  return most === least ? 0.5 : (value - least) / (most - least);
}

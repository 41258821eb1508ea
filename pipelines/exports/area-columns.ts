import type { Item, Line, PublishedReport } from "../contract/report.ts";
import type { Column } from "./column.ts";

/** One area with its indicators: a row of the wide table. */
export interface AreaRow {
  readonly areaNo: number;
  readonly areaCode: string | null;
  readonly areaName: string;
  readonly lines: ReadonlyMap<string, Line>;
}

/** The areas of a report in their order, the whole first. */
export function areaRows({ lines, head }: PublishedReport): AreaRow[] {
  const rows = new Map<number, AreaRow & { lines: Map<string, Line> }>();
  for (const line of lines) {
    if (line.section !== "indicator") continue;
    const row = rows.get(line.area_no) ?? {
      areaNo: line.area_no,
      areaCode: line.area_code,
      areaName: line.area_name ?? head.area_name,
      lines: new Map<string, Line>(),
    };
    row.lines.set(line.code, line);
    rows.set(line.area_no, row);
  }
  return [...rows.values()].sort((a, b) => a.areaNo - b.areaNo);
}

/** Columns of the wide table: an area, then of each indicator its value and its status. */
export function areaColumns({ items }: PublishedReport): Column<AreaRow>[] {
  return [
    {
      name: "area_no",
      kind: "whole",
      description: "Thứ tự địa bàn; 0 là toàn địa bàn của kế hoạch",
      isRequired: true,
      isKey: true,
      read: ({ areaNo }) => areaNo,
    },
    {
      name: "area_code",
      kind: "text",
      description: "Mã đơn vị hành chính; trống là toàn địa bàn của kế hoạch",
      read: ({ areaCode }) => areaCode,
    },
    {
      name: "area_name",
      kind: "text",
      description: "Tên địa bàn",
      isRequired: true,
      read: ({ areaName }) => areaName,
    },
    ...items.filter(({ section }) => section === "indicator").flatMap(indicatorColumns),
  ];
}

function indicatorColumns({ code, name, unit_of_measure }: Item): Column<AreaRow>[] {
  return [
    {
      name: code,
      kind: "figure",
      description: `${name}: giá trị lũy kế như trình bày trong báo cáo`,
      unit: unit_of_measure,
      read: ({ lines }) => lines.get(code)?.value_shown ?? null,
    },
    {
      name: `${code}_status`,
      kind: "word",
      description: `${name}: đánh giá`,
      read: ({ lines }) => lines.get(code)?.status ?? null,
    },
  ];
}

import { z } from "zod";
import { COLUMNS, type PARTS, type Part } from "../contract/report.ts";
import type { Column, ColumnValue } from "./column.ts";

type Row<P extends Part> = z.infer<(typeof PARTS)[P]>;

/**
 * The described columns of a part, as the data files have them.
 * @param text what a column of texts is: from a short list or any
 */
export function partColumns<P extends Part>(part: P, text: "word" | "text"): Column<Row<P>>[] {
  return Object.entries(COLUMNS[part]).flatMap(([name, { sql, schema, description }]) => {
    if (description === undefined) return [];
    const words = wordsOf(schema);
    return [
      {
        name,
        kind: kindOf(sql, text),
        description,
        ...(words === null ? {} : { words }),
        ...(schema.safeParse(null).success || typeof sql !== "string" ? {} : { isRequired: true }),
        read: (row) => cellOf(row, name),
      } satisfies Column<Row<P>>,
    ];
  });
}

function cellOf(row: Readonly<Record<string, unknown>>, name: string): ColumnValue {
  const value = row[name];
  if (Array.isArray(value)) return value.length === 0 ? null : value.join("\n");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : null;
}

function kindOf(sql: string | readonly [string], text: "word" | "text"): Column<never>["kind"] {
  if (sql === "integer") return "whole";
  if (sql === "boolean") return "flag";
  return String(sql).startsWith("decimal") ? "figure" : text;
}

/** The words of a column that has no others. */
function wordsOf(schema: z.ZodType): readonly string[] | null {
  const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : null;
}

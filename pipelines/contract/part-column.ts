import { z } from "zod";

/** A column of a part of a published report: how its JSON is read here, and by SQL. */
export interface Column<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** DuckDB's type of it, or of the texts of a list. */
  readonly sql: string | readonly [string];
  /** The contract that brought it. */
  readonly since: number;
  /** In Vietnamese, for the data files, which hold the columns that have one. */
  readonly description?: string;
}

export type Columns = Readonly<Record<string, Column>>;

function column<Schema extends z.ZodType>(sql: Column["sql"], schema: Schema): Column<Schema> {
  return { schema, sql, since: 1 };
}

export const text = column("varchar", z.string());
export const optionalText = column("varchar", z.string().nullable());
/** Several texts. */
export const texts = column(["varchar"], z.array(z.string()));
export const whole = column("integer", z.number().int());
export const optionalWhole = column("integer", z.number().int().nullable());
/** A whole number of any size, as text. */
export const number = column("bigint", z.string());
export const optionalNumber = column("bigint", z.string().nullable());
export const flag = column("boolean", z.boolean());
export const optionalFlag = column("boolean", z.boolean().nullable());
/** `YYYY-MM-DD`. */
export const day = column("date", z.string());
export const optionalDay = column("date", z.string().nullable());
/** `YYYY-MM-DD HH:MM:SS` in office time. */
export const moment = column("varchar", z.string());
export const optionalMoment = column("varchar", z.string().nullable());

/** An exact decimal as text, `12.5000`; null where there is no figure. */
export function figure(precision: number, scale: number): Column<z.ZodNullable<z.ZodString>> {
  return column(`decimal(${precision}, ${scale})`, z.string().nullable());
}

/** One of some words. */
export function word<Schema extends z.ZodEnum>(schema: Schema): Column<Schema> {
  return column("varchar", schema);
}

export function optionalWord<Schema extends z.ZodEnum>(
  schema: Schema,
): Column<z.ZodNullable<Schema>> {
  return column("varchar", schema.nullable());
}

/** A column of the data files. @param description in Vietnamese */
export function described<Schema extends z.ZodType>(
  of: Column<Schema>,
  description: string,
): Column<Schema> {
  return { ...of, description };
}

/**
 * A column that a later contract brought: null in versions that were published before it.
 * @param of one that may be null
 */
export function since<Schema extends z.ZodType>(
  contract: number,
  of: Column<z.ZodNullable<Schema>>,
): Column<z.ZodDefault<z.ZodNullable<Schema>>> {
  return { ...of, schema: of.schema.default(null), since: contract };
}

/** A count that a later contract brought: 0 in versions that were published before it. */
export function countSince(contract: number): typeof whole {
  const schema = contract === 1 ? whole.schema : whole.schema.default(0);
  // what is read is a number either way
  return { ...whole, schema: schema as typeof whole.schema, since: contract };
}

/** The object that a row is, from its columns. */
export function rowOf<C extends Columns>(
  columns: C,
): z.ZodObject<{ -readonly [Name in keyof C]: C[Name]["schema"] }> {
  const shape = Object.fromEntries(
    Object.entries(columns).map(([name, { schema }]) => [name, schema]),
  );
  // the names and schemas are those of the columns, which `fromEntries` cannot tell
  return z.object(shape) as z.ZodObject<{ -readonly [Name in keyof C]: C[Name]["schema"] }>;
}

/** A figure of 128 bits; reading its text takes ten times as long as one of 64. */
const LARGE = /^decimal\(28, (\d+)\)$/;

/** How a row is read from JSON in SQL. @param content names it */
export function sqlReading(columns: Columns, content: string): string {
  const read = Object.entries(columns).map(([name, { sql }]) => {
    const [type, scale] = LARGE.exec(String(sql)) ?? [];
    return { name, type, scale, structure: type === undefined ? sql : "varchar" };
  });
  const structure = read.map((one) => `"${one.name}": ${JSON.stringify(one.structure)}`);
  const row = `from_json(${content}, '{${structure.join(", ")}}')`;
  const figures = read.flatMap(({ name, type, scale }) => {
    const text = `"row"."${name}"`;
    const small = `try_cast(${text} as decimal(18, ${scale}))::${type}`;
    return type === undefined ? [] : [`"${name}" := coalesce(${small}, ${text}::${type})`];
  });
  if (figures.length === 0) return row;
  return `list_transform([${row}], lambda "row": struct_update("row", ${figures.join(", ")}))[1]`;
}

import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readValue } from "../warehouse/connection.ts";

/** What is known of a column besides its type. */
export interface KnownColumn {
  readonly isNeverNull: boolean;
  /** The name of the list that its texts are from; undefined where it may hold other texts. */
  readonly words: string | undefined;
}

/** The columns of a table by their names, in their order. */
export type KnownColumns = ReadonlyMap<string, KnownColumn>;

/** What is known of tables, by `schema.table`. */
export type KnownTables = ReadonlyMap<string, KnownColumns>;

/** A node of DuckDB's syntax tree. */
type Node = Readonly<Record<string, unknown>>;

/** A table of a FROM, by the name that the query gives it. */
interface Source {
  readonly name: string;
  readonly columns: KnownColumns;
}

const NOTHING: KnownColumn = { isNeverNull: false, words: undefined };

/** `null` written out: of several SELECTs, those that have a value there say what it is. */
const NULL: KnownColumn = { isNeverNull: false, words: undefined };

const Tree = z.object({
  statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })).length(1),
});

/**
 * What a query's SQL alone tells of the columns of its result. Never null is a column that is never
 * null in its table and comes over no outer join, a count, a constant, and what is made of nothing
 * else. A column keeps its words. Of anything that it does not understand it tells nothing.
 * @returns one answer for each column, in their order
 */
export async function resultColumns(
  connection: DuckDBConnection,
  sql: string,
  tables: KnownTables,
): Promise<KnownColumn[]> {
  const tree = await readValue(
    connection,
    z.string(),
    "select json_serialize_sql($sql::varchar, skip_null := true)",
    { sql },
  );
  const { statements } = Tree.parse(JSON.parse(tree));
  return statements.flatMap(({ node }) => columnsOf(node, tables).map(([, column]) => column));
}

/** The columns of a SELECT, or of several whose rows are put together, each with its name. */
function columnsOf(node: Node, tables: KnownTables): [string, KnownColumn][] {
  if (node.type === "SET_OPERATION_NODE") {
    const right = columnsOf(nodeOf(node.right), tables);
    return columnsOf(nodeOf(node.left), tables).map(([name, column], index) => [
      name,
      inCommon(column, right[index]?.[1] ?? NOTHING),
    ]);
  }
  if (node.type !== "SELECT_NODE") return [];
  const sources = sourcesOf(nodeOf(node.from_table), tables);
  // Of several groupings each leaves out columns of another.
  const isRolledUp = nodesOf(node.group_sets).length > 1;
  return nodesOf(node.select_list)
    .flatMap((item) => selected(item, sources))
    .map(([name, column]) => [name, isRolledUp ? nullable(column) : column]);
}

function selected(item: Node, sources: readonly Source[]): [string, KnownColumn][] {
  if (item.class === "CONSTANT" && nodeOf(item.value).is_null === true)
    return [[nameOf(item), NULL]];
  if (item.class !== "STAR") {
    const words = item.class === "COLUMN_REF" ? columnOf(item, sources).words : undefined;
    return [[nameOf(item), { isNeverNull: isNeverNull(item, sources), words }]];
  }
  const relation = item.relation_name ?? "";
  const meant = sources.filter(({ name }) => relation === "" || name === relation);
  const left = new Set(excludedBy(item));
  return meant.flatMap(({ columns }) => [...columns].filter(([name]) => !left.has(name)));
}

/** The columns that a star leaves out: `* exclude (a, b)`. */
function excludedBy(star: Node): string[] {
  const lists = [star.exclude_list, star.qualified_exclude_list].flat();
  return lists.flatMap((one) => (typeof one === "string" ? one : String(nodeOf(one).column ?? [])));
}

function nameOf(item: Node): string {
  const names = Array.isArray(item.column_names) ? item.column_names : [];
  return String(item.alias || names.at(-1) || "");
}

/** The tables of a FROM. On the far side of an outer join every column may be null. */
function sourcesOf(from: Node, tables: KnownTables): Source[] {
  if (from.type === "BASE_TABLE") {
    const columns = tables.get(`${from.schema_name}.${from.table_name}`) ?? new Map();
    return [{ name: String(from.alias || from.table_name), columns }];
  }
  if (from.type === "SUBQUERY") {
    const columns = columnsOf(nodeOf(nodeOf(from.subquery).node), tables);
    return [{ name: String(from.alias), columns: new Map(columns) }];
  }
  if (from.type !== "JOIN") return [];
  const kind = String(from.join_type);
  const [left, right] = [from.left, from.right].map((side) => sourcesOf(nodeOf(side), tables));
  const isFull = kind === "OUTER" || kind === "FULL";
  return [
    ...(kind === "RIGHT" || isFull ? overOuterJoin(left ?? []) : (left ?? [])),
    ...(kind === "LEFT" || isFull ? overOuterJoin(right ?? []) : (right ?? [])),
  ];
}

function overOuterJoin(sources: readonly Source[]): Source[] {
  return sources.map(({ name, columns }) => ({
    name,
    columns: new Map([...columns].map(([column, known]) => [column, nullable(known)])),
  }));
}

function nullable(column: KnownColumn): KnownColumn {
  return { ...column, isNeverNull: false };
}

function inCommon(one: KnownColumn, other: KnownColumn): KnownColumn {
  if (one === NULL) return other === NULL ? NULL : nullable(other);
  if (other === NULL) return nullable(one);
  return {
    isNeverNull: one.isNeverNull && other.isNeverNull,
    words: one.words === other.words ? one.words : undefined,
  };
}

/** Of nothing but values that are never null these make one that is never null. */
const KEEPING = new Set(["+", "-", "*", "||", "lower", "upper"]);
/** These never are, whatever they are given. */
const COUNTING = new Set(["count", "count_star"]);

function isNeverNull(item: Node, sources: readonly Source[]): boolean {
  const all = (items: unknown) => nodesOf(items).every((child) => isNeverNull(child, sources));
  switch (item.class) {
    case "COLUMN_REF":
      return columnOf(item, sources).isNeverNull;
    case "CONSTANT":
      return nodeOf(item.value).is_null === false;
    case "CAST":
      return item.try_cast === false && isNeverNull(nodeOf(item.child), sources);
    case "COMPARISON":
      return all([item.left, item.right]);
    case "CONJUNCTION":
      return all(item.children);
    case "OPERATOR":
      return isOperatorNeverNull(item, sources);
    case "FUNCTION": {
      const name = String(item.function_name);
      return COUNTING.has(name) || (KEEPING.has(name) && all(item.children));
    }
    default:
      return false;
  }
}

function isOperatorNeverNull(item: Node, sources: readonly Source[]): boolean {
  const children = nodesOf(item.children);
  switch (item.type) {
    case "OPERATOR_IS_NULL":
    case "OPERATOR_IS_NOT_NULL":
      return true;
    case "OPERATOR_COALESCE":
      return children.some((child) => isNeverNull(child, sources));
    case "OPERATOR_NOT":
      return children.every((child) => isNeverNull(child, sources));
    default:
      return false;
  }
}

/** A column that several tables have is one that they are joined by: the best of them holds. */
function columnOf(item: Node, sources: readonly Source[]): KnownColumn {
  const path = Array.isArray(item.column_names) ? item.column_names.map(String) : [];
  const [column = "", table] = path.toReversed();
  const found = sources
    .filter(({ name }) => name === (table ?? name))
    .flatMap(({ columns }) => columns.get(column) ?? []);
  return found.find((one) => one.isNeverNull) ?? found[0] ?? NOTHING;
}

function nodeOf(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.map(nodeOf) : [];
}

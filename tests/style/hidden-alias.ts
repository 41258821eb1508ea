import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRow, selectRows } from "../../pipelines/warehouse/connection.ts";
import type { StyleProblem } from "./sql.ts";

/** A node of DuckDB's syntax tree. */
type Node = Readonly<Record<string, unknown>>;

const Column = z.object({
  class: z.literal("COLUMN_REF"),
  column_names: z.array(z.string()).min(1),
  query_location: z.number(),
});
type Column = z.infer<typeof Column>;

const Tree = z.object({ error: z.boolean(), statements: z.array(z.unknown()).default([]) });

/** What of a SELECT is computed beside its columns, from rows of FROM; HAVING and ORDER BY are not. */
const CLAUSES = ["where_clause", "group_expressions", "qualify"];

/** Names of the functions that make one value of many rows. */
export async function aggregates(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const rows = await selectRows(
    connection,
    "select distinct function_name as name from duckdb_functions() where function_type = 'aggregate'",
  );
  return new Set(rows.map(({ name }) => String(name)));
}

/**
 * Where a SELECT that says `upper(a) as a` reads `a` once more without naming a table. DuckDB takes the
 * column of FROM there and not the one beside it, in `b`, WHERE and GROUP BY alike, and says nothing.
 * Whoever means that column writes `t.a`; whoever means the new one gives it a name of its own. Inside
 * of `max(a)` nothing else can be meant than a column of FROM where `a` itself is made of many rows.
 * @param many the aggregate functions
 */
export async function hiddenAliases(
  connection: DuckDBConnection,
  sql: string,
  many: ReadonlySet<string>,
): Promise<StyleProblem[]> {
  const { tree } = await readRow(
    connection,
    z.object({ tree: z.string() }),
    "select json_serialize_sql($sql::varchar, skip_null := true) as tree",
    { sql },
  );
  const { error, statements } = Tree.parse(JSON.parse(tree));
  // functions are no SELECT
  if (error) return [];
  const bytes = Buffer.from(sql);
  const isOfMany = (node: Node): boolean =>
    node.class === "WINDOW" || (node.class === "FUNCTION" && many.has(String(node.function_name)));
  return [...nodesIn(statements, (node) => node.type === "SELECT_NODE")].flatMap((select) => {
    const items = nodesOf(select.select_list);
    const clauses = CLAUSES.flatMap((name) => nodesOf(select[name]));
    return items.flatMap((item) => {
      const alias = String(item.alias ?? "");
      // whose own words say that FROM has a column of that name
      const isHidden =
        alias !== "" &&
        item.class !== "COLUMN_REF" &&
        columnsIn(item).some(({ column_names }) => column_names.at(-1) === alias);
      if (!isHidden) return [];
      const isAggregate = !nodesIn([item], isOfMany, isSelect).next().done;
      const beside = [...items.filter((other) => other !== item), ...clauses];
      return beside
        .flatMap((other) => columnsIn(other, isAggregate ? isOfMany : undefined))
        .filter(({ column_names }) => column_names.length === 1 && column_names[0] === alias)
        .map(({ query_location }) => ({
          line: bytes.subarray(0, query_location).toString().split("\n").length,
          problem: `${alias} is that of FROM, not the one that this SELECT makes: name its table, or the other one anew`,
        }));
    });
  });
}

function isSelect(node: Node): boolean {
  return node.type === "SELECT_NODE";
}

/** The columns that an expression reads of the SELECT it stands in. */
function columnsIn(node: Node, isPassedOver: (node: Node) => boolean = () => false): Column[] {
  const found = nodesIn(
    [node],
    ({ class: kind }) => kind === "COLUMN_REF",
    (one) => isSelect(one) || isPassedOver(one),
  );
  return [...found].map((one) => Column.parse(one));
}

/** The nodes of a kind, at any depth but below those where the search ends. */
function* nodesIn(
  of: unknown,
  isMeant: (node: Node) => boolean,
  isEnd: (node: Node) => boolean = () => false,
): Generator<Node> {
  if (typeof of !== "object" || of === null) return;
  if (!Array.isArray(of)) {
    const node = of as Node;
    if (isEnd(node)) return;
    if (isMeant(node)) yield node;
  }
  for (const one of Object.values(of)) yield* nodesIn(one, isMeant, isEnd);
}

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value as Node[];
  return typeof value === "object" && value !== null ? [value as Node] : [];
}

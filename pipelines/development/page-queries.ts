import { type Partials, partialsIn, partialText } from "../site/partials.ts";

/** A ` ```sql name ` block of a page or of a partial that it takes in. */
export interface PageQuery {
  readonly name: string;
  /** The partial that has it, if not the page itself. */
  readonly partial: string | undefined;
  /** Where it begins in its file, counted from 1. */
  readonly line: number;
  /** With the queries that it names in it, and a text in the place of each parameter. */
  readonly sql: string;
}

const FENCE = /^```sql[ \t]+(\w+)[ \t]*\n([\s\S]*?)^```[ \t]*$/gm;

/**
 * The queries of a page, its own and then those of its partials.
 * @param params what stands in the address, by name; empty texts by default, with which the queries can
 *   be described without knowing which page of many it is
 * @throws Failure for a partial that is not there
 */
export function queriesOf(
  page: string,
  partials: Partials = new Map(),
  params: Readonly<Record<string, string>> = {},
): PageQuery[] {
  const texts: [partial: string | undefined, text: string][] = [
    [undefined, page],
    ...partialsIn(page).map((name): [string, string] => [name, partialText(partials, name)]),
  ];
  const blocks = texts.flatMap(([partial, text]) =>
    [...text.matchAll(FENCE)].map(({ 1: name = "", 2: sql = "", index }) => ({
      name,
      partial,
      line: text.slice(0, index).split("\n").length,
      sql,
    })),
  );
  const byName = new Map(blocks.map(({ name, sql }) => [name, sql]));
  return blocks.map((block) => ({
    ...block,
    sql: filledIn(block.sql, byName, params).trim().replace(/;$/, ""),
  }));
}

/** `${other}` is another query of the page; `${params.x}` and `${inputs.x.value}` are texts. */
function filledIn(
  sql: string,
  byName: ReadonlyMap<string, string>,
  params: Readonly<Record<string, string>>,
): string {
  return sql.replace(/\$\{\s*([^}]*?)\s*\}/g, (_, name: string) => {
    const query = byName.get(name);
    if (query !== undefined) return `(${filledIn(query, byName, params)})`;
    return params[name.replace(/^params\./, "")] ?? "";
  });
}

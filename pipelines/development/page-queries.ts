/** A ` ```sql name ` block of a page. */
export interface PageQuery {
  readonly name: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** With the queries that it names in it, and an empty text in the place of each parameter. */
  readonly sql: string;
}

const FENCE = /^```sql[ \t]+(\w+)[ \t]*\n([\s\S]*?)^```[ \t]*$/gm;

/** The queries of a page, as they can be described without knowing which page of many it is. */
export function queriesOf(page: string): PageQuery[] {
  const blocks = [...page.matchAll(FENCE)].map(([, name = "", sql = ""]) => [name, sql] as const);
  const byName = new Map(blocks);
  return [...page.matchAll(FENCE)].map(({ 1: name = "", 2: sql = "", index }) => ({
    name,
    line: page.slice(0, index).split("\n").length,
    sql: filledIn(sql, byName).trim().replace(/;$/, ""),
  }));
}

/** `${other}` is another query of the page; `${params.x}` and `${inputs.x.value}` are texts. */
function filledIn(sql: string, byName: ReadonlyMap<string, string>): string {
  return sql.replace(/\$\{\s*([^}]*?)\s*\}/g, (_, name: string) => {
    const query = byName.get(name);
    return query === undefined ? "" : `(${filledIn(query, byName)})`;
  });
}

import { sqlStructure } from "./part-column.ts";
import { COLUMNS, PART_NAMES } from "./report.ts";

/**
 * The SQL functions `published_<part>`, by which models read a row of a published version from its
 * JSON. A column that the version does not have is null.
 */
export function publishedFunctions(): string {
  return PART_NAMES.map(
    (part) => `
create or replace temp macro published_${part}(content) as from_json(
    content,
    '${sqlStructure(COLUMNS[part])}'
);
`,
  ).join("");
}

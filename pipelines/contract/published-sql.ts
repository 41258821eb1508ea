import { sqlReading } from "./part-column.ts";
import { COLUMNS, PART_NAMES, type Part } from "./report.ts";

/**
 * The SQL functions `published_<part>`, by which models read a row of a published version from its
 * JSON. A column that the version does not have is null.
 */
export function publishedFunctions(): string {
  return PART_NAMES.map(
    (part) =>
      `create or replace temp macro published_${part}(content) as ${sqlReading(COLUMNS[part], "content")};\n`,
  ).join("");
}

/** The parts whose mart holds their rows and nothing else; the marts of the others are files. */
const PLAIN_PARTS = [
  "cause",
  "item",
  "shortfall",
  "submission",
  "tally",
  "text",
  "unit",
] as const satisfies Part[];

/** Columns by which the marts of parts tell versions apart. */
const OF_VERSION: ReadonlySet<string> = new Set(["plan_id", "period", "version", "is_latest"]);

/**
 * The marts `report_<part>`: the rows of published versions as they were published. A column of the
 * part that has the name of one of the version is prefixed: `submission_period`.
 */
export function publishedMarts(): { readonly name: string; readonly sql: string }[] {
  return PLAIN_PARTS.map((part) => {
    const columns = Object.keys(COLUMNS[part]).map((name) => {
      const column = `stored.content."${name}"`;
      return OF_VERSION.has(name) ? `${column} as ${part}_${name}` : column;
    });
    return {
      name: `report_${part}`,
      sql: `-- Grain: published version × row of its part ${part}.
with

stored as (

    select
        publication_no,
        row_no,
        published_${part}(content) as content,
    from staging.publication_row
    where part = '${part}'

)

select
    publication.plan_id,
    publication.period,
    publication.version,
    publication.is_latest,
    stored.row_no,
    ${columns.join(",\n    ")},
from stored
inner join staging.publication as publication
    on stored.publication_no = publication.publication_no
`,
    };
  });
}

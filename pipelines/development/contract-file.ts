import { sqlStructure } from "../contract/part-column.ts";
import { COLUMNS, CONTRACT_VERSION, PART_NAMES } from "../contract/report.ts";

const HEAD = `-- Generated from pipelines/contract by npm run generate; not to be changed by
-- hand. How the rows of published versions are read, by contract ${CONTRACT_VERSION}. What an
-- earlier version has not is null.
`;

/** The functions by which models read the rows of each part, under their path in the project. */
export function contractFiles(): ReadonlyMap<string, string> {
  const macros = PART_NAMES.map(
    (part) => `
create or replace temp macro published_${part}(content) as from_json(
    content,
    '${sqlStructure(COLUMNS[part])}'
);
`,
  );
  return new Map([["models/contract.sql", `${HEAD}${macros.join("")}`]]);
}

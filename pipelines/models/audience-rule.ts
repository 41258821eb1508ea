import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readYaml } from "../warehouse/yaml-file.ts";
import type { BuiltColumn } from "./descriptions.ts";

const Names = z.array(z.string());

/** By mart its columns: `area_id`, or `city:file_name` for one that is null for the audience `shared`. */
const ColumnsOf = z.record(
  z.string(),
  z.string().transform((text) => text.split(/\s+/)),
);

const CITY = "city:";

/** `models/audience.yaml`: the marts whose views follow a rule. */
const AudienceRule = z.strictObject({
  whole: ColumnsOf,
  own_rows: ColumnsOf,
  derived: Names,
  inner: Names,
});

/** A model's name and text, and the file that it is from where that is not its own. */
export interface NamedSql {
  readonly name: string;
  readonly sql: string;
  readonly file?: string;
}

/**
 * The views of audiences that `audience.yaml` gives by rule; the others are files of `audience/`.
 * @param folder laid out like `models/`
 * @param written the files of `audience/`
 * @throws Failure for each mart that is in neither place, or in two
 */
export function audienceByRule(
  folder: string,
  marts: readonly NamedSql[],
  written: readonly NamedSql[],
): NamedSql[] {
  const file = join(folder, "audience.yaml");
  const { whole, own_rows, derived, inner } = readYaml(file, AudienceRule);
  const listed = [whole, own_rows].flatMap(Object.keys).concat(derived, inner);
  const placed = [...listed, ...written.map(({ name }) => name)];
  const known = new Set(marts.map(({ name }) => name));
  const problems = [
    ...[...known]
      .filter((name) => !placed.includes(name))
      .map(
        (name) =>
          `marts.${name} has no audience: list it in ${file} under whole (nothing in its rows is withheld), own_rows (its column audience says whose rows they are), derived (made of other marts) or inner (nobody sees it), or write ${join(folder, "audience", `${name}.sql`)}, which says what is withheld.`,
      ),
    ...placed
      .filter((name, at) => placed.indexOf(name) !== at)
      .map(
        (name) =>
          `marts.${name} has two audiences: keep one line in ${file}, or its file in ${join(folder, "audience")}.`,
      ),
    ...listed
      .filter((name) => !known.has(name))
      .map((name) => `${file} lists ${name}, which is no mart: delete it.`),
  ];
  if (problems.length > 0) throw new Failure(problems.join("\n"));
  const views = [
    ...Object.entries(whole).map(([name, columns]) => ({
      name,
      sql: namedColumns(
        name,
        columns,
        columns.some((column) => column.startsWith(CITY)) ? "cross join audience\n" : "",
      ),
    })),
    ...Object.entries(own_rows).map(([name, columns]) => ({
      name,
      sql: namedColumns(
        name,
        columns,
        `inner join audience\n    on ${name}.audience = audience.name\n`,
      ),
    })),
    ...marts
      .filter(({ name }) => derived.includes(name))
      .map(({ name, sql }) => ({
        name,
        sql: sql.replace(/\b(from|join) marts\./g, "$1 audience."),
      })),
  ];
  return views.map((view) => ({ ...view, file }));
}

const namedColumns = (mart: string, columns: readonly string[], audience: string): string =>
  `-- Grain: as the mart.
select
${columns
  .map((column) => {
    const name = column.replace(CITY, "");
    return name === column
      ? `    ${mart}.${name},`
      : `    if(audience.withholds, null, ${mart}.${name}) as ${name},`;
  })
  .join("\n")}
from marts.${mart}
${audience}`;

/** A model, as far as its columns are looked at here. */
interface ModelWithColumns {
  readonly layer: string;
  readonly name: string;
  readonly file: string;
  readonly reads: readonly string[];
  readonly columns: ReadonlySet<string>;
  readonly isOpen: boolean;
}

/**
 * What of the marts no view of an audience shows, by withholding it or as it is, and none uses to decide
 * that: whoever adds a column says who may see it.
 * @param built the columns of the marts
 * @throws Failure with each such column, and where to name it
 */
export function refuseUnnamedColumns(
  models: readonly ModelWithColumns[],
  built: readonly BuiltColumn[],
): void {
  const problems = models
    // the others read what an audience sees
    .filter(({ layer, reads }) => layer === "audience" && reads.some((id) => /^marts\./.test(id)))
    .flatMap(({ name, file, columns, isOpen }) => {
      if (isOpen) return [`${file} shows whatever marts.${name} has: name its columns one by one.`];
      return built
        .filter(({ table, column }) => table === name && !columns.has(column))
        .map(({ column }) => {
          const place = file.endsWith(".yaml")
            ? `under ${name} in ${file}, as ${CITY}${column}`
            : `in ${file}, within if(is_withheld, null, …) where it would reveal a withheld figure, within if(audience.withholds, null, …)`;
          return `marts.${name}.${column} is shown to nobody: name it ${place} where only the city may see it, by itself where everybody may.`;
        });
    });
  if (problems.length > 0) throw new Failure(problems.join("\n"));
}

import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readYaml } from "../warehouse/yaml-file.ts";

const Names = z.array(z.string());

/** `models/audience.yaml`: the marts whose views follow a rule. */
const AudienceRule = z.strictObject({ whole: Names, own_rows: Names, inner: Names });

/** A model's name and text. */
interface Named {
  readonly name: string;
  readonly sql: string;
}

/**
 * The views of audiences that `audience.yaml` gives by rule; the others are files of `audience/`.
 * @param folder laid out like `models/`
 * @param written the files of `audience/`
 * @throws Failure for each mart that is in neither place, or in two
 */
export function audienceByRule(
  folder: string,
  marts: readonly Named[],
  written: readonly Named[],
): Named[] {
  const file = join(folder, "audience.yaml");
  const { whole, own_rows, inner } = readYaml(file, AudienceRule);
  const listed = [...whole, ...own_rows, ...inner];
  const placed = [...listed, ...written.map(({ name }) => name)];
  const known = new Set(marts.map(({ name }) => name));
  const problems = [
    ...[...known]
      .filter((name) => !placed.includes(name))
      .map(
        (name) =>
          `marts.${name} has no audience: list it in ${file} under whole (nothing in it is withheld), own_rows (its column audience says whose rows they are) or inner (nobody sees it), or write ${join(folder, "audience", `${name}.sql`)}, which says what is withheld.`,
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
  return [
    ...whole.map((name) => ({ name, sql: wholeMart(name) })),
    ...own_rows.map((name) => ({ name, sql: ownRows(name) })),
  ];
}

const wholeMart = (name: string): string =>
  `-- Grain: as the mart. Nothing in it is withheld.
from marts.${name}
`;

const ownRows = (name: string): string =>
  `-- Grain: as the mart, for the audience.
select stored.* exclude (audience),
from marts.${name} as stored
inner join audience
    on stored.audience = audience.name
`;

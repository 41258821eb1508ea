import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Field } from "../warehouse/append-rows.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import { hasRows, makeTable, makeView, rowsOfModel } from "./intake-sql.ts";
import { fillTable } from "./intake-tables.ts";
import { knowPlans, knowPlansOf } from "./load-plans.ts";
import { periodKey } from "./name-key.ts";
import { type Named, type NameFinder, nameFinder } from "./name-match.ts";

/** A file with more texts than this in place of codes is left to the checks as it is. */
const MAX_NAMES = 50_000;

/**
 * Puts codes in the place of names in `csv_reading`, where a plan, period, unit, measure or area is
 * named so that only one can be meant. A name means what bears it on the last day of the period. What
 * is no code and stays open is left as it is; `name_fault` then says why of areas.
 * Needs `csv_claim`, `csv_area` and `csv_measure`, see `listCodes`.
 */
export async function resolveNames(connection: DuckDBConnection): Promise<void> {
  await fillTable(connection, "name_fault", []);
  await knowPlansOf(connection, "csv_plan");
  // one look whether there is anything but codes at all
  if (!(await hasRows(connection, "unresolved"))) return;
  const plans = await resolveColumn(connection, "plan", []);
  await knowPlans(
    connection,
    plans.map(({ code }) => code),
  );
  await resolvePeriods(connection);
  await resolveColumn(connection, "unit", ["plan", "period"]);
  await resolveColumn(connection, "measure", ["plan"]);
  await resolveAreas(connection);
}

/** Makes the small tables of the texts that `csv_reading` has in its columns of codes. */
export async function listCodes(connection: DuckDBConnection): Promise<void> {
  for (const name of ["csv_claim", "csv_area", "csv_measure"]) await makeTable(connection, name);
  for (const name of ["unresolved_area", "unresolved_measure"]) await makeView(connection, name);
}

type Column = "plan" | "period" | "unit" | "measure" | "area";

/** A text in a column of codes, within its plan and period. */
const Scoped = z.object({ plan: z.string(), period: z.string(), text: z.string() });
type Scoped = Readonly<z.infer<typeof Scoped>>;

const PeriodName = z.object({ plan: z.string(), code: z.string(), name: z.string() });

/** A name of what is known in a plan and period; `area_id` where it is an area. */
const KnownName = z.object({
  plan: z.string(),
  period: z.string(),
  code: z.string(),
  name: z.string().nullable(),
  area_id: WholeNumber.optional(),
});

const KnownArea = z.object({ area_id: WholeNumber, code: z.string(), name: z.string() });
const RenamedArea = z.object({ area_id: WholeNumber, successor_id: WholeNumber });

interface Resolved extends Scoped {
  readonly code: string;
}

/** Resolves the texts of a column that can mean one thing only, within their plan and period. */
async function resolveColumn(
  connection: DuckDBConnection,
  column: Column,
  scope: readonly ("plan" | "period")[],
): Promise<readonly Resolved[]> {
  const texts = await textsFor(connection, `text_for_${column}`);
  const finder = await finderByScope(connection, texts, `name_of_${column}`);
  const resolved = texts.flatMap((one) => {
    const [meant, other] = finder(one).find(one.text);
    return meant === undefined || other !== undefined ? [] : [{ ...one, code: meant.code }];
  });
  await put(connection, column, resolved, scope);
  return resolved;
}

async function resolvePeriods(connection: DuckDBConnection): Promise<void> {
  const texts = await textsFor(connection, "text_for_period");
  if (texts.length === 0) return;
  const known = await rowsOfModel(connection, "name_of_period", PeriodName);
  const resolved = texts.flatMap((one): Resolved[] => {
    const key = periodKey(one.text);
    const isMeant = (name: string): boolean => key !== "" && periodKey(name) === key;
    const meant = known.filter(
      ({ plan, code, name }) => plan === one.plan && [name, code].some(isMeant),
    );
    const [code, ...others] = new Set(meant.map((period) => period.code));
    return code !== undefined && others.length === 0 ? [{ ...one, code }] : [];
  });
  await put(connection, "period", resolved, ["plan"]);
}

async function resolveAreas(connection: DuckDBConnection): Promise<void> {
  const texts = await textsFor(connection, "text_for_area");
  const finder = await finderByScope(connection, texts, "name_of_area");
  const history = await readHistory(connection);
  const resolved: Resolved[] = [];
  const faults: Field[][] = [];
  for (const one of texts) {
    const valid = finder(one);
    const meant = valid.find(one.text);
    const others = meant.length > 0 ? [] : history.find(one.text);
    const renamed = others.flatMap(({ areaId }) => history.sameAs(areaId));
    const codes = new Set([
      ...meant.map(({ code }) => code),
      ...valid.known.filter(({ areaId }) => renamed.includes(areaId)).map(({ code }) => code),
    ]);
    const [code] = codes;
    const [other] = others;
    if (code !== undefined && codes.size === 1) resolved.push({ ...one, code });
    else if (code !== undefined) {
      const known = [...meant]
        .sort((a, b) => a.code.localeCompare(b.code, "en"))
        .map(({ names, ...area }) => `${names[0]} (${area.code})`)
        .join(", ");
      faults.push([one.plan, one.period, one.text, "area_name_unclear", null, known]);
    } else if (other !== undefined) {
      faults.push([one.plan, one.period, one.text, "area_name_not_valid", other.areaId, null]);
    }
  }
  await put(connection, "area", resolved, ["plan", "period"]);
  await fillTable(connection, "name_fault", faults);
}

interface NamedArea extends Named {
  readonly areaId: number;
}

/** All areas there are or were, and which of them are the same one under another name. */
interface History {
  find(text: string): readonly NamedArea[];
  readonly sameAs: Renamings;
}

async function readHistory(connection: DuckDBConnection): Promise<History> {
  const places = await rowsOfModel(connection, "known_area", KnownArea);
  const known = places.map(({ area_id, code, name }) => ({
    areaId: area_id,
    code,
    names: [name],
  }));
  return { find: nameFinder(known), sameAs: await findRenamings(connection) };
}

/** Finds by the key of an area the keys under which the same area was known before, and is later. */
export type Renamings = (areaId: number) => readonly number[];

/** An area whose only part is one other area, which went into nothing else, is that one renamed. */
export async function findRenamings(connection: DuckDBConnection): Promise<Renamings> {
  const renamings = await rowsOfModel(connection, "renamed_area", RenamedArea);
  const pairs = renamings.map((row) => [row.area_id, row.successor_id] as const);
  const after = new Map(pairs);
  const before = new Map(pairs.map(([earlier, later]) => [later, earlier]));
  const follow = (steps: ReadonlyMap<number, number>, areaId: number): number[] => {
    const found = new Set<number>();
    for (let next = steps.get(areaId); next !== undefined && !found.has(next); ) {
      found.add(next);
      next = steps.get(next);
    }
    return [...found];
  };
  return (areaId) => [...follow(before, areaId), ...follow(after, areaId)];
}

/** The texts that a model finds in the place of codes. */
async function textsFor(connection: DuckDBConnection, model: string): Promise<Scoped[]> {
  const rows = await rowsOfModel(connection, model, Scoped, { limit: MAX_NAMES + 1 });
  return rows.length > MAX_NAMES ? [] : rows;
}

interface KnownNames {
  readonly known: readonly NamedArea[];
  readonly find: NameFinder<NamedArea>;
}

/**
 * The names that are known in the plan and period of each text.
 * @param model of rows of `plan, period, code, name`, and `area_id` where they name areas
 */
async function finderByScope(
  connection: DuckDBConnection,
  texts: readonly Scoped[],
  model: string,
): Promise<(one: Scoped) => KnownNames> {
  const scopes = new Set(texts.map(scopeOf));
  const known = new Map<string, Map<string, { areaId: number; code: string; names: string[] }>>();
  for (const row of texts.length === 0 ? [] : await rowsOfModel(connection, model, KnownName)) {
    const scope = scopeOf(row);
    if (!scopes.has(scope) || row.name === null) continue;
    const named = known.get(scope) ?? new Map();
    known.set(scope, named);
    const { code, name } = row;
    const one = named.get(code) ?? { areaId: row.area_id ?? 0, code, names: [] };
    named.set(code, one);
    one.names.push(name);
  }
  const finders = new Map<string, KnownNames>();
  return (one) => {
    const scope = scopeOf(one);
    const there = finders.get(scope);
    if (there !== undefined) return there;
    const names = [...(known.get(scope)?.values() ?? [])];
    const finder = { known: names, find: nameFinder(names) };
    finders.set(scope, finder);
    return finder;
  };
}

function scopeOf({ plan, period }: Pick<Scoped, "plan" | "period">): string {
  return JSON.stringify([plan, period]);
}

/** Puts the codes into `csv_reading`, where plan and period are those of the text. */
async function put(
  connection: DuckDBConnection,
  column: Column,
  resolved: readonly Resolved[],
  scope: readonly ("plan" | "period")[],
): Promise<void> {
  if (resolved.length === 0) return;
  await fillTable(
    connection,
    "csv_name",
    resolved.map(({ plan, period, text, code }) => [plan, period, text, code]),
  );
  const where = scope.map((one) => ` and csv_reading.${one} = csv_name.${one}`).join("");
  await connection.run(
    `update memory.intake.csv_reading as csv_reading set ${column} = csv_name.code
    from memory.intake.csv_name as csv_name
    where csv_reading.${column} = csv_name.text${where}`,
  );
  await listCodes(connection);
}

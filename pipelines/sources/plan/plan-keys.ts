import { z } from "zod";
import { PlanWords } from "./plan.ts";
import { valueAt } from "./plan-path.ts";

/** As much of JSON Schema as that of a plan file has. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
}

let known: JsonSchema | undefined;

/** The JSON Schema of a plan file as it is written, with what each key means. */
export function planJsonSchema(): JsonSchema {
  known ??= z.toJSONSchema(PlanWords, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return known;
}

/** The keys that an object at a path of a plan file may have, with what each means. */
export function keysAt(
  data: unknown,
  path: readonly PropertyKey[],
): Readonly<Record<string, JsonSchema>> {
  return Object.assign({}, ...objectsAt(data, path).map(({ properties }) => properties ?? {}));
}

/** The object schemas at a path of a plan file; only those of its `kind` where the data has one. */
export function objectsAt(data: unknown, path: readonly PropertyKey[]): JsonSchema[] {
  let schemas: readonly JsonSchema[] = [planJsonSchema()];
  path.forEach((step, depth) => {
    schemas = schemas.flatMap((one) => within(one, step, valueAt(data, path.slice(0, depth))));
  });
  return schemas.flatMap((one) => objectsOf(one, valueAt(data, path)));
}

/** The schemas of the value at a key or index. */
function within(schema: JsonSchema, step: PropertyKey, value: unknown): JsonSchema[] {
  if (typeof step === "number") {
    return alternatives(schema).flatMap(({ items }) => (items === undefined ? [] : [items]));
  }
  return objectsOf(schema, value).flatMap(({ properties, additionalProperties }) => {
    const property = properties?.[String(step)];
    if (property !== undefined) return [property];
    return typeof additionalProperties === "object" ? [additionalProperties] : [];
  });
}

/** The objects that a schema allows; where a value has a `kind`, those of that kind. */
function objectsOf(schema: JsonSchema, value: unknown): JsonSchema[] {
  const objects = alternatives(schema).filter(({ type }) => type === "object");
  const kind = valueAt(value, ["kind"]);
  const meant = objects.filter(({ properties }) => valueAt(properties, ["kind", "const"]) === kind);
  return kind !== undefined && meant.length > 0 ? meant : objects;
}

/** The ways in which something may be written. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  const ways = schema.anyOf ?? schema.oneOf;
  return ways === undefined ? [schema] : ways.flatMap(alternatives);
}

import type { Catalogue } from "./catalogue.ts";

/** Kinds of areas as their names begin, «Phường Hoàng Văn Thụ»; the rest may be a person's name. */
const KIND_OF_AREA = /^(?:tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|xã|đặc khu)\s+/iu;

/** Every text of plans, areas and units, and the names of areas without their kinds. */
export function* textsOfCatalogue(catalogue: Catalogue): Generator<string> {
  for (const { name } of catalogue.areas) yield name.replace(KIND_OF_AREA, "");
  yield* textsIn(catalogue.plans, new Set());
  yield* textsIn(catalogue.areas, new Set());
  // of units the names alone: their contacts are persons
  for (const { name } of catalogue.officeUnits) yield name;
}

function* textsIn(value: unknown, seen: Set<object>): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  const members = value instanceof Map ? value.values() : Object.values(value);
  for (const one of members) yield* textsIn(one, seen);
}

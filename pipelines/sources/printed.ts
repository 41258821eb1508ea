import type { Catalogue } from "./catalogue.ts";

/** Kinds of areas at the beginning of names; the rest may be a person's name. */
const KIND_OF_AREA = /^(?:tỉnh|thành phố|thị xã|thị trấn|quận|huyện|phường|xã|đặc khu)\s+/iu;

const known = new WeakMap<Catalogue, ReadonlySet<string>>();

/** Every text of plans, areas and units, and the names of areas without their kinds. */
export function textsOfCatalogue(catalogue: Catalogue): ReadonlySet<string> {
  const there = known.get(catalogue);
  if (there !== undefined) return there;
  const texts = new Set<string>();
  for (const { name } of catalogue.areas) texts.add(name.replace(KIND_OF_AREA, ""));
  for (const plan of catalogue.plans) {
    // the places where measures are reported name units and measures, which are there already
    addTextsIn({ ...plan, places: [] }, texts, new Set());
  }
  addTextsIn(catalogue.areas, texts, new Set());
  // of units the names alone: their contacts are persons
  for (const { name } of catalogue.officeUnits) texts.add(name);
  known.set(catalogue, texts);
  return texts;
}

function addTextsIn(value: object, texts: Set<string>, seen: Set<object>): void {
  if (seen.has(value)) return;
  seen.add(value);
  const members: Iterable<unknown> =
    value instanceof Map ? value.values() : Array.isArray(value) ? value : Object.values(value);
  for (const one of members) {
    if (typeof one === "string") texts.add(one);
    else if (typeof one === "object" && one !== null) addTextsIn(one, texts, seen);
  }
}

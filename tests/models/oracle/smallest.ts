/**
 * Everything that is one step smaller than a value, greater steps first: a list of parts without some
 * of them, no part where there may be none. What comes out may make no sense, which is for the caller
 * to find out.
 */
export function smaller<T>(value: T): T[] {
  const sized = cuts(value).map((one) => ({ one, size: JSON.stringify(one).length }));
  return sized.sort((a, b) => a.size - b.size).map(({ one }) => one as T);
}

/** Everything that is as great as a value, and a step plainer: a lesser number, a simpler word. */
export function plainer<T>(value: T, words: readonly string[]): T[] {
  return simpler(value, words) as T[];
}

function cuts(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (list.every((one) => typeof one !== "object")) return list.length > 1 ? [[], [list[0]]] : [];
    const without: unknown[] = [];
    for (
      let size = Math.ceil(list.length / 2);
      size > 0;
      size = size > 1 ? Math.ceil(size / 2) : 0
    ) {
      for (let start = 0; start < list.length; start += size) {
        without.push(list.filter((_, position) => position < start || position >= start + size));
      }
    }
    return [...without, ...within(list, cuts)];
  }
  if (typeof value !== "object" || value === null) return [];
  return [null, ...inside(value, cuts)];
}

function simpler(value: unknown, words: readonly string[]): unknown[] {
  const step = (one: unknown): unknown[] => simpler(one, words);
  if (Array.isArray(value)) return within(value, step);
  if (typeof value === "object" && value !== null) return inside(value, step);
  if (typeof value === "number" && value !== 0) {
    const nearer = [0, Math.trunc(value / 2), value - Math.sign(value)];
    return [null, ...new Set(nearer)].filter((one) => one !== value);
  }
  if (typeof value === "string") {
    // words come the simplest first
    const place = words.indexOf(value);
    return place === -1 ? [...words] : words.slice(0, place);
  }
  return value === true ? [false] : [];
}

function within(list: readonly unknown[], step: (one: unknown) => unknown[]): unknown[] {
  return list.flatMap((one, position) =>
    step(one).map((next) => list.map((old, other) => (other === position ? next : old))),
  );
}

function inside(value: object, step: (one: unknown) => unknown[]): unknown[] {
  return Object.entries(value).flatMap(([name, one]) =>
    step(one).map((next) => ({ ...value, [name]: next })),
  );
}

/**
 * A number from 0 up to 1 that depends on nothing but the seed and what it is drawn for, so that one
 * more measure or unit does not change what the others draw.
 */
export function draw(seed: number, ...what: readonly (string | number)[]): number {
  return mulberry32(hash(`${seed}|${what.join("|")}`));
}

/** A whole number from `least` to `most`, both possible. */
export function drawWhole(
  least: number,
  most: number,
  seed: number,
  ...what: readonly (string | number)[]
): number {
  return least + Math.floor(draw(seed, ...what) * (most - least + 1));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** First number of Tommy Ettinger's mulberry32 for a state. */
function mulberry32(state: number): number {
  let value = (state + 0x6d2b79f5) | 0;
  value = Math.imul(value ^ (value >>> 15), value | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
}

// Positions of texts in a chart, without overlap.

import { textWidth } from "./axis.ts";

/** A text by the height that it would like to have. */
interface Wanted {
  readonly y: number;
}

/**
 * Heights at which texts stand, in the order that they were given: as near as can be to where they
 * would like to, and at least `gap` apart.
 * @param floor lowest allowed position
 */
export function spread(wanted: readonly Wanted[], gap: number, floor: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a]?.y ?? 0) - (wanted[b]?.y ?? 0));
  const at = wanted.map(({ y }) => y);
  let least = -Infinity;
  for (const i of order) {
    at[i] = Math.max(at[i] ?? 0, least);
    least = (at[i] ?? 0) + gap;
  }
  let most = floor;
  for (const i of order.reverse()) {
    at[i] = Math.min(at[i] ?? 0, most);
    most = (at[i] ?? 0) - gap;
  }
  return at;
}

/** A name that is no longer than so many letters. */
export function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;
}

/** Position of a text beside a point, and its anchored end. */
type Beside = {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end" | "middle";
};

/**
 * Positions of the names of points: beside, above or below, without covering names or points.
 * @returns null where there is no room for it
 * @param size of the letters
 * @param width of the drawing
 */
export function besidePoints(
  points: readonly { readonly x: number; readonly y: number; readonly text: string }[],
  size: number,
  width: number,
): (Beside | null)[] {
  const radius = 7;
  const taken = points.map(({ x, y }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  return points.map(({ x, y, text }, index) => {
    const wide = textWidth(text, size);
    const tries: Beside[] = [
      { x: x + 9, y: y + 4, anchor: "start" },
      { x: x - 9, y: y + 4, anchor: "end" },
      { x, y: y - 10, anchor: "middle" },
      { x, y: y + 20, anchor: "middle" },
    ];
    for (const one of tries) {
      const left = one.x - { start: 0, middle: wide / 2, end: wide }[one.anchor];
      const box = { left, right: left + wide, top: one.y - size, bottom: one.y + 3 };
      const isFree =
        box.left >= 0 &&
        box.right <= width &&
        taken.every(
          (other, i) =>
            i === index ||
            other.left > box.right ||
            other.right < box.left ||
            other.top > box.bottom ||
            other.bottom < box.top,
        );
      if (!isFree) continue;
      taken.push(box);
      return one;
    }
    return null;
  });
}

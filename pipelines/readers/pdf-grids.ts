import { z } from "zod";

/** A table by its lines: where its rows and columns part, from the top and from the left. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** A line of a page, along one axis. */
interface Rule {
  readonly isLevel: boolean;
  /** Where it stands on the other axis. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

type Matrix = readonly [number, number, number, number, number, number];
type Operators = { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] };

/** Lines so near each other are one, as the two sides of a thin stroke. */
const NEAR = 3;
/** Shorter ones are letters or signs. */
const SHORTEST = 8;
/** Of the width of a table: a line so long parts all of its cells. */
const WHOLE = 0.9;
const Path = z.tuple([z.number(), z.array(z.instanceof(Float32Array)).min(1)]).rest(z.unknown());
const Six = z.union([z.array(z.number()), z.instanceof(Float32Array)]);
/** More are a drawing. */
const MOST_RULES = 4000;

/** The tables that the strokes of a page draw. @param codes what pdf.js calls its operators */
export function gridsOf(
  { fnArray, argsArray }: Operators,
  codes: Readonly<Record<string, number>>,
): Grid[] {
  const painted = new Set(
    ["stroke", "closeStroke", "fill", "eoFill", "fillStroke", "eoFillStroke"].map(
      (name) => codes[name],
    ),
  );
  const rules: Rule[] = [];
  const kept: Matrix[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [index, code] of fnArray.entries()) {
    const args = argsArray[index];
    if (code === codes.save) kept.push(matrix);
    else if (code === codes.restore) matrix = kept.pop() ?? matrix;
    else if (code === codes.transform)
      matrix = times(matrix, [...(Six.safeParse(args).data ?? [])]);
    else if (code === codes.constructPath) {
      const { data } = Path.safeParse(args);
      if (data === undefined || !painted.has(data[0])) continue;
      for (const path of data[1]) rules.push(...rulesOf(path, matrix));
    }
  }
  return (rules.length > MOST_RULES ? [] : grouped(rules)).flatMap((group) => gridOf(group) ?? []);
}

function times(
  [a, b, c, d, e, f]: Matrix,
  [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0]: number[],
): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** The straight parts of a path; pdf.js writes it as 0 x y, 1 x y, 2 and 3 for curves, 4 for its end. */
function rulesOf(path: Float32Array, [a, b, c, d, e, f]: Matrix): Rule[] {
  const found: Rule[] = [];
  const at = (index: number): [number, number] => {
    const [x, y] = [path[index] ?? 0, path[index + 1] ?? 0];
    return [a * x + c * y + e, b * x + d * y + f];
  };
  let [start, last]: [number, number][] = [at(1), at(1)];
  for (let index = 0; index < path.length; ) {
    const kind = path[index];
    const next = kind === 4 ? start : at(index + (kind === 2 ? 5 : kind === 3 ? 3 : 1));
    if (kind === 0) start = next;
    else if (kind !== 2 && kind !== 3 && last !== undefined && next !== undefined) {
      const [[x, y], [u, v]] = [last, next];
      const isLevel = Math.abs(y - v) < 1;
      const [from, to] = isLevel
        ? [Math.min(x, u), Math.max(x, u)]
        : [Math.min(y, v), Math.max(y, v)];
      if ((isLevel || Math.abs(x - u) < 1) && to - from > SHORTEST)
        found.push({ isLevel, at: isLevel ? y : x, from, to });
    }
    last = next;
    index += kind === 4 ? 1 : kind === 2 ? 7 : kind === 3 ? 5 : 3;
  }
  return found;
}

function isTouching(one: Rule, other: Rule): boolean {
  const isOn = (rule: Rule, at: number): boolean => at > rule.from - NEAR && at < rule.to + NEAR;
  if (one.isLevel !== other.isLevel) return isOn(one, other.at) && isOn(other, one.at);
  return (
    Math.abs(one.at - other.at) < NEAR && one.from < other.to + NEAR && other.from < one.to + NEAR
  );
}

/** Lines that touch each other, directly or by others. */
function grouped(rules: readonly Rule[]): Rule[][] {
  const rest = new Set(rules);
  const groups: Rule[][] = [];
  for (const rule of rest) {
    rest.delete(rule);
    const group = [rule];
    for (const one of group)
      for (const other of rest)
        if (isTouching(one, other)) {
          rest.delete(other);
          group.push(other);
        }
    groups.push(group);
  }
  return groups;
}

/** A head of several levels is one row: only a line over the whole width ends it. */
function gridOf(rules: readonly Rule[]): Grid | null {
  const xs = places(rules.filter(({ isLevel }) => !isLevel).map(({ at }) => at));
  const level = rules.filter(({ isLevel }) => isLevel);
  const all = places(level.map(({ at }) => at)).reverse();
  const width = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
  const isWhole = (y: number): boolean => {
    const parts = level.filter(({ at }) => Math.abs(at - y) < NEAR);
    const cells = xs.slice(1).filter((x, index) => {
      const middle = (x + (xs[index] ?? x)) / 2;
      return parts.some(({ from, to }) => from < middle && middle < to);
    });
    return cells.length >= WHOLE * (xs.length - 1);
  };
  const head = all.findIndex((y, index) => index > 0 && isWhole(y));
  const ys = head < 0 ? [] : [...all.slice(0, 1), ...all.slice(head)];
  return xs.length < 3 || ys.length < 3 || width < SHORTEST ? null : { xs, ys };
}

/** Places in order, those near each other as one. */
function places(some: readonly number[]): number[] {
  const found: number[] = [];
  for (const at of [...some].sort((one, other) => one - other))
    if (found.length === 0 || at - (found.at(-1) ?? 0) >= NEAR) found.push(at);
  return found;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// The formulas are those of WCAG 2.2 (relative luminance, contrast), of CIE L*a*b* (difference) and of
// Machado, Oliveira and Fernandes 2009 (how the colour-blind see).

type Tokens = Readonly<Record<string, string>>;
type Three = readonly [number, number, number];

const css = readFileSync(join(import.meta.dirname, "../../reports/pages/look/tokens.css"), "utf8");

/** The variables of the rule that `selector` opens. */
function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no rule ${selector}`);
  const body = css.slice(start).match(/\{([^}]*)\}/)?.[1] ?? "";
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const light = tokensOf(":root");
const dark = tokensOf(':root[data-theme="dark"]');
const THEMES: readonly (readonly [string, Tokens])[] = [
  ["light", light],
  ["dark", { ...light, ...dark }],
];

/** Red, green and blue as amounts of light. */
function linear(colour: string): Three {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/);
  const part = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function luminance([r, g, b]: Three): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(linear(one)), luminance(linear(other))].sort(
    (a, b) => a - b,
  );
  return (high + 0.05) / (low + 0.05);
}

function lab(light: Three): Three {
  const [r, g, b] = light.map((part) => Math.min(1, Math.max(0, part))) as unknown as Three;
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(luminance([r, g, b]));
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const SIGHTS: Readonly<Record<string, readonly [Three, Three, Three]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far apart two colours look to somebody. */
function difference(one: string, other: string, sight: readonly [Three, Three, Three]): number {
  const seen = (colour: string): Three => {
    const light = linear(colour);
    const mixed = sight.map((row) => row.reduce((sum, part, i) => sum + part * (light[i] ?? 0), 0));
    return lab(mixed as unknown as Three);
  };
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

const SURFACES = ["paper", "wash", "hover"];
const STATUSES = ["met", "on_track", "behind", "not_met"];
const WASHES = [...STATUSES, "none"].map((status) => `${status}-wash`);

/** Text and what it stands on. */
const TEXT: readonly (readonly [string, string])[] = [
  ...["ink", "soft", "link", "none-text"].flatMap((text) =>
    SURFACES.map((on) => [text, on] as const),
  ),
  ...["ink", "none-text"].flatMap((text) => WASHES.map((on) => [text, on] as const)),
  ...[...STATUSES, "none"].flatMap((status) =>
    [...SURFACES, `${status}-wash`].map((on) => [`${status}-text`, on] as const),
  ),
  ["ink", "track"],
  ["link", "on_track-wash"],
  ["link", "behind-wash"],
  ["on-brand", "brand"],
  ["on-brand-soft", "brand"],
  ["on-head", "head"],
  ["on-head-soft", "head"],
  ["demo-text", "demo"],
  ["internal-text", "internal"],
  ["tag-text", "tag"],
];

/** Lines and marks that mean something, and what they stand on. */
const MARKS: readonly (readonly [string, string])[] = [
  ...["line-strong", "focus", "brand", "series", "target", "none", ...STATUSES].flatMap((mark) =>
    ["paper", "wash"].map((on) => [mark, on] as const),
  ),
  ["target", "track"],
  ["on-head", "head"],
  ["on-head-line", "head"],
  ["tag-line", "paper"],
];

describe.each(THEMES)("%s", (_, tokens) => {
  test.each(TEXT)("text: %s is read on %s", (text, on) => {
    expect(contrast(tokens[text] ?? "", tokens[on] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)("mark: %s is seen on %s", (mark, on) => {
    expect(contrast(tokens[mark] ?? "", tokens[on] ?? "")).toBeGreaterThanOrEqual(3);
  });

  const pairs = STATUSES.flatMap((one, i) =>
    STATUSES.slice(i + 1).map((other) => [one, other] as const),
  );

  test.each(pairs)("%s and %s differ for the colour-blind and in grey", (one, other) => {
    const [a, b] = [tokens[one] ?? "", tokens[other] ?? ""];
    for (const [name, sight] of Object.entries(SIGHTS)) {
      expect({ name, apart: difference(a, b, sight) > 12 }).toEqual({ name, apart: true });
    }
    expect(Math.abs(lab(linear(a))[0] - lab(linear(b))[0]), "lightness").toBeGreaterThan(5);
  });
});

test("dark says every colour again", () => {
  const colours = Object.keys(light).filter((name) => light[name]?.startsWith("#"));
  expect(Object.keys(dark)).toEqual(colours);
});

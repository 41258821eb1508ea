import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { evidenceThemes } from "@evidence-dev/tailwind/vite-plugin";
import { LIBRARY } from "./evidence-components.js";

/** What Evidence calls its colours, and which of ours in `tokens.css` each is. */
const SURFACES = {
  "base-100": "paper",
  "base-200": "wash",
  "base-300": "line",
  "base-content": "ink",
  "base-content-muted": "soft",
  "base-heading": "ink",
};
const ACCENTS = { primary: "link", secondary: "soft", accent: "link" };
const VERDICTS = { info: "on_track", positive: "met", warning: "behind", negative: "not_met" };

/** Series of a chart, in their order; those of a heat map, from few to many. */
const SERIES = ["series", "behind", "met", "none", "not_met", "on_track"];
const SCALE = ["wash", "behind", "not_met"];

/**
 * Evidence's themes in our colours, for what draws by itself. A chart also takes every colour of
 * `tokens.css` by its own name, so that of a status by its tone.
 * @param {string} id of the module that Evidence has them in
 */
export async function themesModule(id) {
  const { load } = evidenceThemes();
  const { themes, themesConfig } = await import(
    `data:text/javascript,${encodeURIComponent(await load(id))}`
  );
  const css = readFileSync(resolve("../../pages/look/tokens.css"), "utf8");
  const [light = {}, dark = {}] = css.split('data-theme="dark"').map(tokensOf);
  for (const [name, tokens] of Object.entries({ light, dark: { ...light, ...dark } })) {
    const theme = themes[name];
    Object.assign(theme.colors, tokens);
    for (const [colour, token] of Object.entries({ ...SURFACES, ...ACCENTS, ...VERDICTS })) {
      theme.colors[colour] = tokens[token];
    }
    theme.colorPalettes.default = SERIES.map((token) => tokens[token]);
    theme.colorScales.default = SCALE.map((token) => tokens[token]);
  }
  return `
    export const themesConfig = ${JSON.stringify(themesConfig)};
    export const themes = ${JSON.stringify(themes)};
  `;
}

/**
 * The colours of a part of `tokens.css` by their names.
 * @param {string} css
 * @returns {Record<string, string>}
 */
function tokensOf(css) {
  return Object.fromEntries(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]+);/g)].map(([, name, colour]) => [name, colour]),
  );
}

/**
 * A colour with some opacity, which tells light from dark by itself.
 * @param {string} name of one in `tokens.css`
 * @returns {any} a function that Tailwind takes for a colour, of which its types know nothing
 */
const token = (name) =>
  function colour(/** @type {{ opacityValue?: string }} */ { opacityValue }) {
    return opacityValue === undefined || String(opacityValue).startsWith("var(")
      ? `var(--${name})`
      : `color-mix(in srgb, var(--${name}) calc(${opacityValue} * 100%), transparent)`;
  };

/** The colours of classes: text of a verdict has the colour of its words. */
const CLASS_COLOURS = Object.fromEntries([
  ...Object.entries({ ...SURFACES, ...ACCENTS }),
  ...Object.entries(VERDICTS).map(([name, own]) => [name, `${own}-text`]),
  ...Object.keys({ ...ACCENTS, ...VERDICTS }).map((name) => [`${name}-content`, "paper"]),
]);

/**
 * The classes of Evidence's components, for the pages that use some.
 * @type {import("tailwindcss").Config}
 */
export const classesConfig = {
  content: [
    join(LIBRARY, "{atoms,unsorted}/**/!(*.stories|*.story).{js,svelte}"),
    join(LIBRARY, "utils.js"),
  ],
  corePlugins: { preflight: false },
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: Object.fromEntries(
        Object.entries(CLASS_COLOURS).map(([name, own]) => [name, token(own)]),
      ),
      fontFamily: { sans: "inherit" },
    },
  },
};

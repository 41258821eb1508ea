// The classes of Evidence's components, for the pages that use some, in the colours of `tokens.css`.
const { dirname, join } = require("node:path");

const library = dirname(require.resolve("@evidence-dev/core-components"));

/** What Evidence calls its colours, and which of ours each is. */
const COLOURS = {
  "base-100": "paper",
  "base-200": "wash",
  "base-300": "line",
  "base-content": "ink",
  "base-content-muted": "soft",
  "base-heading": "ink",
  primary: "link",
  "primary-content": "paper",
  secondary: "soft",
  "secondary-content": "paper",
  accent: "link",
  "accent-content": "paper",
  info: "on_track-text",
  "info-content": "paper",
  positive: "met-text",
  "positive-content": "paper",
  warning: "behind-text",
  "warning-content": "paper",
  negative: "not_met-text",
  "negative-content": "paper",
};

/**
 * A colour with some opacity, which tells light from dark by itself.
 * @param {string} name
 * @returns {any} a function that Tailwind takes for a colour, of which its types know nothing
 */
const token = (name) =>
  function colour(/** @type {{ opacityValue?: string }} */ { opacityValue }) {
    return opacityValue === undefined || String(opacityValue).startsWith("var(")
      ? `var(--${name})`
      : `color-mix(in srgb, var(--${name}) calc(${opacityValue} * 100%), transparent)`;
  };

/** @type {import("tailwindcss").Config} */
module.exports = {
  content: [
    join(library, "{atoms,unsorted}/**/!(*.stories|*.story).{js,svelte}"),
    join(library, "utils.js"),
  ],
  corePlugins: { preflight: false },
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    extend: {
      colors: Object.fromEntries(
        Object.entries(COLOURS).map(([name, own]) => [name, token(own)]),
      ),
      fontFamily: { sans: "inherit" },
    },
  },
};

import { parsers, printers } from "prettier/plugins/markdown";

/**
 * Markdown as prettier has it, but the columns of a table are padded only where all of it fits the
 * width: a long cell would pad every other row, and a change to it would change them all.
 */
const markdown = {
  parsers,
  printers: {
    mdast: {
      ...printers.mdast,
      print: (path, options, print, args) => {
        const isTable = path.node.type === "table";
        const proseWrap = isTable ? "never" : options.proseWrap;
        return printers.mdast.print(path, { ...options, proseWrap }, print, args);
      },
    },
  },
};

/**
 * Svelte and Markdown, pages of Evidence among it; everything else is biome's. White space between
 * inline elements is text that a reader sees: it stays as it is written.
 * @type {import("prettier").Config}
 */
export default {
  printWidth: 100,
  tabWidth: 2,
  proseWrap: "preserve",
  htmlWhitespaceSensitivity: "css",
  plugins: ["prettier-plugin-svelte", markdown],
  overrides: [{ files: "*.svelte", options: { parser: "svelte" } }],
};

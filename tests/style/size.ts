import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** Lines of code of the product (`pipelines`, `models`, `reports`) and of its tests. */
export type Size = { readonly product: number; readonly tests: number };

const PRODUCT = ["pipelines", "models", "reports"];
/** What a line that is a comment begins with; of blocks, how they begin and end. */
const LINE = /^(?:\/\/|\{?\/\*.*\*\/)/;
const BLOCKS = { ".svelte": [/^(?:\/\*|\{\/\*|<!--)/, /\*\/|-->/] } as const;
const BLOCK = [/^\{?\/\*/, /\*\//] as const;
const COMMENTS: Readonly<Record<string, RegExp>> = { ".sql": /^--/, ".yaml": /^#|^\/\// };
const CODE = /\.(?:ts|tsx|js|mjs|cjs|svelte|css|sql|yaml|md)$/;
const MADE = /generated (?:by|from)|made by `?npm run generate/i;

/**
 * Counts the files that git keeps, without fixtures and without what is generated.
 * @param root folder of a checkout
 */
export function sizeOf(root: string): Size {
  const files = execFileSync("git", ["ls-files", "-z", ...PRODUCT, "tests"], { cwd: root });
  const size = { product: 0, tests: 0 };
  for (const file of files.toString().split("\0")) {
    if (!CODE.test(file) || /^tests\/fixtures\/|__snapshots__/.test(file)) continue;
    const text = readFileSync(join(root, file), "utf8");
    const isTest = file.startsWith("tests/");
    if (isTest || !MADE.test(text.slice(0, 400)))
      size[isTest ? "tests" : "product"] += linesOf(text, extname(file));
  }
  return size;
}

/** Lines of a text that are neither blank nor a comment of their own. */
export function linesOf(text: string, kind: string): number {
  const [begin, end] = kind === ".svelte" ? BLOCKS[kind] : BLOCK;
  const comment = COMMENTS[kind] ?? LINE;
  let count = 0;
  let isInside = false;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const isComment = isInside || begin.test(line);
    if (isComment) isInside = !end.test(line);
    else if (line !== "" && !comment.test(line)) count += 1;
  }
  return count;
}

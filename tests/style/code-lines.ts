import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";

/** The folders whose code is weighed, each by its rooms. */
const PARTS = ["pipelines", "models", "reports", "tests"];
/** How a comment begins and ends, by the kind of file; a line of code with a comment behind is code. */
const C = [
  ["//", "\n"],
  ["/*", "*/"],
  ["{/*", "*/}"],
] as const;
const COMMENTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  ".ts": C,
  ".tsx": C,
  ".js": C,
  ".mjs": C,
  ".cjs": C,
  ".css": [["/*", "*/"]],
  ".svelte": [["<!--", "-->"], ...C],
  ".md": [],
  ".sql": [["--", "\n"]],
  ".yaml": [["#", "\n"]],
};

/**
 * Lines of code of each room of a project, fixtures left out: neither blank nor a comment alone.
 * @param root the folder of a checkout
 * @returns by room: `pipelines/desk`, or `pipelines` for the files beside the rooms
 */
export function codeLines(root: string): Map<string, number> {
  const found = new Map<string, number>();
  const files = execFileSync("git", ["ls-files", "-z", ...PARTS], { cwd: root });
  for (const file of files.toString().split("\0")) {
    const comments = COMMENTS[extname(file)];
    if (comments === undefined || file.startsWith("tests/fixtures/")) continue;
    const room = file
      .split("/")
      .slice(0, 2)
      .join("/")
      .replace(`/${basename(file)}`, "");
    const lines = linesOf(readFileSync(join(root, file), "utf8"), comments);
    found.set(room, (found.get(room) ?? 0) + lines);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lines of a text that are neither blank nor within a comment that begins a line. */
export function linesOf(text: string, comments: readonly (readonly [string, string])[]): number {
  let count = 0;
  let end = "";
  for (const line of text.split("\n").map((one) => `${one.trim()}\n`)) {
    const [begin = "", close = ""] = end
      ? ["", end]
      : (comments.find(([start]) => line.startsWith(start)) ?? []);
    if (close !== "") end = line.includes(close, begin.length) ? "" : close;
    else if (line !== "\n") count += 1;
  }
  return count;
}

export const TYPESCRIPT = C;

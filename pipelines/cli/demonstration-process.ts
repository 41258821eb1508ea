import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { StoryMessage } from "./demonstration-story.ts";
import { makeDemonstration } from "./make-demonstration.ts";
import { plainFailure } from "./plain-failure.ts";
import { publishedPages } from "./shown-pages.ts";

// Makes the demonstration in a process of its own, which ends with who has started it.

const [sources = "", folder = ""] = process.argv.slice(2);
const paths = warehousePaths(folder);

const tell = (message: StoryMessage): void => {
  if (process.connected) process.send?.(message);
};
const saying = (kind: "out" | "warn" | "progress") => (text: string) => tell({ kind, text });

const context: Context = {
  out: saying("out"),
  warn: saying("warn"),
  progress: saying("progress"),
  step: (done, total, text) => tell({ kind: "step", done, total, text }),
  refuse: () => undefined,
};

process.umask(0o077);
process.once("disconnect", () => process.exit());
// Ctrl-C reaches every process of a window: who has started this one ends it
process.on("SIGINT", () => undefined);

try {
  const onFirstFigures = (): void => tell({ kind: "first figures" });
  const pageOf = publishedPages(paths, context);
  await makeDemonstration({ sources, paths, pageOf, onFirstFigures }, context);
  tell({ kind: "told" });
} catch (error) {
  const plain = await plainFailure(error, paths).catch(() => error);
  tell({ kind: "failed", reason: plain instanceof Error ? plain.message : String(plain) });
}
process.disconnect?.();

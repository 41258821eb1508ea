import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { startCommand } from "./command.ts";
import { describeProblems, type SiteProblem } from "./site-problem.ts";
import type { Workspace } from "./workspace.ts";

/** Pages that were rendered or are to be taken over. */
export interface RenderedPages {
  /** Folder with those that were rendered, and the rows of their queries. */
  readonly folder: string;
  /** How many pages these are. */
  readonly rendered: number;
  /** Files of the site that is shown which are to be taken over, by their paths within it. */
  readonly taken: readonly string[];
  /** Folders of plans that are to be taken over as a whole. */
  readonly folders: readonly string[];
  /** Addresses of the bundle's files that all these pages name. */
  readonly assets: readonly string[];
  /**
   * File that says what each page was made from which is in no folder of a plan: `KEPT_LIST` of the
   * site that is made of them. Those folders have their own.
   */
  readonly list: string;
}

/** Lies in a site, and in its plans' folders where there are several, and is served to nobody. */
export const KEPT_LIST = ".pages.json";

const MADE = "made.json";
const Made = z.object({
  rendered: z.int(),
  taken: z.array(z.string()),
  folders: z.array(z.string()),
  assets: z.array(z.string()),
});

const Progress = z.object({ done: z.int(), known: z.int() });

/** What renders pages, as a program of its own that has been loaded. */
export interface Renderer {
  /**
   * Renders every page that another one links to, starting with those that have no parameter. A page
   * that was made of the same rows by the same program is to be taken from the site that is shown.
   * @param untouched folders of plans there that lie as their build has left them
   * @throws Failure that names each page that failed, its query and why
   */
  render(untouched: readonly string[]): Promise<RenderedPages>;
  /** Ends the program, if it has not ended yet. */
  stop(): void;
}

/** What pages are rendered from. */
export interface RenderRequest {
  /** Digest of all that makes pages of marts. */
  readonly program: string;
  /** What `runSources` will have made when `render` is called. */
  readonly tables: string;
  /** Folder of the site that is shown; it may not be there. */
  readonly shown: string;
  /** Told now and then how many pages are done, of those that are known of so far. */
  readonly onProgress?: (done: number, known: number) => void;
}

/** Loads what renders pages, while their tables are made. */
export async function startRenderer(
  workspace: Workspace,
  { program, tables, shown, onProgress }: RenderRequest,
  log: string,
): Promise<Renderer> {
  const folder = join(workspace.work, "rendered");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "pages"), { recursive: true });
  const problems = join(folder, "problems.jsonl");
  const running = await startCommand({
    purpose: "rendering the pages",
    script: join(workspace.reports, "prerender.js"),
    args: [workspace.bundles.own, workspace.bundles.evidence, shown, program, KEPT_LIST, MADE],
    folder,
    environment: {
      CHITIEU_PROBLEMS: problems,
      CHITIEU_RESULTS: pathToFileURL(join(workspace.reports, "results.js")).href,
      CHITIEU_TABLES: tables,
    },
    log,
    onMessage: (message) => {
      const { done, known } = Progress.parse(message);
      onProgress?.(done, known);
    },
  });
  // it may end before anybody waits for it
  const crashed = running.ended.then(
    () => null,
    (crash: unknown) => ({ crash }),
  );
  return {
    render: async (untouched) => {
      running.tell(JSON.stringify(untouched));
      const end = await crashed;
      const found = existsSync(problems) ? readProblems(await readFile(problems, "utf8")) : [];
      if (found.length > 0) throw new Failure(describeProblems("The site has failed pages", found));
      if (end !== null) throw end.crash;
      const made = Made.parse(JSON.parse(await readFile(join(folder, MADE), "utf8")));
      return { ...made, folder: join(folder, "pages"), list: join(folder, KEPT_LIST) };
    },
    stop: running.stop,
  };
}

/** One line of problems.jsonl: written where the page fails, and once more where it is linked from. */
const ProblemLine = z.object({
  page: z.string(),
  status: z.int(),
  message: z.string().optional(),
  referrer: z.string().nullish(),
});

/** Merges the lines of each page into one problem. */
function readProblems(text: string): SiteProblem[] {
  const pages = new Map<string, z.infer<typeof ProblemLine>>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const problem = ProblemLine.parse(JSON.parse(line));
    pages.set(problem.page, { ...pages.get(problem.page), ...problem });
  }
  return [...pages.values()].map(({ page, status, message, referrer }) => ({
    page,
    found:
      status === 404
        ? `there is no such page${referrer ? `, but ${referrer} links to it` : ""}`
        : (message?.split("\n", 1)[0] ?? `failed with status ${status}`),
  }));
}

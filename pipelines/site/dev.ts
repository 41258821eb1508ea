import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { Failure } from "../vocabulary/failure.ts";
import { unlessMissing } from "../warehouse/files.ts";
import { listFiles } from "./bundle.ts";
import { commandEnvironment } from "./command.ts";
import { layOutProject, placeInProject } from "./project.ts";
import { writeTables } from "./site-tables.ts";
import { MACROS } from "./source-queries.ts";
import type { Bundler, Workspace } from "./workspace.ts";

/** What live pages are made from. */
export interface DevOptions {
  /** Path of marts.duckdb. */
  readonly marts: string;
  readonly audience: Audience;
  readonly workspace: Workspace;
  readonly bundler: Bundler;
  readonly host: string;
  /** The next free one is taken when it is in use. */
  readonly port: number;
  /** Folders and files, besides those of `reports/`, from which `rebuild` makes the marts. */
  readonly modelInputs: readonly string[];
  /** Builds the marts anew. @returns their path */
  rebuild(): Promise<string>;
  /** Told what happens, and what went wrong. */
  readonly out: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** How often files are looked at. Looking works on network drives too, where notices get lost. */
const LOOK_MS = 250;

/** How long Vite may take to start. */
const START_MS = 60_000;

/** What runs the queries anew when it changes. */
const QUERIES = ["sources", ...MACROS];

/**
 * Serves the pages live until it is told to end: a change to a component or page is seen at once, one
 * to a source query when the queries have run, one to a model when the marts have been built. The kept
 * bundle and the warehouse stay as they are.
 * @throws Failure when a query fails at the start, or the server does not start
 */
export async function developPages(options: DevOptions): Promise<void> {
  const { workspace, out, warn, signal } = options;
  const folder = join(workspace.work, "template-dev");
  const data = join(workspace.work, "dev");
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  await layOutProject(workspace, options.bundler, folder);

  let marts = options.marts;
  let tables = "";
  const runQueries = async (): Promise<void> => {
    const next = join(data, `pages-${Date.now()}.duckdb`);
    await writeTables({ workspace, marts, downloads: [], audience: options.audience }, next);
    if (tables !== "") await rm(tables, { force: true });
    tables = next;
  };
  out("Đang chạy các truy vấn của trang");
  await runQueries();

  const server = startVite(options, folder, tables);
  try {
    out(`${await addressOf(server)}  (Ctrl-C để dừng)`);
    const watched: Watched[] = [
      {
        paths: ["pages", "template", "partials", "queries", "components"].map((name) =>
          join(workspace.reports, name),
        ),
        act: async (changed) => {
          await updateProject(workspace, folder, changed);
          await compile(server, workspace, folder, changed);
        },
      },
      {
        paths: QUERIES.map((name) => join(workspace.reports, name)),
        act: async () => {
          await runQueries();
          server.send({ tables });
        },
      },
      {
        paths: options.modelInputs,
        act: async () => {
          marts = await options.rebuild();
          await runQueries();
          server.send({ tables });
        },
      },
    ];
    await Promise.race([exitOf(server), watch(watched, signal, { out, warn, server })]);
    if (!signal.aborted) throw new Failure("Máy chủ sửa trang đã dừng; lý do ở trên.");
  } finally {
    server.kill();
    await rm(data, { recursive: true, force: true });
  }
}

function startVite(options: DevOptions, folder: string, tables: string): ChildProcess {
  const { workspace, bundler, host, port } = options;
  const args = ["dev", "--host", host, "--port", String(port), "--logLevel", "warn"];
  const child = spawn(process.execPath, [bundler.vite, ...args], {
    cwd: folder,
    env: commandEnvironment({
      CHITIEU_LIVE: "1",
      CHITIEU_RESULTS: join(workspace.reports, "results.js"),
      CHITIEU_TABLES: tables,
    }),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  // Whoever is interrupted must not leave a server running.
  process.once("exit", () => child.kill());
  return child;
}

/** The address at which the server reports that it listens. */
async function addressOf(server: ChildProcess): Promise<string> {
  const message = await Promise.race([nextMessage(server), exitOf(server), sleep(START_MS)]);
  if (
    typeof message !== "object" ||
    message === null ||
    !("address" in message) ||
    !("port" in message)
  ) {
    throw new Failure("Máy chủ sửa trang không khởi động; lý do ở trên.");
  }
  const host = String(message.address);
  return `http://${host.includes(":") ? `[${host}]` : host}:${message.port}`;
}

function exitOf(server: ChildProcess): Promise<void> {
  return new Promise((done) => server.once("exit", () => done()));
}

/** Puts changed files of `reports/` into the laid out project, where Vite sees them. */
async function updateProject(
  workspace: Workspace,
  folder: string,
  changed: ReadonlySet<string>,
): Promise<void> {
  for (const file of changed) {
    const place = placeInProject(relative(workspace.reports, file));
    if (place === undefined) continue;
    const to = join(folder, place);
    await mkdir(dirname(to), { recursive: true });
    const copied = copyFile(file, to).then(() => true);
    if (!(await unlessMissing(copied))) await rm(to, { force: true });
  }
}

const Faults = z.object({
  faults: z.array(
    z.object({
      file: z.string(),
      message: z.string(),
      line: z.number().optional(),
      frame: z.string().optional(),
    }),
  ),
});

/**
 * Has the server compile pages and components that have changed.
 * @throws Failure with the file, the line and what is wrong there
 */
async function compile(
  server: ChildProcess,
  { reports }: Workspace,
  folder: string,
  changed: ReadonlySet<string>,
): Promise<void> {
  const places = new Map(
    [...changed]
      .filter((file) => /^(pages|components)\b.*\.(svelte|md)$/.test(relative(reports, file)))
      .filter((file) => existsSync(file))
      .map((file) => {
        const place = placeInProject(relative(reports, file));
        return [place === undefined ? file : join(folder, place), file];
      }),
  );
  if (places.size === 0) return;
  server.send({ changed: [...places.keys()] });
  const answer = await Promise.race([nextMessage(server), exitOf(server)]);
  const { faults } = Faults.parse(answer ?? { faults: [] });
  if (faults.length === 0) return;
  const told = faults.map(async ({ file, line, message, frame = "" }) => {
    const source = places.get(file) ?? file;
    const [, shown = ""] = new RegExp(`^\\s*${line} \\| (.*)$`, "m").exec(frame) ?? [];
    const text = shown.trim();
    // the compiler counts the lines of what the file was made into
    const lines = (await readFile(source, "utf8")).split("\n").map((one) => one.trim());
    const isSure = text !== "" && lines.indexOf(text) === lines.lastIndexOf(text);
    const no = isSure ? lines.indexOf(text) + 1 : 0;
    const place = `${relative(process.cwd(), source)}${no > 0 ? `:${no}` : ""}`;
    return [`${place}: ${message.replace(/^.*?:\d+:\d+ /, "")}`, text].join("\n").trim();
  });
  throw new Failure((await Promise.all(told)).join("\n"));
}

function nextMessage(server: ChildProcess): Promise<unknown> {
  return new Promise((done) => server.once("message", done));
}

/** Files that are looked at, and what is done when some of them have changed. */
interface Watched {
  readonly paths: readonly string[];
  act(changed: ReadonlySet<string>): Promise<void>;
}

interface Reporting {
  readonly out: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly server: ChildProcess;
}

/** Looks at files until it is told to end. Errors are printed and shown, and it is tried again later. */
async function watch(
  watched: readonly Watched[],
  signal: AbortSignal,
  { out, warn, server }: Reporting,
): Promise<void> {
  const known = await Promise.all(watched.map(({ paths }) => lookAt(paths)));
  while (!signal.aborted) {
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    for (const [index, { paths, act }] of watched.entries()) {
      const now = await lookAt(paths);
      const before = known[index] ?? now;
      known[index] = now;
      const changed = new Set([...now, ...before].map(([path]) => path));
      for (const path of changed) if (now.get(path) === before.get(path)) changed.delete(path);
      if (changed.size === 0) continue;
      const started = performance.now();
      const names = [...changed].map((path) => relative(process.cwd(), path)).join(", ");
      try {
        await act(changed);
        out(`${names}: hiện sau ${((performance.now() - started) / 1000).toFixed(1)} giây`);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        warn(error.message);
        server.send({ problem: error.message });
      }
    }
  }
}

/** What tells one state of the files under some paths from another, by path. */
async function lookAt(paths: readonly string[]): Promise<Map<string, string>> {
  const state = new Map<string, string>();
  for (const file of await listFiles(paths.map((one) => resolve(one)))) {
    const found = await stat(file, { bigint: true }).catch(() => null);
    if (found !== null) state.set(file, `${found.ino} ${found.size} ${found.mtimeNs}`);
  }
  return state;
}

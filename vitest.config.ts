import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { isStale, PROGRAM_FILES } from "./pipelines/development/made-files.ts";
import {
  drawsRandomly,
  LANES,
  laneOf,
  opensBrowser,
  PAGES_WANTED,
  partsOf,
  ROOT,
  testFiles,
} from "./tests/lanes.ts";

// Tests load files that git does not keep; every command of a checkout makes those that are stale.
const stale = await Promise.all(PROGRAM_FILES.map((made) => isStale(ROOT, made)));
if (stale.includes(true)) {
  const made = spawnSync(process.execPath, [join(ROOT, "bin", "chitieu.mjs"), "--version"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  // it has said why
  if (made.status !== 0) process.exit(1);
}

const files = testFiles().map((file) => ({ file, lane: laneOf(file) }));
/** The project of tests of random inputs that a run draws for itself. */
const ANEW = "drawn-anew";
/** The project of all that is not long: two lanes in one, so that a worker loads the program once. */
const SHORT = "short";
const drawn = files
  .filter(({ file, lane }) => lane !== "long" && drawsRandomly(file))
  .map(({ file }) => file);
const inLane = (lane: string) => files.filter((one) => one.lane === lane).map(({ file }) => file);

/** A number of the commit's own, so that one that is green stays so; any without git. */
function seedOfCommit(): number {
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD^{tree}"], { cwd: ROOT });
  return status === 0 ? Number.parseInt(String(stdout).slice(0, 7), 16) : Date.now() % 2 ** 31;
}

/**
 * What random inputs are drawn from, for the workers: always the same, but for `drawn-anew`, where each
 * commit has its own. This file is read once for each lane, in one process.
 */
const isDrawnAnew = process.argv.includes(ANEW);
if (process.env.CHITIEU_DRAWN_FROM === undefined) {
  const seed = process.env.CHITIEU_SEED ?? (isDrawnAnew ? String(seedOfCommit()) : "1");
  process.env.CHITIEU_DRAWN_FROM = seed;
  if (isDrawnAnew) console.log(`random inputs of this run: CHITIEU_SEED=${seed}`);
}

/**
 * An allocator that suits DuckDB better, where it is installed (Debian's libjemalloc2): a tenth of the
 * processor time of models.
 */
const JEMALLOC = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2";
if (existsSync(JEMALLOC)) process.env.LD_PRELOAD ??= JEMALLOC;

/** Before files that open a browser, so much of the others: then the pages are made. */
const PAGES_BEGIN = 0.4;

/** How much is written for a test file: it and what it imports of `tests/`, in bytes. */
function sizeOf({ moduleId }: TestSpecification): number {
  const file = relative(ROOT, moduleId);
  const helpers = [...partsOf(file)].filter((part) => /^tests\/.*\.ts$/.test(part));
  return [file, ...helpers].reduce((size, part) => size + statSync(join(ROOT, part)).size, 0);
}

/**
 * Slow lanes first, and of a lane what there is much of, helpers included, so that no long file is last:
 * a fresh clone knows of no durations, and the dearest test is ten lines of imports. Files that open a
 * browser come when the pages are made, which begins at once, and spread among the others, so that one
 * computes while another waits.
 */
class Spread extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(specifications.map((one) => [one, sizeOf(one)]));
    const sorted = specifications.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
    const laneIn = ({ moduleId, project }: TestSpecification) =>
      project.name === SHORT ? laneOf(relative(ROOT, moduleId)) : project.name;
    const lanes: readonly string[] = [ANEW, ...LANES].reverse();
    return lanes.flatMap((lane) => {
      const ofLane = sorted.filter((one) => laneIn(one) === lane);
      const isPage = ({ moduleId }: TestSpecification) => opensBrowser(relative(ROOT, moduleId));
      const [pages, others] = [ofLane.filter(isPage), ofLane.filter((one) => !isPage(one))];
      const [first] = pages;
      if (first !== undefined) process.env[PAGES_WANTED] = first.project.name;
      const begin = others.length * PAGES_BEGIN;
      const step = (others.length - begin) / pages.length;
      return [...pages.entries()].reduceRight(
        (list, [at, page]) => list.toSpliced(Math.floor(begin + at * step), 0, page),
        others,
      );
    });
  }
}

export default defineConfig({
  test: {
    // For what hangs: a machine that does much else at a time takes ten times as long as an idle one.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    expect: { poll: { timeout: 120_000 } },
    // Two more than there are cores: files also wait, for the disk, a file to be at rest, a browser.
    maxWorkers: availableParallelism() + 2,
    setupFiles: ["tests/setup.ts"],
    coverage: { include: ["pipelines/**/*.ts"], reporter: [["text", { skipFull: true }]] },
    sequence: { sequencer: Spread },
    // To load the program anew for each file takes longer than many of them; no helper keeps what
    // one file ends, see `tests/lanes.test.ts`, and those of pages share a browser.
    isolate: false,
    projects: [
      ...[...LANES, ...(process.argv.includes(SHORT) ? [SHORT] : [])].map((name) => ({
        extends: true as const,
        test: {
          name,
          ...(name !== "fast" && { globalSetup: ["tests/e2e/setup.ts"] }),
          include: name === SHORT ? [...inLane("slow"), ...inLane("fast")] : inLane(name),
        },
      })),
      // The other lanes' tests of random inputs, with those of this run.
      ...(isDrawnAnew ? [{ extends: true as const, test: { name: ANEW, include: drawn } }] : []),
    ],
  },
});

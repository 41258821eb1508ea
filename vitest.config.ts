import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { LANES, laneOf, partsOf, ROOT, testFiles } from "./tests/lanes.ts";

const files = testFiles().map((file) => ({ file, lane: laneOf(file) }));

/** Long files that wait more than they work, and for no page. */
const WAITING = ["tests/cli/watch-command.test.ts", "tests/ledger/killed.test.ts"];

/**
 * The slow lanes first, in them those that go through every page, so that no long file is last. The
 * first of them makes the site, for which all others of pages would wait, so that beside it run files
 * that need none.
 */
class SlowFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const lanes: readonly string[] = LANES;
    const rank = ({ project, moduleId }: TestSpecification) =>
      2 * lanes.indexOf(project.name) +
      (partsOf(relative(ROOT, moduleId)).has("tests/e2e/crawl.ts") ? 1 : 0);
    const sorted = (await super.sort(specifications)).sort((a, b) => rank(b) - rank(a));
    const isWaiting = ({ moduleId }: TestSpecification) =>
      WAITING.includes(relative(ROOT, moduleId));
    const [first = [], waiting, others] = [
      sorted.slice(0, 1),
      sorted.slice(1).filter(isWaiting),
      sorted.slice(1).filter((one) => !isWaiting(one)),
    ];
    return [...first, ...waiting, ...others];
  }
}

export default defineConfig({
  test: {
    // For what hangs: a machine that does much else at a time takes ten times as long as an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // Two more than there are cores: files also wait, for the disk, a file to be at rest, a browser.
    maxWorkers: availableParallelism() + 2,
    setupFiles: ["tests/setup.ts"],
    coverage: { include: ["pipelines/**/*.ts"], reporter: ["json-summary"] },
    sequence: { sequencer: SlowFirst },
    projects: LANES.map((lane) => ({
      extends: true,
      test: {
        name: lane,
        include: files.filter((one) => one.lane === lane).map(({ file }) => file),
        // To load the program anew for each file takes longer than many of them; no helper keeps what
        // one file ends, see `tests/lanes.test.ts`, and those of pages share a browser.
        isolate: false,
      },
    })),
  },
});

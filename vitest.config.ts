import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { isStale, PROGRAM_FILES } from "./pipelines/development/made-files.ts";
import { LANES, laneOf, ROOT, testFiles } from "./tests/lanes.ts";

// Tests load files that git does not keep; every command of a checkout makes those that are stale.
const stale = await Promise.all(PROGRAM_FILES.map((made) => isStale(ROOT, made)));
if (stale.includes(true)) {
  execFileSync(process.execPath, [join(ROOT, "bin", "chitieu.mjs"), "--version"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

const files = testFiles().map((file) => ({ file, lane: laneOf(file) }));

/** The slow lanes first, so that no long file is last. */
class SlowFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const lanes: readonly string[] = LANES;
    const rank = ({ project }: TestSpecification) => lanes.indexOf(project.name);
    return (await super.sort(specifications)).sort((a, b) => rank(b) - rank(a));
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
        ...((lane === "e2e" || lane === "long") && { globalSetup: ["tests/e2e/setup.ts"] }),
        include: files.filter((one) => one.lane === lane).map(({ file }) => file),
        // To load the program anew for each file takes longer than many of them; no helper keeps what
        // one file ends, see `tests/lanes.test.ts`, and those of pages share a browser.
        isolate: false,
      },
    })),
  },
});

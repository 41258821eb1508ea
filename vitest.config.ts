import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { LANES, laneOf, testFiles } from "./tests/lanes.ts";

const files = testFiles().map((file) => ({ file, lane: laneOf(file) }));

/** The slow lanes first, so that no long file is left for the end. */
class SlowFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const lanes: readonly string[] = LANES;
    const rank = ({ project }: TestSpecification) => lanes.indexOf(project.name);
    const sorted = await super.sort(specifications);
    return sorted.sort((a, b) => rank(b) - rank(a));
  }
}

export default defineConfig({
  test: {
    testTimeout: 150_000,
    hookTimeout: 300_000,
    maxWorkers: "100%",
    sequence: { sequencer: SlowFirst },
    projects: LANES.map((lane) => ({
      extends: true,
      test: {
        name: lane,
        include: files.filter((one) => one.lane === lane).map(({ file }) => file),
        // Nothing that a fast test imports keeps a state.
        isolate: lane !== "fast",
      },
    })),
  },
});

import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, expect } from "vitest";
import { drawFrom } from "../pipelines/warehouse/random.ts";
import { measureCost } from "./cost.ts";
import { sourceOf } from "./drawn-source.ts";
import { removeFolders } from "./folders.ts";

// Runs before each test file, in a worker whose modules may be those of the file before.

/** What has to come out the same on all threads, as users have them. */
const ON_ALL_THREADS = /\/demo\/unchanged\.long\.test\.ts$/;

measureCost();

/** What random inputs are drawn from, by the lane: `vitest.config.ts`. Who fails prints it. */
const seed = Number(process.env.CHITIEU_DRAWN_FROM);
fc.configureGlobal({ seed });

/**
 * So are keys, nonces, secrets and names that the program draws in a worker. What stays random: what
 * started programs draw, since nothing in their surroundings may make a key known; names of temporary
 * folders, numbers of processes and ports, which the system gives so that files may run side by side; the
 * moment where a test gives none; the load in `tests/bench`. None of it is in what a test expects.
 */
const { testPath = "" } = expect.getState();
drawFrom(sourceOf(seed, testPath));

/**
 * DuckDB on one thread: files run side by side, one for each core, and tables of a hundred rows take
 * half as much again where two threads share them. Programs that tests start have all threads.
 */
const { create } = DuckDBInstance;
if (!ON_ALL_THREADS.test(testPath)) {
  DuckDBInstance.create = (path, options) => create(path, { threads: "1", ...options });
}

afterAll(() => {
  DuckDBInstance.create = create;
  removeFolders();
});

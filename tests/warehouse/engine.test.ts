import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  isLeftSpill,
  readValue,
  spillingInto,
  withConnection,
} from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Where pages are rendered nothing of `pipelines` is loaded. */
const PAGES = "reports/page-tables.js";

test("an engine is started in one place, and where pages are, and gets its limits there", () => {
  const starts = ["pipelines", "reports", "packaging", "bin"]
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => /\.(?:ts|tsx|js|mjs|svelte)$/.test(name) && !name.includes("node_modules"))
    .filter((name) =>
      /DuckDBInstance\s*\.|instanceCache/i.test(readFileSync(join(ROOT, name), "utf8")),
    );
  expect(starts).toEqual(["pipelines/warehouse/connection.ts", PAGES]);
  expect(readFileSync(join(ROOT, PAGES), "utf8")).toMatch(/create\([^)]*memory_limit: "1000MB"/);
});

/** More than fits into 60 MB. */
const ROWS = "select range as no, hash(range)::varchar as said from range(3_000_000)";

test("an engine has a limit, and what exceeds it fails where it may not spill", async () => {
  const limit = "select value from duckdb_settings() where name = 'memory_limit'";
  await withConnection(async (connection) => {
    expect(await readValue(connection, z.string(), limit)).toBe("953.6 MiB");
  });
  const many = withConnection((connection) => connection.run(`create table many as ${ROWS}`), {
    ...{ memory_limit: "60MB", threads: "1" },
  });
  await expect(many).rejects.toThrow("Out of Memory");
});

test("two engines that spill into one warehouse keep apart, and leave nothing", async () => {
  const folder = newFolder();
  const settings = () => ({ ...spillingInto({ folder }), memory_limit: "60MB", threads: "1" });
  const wrong = "select count(*)::integer from many where said <> hash(no)::varchar";
  await withConnection(async (one) => {
    await one.run(`create table many as ${ROWS}`);
    await withConnection(async (other) => {
      await other.run(`create table many as ${ROWS}`);
      expect(readdirSync(folder)).toHaveLength(2);
      expect(await readValue(other, z.int(), wrong)).toBe(0);
    }, settings());
    expect(await readValue(one, z.int(), wrong)).toBe(0);
  }, settings());
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["a process that is gone", ".spill-999999999-a", true],
  ["one that runs", `.spill-${process.ppid}-a`, false],
  ["this one", `.spill-${process.pid}-a`, false],
  ["another folder", "archive", false],
])("what an engine spilled is left over by %s", (_, name, isLeft) => {
  expect(isLeftSpill(name)).toBe(isLeft);
});

import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { run, runHere } from "./run.ts";

test("the city's pages are not shown at an address that others can reach", async () => {
  const folder = newFolder("serve");
  for (const site of ["site", "site-noi-bo"]) {
    mkdirSync(join(folder, site));
    writeFileSync(join(folder, site, "index.html"), "<!doctype html>");
  }
  for (const host of ["0.0.0.0", "::", "192.168.1.5", "chitieu.local"]) {
    const { code, err } = await runHere([
      "serve",
      "--audience",
      "city",
      "--host",
      host,
      "--warehouse",
      folder,
    ]);
    expect([host, code]).toEqual([host, 1]);
    expect(err).toContain("không mở ở");
  }
});

test.skipIf(process.platform === "win32")(
  "what a command writes into the warehouse is for its user alone",
  async () => {
    const folder = newFolder("modes");
    const warehouse = join(folder, "warehouse");
    writeFileSync(join(folder, "a.csv"), "a,b\n1,2\n");
    await run(["ingest", join(folder, "a.csv"), "--warehouse", warehouse]);
    const modes = ["", ...readdirSync(warehouse, { recursive: true, encoding: "utf8" })].map(
      (name) => {
        const entry = statSync(join(warehouse, name));
        return `${entry.isDirectory() ? "folder" : "file"} ${(entry.mode & 0o777).toString(8)}`;
      },
    );
    expect(modes.length).toBeGreaterThan(4);
    expect([...new Set(modes)].sort()).toEqual(["file 600", "folder 700"]);
  },
);

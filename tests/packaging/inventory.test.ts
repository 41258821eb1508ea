import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  ALLOWED,
  billOfMaterials,
  bundledPackages,
  installedPackages,
  notices,
  writeInventory,
} from "../../packaging/inventory.ts";
import { newFolder } from "../folders.ts";

const ROOT = join(import.meta.dirname, "../..");
const OWN = { name: "chitieu", version: "1.2.3" };

const Lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

/** What is installed where chitieu runs, by the lock. */
function atRunTime() {
  const lock = Lock.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  return Object.entries(lock.packages).filter(
    ([path, { dev, devOptional, link, inBundle }]) =>
      path.startsWith("node_modules/") &&
      ![dev, devOptional, link, inBundle].some((one) => one === true),
  );
}

test("where chitieu runs there are fewer than seventy-five packages, of which npm says where from and under which licence", () => {
  const found = atRunTime();
  const bound = found.filter(([path]) =>
    /\/(@node-rs\/argon2-|@duckdb\/node-bindings-)/.test(path),
  );
  expect(found.length - bound.length + 2).toBeLessThan(75);
  for (const [path, { integrity, license }] of found) {
    expect([path, integrity?.startsWith("sha512-")]).toEqual([path, true]);
    if (!/\/(json-bignum|png-js)$/.test(path)) {
      expect([path, ALLOWED.some((one) => one === license)]).toEqual([path, true]);
    }
  }
  const names = found.map(([path]) => path);
  for (const one of ["vite", "svelte", "typescript", "echarts"]) {
    expect(names).not.toContain(`node_modules/${one}`);
  }
});

function folderWithPackages(): string {
  const folder = newFolder("chitieu-inventory-");
  const put = (path: string, manifest: object, licence: string | null) => {
    const at = join(folder, "node_modules", path);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, "package.json"), JSON.stringify(manifest));
    if (licence !== null) writeFileSync(join(at, "LICENSE.md"), licence);
  };
  put("b", { name: "b", version: "2.0.0", license: "MIT" }, "MIT text");
  put("@a/c", { name: "@a/c", version: "1.0.0", license: { type: "ISC" } }, "MIT text");
  put(
    "b/node_modules/d",
    { name: "d", version: "3.0.0", licenses: [{ type: "(MIT OR Apache-2.0)" }] },
    null,
  );
  writeFileSync(
    join(folder, "package-lock.json"),
    JSON.stringify({ packages: { "node_modules/b": { integrity: "sha512-AAECAw==" } } }),
  );
  return folder;
}

test("a bill of materials in CycloneDX names each package, its licence and its digest", async () => {
  const folder = folderWithPackages();
  const shipped = await installedPackages(folder, join(folder, "package-lock.json"));
  const bill = billOfMaterials(OWN, shipped, new Date("2030-01-01T00:00:00Z"));
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: expect.stringMatching(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    metadata: { timestamp: "2030-01-01T00:00:00.000Z", component: OWN },
  });
  expect(bill.components.map(({ purl, licenses, hashes }) => ({ purl, licenses, hashes }))).toEqual(
    [
      { purl: "pkg:npm/%40a/c@1.0.0", licenses: [{ license: { id: "ISC" } }], hashes: undefined },
      {
        purl: "pkg:npm/b@2.0.0",
        licenses: [{ license: { id: "MIT" } }],
        hashes: [{ alg: "SHA-512", content: "00010203" }],
      },
      {
        purl: "pkg:npm/d@3.0.0",
        licenses: [{ expression: "(MIT OR Apache-2.0)" }],
        hashes: undefined,
      },
    ],
  );
  expect(bill.dependencies[0]?.dependsOn).toHaveLength(3);
});

test("the notices have each text once, above it whose it is", async () => {
  const folder = folderWithPackages();
  const shipped = await installedPackages(folder, join(folder, "package-lock.json"));
  const text = notices(shipped);
  expect(text.match(/MIT text/g)).toHaveLength(1);
  expect(text).toContain("@a/c 1.0.0 (ISC)\nb 2.0.0 (MIT)\n\nMIT text");
  expect(text).toContain("d 3.0.0 ((MIT OR Apache-2.0))\n\nIts package brings no text");
  await writeInventory(folder, OWN, shipped, new Date(0));
  expect(readFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), "utf8")).toBe(text);
  expect(JSON.parse(readFileSync(join(folder, "sbom.cdx.json"), "utf8")).components).toHaveLength(
    3,
  );
});

test("a package that names no licence ends a release", async () => {
  const folder = folderWithPackages();
  const path = join(folder, "node_modules/b/package.json");
  writeFileSync(path, JSON.stringify({ name: "b", version: "2.0.0" }));
  await expect(installedPackages(folder, join(folder, "package-lock.json"))).rejects.toThrow(
    "b 2.0.0 names no licence",
  );
});

test("what the pages are bundled from may be shipped, with its text", async () => {
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, "reports/package.json"), "utf8"),
  );
  const shipped = await bundledPackages(ROOT, Object.keys(devDependencies));
  expect(shipped.find(({ name }) => name === "@fontsource-variable/inter")).toMatchObject({
    licence: "OFL-1.1",
    text: expect.stringContaining("SIL OPEN FONT LICENSE"),
  });
  const others = shipped.filter(({ licence }) => !ALLOWED.some((one) => one === licence));
  expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
});

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";

/** A package in a release, or one that its pages are bundled from. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, or what the package says instead. */
  readonly licence: string;
  /** The text of its licence; null where it brings none. */
  readonly text: string | null;
  /** What npm's registry delivered: `sha512-…`; null of what does not come from there. */
  readonly integrity: string | null;
  /** Whether it is there as code of its own, or within the bundle of the pages. */
  readonly is: "installed" | "bundled";
}

const Manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.looseObject({ type: z.string() })]).optional(),
  licenses: z.array(z.looseObject({ type: z.string() })).optional(),
});

const Lock = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional() })),
});

/** Licences of packages whose manifest names none, read in their files. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  // README: «This software is released under the terms of the MIT license»
  "json-bignum@0.0.3": "MIT",
  // LICENSE: MIT License
  "png-js@2.0.0": "MIT",
};

/** SPDX identifiers of the licences under which anything may be shipped. */
export const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MIT AND OFL-1.1",
  "MIT-0",
  "OFL-1.1",
] as const;

/** Every package that is installed in a folder, and in the packages there, by name and version. */
export async function installedPackages(folder: string, lockFile: string): Promise<Shipped[]> {
  const lock = Lock.parse(JSON.parse(await readFile(lockFile, "utf8")));
  const found: Shipped[] = [];
  for (const path of await packageFolders(join(folder, "node_modules"))) {
    const key = path
      .slice(folder.length + 1)
      .split(sep)
      .join("/");
    found.push(await packageAt(path, lock.packages[key]?.integrity ?? null, "installed"));
  }
  return sorted(found);
}

/** The packages by these names that pages are bundled from, of a checkout. */
export async function bundledPackages(root: string, names: readonly string[]): Promise<Shipped[]> {
  const lock = Lock.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const found: Shipped[] = [];
  for (const name of names) {
    const key = [`reports/node_modules/${name}`, `node_modules/${name}`].find((one) =>
      existsSync(join(root, one)),
    );
    if (key === undefined) throw new Error(`${name} is not installed.`);
    found.push(await packageAt(join(root, key), lock.packages[key]?.integrity ?? null, "bundled"));
  }
  return sorted(found);
}

function sorted(found: readonly Shipped[]): Shipped[] {
  const byName = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, shipped]) => shipped);
}

async function packageFolders(modules: string): Promise<string[]> {
  if (!existsSync(modules)) return [];
  const found: string[] = [];
  for (const entry of await readdir(modules, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const path = join(modules, entry.name);
    if (entry.name.startsWith("@")) {
      for (const scoped of await readdir(path)) found.push(join(path, scoped));
    } else found.push(path);
  }
  const within = await Promise.all(found.map((path) => packageFolders(join(path, "node_modules"))));
  return [...found, ...within.flat()];
}

async function packageAt(
  path: string,
  integrity: string | null,
  is: Shipped["is"],
): Promise<Shipped> {
  const manifest = Manifest.parse(JSON.parse(await readFile(join(path, "package.json"), "utf8")));
  const { name, version, license, licenses } = manifest;
  const declared = typeof license === "string" ? license : (license?.type ?? licenses?.[0]?.type);
  const licence = declared ?? READ_BY_HAND[`${name}@${version}`];
  if (licence === undefined) throw new Error(`${name} ${version} names no licence.`);
  return { name, version, licence, text: await licenceText(path), integrity, is };
}

async function licenceText(path: string): Promise<string | null> {
  const names = (await readdir(path))
    .filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), "utf8")));
  return texts.length === 0 ? null : texts.map((text) => text.trim()).join("\n\n");
}

/** Writes what a release is made of into its folder: `sbom.cdx.json` and `THIRD-PARTY-NOTICES.txt`. */
export async function writeInventory(
  folder: string,
  own: { readonly name: string; readonly version: string },
  shipped: readonly Shipped[],
  date: Date,
): Promise<void> {
  const bill = billOfMaterials(own, shipped, date);
  await writeFile(join(folder, "sbom.cdx.json"), `${JSON.stringify(bill, null, 2)}\n`);
  await writeFile(join(folder, "THIRD-PARTY-NOTICES.txt"), notices(shipped));
}

/** A CycloneDX 1.6 bill of materials, the same for the same packages and date. */
export function billOfMaterials(
  own: { readonly name: string; readonly version: string },
  shipped: readonly Shipped[],
  date: Date,
) {
  const components = shipped.map(({ name, version, licence, integrity, is }) => ({
    type: "library",
    "bom-ref": reference(name, version),
    name,
    version,
    purl: reference(name, version),
    licenses: [/^[\w.-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence }],
    ...(integrity === null ? {} : { hashes: hashesOf(integrity) }),
    properties: [{ name: "chitieu:is", value: is }],
  }));
  const digest = createHash("sha256")
    .update(JSON.stringify([own, components]))
    .digest("hex");
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    // a version 8 UUID, of what is in it
    serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    version: 1,
    metadata: {
      timestamp: date.toISOString(),
      component: {
        type: "application",
        "bom-ref": reference(own.name, own.version),
        name: own.name,
        version: own.version,
        licenses: [{ license: { id: "Apache-2.0" } }],
      },
    },
    components,
    dependencies: [
      {
        ref: reference(own.name, own.version),
        dependsOn: components.map((one) => one["bom-ref"]),
      },
    ],
  };
}

/** `pkg:npm/%40duckdb/node-api@1.5.6-r.1` */
function reference(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

function hashesOf(integrity: string) {
  return integrity.split(/\s+/).map((one) => {
    const [algorithm = "", content = ""] = one.split("-", 2);
    return {
      alg: algorithm.toUpperCase().replace("SHA", "SHA-"),
      content: Buffer.from(content, "base64").toString("hex"),
    };
  });
}

/** Whose work is shipped, under which licences, each text once. */
export function notices(shipped: readonly Shipped[]): string {
  const byText = new Map<string, Shipped[]>();
  for (const one of shipped) {
    const text = one.text ?? `Its package brings no text of its licence (${one.licence}).`;
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  const parts = [...byText].map(([text, all]) =>
    [...all.map(({ name, version, licence }) => `${name} ${version} (${licence})`), "", text].join(
      "\n",
    ),
  );
  return [
    "chitieu stands on the work of others, which comes with it under these licences.",
    ...parts,
    "",
  ].join(`\n\n${"-".repeat(80)}\n\n`);
}

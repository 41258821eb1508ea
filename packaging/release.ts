/**
 * `npm run release`: an archive for each kind of machine, with everything in it that chitieu needs
 * there, Node included. Needs npm's registry, and leaves the archives with their digests in `release/`.
 * `npm run release windows-x64`: the archive for these machines alone.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { extract } from "tar";
import { archiveFolder, sha256Of } from "./archive.ts";
import { bundledPackages, installedPackages, type Shipped, writeInventory } from "./inventory.ts";
import { NODE_VERSION, TARGETS, type Target } from "./target.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "release");

/** Left out of `node_modules/`: what npm writes for itself, and links, which a zip file has not. */
const NOT_SHIPPED = [".bin", ".package-lock.json", "chitieu-reports"];

const asked = process.argv.slice(2);
const targets = TARGETS.filter(({ name }) => asked.length === 0 || asked.includes(name));

const work = await mkdtemp(join(tmpdir(), "chitieu-release-"));
try {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT);
  const packed = await pack(ROOT, work);
  const nodes = new Map<Target, string>();
  for (const target of TARGETS) nodes.set(target, await unpackNode(target));
  const date = commitDate();
  const digests: string[] = [];
  for (const target of targets) {
    const folder = await assemble(packed, target);
    await addNode(folder, target, nodes);
    await addStart(folder, target);
    await addInventory(folder, date);
    const file = `${folder}.${target.archive}`;
    await archiveFolder(folder, join(OUT, basename(file)), date);
    digests.push(`${await sha256Of(join(OUT, basename(file)))}  ${basename(file)}`);
    console.log(digests.at(-1));
  }
  await writeFile(join(OUT, "SHA256SUMS"), `${digests.join("\n")}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Has npm pack a package; what belongs to chitieu is said by `files` in package.json. */
async function pack(what: string, to: string): Promise<string> {
  const folder = await mkdtemp(join(to, "pack-"));
  npm(["pack", what, "--pack-destination", folder, "--silent"], ROOT);
  const [file] = await readdir(folder);
  if (file === undefined) throw new Error(`npm packed nothing of ${what}`);
  return join(folder, file);
}

/** The folder that a machine unpacks. */
async function assemble(packed: string, target: Target): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(ROOT, "package.json"), "utf8"),
  );
  const folder = join(work, `chitieu-${version}-${target.name}`);
  await mkdir(folder);
  await extract({ file: packed, cwd: folder, strip: 1 });
  await copyFile(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
  // packages that are compiled come as they are for the other machine; their scripts are not run
  const options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  npm(["ci", ...options, ...target.npm], folder);
  for (const name of NOT_SHIPPED) {
    await rm(join(folder, "node_modules", name), { recursive: true, force: true });
  }
  return folder;
}

/** The content of the package that holds Node for a machine. */
async function unpackNode({ node }: Target): Promise<string> {
  const file = await pack(`${node.name}@${NODE_VERSION}`, work);
  const digest = createHash("sha512")
    .update(await readFile(file))
    .digest("base64");
  if (`sha512-${digest}` !== node.integrity) {
    throw new Error(`${node.name} ${NODE_VERSION} is not what it was when it was chosen.`);
  }
  const unpacked = await mkdtemp(join(work, "node-"));
  await extract({ file, cwd: unpacked, strip: 1 });
  return unpacked;
}

/** Node itself, with its licence, which only the package for Linux has. */
async function addNode(
  folder: string,
  target: Target,
  nodes: ReadonlyMap<Target, string>,
): Promise<void> {
  const program = join(folder, basename(target.node.file));
  await copyFile(join(nodes.get(target) ?? "", target.node.file), program);
  await chmod(program, 0o755);
  const licences = [...nodes.values()].map((node) => join(node, "LICENSE"));
  const licence = licences.find((file) => existsSync(file));
  if (licence === undefined) throw new Error("No package of Node has its licence.");
  await copyFile(licence, join(folder, "LICENSE-node"));
}

async function addStart(folder: string, { start }: Target): Promise<void> {
  const script = await readFile(join(ROOT, "packaging", start), "utf8");
  const text = start.endsWith(".cmd") ? script.replaceAll(/\r?\n/g, "\r\n") : script;
  await writeFile(join(folder, start), text, { mode: 0o755 });
}

/** What the release is made of, Node and what the pages are bundled from included. */
async function addInventory(folder: string, date: Date): Promise<void> {
  const own: { name: string; version: string } = JSON.parse(
    await readFile(join(ROOT, "package.json"), "utf8"),
  );
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    await readFile(join(ROOT, "reports/package.json"), "utf8"),
  );
  const node: Shipped = {
    name: "node",
    version: NODE_VERSION,
    licence: "MIT",
    text: await readFile(join(folder, "LICENSE-node"), "utf8"),
    integrity: null,
    is: "installed",
  };
  const shipped = [
    ...(await installedPackages(folder, join(ROOT, "package-lock.json"))),
    ...(await bundledPackages(ROOT, Object.keys(devDependencies))),
    node,
  ];
  const { name, version } = own;
  await writeInventory(folder, { name, version }, shipped, date);
}

/** When what is released was committed, so that the same commit gives the same archive. */
function commitDate(): Date {
  const given = process.env.SOURCE_DATE_EPOCH;
  const seconds =
    given ?? execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: ROOT, encoding: "utf8" });
  return new Date(Number(seconds) * 1000);
}

function npm(args: readonly string[], folder: string): void {
  execFileSync("npm", args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

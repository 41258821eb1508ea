import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256Of } from "../warehouse/files.ts";
import { MODELS_FOLDER } from "../warehouse/sql-file.ts";

/** The version in package.json. */
export function softwareVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return version;
}

/** The version, with a digest of program and models: two checkouts of one version may derive other figures. */
export function softwareDigest(): string {
  const folders = [fileURLToPath(new URL("..", import.meta.url)), MODELS_FOLDER];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(js|tsx?|sql|yaml)$/.test(name))
      .sort()
      .map((name) => `${name} ${sha256Of(readFileSync(join(folder, name)))}`),
  );
  return `${softwareVersion()} ${sha256Of(files.join("\n")).slice(0, 16)}`;
}

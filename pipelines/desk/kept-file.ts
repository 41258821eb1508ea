import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";

/**
 * What a small JSON file of the desk says; null where there is none.
 * @throws Failure when it is not what the desk writes
 */
export async function readKept<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
): Promise<z.infer<Shape> | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new Failure(
      `${path} is not as the desk wrote it. Take it from a backup, or delete it and make it anew.`,
      { cause: error },
    );
  }
}

/** What all files of a folder say; nothing where there is no folder. @throws Failure like `readKept` */
export async function readAllKept<Shape extends z.ZodType>(
  folder: string,
  shape: Shape,
): Promise<z.infer<Shape>[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith(".json"))
      .map((name) => readKept(join(folder, name), shape)),
  );
  return found.filter((one) => one !== null);
}

/** Writes a small JSON file whole, for its owner only: a reader sees the old one or the new one. */
export async function writeKept(path: string, content: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const staged = `${path}.${randomUUID()}`;
  try {
    const handle = await open(staged, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(content, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(staged, path);
  } finally {
    await rm(staged, { force: true });
  }
}

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { Failure } from "../../vocabulary/failure.ts";
import { moveFile, sha256Of, unlessMissing } from "../../warehouse/files.ts";
import { uniqueName } from "../../warehouse/random.ts";

/**
 * What a small JSON file of the desk says; null where there is none.
 * @throws Failure when it is not what the desk writes
 */
export async function readKept<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
): Promise<z.infer<Shape> | null> {
  const text = await unlessMissing(readFile(path, "utf8"));
  if (text === null) return null;
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new Failure(
      `${path} không còn như bàn làm việc đã ghi. Lấy lại từ bản sao lưu, hoặc xóa đi rồi lập lại.`,
      { cause: error },
    );
  }
}

/**
 * Writes a small JSON file whole, for its owner only: a reader sees the old one or the new one.
 * @throws ZodError when `readKept` could not read it
 */
export async function writeKept<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  content: z.infer<Shape>,
): Promise<void> {
  shape.parse(content);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const staged = `${path}.${uniqueName()}`;
  try {
    const text = `${JSON.stringify(content, null, 1)}\n`;
    await writeFile(staged, text, { flag: "wx", mode: 0o600, flush: true });
    await moveFile(staged, path);
  } finally {
    await rm(staged, { force: true });
  }
}

/** What all small JSON files of a folder say, by their names; nothing where there is no folder. @throws like `readKept` */
export async function listKept<Shape extends z.ZodType>(
  folder: string,
  shape: Shape,
): Promise<z.infer<Shape>[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith(".json")).sort();
  const found = await Promise.all(files.map((name) => readKept(join(folder, name), shape)));
  return found.filter((one) => one !== null);
}

/** Things that the desk keeps in a folder, a small JSON file each, by what tells them apart. */
export class KeptFiles<Shape extends z.ZodType, Key> {
  readonly #folder: string;
  readonly #shape: Shape;
  readonly #nameOf: (key: Key) => string;

  /** @param nameOf a text for each key that is another for every other key */
  constructor(folder: string, shape: Shape, nameOf: (key: Key) => string) {
    this.#folder = folder;
    this.#shape = shape;
    this.#nameOf = nameOf;
  }

  /** @throws Failure when its file is not as the desk wrote it */
  async find(key: Key): Promise<z.infer<Shape> | null> {
    return readKept(this.#path(key), this.#shape);
  }

  /** All of them; none where there is no folder. @throws Failure like `find` */
  async list(): Promise<z.infer<Shape>[]> {
    return listKept(this.#folder, this.#shape);
  }

  async save(one: z.infer<Shape> & Key): Promise<void> {
    await writeKept(this.#path(one), this.#shape, one);
  }

  async remove(key: Key): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  #path(key: Key): string {
    return join(this.#folder, `${sha256Of(this.#nameOf(key)).slice(0, 32)}.json`);
  }
}

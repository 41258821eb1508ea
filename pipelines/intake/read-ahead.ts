import { open } from "node:fs/promises";
import { discardFile, type FileContent } from "../ledger/archive.ts";
import { looksLikeWorkbook } from "../readers/form-reader.ts";
import type { Delivery, OpenIntake, ReadFile } from "./delivery.ts";
import { readReceived, receive } from "./read-received.ts";

/** A larger form is read and judged alone. */
const MAX_BYTES_TOGETHER = 1024 * 1024;

/** Forms read while others are judged: reading one depends on nothing else. */
export interface ReadAhead {
  /** Whether a delivery begins like a form. */
  isForm(delivery: Delivery): Promise<boolean>;
  /** Reads a form after those that were asked for before; once each. */
  begin(delivery: Delivery): void;
  /** A form that was begun; null where it could not be received or read and has to be tried alone. */
  take(delivery: Delivery): Promise<ReadFile | null>;
  /** The same, whose copy the caller removes; null also where none was begun. */
  handOver(delivery: Delivery): Promise<ReadFile | null>;
  /** Removes the copies of all forms that were begun. */
  discardAll(): Promise<void>;
}

export function openReadAhead({ apart, ...open }: OpenIntake): ReadAhead {
  // only whoever waits for one may have others have the ledger meanwhile
  const intake: OpenIntake = { ...open, apart: (reading) => reading };
  const begun = new Map<Delivery, Promise<ReadFile | null>>();
  const looks = new Map<Delivery, Promise<boolean>>();
  const read = async (delivery: Delivery): Promise<ReadFile | null> => {
    const file = await receive(intake, delivery).catch(() => null);
    if (file === null) return null;
    const found =
      file.byteSize > MAX_BYTES_TOGETHER
        ? null
        : await readReceived(intake, delivery, file).catch(() => null);
    if (found === null) await discardFile(file);
    return found;
  };
  const take = (delivery: Delivery) => apart(begun.get(delivery) ?? Promise.resolve(null));
  const handOver = (delivery: Delivery) => take(delivery).finally(() => begun.delete(delivery));
  return {
    isForm(delivery) {
      const look = looks.get(delivery) ?? firstBytes(delivery.content).then(looksLikeWorkbook);
      looks.set(delivery, look);
      return look;
    },
    begin(delivery) {
      if (!begun.has(delivery)) begun.set(delivery, read(delivery));
    },
    take,
    handOver,
    async discardAll() {
      for (const delivery of [...begun.keys()]) {
        const form = await handOver(delivery);
        if (form !== null) await discardFile(form.file);
      }
    },
  };
}

async function firstBytes(content: FileContent): Promise<Uint8Array> {
  if ("bytes" in content) return content.bytes.subarray(0, 8);
  try {
    const handle = await open(content.path, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return new Uint8Array();
  }
}

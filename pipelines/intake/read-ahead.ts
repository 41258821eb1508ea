import type { DuckDBConnection } from "@duckdb/node-api";
import { discardFile, stageFile } from "../ledger/archive.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import type { Delivery, OpenSettings } from "./delivery.ts";
import { type ReadFile, readReceived } from "./judge.ts";

/** A larger form is read and judged alone. */
const MAX_BYTES_TOGETHER = 1024 * 1024;

/** A form as it was when it was read: a copy of it, and what stands in it. */
export interface ReadForm {
  readonly file: ReceivedFile;
  readonly read: ReadFile;
}

/** Forms that are read while others are judged. What is read of a form depends on nothing but itself. */
export interface ReadAhead {
  /** Has a form read after those that were asked for before; it may be one already. */
  begin(delivery: Delivery): void;
  /** A form that was begun; null where it could not be copied or read, and has to be tried by itself. */
  take(delivery: Delivery): Promise<ReadForm | null>;
  /** The same, whose copy the caller throws away; null also where none was begun. */
  handOver(delivery: Delivery): Promise<ReadForm | null>;
  /** Throws the copies of all that were begun away. */
  discardAll(): Promise<void>;
}

/**
 * @param connection reading a form asks nothing of it
 */
export function openReadAhead(connection: DuckDBConnection, settings: OpenSettings): ReadAhead {
  const begun = new Map<Delivery, Promise<ReadForm | null>>();
  const read = async ({ file: name, content }: Delivery): Promise<ReadForm | null> => {
    const file = await stageFile(settings.paths, name, content).catch(() => null);
    if (file === null) return null;
    const found =
      file.byteSize > MAX_BYTES_TOGETHER
        ? null
        : await readReceived(connection, file, settings).catch(() => null);
    if (found === null) await discardFile(file);
    return found && { file, read: found };
  };
  const take = async (delivery: Delivery): Promise<ReadForm | null> =>
    (await begun.get(delivery)) ?? null;
  const handOver = async (delivery: Delivery): Promise<ReadForm | null> => {
    const form = await take(delivery);
    begun.delete(delivery);
    return form;
  };
  return {
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

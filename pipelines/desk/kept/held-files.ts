import { join } from "node:path";
import { z } from "zod";
import type { Delivery } from "../../intake/delivery.ts";
import { Actor } from "../../ledger/journal.ts";
import { KeptFiles } from "./kept-file.ts";

const Held = z.object({
  /** Rises with the order in which they came. */
  id: z.string(),
  file: z.string(),
  /** In base64. */
  bytes: z.string(),
  /** By the clock that was asked about; ISO text. */
  received_at: z.string(),
  is_stated: z.boolean(),
  is_typed: z.boolean(),
  by: Actor.optional(),
  may_report: z.array(z.string()).nullable(),
});
export type Held = z.infer<typeof Held>;

/** Files that were handed in while the clock was asked about: they wait and are taken in by themselves. */
export class HeldFiles extends KeptFiles<typeof Held, Pick<Held, "id">> {
  #last = 0;

  constructor(deskFolder: string) {
    super(join(deskFolder, "held"), Held, ({ id }) => id);
  }

  /** Keeps what was handed in; it is on the disk then. */
  async keep({ content, ...delivery }: Delivery): Promise<void> {
    if (!("bytes" in content)) throw new RangeError("what is handed in at the desk is bytes");
    this.#last = Math.max(this.#last + 1, Date.now());
    await this.save({
      id: String(this.#last).padStart(15, "0"),
      file: delivery.file,
      bytes: Buffer.from(content.bytes).toString("base64"),
      received_at: delivery.receivedAt.toISOString(),
      is_stated: delivery.isMomentStated === true,
      is_typed: delivery.isTyped === true,
      by: delivery.by,
      may_report: delivery.mayReport === undefined ? null : [...delivery.mayReport],
    });
  }
}

/**
 * What was held, to be taken in now.
 * @param since when something was last recorded: it did not come before that by a clock that was behind,
 * and not in the future by one that was ahead
 */
export function deliveryOf(held: Held, since: number, now: Date): Delivery {
  const stated = Date.parse(held.received_at);
  const received = held.is_stated ? stated : Math.min(Math.max(stated, since), now.getTime());
  return {
    file: held.file,
    content: { bytes: Buffer.from(held.bytes, "base64") },
    receivedAt: new Date(received),
    recordedAt: now,
    isMomentStated: held.is_stated,
    isTyped: held.is_typed,
    ...(held.by && { by: held.by }),
    ...(held.may_report && { mayReport: new Set(held.may_report) }),
  };
}

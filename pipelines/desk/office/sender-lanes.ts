import type { Delivery } from "../../intake/delivery.ts";
import { looksLikeWorkbook } from "../../readers/form-reader.ts";

/** What waits, a lane a sender: one of each comes in turn, so that nobody waits for all that another sends. */
export class Lanes<T extends { readonly delivery: Delivery }> {
  readonly #lanes = new Map<string, T[]>();

  get size(): number {
    return [...this.#lanes.values()].flat().length;
  }

  /** What waits of the sender of a delivery. */
  of({ by }: Delivery): readonly T[] {
    return this.#lanes.get(by?.account ?? "") ?? [];
  }

  add(one: T): void {
    const { delivery } = one;
    this.#lanes.set(delivery.by?.account ?? "", [...this.of(delivery), one]);
  }

  /** What is to be done next, so many at most, and so many that are no forms, which take longer. */
  take(most = Number.POSITIVE_INFINITY, noForms = most): T[] {
    const taken: T[] = [];
    let others = 0;
    // it comes to a lane again that is put at the end
    for (const [sender, [one, ...rest]] of this.#lanes) {
      if (one === undefined || taken.length >= most || others >= noForms) break;
      this.#lanes.delete(sender);
      if (rest.length > 0) this.#lanes.set(sender, rest);
      const { content } = one.delivery;
      if (!("bytes" in content && looksLikeWorkbook(content.bytes))) others += 1;
      taken.push(one);
    }
    return taken;
  }
}

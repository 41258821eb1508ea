import type { KeptText } from "../../models/shortfall.ts";

/** Who may be let read a text. */
export const READERS = {
  city: "Nội bộ",
  shared: "Mọi người xem trang",
  struck: "Không ai (gạch bỏ)",
};

/** Who may be let read a text: of what is guarded never everybody. */
export function readersFor(isGuarded: boolean): [reader: string, words: string][] {
  return Object.entries(READERS).filter(([reader]) => reader !== "shared" || !isGuarded);
}

/** Who may read a text now; empty where it is held and nobody has decided. */
export function readersOf({ audience, is_decided }: KeptText): keyof typeof READERS | "" {
  return audience ?? (is_decided ? "struck" : "");
}

export function isReaders(chosen: string, isGuarded: boolean): chosen is keyof typeof READERS {
  return readersFor(isGuarded).some(([reader]) => reader === chosen);
}

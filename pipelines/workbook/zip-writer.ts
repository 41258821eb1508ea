import { unzipSync, type Zippable, zipSync } from "fflate";

/**
 * The first date that a zip file can hold. It is made from local parts because the library writes
 * local parts: the bytes then do not depend on the machine's zone.
 */
const ENTRY_DATE = new Date(1980, 0, 1, 12);
const CONTENT_TYPES = "[Content_Types].xml";

/**
 * The same office document with nothing in its container that depends on the moment or on the
 * machine: entry dates are fixed, and the packing is done by the same code everywhere, while a
 * processor's own way of compressing gives other bytes.
 * @param change gives the new content of an entry, or undefined to leave it as it is.
 */
export function repacked(
  document: Uint8Array,
  change: (name: string, content: Uint8Array) => Uint8Array | undefined = () => undefined,
): Uint8Array {
  const entries = Object.entries(unzipSync(document));
  entries.sort(([a], [b]) => Number(b === CONTENT_TYPES) - Number(a === CONTENT_TYPES));
  const packed: Zippable = {};
  for (const [name, content] of entries) {
    packed[name] = [change(name, content) ?? content, { level: 9, mtime: ENTRY_DATE, os: 0 }];
  }
  return zipSync(packed);
}

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

const SHEET = "xl/worksheets/sheet1.xml";

/**
 * A form as somebody leaves it who types a number into a cell that held text.
 * @throws Error when the cell holds no text
 */
export function retyped(bytes: Uint8Array, cell: string, value: number): Uint8Array {
  const parts = unzipSync(bytes);
  const sheet = strFromU8(parts[SHEET] ?? new Uint8Array());
  const changed = sheet.replace(
    new RegExp(`<c r="${cell}"([^>]*?)(?: t="s")([^>]*?)(?:/>|>.*?</c>)`),
    `<c r="${cell}"$1$2><v>${value}</v></c>`,
  );
  if (changed === sheet) throw new Error(`${cell} holds no text`);
  parts[SHEET] = strToU8(changed);
  return zipSync(parts);
}

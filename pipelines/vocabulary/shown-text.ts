const LONGEST = 400;

/** Bytes of a file's name that are safe with a date, a number and an ending added, on any disk. */
const NAME_BYTES = 160;

/**
 * Text from outside made safe to print: control, bidirectional and invisible characters become
 * `⟨U+202E⟩`, a text longer than 400 characters is cut with `…`.
 */
export function shownText(text: string): string {
  const visible = visibleText(text);
  const characters = [...visible];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : visible;
}

/** The same of a text of any length. */
export function visibleText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
}

/** What somebody has written, as it is kept for good: composed letters, safe to print, trimmed. */
export function writtenText(text: string): string {
  return shownText(text.normalize("NFC")).trim();
}

/**
 * The name of a file as the disk has it, in letters: bytes that are no UTF-8, as old programs leave
 * them, become `⟨E1⟩`, so that two names never look the same.
 */
export function nameOfBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("utf8");
  if (Buffer.from(text, "utf8").equals(bytes)) return text;
  let shown = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((one) => isUtf8(bytes.subarray(at, at + one)));
    shown +=
      length === undefined
        ? `⟨${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0")}⟩`
        : Buffer.from(bytes.subarray(at, at + length)).toString("utf8");
    at += length ?? 1;
  }
  return shown;
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.from(Buffer.from(bytes).toString("utf8"), "utf8").equals(bytes);
}

/** The last part of a path in a form that is safe as part of a file name on any system. */
export function safeFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const safe = base
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/, "");
  let kept = "";
  let bytes = 0;
  for (const letter of [...safe].slice(0, 80)) {
    bytes += Buffer.byteLength(letter);
    if (bytes > NAME_BYTES) break;
    kept += letter;
  }
  return kept === "" ? "khong-ten" : kept;
}

const LONGEST = 400;

/**
 * Text from outside made safe to print: control, bidirectional and invisible characters become
 * `⟨U+202E⟩`, a text longer than 400 characters is cut with `…`.
 */
export function shownText(text: string): string {
  const visible = text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
  const characters = [...visible];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}…` : visible;
}

/** The last part of a path in a form that is safe as part of a file name on any system. */
export function safeFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const safe = base
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 80);
  return safe === "" ? "khong-ten" : safe;
}

/** A table of text: its first line is the head, a rule below it, columns as wide as they need be. */
export function tableText(lines: readonly (readonly string[])[]): string {
  const composed = lines.map((line) => line.map((cell) => cell.normalize("NFC")));
  const widths = (composed[0] ?? []).map((_, column) =>
    Math.max(...composed.map((line) => [...(line[column] ?? "")].length)),
  );
  const padded = composed.map((line) =>
    line
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [padded[0] ?? "", rule, ...padded.slice(1)].join("\n");
}

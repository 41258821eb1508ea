/**
 * A table of text: its first line is the head, a rule below it, columns as wide as they need be.
 * @param right numbers of the columns that stand to the right, from 0
 */
export function tableText(
  lines: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string {
  const composed = lines.map((line) => line.map((cell) => cell.normalize("NFC")));
  const lengths = composed.map((line) => line.map((cell) => [...cell].length));
  const widths = (composed[0] ?? []).map((_, column) =>
    lengths.reduce((widest, line) => Math.max(widest, line[column] ?? 0), 0),
  );
  const padded = composed.map((line, at) =>
    line
      .map((cell, column) => {
        const blanks = " ".repeat((widths[column] ?? 0) - (lengths[at]?.[column] ?? 0));
        return right.has(column) ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [padded[0] ?? "", rule, ...padded.slice(1)].join("\n");
}

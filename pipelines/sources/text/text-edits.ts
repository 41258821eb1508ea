/** Changes to a text that leave everything else in it as it stands. */
export class TextEdits {
  private readonly edits: { start: number; end: number; text: string }[] = [];
  private readonly text: string;
  private readonly end: string;

  constructor(text: string) {
    this.text = text;
    this.end = text.includes("\r\n") ? "\r\n" : "\n";
  }

  replace(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  /** Puts a line in front of the one in which `offset` lies, as far in as that one. */
  lineBefore(offset: number, line: string): void {
    const start = this.text.lastIndexOf("\n", offset - 1) + 1;
    const indent = /^[ ]*/.exec(this.text.slice(start))?.[0] ?? "";
    this.edits.push({ start, end: start, text: `${indent}${line}${this.end}` });
  }

  /** The text with every change made; of two at one place the one that was asked for first is first. */
  toString(): string {
    const inOrder = this.edits
      .map((edit, index) => ({ ...edit, index }))
      .sort((one, other) => one.start - other.start || one.index - other.index);
    let result = "";
    let at = 0;
    for (const { start, end, text } of inOrder) {
      if (start < at) continue;
      result += this.text.slice(at, start) + text;
      at = end;
    }
    return result + this.text.slice(at);
  }
}

/**
 * A text with what stands between `<!-- name -->` and `<!-- end of name -->` written anew.
 * @throws when the text of `file` has no such marks
 */
export function betweenMarks(text: string, file: string, name: string, made: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = split(text, open, file);
  const [, after] = split(rest, close, file);
  return `${before}${open}\n\n${made.trim()}\n\n${close}${after}`;
}

function split(text: string, at: string, file: string): [string, string] {
  const index = text.indexOf(at);
  if (index < 0) throw new Error(`${file} has no line "${at}"; put it where it belongs.`);
  return [text.slice(0, index), text.slice(index + at.length)];
}

/** A longer sentence is none that a person wrote, and would take long to read. */
export const LONGEST_SENTENCE = 3000;

const SHORT_FORM = /(?:^|[\s(])(?:TP|TX|TT|Tp|PGS|GS|TS|ThS|BS|St|Q|P|H|TM|KT|TL)\.$/u;

/** The sentences of a paragraph; a short form such as «TP.» ends none. */
export function sentencesOf(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (const { index, 0: end } of text.matchAll(
    /[.!?…]["”)]?\s+(?=[A-ZÀ-ỸĐ“"(])|(?<=[\p{L}%)])\.\s+(?=\d)/gu,
  )) {
    const until = index + end.length;
    if (SHORT_FORM.test(text.slice(start, until).trimEnd())) continue;
    found.push(text.slice(start, until).trim());
    start = until;
  }
  found.push(text.slice(start).trim());
  return found.filter((one) => one !== "");
}

/** Lines of a signature that are written as one text: `TM. Ủy ban nhân dân; KT. Chủ tịch; Phó Chủ tịch`. */
export function signatureLines(text: string): string[] {
  return text
    .split(";")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** In whose place somebody signs, in an order that no office departs from (decree 30/2020/NĐ-CP). */
const AUTHORITIES = ["TM.", "TL.", "TUQ.", "KT."];

/**
 * What is wrong with the lines of a signature, as the end of a sentence; null when they are in order:
 * one line for each authority, TM. first and KT. last, and then the office of who signs.
 */
export function signatureFault(lines: readonly string[]): string | null {
  const last = lines.at(-1);
  if (last === undefined) return "còn để trống";
  const ranks = lines.map((line) => AUTHORITIES.findIndex((mark) => line.startsWith(`${mark} `)));
  if (ranks.at(-1) !== -1) return "thiếu chức vụ người ký";
  const above = ranks.slice(0, -1);
  const odd = lines[above.indexOf(-1)];
  if (above.includes(-1)) {
    return `có “${odd}” không bắt đầu bằng TM., KT., TL., TUQ.`;
  }
  const isOrdered = above.every((rank, index) => index === 0 || rank > (above[index - 1] ?? -1));
  return isOrdered ? null : "có thẩm quyền ký trùng hoặc không đúng thứ tự";
}

/** What the margins of every sheet say, so that sheets that fall on the floor find their place again. */
export interface RunningHead {
  /** Whose page it is: the office, and the plan where it is one's. */
  readonly of: string;
  readonly title: string;
  /** What has to be known of the figures before any of them is read: made up, or not for everybody. */
  readonly notice: string;
  /** Of when the figures are. */
  readonly asOf: string;
  /** Where the page is found. */
  readonly address: string;
}

/** `Số liệu minh họa, Bản nội bộ`, of what `FrameNotes` says in full; empty where that is nothing. */
export function noticeText(is: {
  readonly isDemonstration: boolean;
  readonly isInternal: boolean;
}): string {
  return [
    ...(is.isDemonstration ? ["Số liệu minh họa"] : []),
    ...(is.isInternal ? ["Bản nội bộ"] : []),
  ].join(", ");
}

/** A text as CSS writes it, without the signs that a page would write in another way. */
function quoted(text: string): string {
  const escaped = text.replace(
    /[\\"<>&\n\r]/g,
    (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ""} `,
  );
  return `"${escaped}"`;
}

/** The page margins as a CSS rule; margin boxes cannot use variables. */
export function runningHead({ of, title, notice, asOf, address }: RunningHead): string {
  const boxes = {
    "top-left": quoted(of),
    "top-right": quoted(title),
    "bottom-left": quoted([asOf, address].filter(Boolean).join(" · ")),
    "bottom-right": `${notice === "" ? "" : `${quoted(`${notice} · `)} `}"Trang " counter(page) "/" counter(pages)`,
  };
  const rules = Object.entries(boxes).map(([box, content]) => `@${box}{content:${content}}`);
  return `@page{${rules.join("")}}`;
}

/** The address of a window for its sheets; choices too long for a margin are left out, and a sign says so. */
export function printedAddress({ host, pathname, search }: Location): string {
  return `${host}${pathname}${search.length > 90 ? "?…" : search}`;
}

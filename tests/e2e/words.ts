// What pages are expected to say, written down apart from the code that writes the pages.

export const STATUS_WORDS: Readonly<Record<string, string> & { withheld: string }> = {
  met: "Đạt",
  within: "Trong giới hạn",
  on_track: "Đúng tiến độ",
  behind: "Chậm tiến độ",
  not_yet: "Chưa đạt",
  not_met: "Không đạt",
  not_arising: "Không phát sinh",
  in_doubt: "Cần kiểm tra",
  not_reported: "Chưa báo cáo",
  no_target: "Không giao mức",
  not_applicable: "Không áp dụng",
  withheld: "Không công bố",
  untold: "Chưa phát hành",
};

/** An exact decimal as Vietnamese writes it: "1234.5000" is 1.234,5. */
export function figure(decimal: unknown, unit = ""): string {
  if (decimal === null || decimal === undefined) return "–";
  const [whole = "", decimals = ""] = String(decimal).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ".");
  const rest = decimals.replace(/0+$/, "");
  return grouped + (rest === "" ? "" : `,${rest}`) + unit;
}

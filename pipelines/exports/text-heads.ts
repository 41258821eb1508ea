import type { TextHead } from "../contract/report.ts";

/** The heads of a report whose texts may be written by hand. */
export type WrittenHead = Exclude<TextHead, "summary">;

/** Their names in the document and in a file of texts. */
export const TEXT_HEADS: Readonly<Record<WrittenHead, string>> = {
  achieved: "Kết quả đạt được",
  shortcomings: "Tồn tại, hạn chế",
  causes: "Nguyên nhân",
  tasks: "Nhiệm vụ thời gian tới",
  proposals: "Kiến nghị, đề xuất",
};

export const WRITTEN_HEADS = Object.keys(TEXT_HEADS) as readonly WrittenHead[];

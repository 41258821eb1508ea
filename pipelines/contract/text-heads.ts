/** The heads of a report whose texts may be written by hand, as the document and a file of texts name them. */
export const TEXT_HEADS = {
  achieved: "Kết quả đạt được",
  shortcomings: "Tồn tại, hạn chế",
  causes: "Nguyên nhân",
  tasks: "Nhiệm vụ thời gian tới",
  proposals: "Kiến nghị, đề xuất",
} as const;
export type WrittenHead = keyof typeof TEXT_HEADS;

export const WRITTEN_HEADS = Object.keys(TEXT_HEADS) as [WrittenHead, ...WrittenHead[]];

import type { TargetScope } from "../types/tables.ts";

/**
 * What the plan asks of its whole area if the whole has no number of its own, which readers would look
 * for.
 * @param noun what the whole area is, as in `thành phố`
 */
export function wholeRule(scope: TargetScope, noun: string): string | null {
  switch (scope) {
    case "each":
      return `Kế hoạch yêu cầu từng nơi: toàn ${noun} đạt khi nơi nào cũng đạt.`;
    case "groups":
      return `Mỗi nhóm địa bàn có mức chỉ tiêu riêng: toàn ${noun} đạt khi nhóm nào cũng đạt; giá trị của một nhóm tính từ số liệu của các địa bàn trong nhóm.`;
    case "whole":
    case "all":
    case "table":
      return null;
  }
}

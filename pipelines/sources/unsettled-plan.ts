import { describeSourceProblem, type Problem } from "../vocabulary/problem.ts";

/** A plan file, or a table that plans share, that is not followed as it lies in the folder. */
export interface UnsettledPlan {
  readonly file: string;
  /** Null where the file does not tell, or is about more than one. */
  readonly plan_id: string | null;
  /**
   * `draft`: nobody owes it anything yet. `as_it_was`: it is in error and followed as it last was.
   * `left_aside`: it is in error, and the warehouse knows no state of it without. `rows_left_out`: of a
   * table, rows in error. `shared_as_it_was`: areas and units are followed as they last were.
   */
  readonly state: "draft" | "as_it_was" | "left_aside" | "rows_left_out" | "shared_as_it_was";
  /** What is wrong with the file, of a draft, too. */
  readonly problems: readonly Problem[];
}

/** Whether there is something to be mended, and not only to be known. */
export function isWrong({ problems }: Pick<UnsettledPlan, "problems">): boolean {
  return problems.some(({ severity }) => severity === "error");
}

/** What a draft is, for who has one before them. */
export function draftText(file: string, count = ""): string {
  return `${file}: ${count}Dự thảo (state: draft): chưa ai phải báo cáo, chưa có biểu mẫu, chưa có trang. Khi ban hành thì xóa dòng state.`;
}

/** Everything wrong with it, what is done meanwhile, and what to do: for operators and for staff. */
export function unsettledLines(one: UnsettledPlan): string[] {
  return [...one.problems.map(describeSourceProblem), ...standingLines(one)];
}

function standingLines({ file, plan_id: planId, state, problems }: UnsettledPlan): string[] {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const count = errors === 0 ? "" : `${errors} lỗi. `;
  const mend = `Sửa xong thì kiểm tra bằng chitieu plan check ${file}.`;
  switch (state) {
    case "draft":
      return [draftText(file, count)];
    case "as_it_was":
      return [
        `${file}: ${count}Kế hoạch ${planId} vẫn theo bản không có lỗi gần nhất; chưa phát hành được báo cáo của kế hoạch này. ${mend}`,
      ];
    case "left_aside":
      return [
        `${file}: ${count}Kho dữ liệu không giữ bản nào không có lỗi, nên kế hoạch này để ngoài: chưa có biểu mẫu, chưa nhận báo cáo. ${mend}`,
      ];
    case "rows_left_out":
      if (errors === 0) return [];
      return [
        `${file}: ${count}Các dòng có lỗi không được dùng, phần còn lại vẫn dùng${planId === null ? "" : `; chưa phát hành được báo cáo của kế hoạch ${planId}`}.`,
      ];
    case "shared_as_it_was":
      return [
        `${file}: ${count}Địa bàn và đơn vị của mọi kế hoạch vẫn theo bản không có lỗi gần nhất; chưa phát hành được báo cáo cho đến khi sửa xong.`,
      ];
  }
}

import { describeSourceProblem, type Problem } from "../vocabulary/problem.ts";

/** A plan file that is not followed as it lies in the folder. */
export interface UnsettledPlan {
  readonly file: string;
  /** Null where the file does not tell. */
  readonly plan_id: string | null;
  /**
   * `draft`: nobody owes it anything yet. `as_it_was`: it is in error and followed as it last was.
   * `left_aside`: it is in error, and the warehouse knows no state of it without.
   */
  readonly state: "draft" | "as_it_was" | "left_aside";
  /** What is wrong with the file, of a draft, too. */
  readonly problems: readonly Problem[];
}

/** What a draft is, for who has one before them. */
export function draftText(file: string, count = ""): string {
  return `${file}: ${count}Dự thảo (state: draft): chưa ai phải báo cáo, chưa có biểu mẫu, chưa có trang. Khi ban hành thì xóa dòng state.`;
}

/** Everything wrong with it, what is done meanwhile, and what to do: for operators and for staff. */
export function unsettledLines({ file, plan_id, state, problems }: UnsettledPlan): string[] {
  const count = problems.length === 0 ? "" : `${problems.length} lỗi. `;
  const mend = `Sửa xong thì kiểm tra bằng chitieu plan check ${file}.`;
  return [
    ...problems.map(describeSourceProblem),
    state === "draft"
      ? draftText(file, count)
      : state === "as_it_was"
        ? `${file}: ${count}Kế hoạch ${plan_id} vẫn theo bản không có lỗi gần nhất; chưa phát hành được báo cáo của kế hoạch này. ${mend}`
        : `${file}: ${count}Kho dữ liệu không giữ bản nào không có lỗi, nên kế hoạch này để ngoài: chưa có biểu mẫu, chưa nhận báo cáo. ${mend}`,
  ];
}

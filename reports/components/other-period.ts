/**
 * What a caption that names the plan's latest period adds where some of its indicators are looked at in
 * another one, whose name stands beside them.
 */
export function besidesText(rows: readonly { readonly other_name: string | null }[]): string {
  return rows.some((row) => row.other_name !== null)
    ? "; chỉ tiêu có ghi tên kỳ thì lũy kế đến kỳ đó"
    : "";
}

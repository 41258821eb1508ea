/** What a file must not hold about a person. */
export type PersonalKind = "name" | "id_card" | "phone" | "birth_date" | "address";

const KINDS: Readonly<Record<PersonalKind, string>> = {
  name: "họ tên",
  id_card: "số căn cước hoặc chứng minh nhân dân",
  phone: "số điện thoại",
  birth_date: "ngày sinh",
  address: "địa chỉ",
};

/**
 * What the sender is told about personal data: which kinds, never what stands there. The law is
 * decree 13/2023/NĐ-CP, since 2026 law 91/2025/QH15.
 */
export function personalDataWords(
  kinds: readonly PersonalKind[],
  isColumn: boolean,
): { found: string; remedy: string } {
  const named = [...new Set(kinds)].map((kind) => KINDS[kind]).join(", ");
  return {
    found: `${isColumn ? "Cột" : "Nội dung"} giống dữ liệu cá nhân (${named}). Tệp không được tiếp nhận và không được lưu lại.`,
    remedy:
      "Xóa dữ liệu cá nhân, chỉ để lại số tổng hợp, rồi gửi lại; gỡ tệp cũ khỏi thư mục đã gửi.",
  };
}

/** In place of those that are not listed one by one. */
export function morePersonalDataWords(count: number): { found: string; remedy: string } {
  return {
    found: `Còn ${count} chỗ khác giống dữ liệu cá nhân, không liệt kê hết.`,
    remedy: "Xóa toàn bộ dữ liệu cá nhân trước khi gửi lại.",
  };
}

import type { PersonalKind } from "../persons/personal-kind.ts";

const KINDS: Readonly<Record<PersonalKind, string>> = {
  name: "họ tên",
  id_card: "số căn cước hoặc chứng minh nhân dân",
  insurance: "số bảo hiểm xã hội, bảo hiểm y tế",
  phone: "số điện thoại",
  email: "thư điện tử",
  account: "số tài khoản",
  birth_date: "ngày sinh",
  age: "tuổi của một người",
  address: "địa chỉ",
  contact: "tài khoản mạng xã hội",
  plate: "biển số xe",
};

/** Places of personal data without a cell or a line. */
const PLACES = {
  cell: "Nội dung",
  column: "Cột",
  comment: "Nhận xét hoặc hình vẽ trong tệp",
  margin: "Đầu trang hoặc chân trang",
  property: "Thuộc tính của tệp",
  sheet_name: "Tên trang tính",
  file_name: "Tên tệp",
} as const;
export type PersonalPlace = keyof typeof PLACES;

/** What becomes of a text that may be about a person, and what is to be done, where that is not as in a cell. */
const OTHERWISE: Partial<Readonly<Record<PersonalPlace, { becomes: string; remedy?: string }>>> = {
  sheet_name: { becomes: " nên không được lưu. Số liệu vẫn được tính." },
  file_name: {
    becomes: " nên không được lưu. Số liệu vẫn được tính.",
    remedy: "Không phải gửi lại. Lần sau đặt tên tệp theo đơn vị và kỳ báo cáo.",
  },
  property: {
    becomes:
      ". Số liệu vẫn được tính; thuộc tính không được đọc, chỉ còn trong tệp gốc mà cơ quan lưu.",
    remedy:
      "Không phải gửi lại. Lần sau xóa thuộc tính trước khi gửi (trong Excel: Tệp, Thông tin, Kiểm tra tài liệu).",
  },
};

/**
 * The words about personal data: which kinds, never the data. The law is
 * decree 13/2023/NĐ-CP, since 2026 law 91/2025/QH15.
 */
export function personalDataWords(
  kinds: readonly PersonalKind[],
  place: PersonalPlace,
): { found: string; remedy: string } {
  return {
    found: `${PLACES[place]} giống dữ liệu cá nhân (${namesOf(kinds)}). Tệp không được tiếp nhận và không được lưu lại.`,
    remedy:
      "Xóa dữ liệu cá nhân, chỉ để lại số tổng hợp, rồi gửi lại; gỡ tệp cũ khỏi thư mục đã gửi.",
  };
}

/** The words about what somebody types into a form on a page. */
export function personalEntryWords(kinds: readonly PersonalKind[]): {
  found: string;
  remedy: string;
} {
  return {
    found: `Giống dữ liệu cá nhân${kinds.length === 0 ? "" : ` (${namesOf(kinds)})`}.`,
    remedy: "Xóa đi, chỉ ghi số tổng hợp. Chưa có gì được lưu, chưa có gì được gửi.",
  };
}

/** The words about a text that may be about a person and is held until somebody has read it. */
export function mayBePersonalWords(
  kinds: readonly PersonalKind[],
  place: PersonalPlace,
): { found: string; remedy: string } {
  const {
    becomes = ". Số liệu vẫn được tính; nội dung này không được hiển thị cho đến khi có người xem xét.",
    remedy,
  } = OTHERWISE[place] ?? {};
  return {
    found: `${PLACES[place]} có thể là dữ liệu cá nhân (${namesOf(kinds)})${becomes}`,
    remedy:
      remedy ??
      "Nếu đúng là dữ liệu cá nhân thì xóa đi rồi gửi lại; nếu không phải thì không cần làm gì.",
  };
}

/** `số điện thoại, thư điện tử` */
export function namesOf(kinds: readonly PersonalKind[]): string {
  return [...new Set(kinds)].map((kind) => KINDS[kind]).join(", ");
}

/** In place of those that are not listed one by one. */
export function morePersonalDataWords(count: number): { found: string; remedy: string } {
  return {
    found: `Còn ${count} chỗ khác giống dữ liệu cá nhân, không liệt kê hết.`,
    remedy: "Xóa toàn bộ dữ liệu cá nhân trước khi gửi lại.",
  };
}

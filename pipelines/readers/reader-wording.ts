/**
 * What a ward or department reads when its form cannot be accepted: what was found (`found`), and
 * what to do about it (`remedy`).
 */
export interface Wording {
  readonly found: string;
  readonly remedy: string;
}

const USE_BLANK_FORM = "Nhập số liệu vào biểu mẫu đã được gửi cho đơn vị rồi gửi lại.";
export const SAVE_AS_XLSX =
  "Mở tệp, chọn “Lưu thành” (Save As), loại tệp “Excel Workbook (*.xlsx)”, rồi gửi lại.";

export const FILL_IN_FORM = "Điền số liệu vào biểu mẫu đã được cấp (tệp .xlsx) rồi gửi biểu đó.";
export const EXPORT_TO_EXCEL =
  "Mở tệp bằng Numbers, chọn Tệp > Xuất sang > Excel (.xlsx), rồi gửi tệp vừa xuất.";
export const UNPACK = "Giải nén rồi gửi riêng từng biểu bên trong.";
export const TAKE_OUT_OF_MAIL = "Lưu biểu đính kèm trong thư thành tệp riêng rồi gửi tệp đó.";

/** Longest piece of a cell's text that is repeated in a message. */
const MAX_QUOTE = 60;

/** A cell's text between quotation marks, shortened where it is long. */
export function quoted(text: string): string {
  const short = text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
  return `“${short}”`;
}

export const OTHER_KIND = (what: string, remedy: string): Wording => ({
  found: `Đây là ${what}, không phải biểu mẫu bảng tính hoặc tệp CSV theo mẫu quy định.`,
  remedy,
});

const JSON_FAULTS = {
  encoding: "không phải UTF-8",
  syntax: "không đúng cú pháp JSON",
  deep: "có quá nhiều lớp lồng nhau",
} as const;

/** A JSON text that cannot be read. */
export const JSON_FAULT = (what: keyof typeof JSON_FAULTS | "twice", key: string): Wording => ({
  found:
    what === "twice"
      ? `Không đọc được tệp JSON: tên ${quoted(key)} ghi hai lần trong cùng một mục.`
      : `Không đọc được tệp JSON: ${JSON_FAULTS[what]}.`,
  remedy: "Sửa chương trình lập tệp cho đúng chuẩn JSON (RFC 8259, UTF-8) rồi gửi lại.",
});

const JSON_FORMS = {
  missing: (key: string) => `Thiếu ${key}.`,
  unknown: (key: string) => `Không có mục nào tên ${key}.`,
  type: (key: string) => `${key} không đúng kiểu dữ liệu.`,
  size: (key: string) => `${key} dài quá hoặc để trống.`,
} as const;

/** A JSON text that is not of the form that is asked for. */
export const JSON_FORM = (what: keyof typeof JSON_FORMS, key: string): Wording => ({
  found: JSON_FORMS[what](key === "" ? "Tệp" : quoted(key)),
  remedy: "Ghi đúng như mô tả ở /api/openapi.json rồi gửi lại.",
});

export const TOO_LARGE = (megabytes: number): Wording => ({
  found: `Tệp lớn hơn ${megabytes} MB.`,
  remedy: "Bỏ hình ảnh và các trang không thuộc biểu mẫu rồi gửi lại.",
});

export const PASSWORD: Wording = {
  found: "Tệp đặt mật khẩu nên không đọc được.",
  remedy: "Bỏ mật khẩu của tệp (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi gửi lại.",
};

const PACK_AGAIN = "Giải nén rồi gửi riêng từng biểu, hoặc nén lại thành tệp .zip mới rồi gửi lại.";

export const DAMAGED_PACKAGE: Wording = {
  found: "Tệp nén hoặc thư bị hỏng hoặc bị thiếu phần cuối nên không mở được.",
  remedy: PACK_AGAIN,
};

export const PACKAGE_METHOD: Wording = {
  found: "Tệp nén theo một cách không thông dụng nên không mở được.",
  remedy: PACK_AGAIN,
};

export const PACKAGE_PASSWORD: Wording = {
  found: "Tệp nén đặt mật khẩu nên không mở được.",
  remedy: "Giải nén rồi gửi riêng từng biểu, hoặc nén lại không đặt mật khẩu rồi gửi lại.",
};

/** Beyond the limits of `package-reader.ts`. */
export const PACKAGE_TOO_LARGE: Wording = {
  found: "Tệp nén hoặc thư có quá nhiều tệp, hoặc các tệp trong đó quá lớn, nên không được mở.",
  remedy: "Chỉ gửi các biểu mẫu đã điền số liệu; không gửi kèm hình ảnh, tài liệu khác.",
};

export const OLD_FORMAT: Wording = {
  found: "Tệp ở dạng Excel 5.0/95 hoặc cũ hơn nên không đọc được.",
  remedy: SAVE_AS_XLSX,
};

export const OTHER_FORMAT: Wording = {
  found: "Tệp không phải bảng tính dạng .xlsx, .xls hoặc .ods.",
  remedy: SAVE_AS_XLSX,
};

export const DAMAGED: Wording = {
  found: "Tệp bị hỏng, không mở được.",
  remedy: "Mở lại tệp bằng Excel, lưu thành tệp .xlsx mới rồi gửi lại.",
};

export const SEVERAL_VALUES = (cell = ""): Wording => ({
  found: `${cell === "" ? "Một ô" : `Ô ${cell}`} có nhiều giá trị cùng lúc nên không rõ giá trị nào là đúng.`,
  remedy: "Mở tệp bằng Excel, ghi lại giá trị của ô đó, lưu thành tệp .xlsx mới rồi gửi lại.",
});

export const UNSAFE: Wording = {
  found: "Tệp có nội dung không thuộc một bảng tính thông thường nên không được mở.",
  remedy: USE_BLANK_FORM,
};

export const MACROS: Wording = {
  found: "Tệp có chứa macro (chương trình chạy trong bảng tính), biểu mẫu được cấp không có macro.",
  remedy: SAVE_AS_XLSX,
};

export const OUTSIDE_LINK: Wording = {
  found: "Tệp có liên kết lấy dữ liệu từ một chương trình khác (DDE, OLE).",
  remedy: "Xóa liên kết (Dữ liệu > Chỉnh sửa liên kết > Ngắt liên kết) rồi gửi lại.",
};

export const TOO_MUCH: Wording = {
  found: "Tệp có nhiều nội dung hơn hẳn một biểu mẫu nên không được đọc.",
  remedy: "Nhập số liệu vào biểu mẫu trống đã được cấp rồi gửi lại.",
};

export const TOO_WIDE: Wording = {
  found: "Trang tính có ô dữ liệu nằm quá xa bảng hoặc quá nhiều ô.",
  remedy: "Xóa các dòng, cột thừa ngoài bảng (hoặc dùng lại biểu mẫu trống) rồi gửi lại.",
};

export const NO_FORM: Wording = {
  found: "Không tìm thấy biểu mẫu trong tệp: các mã ẩn của biểu mẫu không còn.",
  remedy: `Không chép số liệu sang tệp khác. ${USE_BLANK_FORM}`,
};

/** A long table, as programs export it; it is read as CSV alone. */
export const LONG_TABLE: Wording = {
  found:
    "Tệp là bảng số liệu có các cột unit, measure, value, không phải biểu mẫu; bảng như vậy chỉ đọc được ở dạng CSV.",
  remedy: "Mở tệp, chọn “Lưu thành” (Save As), loại tệp “CSV UTF-8 (*.csv)”, rồi gửi tệp CSV đó.",
};

export const UNKNOWN_VERSION = (version: string): Wording => ({
  found: `Biểu mẫu có phiên bản ${quoted(version)} mà hệ thống không nhận biết.`,
  remedy: "Dùng biểu mẫu mới nhất đã được gửi cho đơn vị.",
});

export const HIDDEN_FORM: Wording = {
  found: "Trang tính chứa biểu mẫu đang bị ẩn.",
  remedy: "Bỏ ẩn trang tính nếu cần báo cáo, hoặc xóa trang tính đó, rồi gửi lại.",
};

export const CODES_MISSING: Wording = {
  found: "Biểu mẫu bị mất dòng hoặc cột mã ẩn nên không biết ô nào là số liệu nào.",
  remedy: USE_BLANK_FORM,
};

export const CODE_CHANGED = (text: string): Wording => ({
  found: `Mã ẩn của biểu mẫu đã bị sửa thành ${quoted(text)}.`,
  remedy: USE_BLANK_FORM,
});

export const FORM_TWICE = (place: string): Wording => ({
  found: `Biểu của đơn vị cho kỳ này có hai lần trong tệp (lần đầu: ${place}).`,
  remedy: "Giữ lại một trang tính của kỳ báo cáo rồi gửi lại.",
});

export const ENTRY_TWICE = (cell: string): Wording => ({
  found: `Số liệu này đã có ở ô ${cell}: dòng hoặc cột của biểu mẫu bị chép thành hai.`,
  remedy: "Xóa dòng hoặc cột chép thừa rồi gửi lại.",
});

export const NIL_UNCLEAR = (text: string, nil: string): Wording => ({
  found: `Ô chọn “Cả biểu không phát sinh” ghi ${quoted(text)}.`,
  remedy: `Để trống hoặc chọn “${nil}”.`,
});

export const ERROR_CELL = (text: string): Wording => ({
  found: `Ô có lỗi công thức ${quoted(text)}.`,
  remedy: "Xóa công thức và ghi con số.",
});

export const FORMULA_WITHOUT_VALUE: Wording = {
  found: "Ô có công thức chưa được tính nên không có kết quả.",
  remedy: "Ghi con số thay cho công thức, hoặc mở tệp bằng Excel, lưu lại rồi gửi.",
};

/** What stands for a number of which nobody can say how its format shows it; it reads as no number. */
export const BY_FORMAT = (code: string): string => `theo định dạng ${code}`;

/** What stands for letters of which their font shows pictures that are no answer. */
export const IN_PICTURES = (font: string): string => `ký hiệu của phông chữ ${font}`;

export const SHOWN_OTHERWISE = (shown: string, value: string): Wording => ({
  found: `Ô ${shown === "" ? "không hiện gì" : `hiện ${quoted(shown)}`} mà số lưu trong ô là ${value.replace(".", ",")}, vì ô có định dạng riêng; không rõ số nào là số đúng.`,
  remedy:
    "Chọn định dạng số thường (General), chữ đen, cỡ thường cho ô, ghi lại số đúng rồi gửi lại.",
});

export const MERGED = (cells: string): Wording => ({
  found: `Các ô ${cells} đã bị gộp làm một nên không rõ số là của ô nào.`,
  remedy: "Bỏ gộp ô (Merge & Center), ghi số vào từng ô rồi gửi lại.",
});

export const STRUCK_OUT = (text: string): Wording => ({
  found: `Ô ghi ${quoted(text)} có chữ bị gạch ngang nên không rõ số nào là số đúng.`,
  remedy: "Xóa phần đã gạch, chỉ để lại con số đúng và bỏ định dạng gạch ngang.",
});

export const DATE_CELL = (date: string): Wording => ({
  found: `Ô có ngày tháng (${date}), không phải con số.`,
  remedy: "Xóa nội dung ô, đặt lại định dạng ô là “Chung” (General) rồi ghi con số.",
});

const USE_ORIGINAL = "Dùng tệp .docx, .odt gốc.";

export const NOT_A_DOCUMENT = (what: string): Wording => ({
  found: `Đây là ${what}, không phải văn bản .docx, .odt, .txt hoặc .md.`,
  remedy:
    "Nếu là văn bản Word kiểu cũ (.doc, .rtf): mở bằng Word, lưu thành .docx rồi đọc lại. Nếu là ảnh: nhận dạng chữ (OCR) thành văn bản trước.",
});

export const PDF: Wording = {
  found: "Đây là tệp PDF; PDF không giữ câu và bảng nên không đọc được chắc chắn.",
  remedy: `${USE_ORIGINAL} Nếu không còn: mở tệp PDF, chép phần chỉ tiêu, dán vào Word, đối chiếu từng con số với bản đã ký, lưu thành .docx rồi đọc lại. Bản quét thì nhận dạng chữ (OCR) trước.`,
};

export const NO_TEXT: Wording = { found: "Tệp không có chữ nào.", remedy: USE_ORIGINAL };

export const OLD_FONT: Wording = {
  found:
    "Chữ trong tệp không thành tiếng Việt, thường do phông chữ cũ (TCVN3, VNI) hoặc do nhận dạng chữ sai.",
  remedy: `Chuyển văn bản sang Unicode rồi đọc lại. ${USE_ORIGINAL}`,
};

export const UNKNOWN_TEXT: Wording = {
  found: "Không nhận ra bảng mã của tệp văn bản.",
  remedy: "Mở tệp bằng chương trình đã soạn nó, lưu lại với bảng mã UTF-8, hoặc lưu thành .docx.",
};

export const DAMAGED_DOCUMENT: Wording = {
  found:
    "Tệp bị hỏng, đặt mật khẩu hoặc có nội dung không thuộc một văn bản thông thường nên không được mở.",
  remedy:
    "Mở lại tệp bằng Word hoặc LibreOffice, bỏ mật khẩu, lưu thành tệp .docx mới rồi đọc lại.",
};

export const DOCUMENT_TOO_LARGE = (megabytes: number): Wording => ({
  found: `Tệp lớn hơn ${megabytes} MB.`,
  remedy: "Bỏ hình ảnh trong văn bản, hoặc chỉ giữ phần kế hoạch, rồi đọc lại.",
});

export const DOCUMENT_TOO_LONG: Wording = {
  found: "Văn bản quá dài để là một kế hoạch.",
  remedy: "Tách riêng phần kế hoạch và phụ lục giao chỉ tiêu thành một tệp rồi đọc lại.",
};

export const READ_TOO_LONG: Wording = {
  found: "Văn bản quá dài hoặc quá nặng: đọc chưa xong thì hết thời gian hoặc bộ nhớ cho phép.",
  remedy: "Tách riêng phần kế hoạch và phụ lục giao chỉ tiêu thành một tệp rồi đọc lại.",
};

export const UNREADABLE: Wording = {
  found: "Không đọc được tệp này vì tệp có cấu trúc lạ.",
  remedy: "Mở tệp bằng Word hoặc LibreOffice, lưu thành tệp .docx mới rồi đọc lại.",
};

import { isUtf8 } from "node:buffer";

/** Why the bytes of a file are no text that can be read, at which line, and what to do. */
export interface WrongBytes {
  readonly line: number;
  readonly found: string;
  readonly remedy: string;
}

const UTF8 = "Lưu lại tệp với bảng mã UTF-8.";

/** What is wrong with bytes that should be a text in UTF-8; null where nothing is. */
export function wrongBytes(bytes: Buffer): WrongBytes | null {
  const start = bytes.toString("latin1", 0, 4);
  if (["PK\u0003\u0004", "\u00d0\u00cf\u0011\u00e0"].includes(start)) {
    return {
      line: 1,
      found: "Đây là tệp Excel hoặc Word, chỉ mang tên khác.",
      remedy: "Mở bằng Excel hoặc Word rồi lưu bảng thành CSV UTF-8, kế hoạch thành văn bản UTF-8.",
    };
  }
  if (/^(?:\xff\xfe|\xfe\xff)/.test(start) || bytes.includes(0)) {
    return { line: 1, found: "Tệp ghi bằng bảng mã UTF-16.", remedy: UTF8 };
  }
  if (isUtf8(bytes)) return null;
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf("\n", from);
    const to = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to;
  }
  const found = "Dòng này có chữ không phải UTF-8, như khi lưu bằng một bảng mã cũ.";
  return { line, found, remedy: UTF8 };
}

import { readFileSync } from "node:fs";
import { Failure } from "../vocabulary/failure.ts";
import { isHeld } from "./files.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "không có tệp hoặc thư mục này",
  EACCES: "không có quyền đọc hoặc ghi ở đó",
  EPERM: "không có quyền đọc hoặc ghi ở đó",
  EROFS: "ổ đĩa chỉ cho đọc",
  ENOSPC: "ổ đĩa đã đầy",
  EDQUOT: "đã hết hạn mức dung lượng",
  EFBIG: "tệp vượt kích thước cho phép",
  ENOTDIR: "có tệp ở chỗ cần thư mục",
  EEXIST: "có tệp ở chỗ cần thư mục",
  EISDIR: "đó là thư mục",
  EIO: "ổ đĩa báo lỗi",
  ENAMETOOLONG: "tên dài quá mức ổ đĩa cho phép",
  EILSEQ: "ổ đĩa không nhận ký tự trong tên",
  ENOTEMPTY: "thư mục không trống",
  EXDEV: "nằm ở ổ đĩa khác",
  ELOOP: "đó là liên kết",
  EBUSY: "chương trình khác đang dùng",
  ETXTBSY: "chương trình khác đang dùng",
  EMFILE: "quá nhiều tệp đang mở",
  ENFILE: "quá nhiều tệp đang mở",
  ESTALE: "mất kết nối ổ đĩa mạng",
  ETIMEDOUT: "ổ đĩa mạng không trả lời",
  EHOSTDOWN: "ổ đĩa mạng không trả lời",
  ENOTCONN: "ổ đĩa mạng không trả lời",
};

/** A full disk, as DuckDB, Node and this program say it. */
export const DISK_FULL =
  /No space left|disk is full|ENOSPC|EDQUOT|Disk quota|failed to offload|not enough space|ổ đĩa đã đầy|hết hạn mức/i;

/** What an error says, with what it comes of. */
export function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${messagesOf(error.cause)}`;
}

/** Whether an error comes of a disk that is full. */
export function isDiskFull(error: unknown): boolean {
  return DISK_FULL.test(messagesOf(error));
}

/**
 * A file error of the operating system as a Failure that says what could not be done and why.
 * Other errors come back as they are.
 */
export function fileFailure(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") {
    return error;
  }
  const call = "syscall" in error ? String(error.syscall) : null;
  // Windows says of what somebody has open that one may not
  const code =
    isHeld(error) && /^(rename|unlink|rmdir|copyfile)$/.test(call ?? "") ? "EBUSY" : error.code;
  const reason = REASONS[code] ?? (call === null ? undefined : `hệ thống báo ${code}`);
  if (reason === undefined) return error;
  const path = "path" in error && typeof error.path === "string" ? ` (${error.path})` : "";
  return new Failure(`${what}: ${reason}${path}.`, { cause: error });
}

/**
 * The text of a file that somebody named.
 * @param what could not be done if it cannot be read
 * @throws Failure that says so, and why
 */
export function readNamedFile(file: string, what = `Không đọc được ${file}`): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileFailure(error, what);
  }
}

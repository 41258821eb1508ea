import { Failure } from "../vocabulary/failure.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "you may not read or write there",
  EPERM: "you may not read or write there",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed",
  ENOTDIR: "a file stands where a folder is needed",
  EEXIST: "a file stands where a folder is needed",
  EISDIR: "it is a folder",
  EIO: "the disk reported an error",
};

/**
 * A file error of the operating system as a Failure that says what could not be done and why.
 * Other errors come back as they are.
 */
export function fileFailure(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") {
    return error;
  }
  const reason = REASONS[error.code];
  if (reason === undefined) return error;
  const path = "path" in error && typeof error.path === "string" ? ` (${error.path})` : "";
  return new Failure(`${what}: ${reason}${path}.`, { cause: error });
}

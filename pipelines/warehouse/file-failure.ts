import { readFileSync } from "node:fs";
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
  ENAMETOOLONG: "the name is longer than the disk allows",
  EILSEQ: "the disk does not take the letters of the name",
  ENOTEMPTY: "the folder is not empty",
  EXDEV: "it lies on another disk",
  ELOOP: "it is a link",
  EBUSY: "another program uses it",
  ETXTBSY: "another program uses it",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ESTALE: "the connection to the network drive was lost",
  ETIMEDOUT: "the network drive does not answer",
  EHOSTDOWN: "the network drive does not answer",
  ENOTCONN: "the network drive does not answer",
};

/**
 * A file error of the operating system as a Failure that says what could not be done and why.
 * Other errors come back as they are.
 */
export function fileFailure(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") {
    return error;
  }
  const isOfSystem = "syscall" in error;
  const reason = REASONS[error.code] ?? (isOfSystem ? `the system says ${error.code}` : undefined);
  if (reason === undefined) return error;
  const path = "path" in error && typeof error.path === "string" ? ` (${error.path})` : "";
  return new Failure(`${what}: ${reason}${path}.`, { cause: error });
}

/**
 * The text of a file that somebody named.
 * @param what could not be done if it cannot be read
 * @throws Failure that says so, and why
 */
export function readNamedFile(file: string, what = `${file} could not be read`): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw fileFailure(error, what);
  }
}

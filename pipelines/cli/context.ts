/** Where a command writes to, and how it says that something was refused. */
export interface Context {
  /** What the command is asked for: text or JSON, to standard output. */
  out(text: string): void;
  /** What went wrong, to standard error. */
  warn(text: string): void;
  /** What is being done: one changing line on a terminal, plain lines in a pipe. */
  progress(text: string): void;
  /** One of many steps of the same kind; a pipe gets the first and the last only. */
  step(done: number, total: number, text: string): void;
  /** Something was refused or a check failed: the program ends with 1. */
  refuse(): void;
}

export interface ProcessContext extends Context {
  /** Takes a changing line away. */
  clear(): void;
  readonly exitCode: 0 | 1;
}

/** Where text goes: a standard stream of a process, or what stands in for one. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * The context of a process with its standard streams.
 * @param isLog lines of JSON (`at`, `level`, `message`) in place of text, for programs that collect logs
 */
export function processContext(stdout: Output, stderr: Output, isLog = false): ProcessContext {
  const line = (level: "info" | "warning", message: string): string =>
    `${isLog ? JSON.stringify({ at: new Date().toISOString(), level, message }) : message}\n`;
  let exitCode: 0 | 1 = 0;
  let isLineShown = false;
  const clear = (): void => {
    if (isLineShown) stderr.write("\r\u001b[2K");
    isLineShown = false;
  };
  const progress = (text: string): void => {
    clear();
    isLineShown = stderr.isTTY === true && !isLog;
    stderr.write(isLineShown ? text : line("info", text));
  };
  return {
    out(text) {
      clear();
      stdout.write(line("info", text));
    },
    warn(text) {
      clear();
      stderr.write(line("warning", text));
    },
    progress,
    step(done, total, text) {
      if (stderr.isTTY === true || done <= 1 || done >= total) progress(text);
    },
    refuse() {
      exitCode = 1;
    },
    clear,
    get exitCode() {
      return exitCode;
    },
  };
}

/** JSON for another program to read. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Tells of the models while they are built. */
export function modelSteps(context: Context): (done: number, total: number, model: string) => void {
  return (done, total, model) =>
    context.step(done, total, `tính số liệu ${done}/${total} ${model}`);
}

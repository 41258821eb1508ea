/**
 * A failure that the person at the keyboard can act on. The command line prints its message without
 * a stack and ends with `exitCode`: 1 something was refused or a check failed, 2 wrong usage.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: 1 | 2;

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? 1;
  }
}

/** What some work gives, or the failure with which it ends; any other error is thrown. */
export async function resultOrFailure<T>(work: Promise<T>): Promise<T | Failure> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** A failure because a command was not used as it is meant to be. */
export function wrongUsage(message: string): Failure {
  return new Failure(message, { exitCode: 2 });
}

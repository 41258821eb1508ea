const MIB = 1024 * 1024;

/** What reading one file may cost, in a process of its own. */
export interface ReadingLimits {
  /** Resident memory of the process, in bytes. */
  readonly memory: number;
  /** Processor time, in milliseconds. */
  readonly time: number;
}

export const READING_LIMITS: ReadingLimits = { memory: 512 * MIB, time: 20_000 };

/** By the clock, for a file whose reading waits for something: the processor counts no waiting. */
export const LONGEST_WAIT = 3;

/**
 * V8's heap, in MiB. Buffers and typed arrays are outside of it, so the resident memory is watched
 * too.
 */
export const HEAP_MIB = 384;

/** A process that has grown to this much is ended after its file, so that the next begins afresh. */
export const WORN = 256 * MIB;

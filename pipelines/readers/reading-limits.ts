const MIB = 1024 * 1024;

/** What reading one file may cost, in a process of its own. */
export interface ReadingLimits {
  /** Resident memory of the process, in bytes. */
  readonly memory: number;
  /** Processor time, in milliseconds. */
  readonly time: number;
}

export const READING_LIMITS: ReadingLimits = { memory: 512 * MIB, time: 20_000 };

/** Wall-clock limit as a multiple of the processor time, which does not count waiting. */
export const LONGEST_WAIT = 3;

/**
 * V8's heap, in MiB. Buffers and typed arrays are outside of it, so the resident memory is watched
 * too.
 */
export const HEAP_MIB = 384;

/** A process that has grown to this size is ended after its file. */
export const WORN = 256 * MIB;

import { Failure } from "../vocabulary/failure.ts";
import { forkOwn } from "../warehouse/own-process.ts";
import { TOO_MUCH_MEMORY } from "./query-wording.ts";
import { QUERY_LIMITS, type QueryResult } from "./shared-query.ts";

/** What the process is asked. */
export interface QueryQuestion {
  readonly marts: string;
  readonly sql: string;
  readonly seconds: number;
}

/** What it answers. */
export type QueryAnswer =
  | { readonly kind: "result"; readonly result: QueryResult }
  | { readonly kind: "refused"; readonly message: string; readonly exitCode: 1 | 2 }
  | { readonly kind: "failed"; readonly message: string };

/** MiB for the values of a result, as JavaScript keeps them. */
const HEAP_MIB = 768;

/**
 * Asks the shared marts one question in a process of its own: some functions of the engine cannot be
 * interrupted, a process can be ended.
 * @param marts path of marts.duckdb
 * @param seconds of all processors together, after which it is given up
 * @throws Failure in Vietnamese where the query is wrong, or takes more than `QUERY_LIMITS`
 */
export async function askSharedMarts(
  marts: string,
  sql: string,
  seconds: number = QUERY_LIMITS.seconds,
): Promise<QueryResult> {
  const child = forkOwn(import.meta.url, "ask-shared-process", { heapMiB: HEAP_MIB });
  const answer = await new Promise<QueryAnswer>((resolve) => {
    const ended: QueryAnswer = { kind: "refused", message: TOO_MUCH_MEMORY, exitCode: 1 };
    child.once("message", (reply: QueryAnswer) => resolve(reply));
    child.once("exit", () => resolve(ended));
    child.once("error", ({ message }) => resolve({ kind: "failed", message }));
    child.send({ marts, sql, seconds } satisfies QueryQuestion);
  });
  child.removeAllListeners();
  child.on("error", () => undefined);
  child.kill("SIGKILL");
  if (answer.kind === "result") return answer.result;
  if (answer.kind === "failed") throw new Error(answer.message);
  throw new Failure(answer.message, { exitCode: answer.exitCode });
}

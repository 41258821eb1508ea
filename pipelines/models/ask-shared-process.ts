import { availableParallelism } from "node:os";
import { Failure } from "../vocabulary/failure.ts";
import type { QueryAnswer, QueryQuestion } from "./ask-shared.ts";
import { TOO_MUCH_MEMORY, tooLong } from "./query-wording.ts";
import { askShared, QUERY_LIMITS, withShared } from "./shared-query.ts";

/** The process that asks one question of the shared marts. It looks at its own time and memory, and ends itself. */

const LOOK_MS = 50;

/** The engine keeps to its limit but for what a single value takes. */
const SLACK = 512 * 1024 ** 2;

function send(answer: QueryAnswer): void {
  process.send?.(answer);
}

/** Says why, and ends: the engine may be busy in a function that hears nothing. */
function giveUp(message: string): void {
  const answer: QueryAnswer = { kind: "refused", message, exitCode: 1 };
  process.send?.(answer, () => process.kill(process.pid, "SIGKILL"));
}

function watch(seconds: number): void {
  const most = process.memoryUsage.rss() + QUERY_LIMITS.memory + SLACK;
  // what all processors together can give in that time, and a busy machine gives later
  const longest = seconds * 1e6 * availableParallelism();
  const before = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if (process.memoryUsage.rss() > most) giveUp(TOO_MUCH_MEMORY);
    else if (user + system > longest) giveUp(tooLong(seconds));
  }, LOOK_MS);
}

async function answer({ marts, sql, seconds }: QueryQuestion): Promise<QueryAnswer> {
  try {
    const result = await withShared(marts, sql, (shared) => {
      watch(seconds);
      return askShared(shared, sql);
    });
    return { kind: "result", result };
  } catch (error) {
    if (error instanceof Failure) {
      return { kind: "refused", message: error.message, exitCode: error.exitCode };
    }
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", (question: QueryQuestion) => {
  void answer(question).then(send);
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import { Failure } from "../vocabulary/failure.ts";
import { compiledFile } from "../warehouse/own-process.ts";
import type { Drawer } from "./exported-files.ts";

const NO_MEMORY =
  "Máy không đủ bộ nhớ để lập các tệp của báo cáo; chưa phát hành gì. Đóng bớt chương trình khác rồi thử lại.";

const stopped = (why: string): string =>
  `Phần lập các tệp của báo cáo đã dừng (${why}); chưa phát hành gì. Thử lại.`;

/** The thread goes on for so long after its last document, for the next version. */
const REST_MS = 10_000;

let thread: Worker | null = null;
/** Why the thread that was started last ended. */
let end: Promise<Failure>;
let drawn = 0;
let rest: NodeJS.Timeout | undefined;

/** Starts the thread that draws documents, unless there is one: before the first it reads fonts and libraries. */
export function beginDrawing(): Worker {
  if (thread !== null) return thread;
  const begun = new Worker(compiledFile(import.meta.url, "drawing-thread"), { execArgv: [] });
  end = new Promise((resolve) => {
    const over = (why: string): void => {
      if (thread === begun) thread = null;
      resolve(new Failure(why));
    };
    begun.once("error", (error: NodeJS.ErrnoException) =>
      over(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? NO_MEMORY : stopped(error.message)),
    );
    begun.once("exit", (code) => over(stopped(`mã ${code}`)));
  });
  // it must not keep the program from its end
  begun.unref();
  thread = begun;
  return begun;
}

function endDrawing(): void {
  void thread?.terminate();
  thread = null;
}

/** Draws beside what this thread does. @throws Failure where that ends meanwhile, which says of what */
export const drawBeside: Drawer = async (drawing) => {
  clearTimeout(rest);
  drawn += 1;
  const { port1: answers, port2: port } = new MessageChannel();
  try {
    beginDrawing().postMessage({ ...drawing, port }, [port]);
    const [answered] = await Promise.race([once(answers, "message"), end.then((why) => [why])]);
    if (answered instanceof Error) throw answered;
    return answered;
  } finally {
    answers.close();
    drawn -= 1;
    if (drawn === 0) rest = setTimeout(endDrawing, REST_MS).unref();
  }
};

import { once } from "node:events";
import { MessageChannel, Worker } from "node:worker_threads";
import { Failure } from "../vocabulary/failure.ts";
import { compiledFile } from "../warehouse/own-process.ts";
import type { Drawer } from "./exported-files.ts";

const ENDED =
  "Máy không đủ bộ nhớ để lập các tệp của báo cáo; chưa phát hành gì. Đóng bớt chương trình khác rồi thử lại.";

/** The thread goes on for so long after its last document, for the next version. */
const REST_MS = 10_000;

let thread: Worker | null = null;
let drawn = 0;
let rest: NodeJS.Timeout | undefined;

/** Starts the thread that draws documents, unless there is one: before the first it reads fonts and libraries. */
export function beginDrawing(): Worker {
  const file = compiledFile(import.meta.url, "drawing-thread");
  thread ??= new Worker(file, { execArgv: [] }).once("error", endDrawing);
  // it must not keep the program from its end
  thread.unref();
  return thread;
}

function endDrawing(): void {
  void thread?.terminate();
  thread = null;
}

/** Draws beside what this thread does. @throws Failure where that ends meanwhile, for want of memory */
export const drawBeside: Drawer = async (drawing) => {
  clearTimeout(rest);
  drawn += 1;
  const { port1: answers, port2: port } = new MessageChannel();
  try {
    beginDrawing().postMessage({ ...drawing, port }, [port]);
    const answer = once(answers, "message");
    const end = once(answers, "close").then(() => Promise.reject(new Failure(ENDED)));
    const [answered] = await Promise.race([answer, end]);
    if (answered instanceof Error) throw answered;
    return answered;
  } catch (error) {
    if (error instanceof Failure) endDrawing();
    throw error;
  } finally {
    answers.close();
    drawn -= 1;
    if (drawn === 0) rest = setTimeout(endDrawing, REST_MS).unref();
  }
};

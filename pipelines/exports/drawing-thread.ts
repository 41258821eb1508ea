import { type MessagePort, parentPort } from "node:worker_threads";
import { type Drawing, drawDocument } from "./exported-files.ts";
import { readFonts } from "./pdf-page.ts";
import "./pdf-document.ts";
import "./word-document.ts";

/** The thread that draws documents, one after another. Each is asked for with where it is to be sent. */

let last: Promise<unknown> = readFonts();
parentPort?.on("message", ({ port, ...drawing }: Drawing & { readonly port: MessagePort }) => {
  last = last
    .then(() => drawDocument(drawing))
    .catch((error: unknown) => error)
    .then((drawn) => port.postMessage(drawn));
});

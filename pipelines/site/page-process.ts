import { OFFICE_ZONE } from "../vocabulary/date.ts";
import { watchOwn } from "../warehouse/own-watch.ts";
import { TimeShare } from "../warehouse/time-share.ts";
import { PageHouse } from "./page-house.ts";
import type { PageAnswers, PageMessage, PageQuestion, PageStart } from "./page-messages.ts";
import { loadPages } from "./page-renderer.ts";

// Renders pages in a process of its own until whoever has started it goes away.

/** How often it is looked whether there are other marts. */
const LOOK_MS = 100;

/** New tables take a tenth of the time where marts come again and again, and wait half a minute at most. */
const TABLES = [0.1, 10_000, 30_000] as const;

/** How long what went wrong is left alone. */
const AGAIN_MS = 1000;

/**
 * Without an answer to anything that was asked it has hung: after so much processor time, that of loading
 * the bundle and of making tables included, or where it does nothing for so long.
 */
const setBusy = watchOwn({ time: 120_000, still: 300_000, every: 500 });
let asked = 0;

process.env.TZ = OFFICE_ZONE;

let begin: (house: PageHouse) => void = () => {};
const opened = new Promise<PageHouse>((resolve) => {
  begin = resolve;
});

process.on("message", (message: PageStart | (PageQuestion & { readonly no: number })) => {
  if (message.kind === "start") {
    run(message).catch((error: unknown) => {
      send({ kind: "trouble", reason: reasonOf(error) });
      process.exitCode = 1;
      process.disconnect();
    });
    return;
  }
  const { no } = message;
  asked += 1;
  if (asked === 1) setBusy(true);
  opened
    .then((house) => answer(house, message))
    .then(
      (found) => send({ kind: "answer", no, answer: found }),
      (error: unknown) => send({ kind: "failed", no, reason: reasonOf(error) }),
    )
    .finally(() => {
      asked -= 1;
      setBusy(asked > 0);
    });
});
process.once("disconnect", () => process.exit());
// Ctrl-C reaches every process of a window: who has started this one ends it
process.on("SIGINT", () => undefined);

async function run({ workspace, marts, warehouse, audience }: PageStart): Promise<void> {
  const pages = await loadPages(workspace);
  const house = new PageHouse({ workspace, marts, warehouse, audience }, pages, (shown) =>
    send({ kind: "shown", shown }),
  );
  begin(house);
  let trouble: string | null = "not looked yet";
  const time = new TimeShare(...TABLES);
  for (;;) {
    const now = await time.spend(() => house.look()).then(() => null, reasonOf);
    if (now !== trouble) send({ kind: "trouble", reason: now });
    trouble = now;
    const pause = Math.max(time.wait, now === null ? LOOK_MS : AGAIN_MS);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function answer(
  house: PageHouse,
  asked: PageQuestion,
): Promise<PageAnswers[PageQuestion["kind"]]> {
  switch (asked.kind) {
    case "page":
      return await house.render(asked.path);
    case "table":
      return await house.wholeTable(asked.path);
    case "download":
      return (await house.downloads()).get(asked.path) ?? null;
    case "first pages":
      return house.firstPages;
    case "downloads":
      return await house.downloads();
  }
}

function send(message: PageMessage): void {
  if (process.connected) process.send?.(message);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

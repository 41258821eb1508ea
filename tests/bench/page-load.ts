import { fileURLToPath } from "node:url";
import type { Browser, CDPSession } from "playwright-core";

/** A slow office line and an old machine. */
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const CPU_SLOWDOWN = 4;

/** How long is waited for a page that is to be looked at so often. */
const PATIENCE_MS = 60_000;

/** What runs in the page, from before its first byte. */
const WATCHER = fileURLToPath(new URL("watch-page.js", import.meta.url));

/** How a page came to be on a slow line, from an empty cache. */
export interface PageLoad {
  /** Until the first figures stood in the window, styled; undefined when they never did. */
  readonly figuresMs: number | undefined;
  /** What had been transferred by then, headers included. */
  readonly figuresBytes: number;
  /** Until the last chart was there; undefined where there is none. */
  readonly chartsMs: number | undefined;
  readonly totalBytes: number;
  readonly requests: readonly string[];
  /** How much of what was seen has moved (cumulative layout shift). */
  readonly shift: number;
  /** Moments at which one of the first figures was not to be seen, in ms. */
  readonly blankMs: readonly number[];
  readonly samples: number;
}

/** What `watch-page.js` has noted. */
interface Notes {
  readonly figuresMs?: number;
  readonly chartsMs?: number;
  readonly shift: number;
  readonly blankMs: number[];
  readonly samples: number;
}

/**
 * Opens a page on the slow line and looks at it every 100 ms.
 * @param watchMs for how long it is looked at
 * @param samples how often at least after the figures have come, should that take longer
 */
export async function measureLoad(
  browser: Browser,
  url: string,
  watchMs: number,
  samples = 0,
): Promise<PageLoad> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "vi-VN",
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    await session.send("Network.emulateNetworkConditions", LINE);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await page.addInitScript({ path: WATCHER });
    const transfers = countTransfers(session);
    await page.goto(url, { waitUntil: "commit", timeout: PATIENCE_MS });
    await page.waitForTimeout(watchMs);
    await page.waitForFunction(
      (least) => Reflect.get(window, "pageNotes").samples >= least,
      samples,
      { timeout: PATIENCE_MS },
    );
    const notes = await page.evaluate((): Notes => Reflect.get(window, "pageNotes"));
    return {
      figuresMs: notes.figuresMs,
      figuresBytes: transfers.bytesUntil(notes.figuresMs ?? Number.POSITIVE_INFINITY),
      chartsMs: notes.chartsMs,
      totalBytes: transfers.bytesUntil(Number.POSITIVE_INFINITY),
      requests: transfers.requests,
      shift: notes.shift,
      blankMs: notes.blankMs,
      samples: notes.samples,
    };
  } finally {
    await context.close();
  }
}

/** Counts what comes over the line, by the moment since the page was asked for. */
function countTransfers(session: CDPSession) {
  const requests: string[] = [];
  const parts: { at: number; bytes: number }[] = [];
  const counted = new Map<string, number>();
  let start: number | undefined;
  session.on("Network.requestWillBeSent", ({ request, timestamp }) => {
    start ??= timestamp;
    requests.push(request.url);
  });
  const count = (requestId: string, at: number, bytes: number) => {
    parts.push({ at, bytes });
    counted.set(requestId, (counted.get(requestId) ?? 0) + bytes);
  };
  session.on("Network.dataReceived", ({ requestId, timestamp, encodedDataLength }) =>
    count(requestId, timestamp, encodedDataLength),
  );
  // Headers, and what was not told part by part.
  session.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) =>
    count(requestId, timestamp, encodedDataLength - (counted.get(requestId) ?? 0)),
  );
  return {
    requests,
    bytesUntil: (ms: number) =>
      parts
        .filter(({ at }) => (at - (start ?? at)) * 1000 <= ms)
        .reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

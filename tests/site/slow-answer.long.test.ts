import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { serveSite } from "../../pipelines/site/server.ts";
import { madeSite } from "./made-site.ts";

/** Longer than a reader may be idle. */
const SLOW_MS = 33_000;

test("a reader waits for a page that takes long, and one who is idle is let go", async () => {
  const site = madeSite({ "/": "trang", "/lau/": "trang lâu" });
  const server = await serveSite(
    {
      notFound: () => site.notFound(),
      find: async (path, version) => {
        if (path === "/lau/") await sleep(SLOW_MS);
        return await site.find(path, version);
      },
    },
    { port: 4300 },
  );
  try {
    const { port } = new URL(server.url);
    // asks for nothing
    const idle = connect(Number(port), "127.0.0.1").resume();
    const letGo = once(idle, "close");
    const answer = await fetch(`${server.url}/lau/`);
    expect([answer.status, await answer.text()]).toEqual([200, "trang lâu"]);
    await letGo;
  } finally {
    await server.close();
  }
});

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, isNginxInstalled, runNginx } from "../site/nginx-given.ts";
import { COMMAND } from "./given.ts";
import type { Table } from "./table.ts";

const CONNECTIONS = 10;
const SECONDS = 5;
/** Each server in turn, so that both meet the machine in the same state. */
const ROUNDS = 3;

/** A server in a process of its own. */
interface Started {
  readonly url: string;
  end(): Promise<void>;
}

/**
 * Requests a second for one page over ten connections, beside nginx with the same files where it is
 * installed; the client bounds both.
 */
export async function benchServing(
  table: Table,
  { warehouse, site }: { readonly warehouse: string; readonly site: string },
  path: string,
): Promise<void> {
  const nginx = isNginxInstalled ? await startPlainNginx(site) : null;
  const { url, end } = await startServe(warehouse);
  try {
    const own: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      own.push(await requestsASecond(url + path));
      if (nginx !== null) peer.push(await requestsASecond(nginx.url + path));
    }
    const best = Math.max(...own);
    const ratio = best / Math.max(...peer);
    table.row(
      "Serving: requests a second for the overview, to nginx",
      nginx === null
        ? `${Math.round(best)}/s, no nginx`
        : `${Math.round(best)}/s, ${ratio.toFixed(2)} of ${Math.round(Math.max(...peer))}/s`,
      "0.5",
      nginx === null || ratio >= 0.5,
    );
  } finally {
    await end();
    await nginx?.end();
  }
}

async function startServe(warehouse: string): Promise<Started> {
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [COMMAND, "serve", "--warehouse", warehouse, "--port", `${port}`],
    { stdio: "ignore" },
  );
  const closed = new Promise<void>((done) => server.once("exit", () => done()));
  const end = async (): Promise<void> => {
    server.kill("SIGTERM");
    await closed;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries += 1) {
    const isUp = await ask(`${url}/`, new Agent()).then(
      () => true,
      () => false,
    );
    if (isUp) return { url, end };
    await sleep(50);
  }
  await end();
  throw new Error(`no server answers at ${url}`);
}

async function requestsASecond(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + SECONDS * 1000;
  let answered = 0;
  const askAgain = async (): Promise<void> => {
    while (performance.now() < end) {
      await ask(url, agent);
      answered += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, askAgain));
  } finally {
    agent.destroy();
  }
  return answered / SECONDS;
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    get(url, { agent, headers: { "accept-encoding": "br, gzip" } }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${url}: ${answer.statusCode}`));
      answer.on("end", done).resume();
    }).once("error", fail);
  });
}

/** nginx with the files of a site as they lie, compressed copies included. */
async function startPlainNginx(site: string): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), "chitieu-bench-nginx-"));
  const port = await freePort();
  const { end } = await runNginx(
    folder,
    `sendfile on; gzip_static on; types { text/html html; }
    server { listen 127.0.0.1:${port}; root ${site}; index index.html; }`,
    port,
  );
  return {
    url: `http://127.0.0.1:${port}`,
    async end() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

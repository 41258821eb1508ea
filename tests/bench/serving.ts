import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { freePort, isNginxInstalled } from "../site/nginx-given.ts";
import type { Table } from "./table.ts";

const CONNECTIONS = 10;
const SECONDS = 5;
/** Each server in turn, so that both meet the machine in the same state. */
const ROUNDS = 3;

const COMMAND = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));

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
  { folder, site }: Pick<WarehousePaths, "folder" | "site">,
  path: string,
): Promise<void> {
  const nginx = isNginxInstalled ? await startPlainNginx(site) : null;
  const { url, end } = await startServe(folder);
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
  return started(
    spawn(process.execPath, [COMMAND, "serve", "--warehouse", warehouse, "--port", `${port}`], {
      stdio: "ignore",
    }),
    `http://127.0.0.1:${port}`,
  );
}

/** A server, once it answers. */
async function started(server: ChildProcess, url: string): Promise<Started> {
  const closed = new Promise<void>((done) => server.once("exit", () => done()));
  const end = async (): Promise<void> => {
    server.kill("SIGTERM");
    await closed;
  };
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
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join("\n");
  writeFileSync(
    join(folder, "nginx.conf"),
    `${process.getuid?.() === 0 ? "user root;" : ""}
    pid ${folder}/nginx.pid;
    error_log stderr;
    events {}
    http { access_log off; sendfile on; gzip_static on; types { text/html html; } ${temporary}
      server { listen 127.0.0.1:${port}; root ${site}; index index.html; } }`,
  );
  const nginx = await started(
    spawn(
      "nginx",
      ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf"), "-g", "daemon off;"],
      { stdio: "ignore" },
    ),
    `http://127.0.0.1:${port}`,
  );
  return {
    url: nginx.url,
    async end() {
      await nginx.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether nginx and openssl are there. */
export const isNginxInstalled = ["nginx", "openssl"].every((program) => {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});
if (!isNginxInstalled)
  console.warn("nginx or openssl is not installed: its configuration is not tested");

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Runs openssl in a folder. @returns what it prints */
export function openssl(folder: string, ...args: string[]): string {
  return execFileSync("openssl", args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
}

/** A running nginx with a configuration of the project. */
export interface GivenNginx {
  readonly plainPort: number;
  readonly securePort: number;
  end(): Promise<void>;
}

/**
 * Starts nginx with a configuration of `reports/serving/`, on ports of its own and with a certificate
 * for a day.
 * @param folder for all that it needs
 * @param ports by the port that the configuration has for it: where a server listens
 * @param edited the configuration as an office has changed it
 */
export async function startNginx(
  folder: string,
  name: string,
  ports: Readonly<Record<string, string>>,
  edited: (conf: string) => string = (conf) => conf,
): Promise<GivenNginx> {
  const [plainPort, securePort] = [await freePort(), await freePort()];
  openssl(
    folder,
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=test"],
    ...["-keyout", "tls.key", "-out", "tls.crt"],
  );
  const conf = edited(
    readFileSync(new URL(`../../reports/serving/${name}`, import.meta.url), "utf8"),
  )
    // first, since a port that is free may begin with one that is named: 41703
    .replaceAll(/127\.0\.0\.1:(\d+)/g, (_, named) => `127.0.0.1:${ports[named] ?? named}`)
    .replaceAll("/etc/chitieu/", `${folder}/`)
    .replaceAll(/listen \[::\]:.*\n/g, "\n")
    .replaceAll("/run/", `${folder}/`)
    .replaceAll(/listen 80\b/g, `listen 127.0.0.1:${plainPort}`)
    .replaceAll(/listen 443\b/g, `listen 127.0.0.1:${securePort}`);
  writeFileSync(join(folder, "chitieu.conf"), conf);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join("\n");
  const main = join(folder, "nginx.conf");
  writeFileSync(
    main,
    // as root the workers must be able to read what root has written
    `${process.getuid?.() === 0 ? "user root;" : ""}
    pid ${folder}/nginx.pid;
    error_log stderr;
    events {}
    http { access_log off; ${temporary} include ${folder}/chitieu.conf; }`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-e", "stderr", "-c", main, "-g", "daemon off;"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  nginx.stderr.on("data", (text: string) => {
    errors += text;
  });
  const closed = new Promise<void>((done) => nginx.once("exit", () => done()));
  const end = async (): Promise<void> => {
    nginx.kill("SIGTERM");
    await closed;
  };
  for (let tries = 0; tries < 100; tries += 1) {
    const isUp = await new Promise<boolean>((done) => {
      const socket = connect(securePort, "127.0.0.1", () => {
        socket.destroy();
        done(true);
      });
      socket.once("error", () => done(false));
    });
    if (isUp) return { plainPort, securePort, end };
    await sleep(50);
  }
  throw new Error(`nginx does not start: ${errors}`);
}

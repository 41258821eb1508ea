import { timingSafeEqual } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256Of } from "../../warehouse/files.ts";
import { drawnBytes } from "../../warehouse/random.ts";
import { readKept, writeKept } from "../kept/kept-file.ts";

const Session = z.strictObject({
  account: z.string(),
  /** Stands in every form of the session: a request that another page makes does not know it. */
  token: z.string(),
  began: z.string(),
  seen: z.string(),
});
export type Session = z.infer<typeof Session>;

/** A session ends after so long without a request, and after so long in any case. */
const IDLE_MS = 2 * 3_600_000;
const LONGEST_MS = 12 * 3_600_000;

/** That somebody was seen is written down no more often. */
const SEEN_MS = 60_000;

/** The sessions of a desk, one file each under the digest of its secret, which only the browser has. */
export class Sessions {
  readonly #folder: string;

  constructor(deskFolder: string) {
    this.#folder = join(deskFolder, "sessions");
  }

  /** @returns the secret, for the cookie */
  async begin(account: string, now: Date): Promise<string> {
    const secret = drawnBytes("secret", 32).toString("base64url");
    const token = drawnBytes("secret", 24).toString("base64url");
    const at = now.toISOString();
    await writeKept(this.#path(secret), Session, { account, token, began: at, seen: at });
    return secret;
  }

  /** The session of a secret; null where there is none, or it has ended. */
  async find(secret: string, now: Date): Promise<Session | null> {
    const session = await readKept(this.#path(secret), Session);
    if (session === null) return null;
    if (hasEnded(session, now)) {
      await this.end(secret);
      return null;
    }
    if (now.getTime() - new Date(session.seen).getTime() > SEEN_MS) {
      // on a full disk it may end early; until then its pages go on
      await writeKept(this.#path(secret), Session, { ...session, seen: now.toISOString() }).catch(
        () => undefined,
      );
    }
    return session;
  }

  async end(secret: string): Promise<void> {
    await rm(this.#path(secret), { force: true });
  }

  /** Ends all sessions of an account. */
  async endAll(account: string): Promise<void> {
    await this.#remove((session) => session.account === account);
  }

  /** Removes the files of sessions that have ended. */
  async clear(now: Date): Promise<void> {
    await this.#remove((session) => hasEnded(session, now));
  }

  async #remove(isMeant: (session: Session) => boolean): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const session = await readKept(path, Session).catch(() => null);
      if (session === null || isMeant(session)) await rm(path, { force: true });
    }
  }

  #path(secret: string): string {
    return join(this.#folder, `${sha256Of(secret)}.json`);
  }
}

function hasEnded({ began, seen }: Session, now: Date): boolean {
  const since = (moment: string): number => now.getTime() - new Date(moment).getTime();
  return since(seen) > IDLE_MS || since(began) > LONGEST_MS;
}

/** Whether a form came from a page of this session. */
export function isOwnForm({ token }: Session, given: unknown): boolean {
  if (typeof given !== "string" || given.length !== token.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(token));
}

import { timingSafeEqual } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { wrongUsage } from "../../vocabulary/failure.ts";
import { sha256Of } from "../../warehouse/files.ts";
import { drawnBytes } from "../../warehouse/random.ts";
import { listKept, readKept, writeKept } from "../kept/kept-file.ts";
import { Attempts } from "./attempts.ts";
import { COMMON_LETTERS } from "./common-passwords.ts";
import { ROLE_NAMES, type Role } from "./roles.ts";

/** The name with which somebody logs in: also the name of the account's file. */
const AccountName = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,40}$/);

/** Characters of the name of a person or a post. */
export const MAX_SHOWN_NAME = 120;

/** Attempts to log in that failed since the last that did not, and when the last was. */
interface Failures {
  readonly count: number;
  readonly last: Date;
}

const Account = z.strictObject({
  schema: z.literal(1),
  name: AccountName,
  /** How the person or the post is called on pages and in the journal. */
  shown_name: z.string().min(1).max(MAX_SHOWN_NAME),
  role: z.enum(ROLE_NAMES),
  /** Of a clerk: codes of the units of the office for which reports may be sent. */
  units: z.array(z.string().min(1)),
  /** Argon2id; null until the invitation is taken up. */
  password: z.string().nullable(),
  /** The digest of the one-time link, and until when it holds. */
  invitation: z.object({ digest: z.string(), until: z.string() }).nullable(),
  is_disabled: z.boolean(),
  made_at: z.string(),
  /** Since when somebody waits who has forgotten its password; not there where nobody does. */
  forgot_at: z.string().optional(),
  /** Under which it was known before: what was sent and noted under them is its own. */
  former_names: z.array(AccountName).optional(),
  /** Where mails of the desk reach the person. */
  email: z.email().optional(),
  /** Who it is with the provider through which he logs in; not there of one with a password. */
  identity: z.strictObject({ issuer: z.string(), subject: z.string() }).optional(),
});
export type Account = z.infer<typeof Account>;

export type Identity = NonNullable<Account["identity"]>;

/** What an administrator, or the provider of log-ins, says of an account. */
export interface AccountFacts {
  readonly name: string;
  readonly shownName: string;
  readonly role: Role;
  readonly units: readonly string[];
  readonly email?: string | undefined;
}

/** An invitation holds for so long. */
const INVITED_MS = 7 * 24 * 3_600_000;

/** The link to a new password, for who has forgotten his, for so long. */
const FORGOTTEN_MS = 2 * 3_600_000;

/** After so many failures in a row an account waits, and the longer the more there were. */
const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Names whose failures are remembered at a time. */
const MAX_NAMES = 10_000;

export const MIN_PASSWORD = 10;
const MAX_PASSWORD = 200;

/** OWASP's smallest for argon2id: 19 MiB, two passes. */
const HASHING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What a password is compared with where there is no account, so that it takes as long. */
const NOBODY = hash(drawnBytes("secret", 16).toString("hex"), HASHING);

/** What became of an attempt to log in. */
export type LogIn =
  | { readonly account: Account; readonly waitSeconds?: undefined }
  | { readonly account: null; readonly waitSeconds: number };

/** What became of a log-in through the provider. */
export type SignOn =
  | { readonly account: Account; readonly isNew: boolean; readonly isChanged: boolean }
  | { readonly account: null; readonly fault: string; readonly about: string };

/** The accounts of a desk, one file each. */
export class Accounts {
  readonly #folder: string;
  /** By name, whether or not it is anybody's: neither the answer nor its time tells one from the other. */
  readonly #failures = new Map<string, Failures>();
  /** Those that failed by address, by a password or on the way back from single sign-on: one limit holds for both. */
  readonly attempts = new Attempts();

  constructor(deskFolder: string) {
    this.#folder = join(deskFolder, "accounts");
  }

  list(): Promise<Account[]> {
    return listKept(this.#folder, Account);
  }

  /** The account of a name; null where there is none, or it is no name. */
  async find(name: string): Promise<Account | null> {
    const read = AccountName.safeParse(name);
    return read.success ? readKept(this.#path(read.data), Account) : null;
  }

  /** Why a name cannot be given to an account, in Vietnamese; null where it can. */
  async nameFault(name: string): Promise<string | null> {
    if (!AccountName.safeParse(name).success) {
      return `"${name}" không dùng được làm tên đăng nhập: từ 2 đến 41 chữ thường không dấu, chữ số, dấu chấm, dấu gạch.`;
    }
    const holder = (await this.list()).find((one) => isNameOf(one, name));
    if (holder === undefined) return null;
    return holder.name === name
      ? `Đã có tài khoản ${name}.`
      : `Tên ${name} là tên cũ của tài khoản ${holder.name}.`;
  }

  /**
   * Makes an account, or invites its owner anew, whose password then no longer holds; one that is
   * locked stays so.
   * @returns the secret of the one-time link, which is kept nowhere
   * @throws Failure when a name is none, or a clerk has no unit
   */
  async invite(facts: AccountFacts, now: Date): Promise<string> {
    const { name } = facts;
    const before = await this.find(name);
    const fault = before === null ? await this.nameFault(name) : null;
    if (fault !== null) throw wrongUsage(fault);
    if (facts.role === "clerk" && facts.units.length === 0) {
      throw wrongUsage("Tài khoản cán bộ đơn vị cần ít nhất một đơn vị.");
    }
    const shownName = facts.shownName.normalize("NFC").trim();
    if (shownName === "" || shownName.length > MAX_SHOWN_NAME) {
      throw wrongUsage(`Họ tên hoặc chức danh dài từ 1 đến ${MAX_SHOWN_NAME} ký tự.`);
    }
    const email = facts.email ?? before?.email;
    const { secret, invitation } = newInvitation(now, INVITED_MS);
    await writeKept(this.#path(name), Account, {
      schema: 1,
      name,
      shown_name: shownName,
      role: facts.role,
      units: facts.role === "clerk" ? [...new Set(facts.units)] : [],
      password: null,
      invitation,
      is_disabled: before?.is_disabled ?? false,
      made_at: before?.made_at ?? now.toISOString(),
      ...(email === undefined ? {} : { email }),
      ...(before?.former_names === undefined ? {} : { former_names: before.former_names }),
    });
    return secret;
  }

  /**
   * The account of somebody who has logged in through the provider: made the first time, and each time
   * with the role and units that his groups give him now.
   */
  async signOn(facts: AccountFacts & { readonly identity: Identity }, now: Date): Promise<SignOn> {
    const { identity } = facts;
    const name = AccountName.safeParse(facts.name);
    if (!name.success) {
      const fault =
        "Tên đăng nhập ở máy chủ đăng nhập không dùng được ở đây: cần 2 đến 41 chữ thường không dấu, chữ số, dấu chấm, dấu gạch. Báo quản trị.";
      return { account: null, fault, about: "tên không dùng được" };
    }
    const before = await this.find(name.data);
    const isOwn =
      before?.identity?.issuer === identity.issuer && before.identity.subject === identity.subject;
    if (before !== null && !isOwn) {
      const fault = `Tên đăng nhập ${name.data} đã có ở Bàn làm việc và là của người khác, hoặc dùng mật khẩu. Đăng nhập bằng mật khẩu, hoặc báo quản trị.`;
      return { account: null, fault, about: name.data };
    }
    if (before?.is_disabled === true) {
      const fault = "Tài khoản này đã bị khóa. Liên hệ quản trị.";
      return { account: null, fault, about: name.data };
    }
    const account: Account = {
      schema: 1,
      name: name.data,
      shown_name: facts.shownName.normalize("NFC").trim().slice(0, MAX_SHOWN_NAME) || name.data,
      role: facts.role,
      units: facts.role === "clerk" ? [...facts.units] : [],
      password: null,
      invitation: null,
      is_disabled: false,
      made_at: before?.made_at ?? now.toISOString(),
      ...(before?.email === undefined ? {} : { email: before.email }),
      identity,
    };
    const isChanged =
      before !== null &&
      (before.role !== account.role || before.units.join() !== account.units.join());
    if (!isDeepStrictEqual(before, account))
      await writeKept(this.#path(account.name), Account, account);
    return { account, isNew: before === null, isChanged };
  }

  /** The account that a one-time link invites; null where the link holds no longer or never did. */
  async invited(name: string, secret: string, now: Date): Promise<Account | null> {
    const account = await this.find(name);
    const invitation = account?.invitation ?? null;
    if (account === null || invitation === null || account.is_disabled) return null;
    const isRight = timingSafeEqual(Buffer.from(sha256Of(secret)), Buffer.from(invitation.digest));
    return isRight && now < new Date(invitation.until) ? account : null;
  }

  /**
   * Lets the owner of an account choose another password by a link; the one that he has holds until then.
   * @returns the secret of the link, which is kept nowhere
   */
  async letChoose(account: Account, now: Date): Promise<string> {
    const { secret, invitation } = newInvitation(now, FORGOTTEN_MS);
    await writeKept(this.#path(account.name), Account, { ...account, invitation });
    return secret;
  }

  /** Keeps that somebody waits who has forgotten the password of an account. */
  async forgot(account: Account, now: Date): Promise<void> {
    const forgot_at = account.forgot_at ?? now.toISOString();
    await writeKept(this.#path(account.name), Account, { ...account, forgot_at });
  }

  /** Takes up an invitation with a password that `passwordFault` finds nothing against. */
  async takeUp(account: Account, password: string): Promise<Account> {
    const { forgot_at, ...known } = account;
    const taken: Account = {
      ...known,
      password: await hash(password.normalize("NFC"), HASHING),
      invitation: null,
    };
    await writeKept(this.#path(account.name), Account, taken);
    return taken;
  }

  /**
   * Gives an account another login name, another shown name, or both. What was done under the old name
   * stays under it, and nobody else gets that name.
   * @returns why not, in Vietnamese; null where it is done
   */
  async rename(account: Account, name: string, shownName: string): Promise<string | null> {
    const fault = isNameOf(account, name) ? null : await this.nameFault(name);
    if (fault !== null) return fault;
    const names = [...(account.former_names ?? []), account.name].filter((one) => one !== name);
    const renamed = { ...account, name, shown_name: shownName, former_names: names };
    const read = Account.safeParse(renamed);
    if (!read.success) return `Họ tên hoặc chức danh dài từ 1 đến ${MAX_SHOWN_NAME} ký tự.`;
    await writeKept(this.#path(name), Account, read.data);
    if (name !== account.name) await rm(this.#path(account.name));
    return null;
  }

  /** @returns false where it is no address */
  async setEmail(account: Account, email: string): Promise<boolean> {
    const { email: _, ...others } = account;
    const read = Account.safeParse(email === "" ? others : { ...others, email });
    if (read.success) await writeKept(this.#path(account.name), Account, read.data);
    return read.success;
  }

  async setDisabled(account: Account, isDisabled: boolean): Promise<void> {
    await writeKept(this.#path(account.name), Account, { ...account, is_disabled: isDisabled });
  }

  /**
   * Who a name and a password belong to. Whether a name exists shows neither in the answer nor in the time
   * that the answer takes. After some failures the answer is no, however right the password, until a
   * while has passed.
   */
  async logIn(name: string, password: string, now: Date): Promise<LogIn> {
    const asked = name.trim().toLowerCase();
    const account = await this.find(asked);
    const isRight = await verify(
      account?.password ?? (await NOBODY),
      password.slice(0, MAX_PASSWORD).normalize("NFC"),
    ).catch(() => false);
    // from here on nothing is waited for: attempts side by side see each other's failures
    const failures = this.#failures.get(asked);
    const wait = waitOf(failures, now);
    if (wait > 0) return { account: null, waitSeconds: Math.ceil(wait / 1000) };
    if (account === null || !isRight || account.password === null || account.is_disabled) {
      if (this.#failures.size >= MAX_NAMES) this.#failures.clear();
      this.#failures.set(asked, { count: (failures?.count ?? 0) + 1, last: now });
      return { account: null, waitSeconds: 0 };
    }
    this.#failures.delete(asked);
    return { account };
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

/** A one-time link that holds so long, of which only the digest is kept. */
function newInvitation(now: Date, milliseconds: number) {
  const secret = drawnBytes("secret", 24).toString("base64url");
  const until = new Date(now.getTime() + milliseconds).toISOString();
  return { secret, invitation: { digest: sha256Of(secret), until } };
}

/** Whether something that was done under a name is of an account. */
export function isNameOf({ name, former_names = [] }: Account, of: string): boolean {
  return name === of || former_names.includes(of);
}

/** For how many more milliseconds a name is answered no. */
function waitOf(failures: Failures | undefined, now: Date): number {
  if (failures === undefined || failures.count < FREE_FAILURES) return 0;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures.count - FREE_FAILURES), LONGEST_WAIT_MS);
  return failures.last.getTime() + wait - now.getTime();
}

/** What is wrong with a password that somebody chooses, in Vietnamese; null where nothing is. */
export function passwordFault(password: string, account: Account): string | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD) return `Mật khẩu phải có ít nhất ${MIN_PASSWORD} ký tự.`;
  if (length > MAX_PASSWORD) return `Mật khẩu không được dài quá ${MAX_PASSWORD} ký tự.`;
  const plain = password.toLowerCase();
  if (plain.includes(account.name)) return "Mật khẩu không được chứa tên đăng nhập.";
  const letters = plain.normalize("NFD").replaceAll("đ", "d").replaceAll(/\P{L}/gu, "");
  if (COMMON_LETTERS.has(letters)) {
    return "Mật khẩu này quá phổ biến, dễ bị đoán. Chọn mật khẩu khác.";
  }
  if (new Set(plain).size < 5) return "Mật khẩu có quá ít ký tự khác nhau.";
  return null;
}

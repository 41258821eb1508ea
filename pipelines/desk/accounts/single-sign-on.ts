import { dirname, resolve } from "node:path";
import * as oidc from "openid-client";
import { parse } from "yaml";
import { z } from "zod";
import { isLoopback } from "../../site/server.ts";
import { Failure, wrongUsage } from "../../vocabulary/failure.ts";
import { readNamedFile } from "../../warehouse/file-failure.ts";
import type { AccountFacts, Identity } from "./accounts.ts";
import { ROLE_NAMES, ROLES } from "./roles.ts";

const Group = z.strictObject({
  role: z.enum(ROLE_NAMES),
  /** Of a clerk: codes of the units of the office. */
  units: z.array(z.string().min(1)).default([]),
});

const SettingsFile = z.strictObject({
  /** As the provider itself says it, `https://sso.example.gov.vn/realms/office`. */
  issuer: z.string(),
  client_id: z.string().min(1),
  /** A file whose first line is the secret; else `$CHITIEU_OIDC_SECRET`. A public client has none. */
  client_secret_file: z.string().optional(),
  /** What stands on the button of the log-in. */
  name: z.string().min(1).default("Đăng nhập một lần"),
  scope: z.string().default("openid profile groups"),
  /** Claims of who logs in: the name of the account, how the person is called, the groups. */
  account_claim: z.string().default("preferred_username"),
  name_claim: z.string().default("name"),
  groups_claim: z.string().default("groups"),
  /** What somebody may do by the group that he is in; who is in none of them stays out. */
  groups: z.record(z.string().min(1), Group),
});

/** Through which provider people log in, and what its groups may do. */
export interface SignOnSettings extends Omit<z.infer<typeof SettingsFile>, "issuer"> {
  readonly issuer: URL;
  readonly secret: string | null;
}

/**
 * What a file says of the provider.
 * @throws Failure with everything that is wrong in it
 */
export function readSignOn(file: string): SignOnSettings {
  let content: unknown;
  try {
    content = parse(readNamedFile(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw wrongUsage(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof content !== "object" || content === null) {
    throw wrongUsage(
      `${file} chưa có đủ khai báo: cần issuer, client_id và groups, như docs/operating.md.`,
    );
  }
  const { success, data, error } = SettingsFile.safeParse(content);
  if (!success) {
    const faults = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw wrongUsage(faults.map((fault) => `${file}: ${fault}`).join("\n"));
  }
  const issuer = URL.canParse(data.issuer) ? new URL(data.issuer) : null;
  const isSafe = issuer?.protocol === "https:" || isLoopback(issuer?.hostname ?? "");
  const faults = [
    ...(issuer === null || !isSafe
      ? [
          `issuer: "${data.issuer}" không phải địa chỉ https: thông tin đăng nhập không được truyền công khai.`,
        ]
      : []),
    ...(data.scope.split(" ").includes("openid") ? [] : ['scope: không có "openid".']),
    ...(Object.keys(data.groups).length === 0
      ? ["groups: để trống; không ai đăng nhập được."]
      : []),
    ...Object.entries(data.groups).flatMap(([name, { role, units }]) =>
      (role === "clerk") === units.length > 0
        ? []
        : [
            role === "clerk"
              ? `groups.${name}: cán bộ đơn vị cần mã của ít nhất một đơn vị.`
              : `groups.${name}: chỉ cán bộ đơn vị mới ghi đơn vị.`,
          ],
    ),
  ];
  if (issuer === null || faults.length > 0) {
    throw wrongUsage(faults.map((fault) => `${file}: ${fault}`).join("\n"));
  }
  const { client_secret_file: secretFile } = data;
  const secret =
    secretFile === undefined
      ? (process.env.CHITIEU_OIDC_SECRET ?? null)
      : (readNamedFile(resolve(dirname(file), secretFile)).split(/\r?\n/, 1)[0] ?? null);
  return { ...data, issuer, secret: secret === "" ? null : secret };
}

/** Units that the settings name and the office does not have. */
export function strangeUnits({ groups }: SignOnSettings, known: ReadonlySet<string>): string[] {
  return Object.entries(groups).flatMap(([name, { units }]) =>
    units.filter((unit) => !known.has(unit)).map((unit) => `${unit} (group ${name})`),
  );
}

/** Why somebody was not let in, in Vietnamese, with what to do. */
export class SignOnRefused extends Error {}

/** A log-in that has been begun and not come back yet. */
interface Begun {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly next: string;
  readonly until: number;
}

/** Whoever has logged in, and what he may do by his groups. */
export interface SignedOn extends Omit<AccountFacts, "email"> {
  readonly identity: Identity;
}

const BEGUN_MS = 10 * 60_000;
const MAX_BEGUN = 1000;
const TIMEOUT_SECONDS = 10;
const CLOCK_SECONDS = 60;

const NOT_REACHED =
  "Chưa liên lạc được với máy chủ đăng nhập. Thử lại sau ít phút; nếu vẫn không được thì báo quản trị.";
const NOT_CALLED_FOR =
  "Lần đăng nhập này đã quá hạn, đã dùng rồi hoặc bắt đầu ở trình duyệt khác. Bấm đăng nhập lại.";

/** Log-in through a provider of OpenID Connect: code flow with PKCE, state and nonce. */
export class SingleSignOn {
  readonly settings: SignOnSettings;
  readonly #begun = new Map<string, Begun>();
  #provider: Promise<oidc.Configuration> | null = null;

  constructor(settings: SignOnSettings) {
    this.settings = settings;
  }

  /**
   * Begins a log-in.
   * @param key by which the browser is known when it comes back
   * @param back the address to which the provider leads it
   * @returns where the browser has to go
   * @throws SignOnRefused when the provider cannot be reached
   */
  async begin(key: string, back: string, next: string): Promise<URL> {
    const provider = await this.#discovered();
    const now = Date.now();
    for (const [other, { until }] of this.#begun) if (until < now) this.#begun.delete(other);
    // whoever begins very many loses the oldest
    for (const other of this.#begun.keys()) {
      if (this.#begun.size < MAX_BEGUN) break;
      this.#begun.delete(other);
    }
    const begun: Begun = {
      verifier: oidc.randomPKCECodeVerifier(),
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      next,
      until: now + BEGUN_MS,
    };
    this.#begun.set(key, begun);
    return oidc.buildAuthorizationUrl(provider, {
      redirect_uri: back,
      scope: this.settings.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: "S256",
      state: begun.state,
      nonce: begun.nonce,
    });
  }

  /**
   * Ends a log-in that has come back, once.
   * @param address with the answer of the provider
   * @throws SignOnRefused when it was not begun here, the provider says no, or no group lets in; the
   * cause is for whoever keeps the machine
   */
  async finish(key: string | undefined, address: URL): Promise<SignedOn & { next: string }> {
    const begun = this.#begun.get(key ?? "");
    this.#begun.delete(key ?? "");
    if (begun === undefined || begun.until < Date.now()) throw new SignOnRefused(NOT_CALLED_FOR);
    const provider = await this.#discovered();
    const claims = await this.#claimsOf(provider, address, begun);
    return { ...this.#personOf(claims), next: begun.next };
  }

  /** Where a browser goes to end its session with the provider, too; null where it offers none. */
  async endAddress(back: string): Promise<URL | null> {
    const provider = await this.#discovered().catch(() => null);
    if (provider?.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: back });
  }

  async #claimsOf(
    provider: oidc.Configuration,
    address: URL,
    { verifier, state, nonce }: Begun,
  ): Promise<Record<string, unknown> & { iss: string; sub: string }> {
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, address, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("no claims");
      const { account_claim, groups_claim } = this.settings;
      if (claims[groups_claim] !== undefined && claims[account_claim] !== undefined) return claims;
      const more = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub);
      return { ...more, ...claims };
    } catch (cause) {
      if (cause instanceof oidc.AuthorizationResponseError && cause.error === "access_denied") {
        throw new SignOnRefused("Máy chủ đăng nhập không cho vào, hoặc người dùng đã thôi.", {
          cause,
        });
      }
      throw new SignOnRefused(
        "Máy chủ đăng nhập trả lời không hợp lệ nên chưa đăng nhập được. Bấm đăng nhập lại; nếu vẫn không được thì báo quản trị.",
        { cause },
      );
    }
  }

  #personOf(claims: Record<string, unknown> & { iss: string; sub: string }): SignedOn {
    const { account_claim, name_claim, groups_claim, groups } = this.settings;
    const claim = claims[groups_claim];
    const own = (Array.isArray(claim) ? claim : [claim]).filter(
      (one): one is string => typeof one === "string",
    );
    const found = own.flatMap((name) => {
      const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
      return group === undefined ? [] : [group];
    });
    const [first] = found;
    if (first === undefined) {
      throw new SignOnRefused(
        "Người dùng này chưa thuộc nhóm nào được vào Bàn làm việc. Đề nghị quản trị máy chủ đăng nhập đưa vào đúng nhóm.",
      );
    }
    if (found.some(({ role }) => role !== first.role)) {
      const roles = [...new Set(found.map(({ role }) => ROLES[role]))].join(", ");
      throw new SignOnRefused(
        `Người dùng này thuộc các nhóm có vai trò khác nhau (${roles}); một người chỉ có một vai trò. Đề nghị quản trị máy chủ đăng nhập giữ lại một nhóm.`,
      );
    }
    const account = claims[account_claim];
    const shown = claims[name_claim];
    return {
      identity: { issuer: claims.iss, subject: claims.sub },
      name: typeof account === "string" ? account.trim().toLowerCase() : "",
      shownName: typeof shown === "string" && shown.trim() !== "" ? shown : String(account ?? ""),
      role: first.role,
      units: [...new Set(found.flatMap(({ units }) => units))],
    };
  }

  /** What the provider says of itself, asked for once; after a failure it is asked again. */
  async #discovered(): Promise<oidc.Configuration> {
    const { issuer, client_id, secret } = this.settings;
    this.#provider ??= oidc.discovery(
      issuer,
      client_id,
      { [oidc.clockTolerance]: CLOCK_SECONDS },
      secret === null ? oidc.None() : oidc.ClientSecretBasic(secret),
      {
        timeout: TIMEOUT_SECONDS,
        execute: issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
      },
    );
    try {
      return await this.#provider;
    } catch (cause) {
      this.#provider = null;
      throw new SignOnRefused(NOT_REACHED, { cause });
    }
  }
}

import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { ClockAsked } from "../../ledger/clock.ts";
import { isDiskFull } from "../../warehouse/file-failure.ts";
import { Attempts, TOO_MANY_ATTEMPTS } from "../accounts/attempts.ts";
import type { SystemKey } from "../accounts/system-keys.ts";
import { addressOf, type Desk, type Env, note, tellCutOff } from "../page/request.ts";
import { isOpenTo } from "../page/routes.ts";
import { API, ApiRefused, type ApiRoute } from "./api-route.ts";
import { FIGURE_ROUTES } from "./figure-routes.ts";
import { MartsSeen } from "./marts-seen.ts";
import { openApi } from "./openapi.ts";
import { REPORT_ROUTES } from "./report-routes.ts";
import { VERSION_FILE_ROUTES } from "./version-routes.ts";

/** Every address of the API. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...REPORT_ROUTES,
  ...FIGURE_ROUTES,
  ...VERSION_FILE_ROUTES,
];

/** Where the description of the API lies. */
export const OPENAPI_PATH = "/openapi.json";

const MIB = 1024 * 1024;

/** The key that a request names, in its only place; nothing where there is none. */
export function keyTextOf(authorization: string | undefined): string {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? "";
}

/** The way in and out for other systems. It knows no session: a key comes with each request. */
export function apiApp(desk: Desk): Hono<Env> {
  const app = new Hono<Env>({ strict: false }).basePath(API) as Hono<Env>;
  const marts = new MartsSeen(desk.paths.marts);
  const attempts = new Attempts();

  app.use(secureHeaders({ strictTransportSecurity: false, xFrameOptions: "DENY" }));
  app.use(async (c, next) => {
    refuseKeyInAddress(c.req.url);
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.onError((error) => {
    if (error instanceof ApiRefused) return error.response;
    if (error instanceof ClockAsked) {
      const words = "Đồng hồ máy chủ cần được kiểm tra trước. Thử lại sau.";
      return new ApiRefused(503, "clock_asked", words, { "retry-after": "600" }).response;
    }
    desk.onFailure(error);
    if (isDiskFull(error)) {
      const words = "Ổ đĩa của máy chủ đã đầy, chưa nhận gì. Báo quản trị; gửi lại sau.";
      return new ApiRefused(507, "disk_full", words, { "retry-after": "600" }).response;
    }
    const words = "Máy chủ gặp trở ngại. Thử lại sau ít phút; nếu vẫn không được thì báo quản trị.";
    return new ApiRefused(500, "failed", words).response;
  });
  app.notFound(() => {
    const words = `Không có địa chỉ này. ${API}${OPENAPI_PATH} mô tả mọi địa chỉ.`;
    return new ApiRefused(404, "no_such_address", words).response;
  });

  const description = JSON.stringify(openApi(API_ROUTES));
  app.get(OPENAPI_PATH, (c) => c.body(description, 200, { "content-type": "application/json" }));
  for (const route of API_ROUTES) {
    app[route.method](route.path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
      const now = new Date();
      const key = await keyOf(desk, attempts, c);
      const wait = desk.keyUses.begin(key, now);
      if (wait > 0) {
        const words = `Mã truy cập này được ${key.per_minute} yêu cầu mỗi phút. Chờ ${wait} giây.`;
        throw new ApiRefused(429, "too_fast", words, { "retry-after": String(wait) });
      }
      refuseOthers(route, key);
      checkNames(route, c);
      const query = queryOf(route, c);
      if (route.method === "get") await desk.keyUses.read(key, now, addressOf(c));
      else refuseLong(c, key);
      if (!(await isOpenTo(desk, route.method))) {
        const words = "Bàn làm việc đang mở, chưa trả lời được. Hỏi lại sau ít phút.";
        throw new ApiRefused(503, "opening", words, { "retry-after": "5" });
      }
      if (route.method === "post") {
        await c.req.arrayBuffer().catch(() => {
          tellCutOff(desk, c);
          throw new ApiRefused(400, "cut_off", "Nội dung gửi bị ngắt giữa chừng; chưa nhận gì.");
        });
        // it may have been revoked while its sender took his time
        await keyOf(desk, attempts, c);
      }
      return route.run({ c, desk, marts, key, now }, query);
    });
  }
  return app;
}

const CHALLENGE = { "www-authenticate": 'Bearer realm="chitieu"' };

/** @throws ApiRefused where an address, which logs of servers in between keep, has a key in it */
function refuseKeyInAddress(address: string): void {
  if (!/chitieu_[a-z0-9]{10}_/.test(decoded(address))) return;
  const words =
    "Mã truy cập không được ghi trong địa chỉ, nơi nhật ký của các máy chủ giữ lại: thu hồi mã này, xin mã khác, và gửi ở đầu mục Authorization: Bearer.";
  throw new ApiRefused(401, "key_in_address", words, CHALLENGE);
}

/**
 * A key has 256 random bits, so nobody has to be kept from trying: failures alone count, so that they
 * fill no log, and nobody's wrong key shuts out the right ones behind the same gateway.
 * @throws ApiRefused where a request has no key that holds
 */
async function keyOf(desk: Desk, attempts: Attempts, c: Context<Env>): Promise<SystemKey> {
  const text = keyTextOf(c.req.header("authorization"));
  if (text === "") {
    const words = "Gửi mã truy cập ở đầu mục Authorization: Bearer. Quản trị của cơ quan cấp mã.";
    throw new ApiRefused(401, "no_key", words, CHALLENGE);
  }
  const key = await desk.keys.known(text);
  if (key !== null && key.revoked === null) return key;
  if (!attempts.begin(addressOf(c))) {
    throw new ApiRefused(429, "too_many_attempts", TOO_MANY_ATTEMPTS, { "retry-after": "300" });
  }
  const about = key === null ? "mã không có" : `mã ${key.id} đã thu hồi`;
  await note(desk, c, null, "mã truy cập không được nhận", about);
  const words =
    key === null
      ? "Mã truy cập không đúng."
      : "Mã truy cập đã bị thu hồi. Xin quản trị của cơ quan cấp mã khác.";
  throw new ApiRefused(401, key === null ? "wrong_key" : "key_revoked", words, CHALLENGE);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** @throws ApiRefused where a key may not take a route */
function refuseOthers({ who }: ApiRoute, { audience }: SystemKey): void {
  if (who === "any key" || (who === "reads") === (audience !== null)) return;
  const words =
    audience === null
      ? "Mã truy cập này chỉ để gửi báo cáo, không để đọc số liệu."
      : "Mã truy cập này chỉ để đọc số liệu, không để gửi báo cáo.";
  throw new ApiRefused(403, "not_allowed", words);
}

/** @throws ApiRefused where what is named in the path cannot be */
function checkNames({ names }: ApiRoute, c: Context<Env>): void {
  for (const [name, shape] of Object.entries(names)) {
    if (shape.safeParse(c.req.param(name)).success) continue;
    throw new ApiRefused(404, "no_such_address", `“${name}” trong địa chỉ không đúng dạng.`);
  }
}

/** @throws ApiRefused with everything that is wrong with what is asked */
function queryOf({ query }: ApiRoute, c: Context<Env>): Readonly<Record<string, unknown>> {
  const all = c.req.queries();
  const twice = Object.entries(all).filter(([, values]) => values.length > 1);
  const read = query.safeParse(c.req.query());
  const known = Object.keys(query.shape).join(", ");
  const faults = [
    ...twice.map(([name]) => `“${name}” ghi hai lần.`),
    ...(read.error?.issues ?? []).map((issue) =>
      issue.code === "unrecognized_keys"
        ? `Không có tham số ${issue.keys.map((one) => `“${one}”`).join(", ")}; có: ${known}.`
        : `Tham số “${issue.path.join(".")}” không đúng.`,
    ),
  ];
  if (faults.length > 0) throw new ApiRefused(400, "wrong_query", faults.join(" "));
  return c.req.query();
}

/** @throws ApiRefused where more is sent than a key may: the server takes nothing whose length is not said */
function refuseLong(c: Context<Env>, { max_bytes }: SystemKey): void {
  if (Number(c.req.header("content-length") ?? 0) <= max_bytes) return;
  const words = `Mỗi lần gửi không quá ${max_bytes / MIB} MB. Chia thành nhiều lần gửi.`;
  throw new ApiRefused(413, "too_large", words);
}

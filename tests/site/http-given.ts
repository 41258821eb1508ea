import { type IncomingHttpHeaders, request } from "node:http";
import { type RequestOptions, request as secureRequest } from "node:https";
import { buffer } from "node:stream/consumers";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Asked extends RequestOptions {
  readonly isSecure?: boolean;
  readonly body?: string | undefined;
}

/**
 * Asks a server of this machine for what is written and nothing else: `fetch` would tidy up the path and
 * name the host itself. No connection is kept, since the next server may listen on the same port.
 */
export function askHttp({ isSecure = false, body, ...options }: Asked): Promise<HttpAnswer> {
  const to = { host: "127.0.0.1", agent: false, rejectUnauthorized: false, ...options };
  return new Promise((resolve, reject) => {
    (isSecure ? secureRequest : request)(to, (answer) => {
      buffer(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
        reject,
      );
    })
      .on("error", reject)
      .end(body);
  });
}

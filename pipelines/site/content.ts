import { createHash } from "node:crypto";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";

const encoders = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Ways to send something smaller, the smaller first. */
export const ENCODINGS = ["br", "gzip"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Below this a compressed copy saves no packet. */
const SMALLEST = 1024;

/** What shrinks; pictures and fonts are compressed already. */
const SHRINKING = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".xml"]);

/** Pages are compressed while somebody waits, so quickly; what never changes is small, and thoroughly. */
const QUICK = { br: 5, gzip: 6 };
const THOROUGH = { br: 9, gzip: 9 };
const THOROUGH_BYTES = 1024 * 1024;

/** What a server sends for an address, as it is and compressed, each made once. */
export class Content {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  /** What a page may do; null: what everything else may. */
  readonly policy: string | null;
  /** It never changes at this address. */
  readonly isImmutable: boolean;
  /** The name under which a browser saves it; null where it is shown. */
  readonly download: string | null;
  readonly #encoded = new Map<Encoding, Promise<Buffer>>();
  readonly #etags = new Map<Encoding | "", string>();
  #bytes: number;

  constructor(
    address: string,
    body: Buffer,
    options: {
      readonly status?: number;
      readonly policy?: string | null;
      readonly isImmutable?: boolean;
      readonly download?: string | null;
    } = {},
  ) {
    this.type = address.endsWith("/") ? ".html" : extname(address);
    this.body = body;
    this.status = options.status ?? 200;
    this.policy = options.policy ?? null;
    this.isImmutable = options.isImmutable ?? false;
    this.download = options.download ?? null;
    this.#bytes = body.length;
  }

  /** What is held of it in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  get isShrinking(): boolean {
    return this.body.length >= SMALLEST && SHRINKING.has(this.type);
  }

  /** Its bytes in the first of some encodings that makes it smaller. */
  async encoded(
    encodings: readonly Encoding[],
  ): Promise<{ readonly encoding: Encoding | null; readonly body: Buffer; readonly etag: string }> {
    const encoding = this.isShrinking ? (encodings[0] ?? null) : null;
    const body = encoding === null ? this.body : await this.#copy(encoding);
    return { encoding, body, etag: this.#etag(encoding ?? "", body) };
  }

  #copy(encoding: Encoding): Promise<Buffer> {
    const known = this.#encoded.get(encoding);
    if (known !== undefined) return known;
    const quality = this.isImmutable && this.body.length < THOROUGH_BYTES ? THOROUGH : QUICK;
    const copy =
      encoding === "br"
        ? encoders.br(this.body, {
            params: {
              [zlib.BROTLI_PARAM_QUALITY]: quality.br,
              [zlib.BROTLI_PARAM_SIZE_HINT]: this.body.length,
            },
          })
        : encoders.gzip(this.body, { level: quality.gzip });
    this.#encoded.set(encoding, copy);
    void copy.then(
      ({ length }) => {
        this.#bytes += length;
      },
      () => this.#encoded.delete(encoding),
    );
    return copy;
  }

  #etag(encoding: Encoding | "", body: Buffer): string {
    const known = this.#etags.get(encoding);
    if (known !== undefined) return known;
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    this.#etags.set(encoding, etag);
    return etag;
  }
}

/** Contents by key, of which those that were asked for longest ago go when they are too many bytes. */
export class KeptContents {
  readonly #limit: number;
  readonly #kept = new Map<string, Content>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  find(key: string): Content | undefined {
    const found = this.#kept.get(key);
    if (found === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  keep(key: string, content: Content): void {
    this.#kept.delete(key);
    this.#kept.set(key, content);
    // compressed copies come to it later, and some are kept under two keys
    let bytes = 0;
    for (const one of new Set(this.#kept.values())) bytes += one.bytes;
    for (const [oldest, { bytes: size }] of this.#kept) {
      if (bytes <= this.#limit) break;
      bytes -= size;
      this.#kept.delete(oldest);
    }
  }
}

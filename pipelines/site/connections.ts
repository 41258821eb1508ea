import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What a server holds for peers that say nothing. */
const CONNECTION_BOUNDS = {
  /** In all; a browser takes six, and a process may have some thousand files open. */
  open: 2000,
  /**
   * Of which no whole request has come: a browser sends one at once, so that many more than a few dozen
   * are nobody who wants an answer. Beyond, the oldest of the address that has most is cut.
   */
  silent: 500,
  /** How often it is looked whose time is over; by itself Node looks every 30 seconds. */
  lookMs: 1000,
};

/** What `createServer` is to be given besides its own. */
export const CONNECTION_OPTIONS = {
  connectionsCheckingInterval: CONNECTION_BOUNDS.lookMs,
};

/** Lets no peer take all connections of a server by opening them and saying nothing, or little. */
export function boundConnections(server: Server): void {
  server.maxConnections = CONNECTION_BOUNDS.open;
  const silent = new Map<string, Set<Socket>>();
  let count = 0;
  const leave = (socket: Socket, address: string): void => {
    const own = silent.get(address);
    if (own?.delete(socket) !== true) return;
    count -= 1;
    if (own.size === 0) silent.delete(address);
  };
  const add = (socket: Socket, address: string): void => {
    if (socket.destroyed) return;
    silent.set(address, (silent.get(address) ?? new Set()).add(socket));
    count += 1;
    if (count <= CONNECTION_BOUNDS.silent) return;
    const [most] = [...silent].sort(([, one], [, other]) => other.size - one.size);
    const [oldest] = most?.[1] ?? [];
    oldest?.destroy();
  };
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    socket.once("close", () => leave(socket, address));
    add(socket, address);
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request;
    const address = socket.remoteAddress ?? "";
    const hasBody = Number(headers["content-length"] ?? 0) > 0;
    if (hasBody) request.once("end", () => leave(socket, address));
    else leave(socket, address);
    response.once("close", () => {
      leave(socket, address);
      add(socket, address);
    });
  });
}

import { userInfo } from "node:os";
import type { Actor } from "../ledger/journal.ts";

/** Who causes an entry from the command line, or by a file in the watched folder: the system's user. */
export function systemActor(way: "command" | "folder"): Actor {
  return { way, account: systemUser(), name: null, role: null };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // a user without a name in the system, as in a container
    return `uid ${process.getuid?.() ?? "?"}`;
  }
}

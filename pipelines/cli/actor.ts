import { userInfo } from "node:os";
import { ActLog } from "../desk/kept/act-log.ts";
import { askAboutClock } from "../ledger/clock.ts";
import type { Actor } from "../ledger/journal.ts";
import type { Recording } from "../ledger/recorded-acts.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { softwareVersion } from "./version.ts";

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

/** An act of the system's user, which a running desk puts into the log. @throws Error when it cannot be written */
export async function leaveAct(desk: string, act: string, about: string): Promise<void> {
  const line = { at: new Date().toISOString(), account: `dòng lệnh (${systemUser()})`, act, about };
  await new ActLog(desk).leave({ ...line, address: "" });
}

/**
 * What is put down of something that a command records now.
 * @throws ClockAsked where the clock of the machine is asked about first
 */
export async function recordedNow(paths: WarehousePaths): Promise<Required<Recording>> {
  const recordedAt = new Date();
  await askAboutClock(paths, recordedAt);
  return { recordedAt, softwareVersion: softwareVersion(), by: systemActor("command") };
}

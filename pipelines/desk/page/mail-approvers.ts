import { may } from "../accounts/roles.ts";
import { DESK } from "./page.tsx";
import type { Desk } from "./request.ts";
import type { SentForm } from "./routes.ts";

/**
 * Mails approvers that something waits, where there is a server and an address. No figure
 * stands in it: a mail goes through others' machines.
 * @param what as in `báo cáo quý II năm 2024, 217/KH-UBND`
 * @param path of its page at the desk
 * @returns addresses that it could not be sent to
 */
export async function mailApprovers(
  form: Pick<SentForm, "visitor" | "note"> & {
    readonly desk: Pick<Desk, "accounts" | "mail" | "origin">;
  },
  what: string,
  path: string,
): Promise<string[]> {
  const { accounts, mail, origin } = form.desk;
  if (mail === null) return [];
  const failed: string[] = [];
  for (const account of await accounts.list()) {
    if (!may(account.role, "approve reports") || account.is_disabled) continue;
    const { email: address, shown_name: name } = account;
    if (address === undefined) continue;
    const { isSent, reply } = await mail.send({
      to: { name, address },
      subject: `Chờ duyệt: ${what}`,
      text: `${name}: có việc chờ duyệt, do ${form.visitor.account.shown_name} trình: ${what}.\n\nXem và duyệt tại Bàn làm việc:\n${origin()}${path}\n\nMọi việc chờ duyệt: ${origin()}${DESK}/viec-cho\n`,
    });
    if (!isSent) failed.push(address);
    await form.note(
      isSent ? "gửi thư báo chờ duyệt" : "không gửi được thư báo chờ duyệt",
      `${address}: ${reply}`,
    );
  }
  return failed;
}

/** A notice of mails that did not go out; null where all did. */
export function unsentText(failed: readonly string[]): string | null {
  if (failed.length === 0) return null;
  return `Đã trình; không gửi được thư báo đến ${failed.join(", ")}: báo bằng cách khác.`;
}

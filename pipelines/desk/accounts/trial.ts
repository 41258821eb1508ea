import { drawnBytes } from "../../warehouse/random.ts";
import type { Proposal } from "../kept/proposals.ts";
import type { AccountFacts, Accounts } from "./accounts.ts";

/** A form to try the desk with. */
export interface TrialForm {
  /** Under which address it lies. */
  readonly id: string;
  readonly words: string;
  readonly fileName: string;
  bytes(): Promise<Uint8Array>;
}

/** What the desk of a demonstration offers. */
export interface Trial {
  /** They need no password. */
  readonly accounts: readonly AccountFacts[];
  readonly forms: readonly TrialForm[];
  /** A form that one of the accounts has sent and that was sent back; null where there is none. */
  readonly sentBack: { readonly account: string; readonly form: TrialForm } | null;
  /** A report that one of the accounts has submitted; null where there is none. */
  readonly submitted:
    | (Pick<Proposal, "account" | "plan" | "period" | "class" | "reason"> & {
        /** The version that it would become. */
        readonly version: number;
      })
    | null;
}

/** Makes the accounts of a trial that are not there yet; nobody knows their passwords. */
export async function makeTrialAccounts(
  accounts: Accounts,
  { accounts: facts }: Trial,
): Promise<void> {
  for (const one of facts) {
    if ((await accounts.find(one.name)) !== null) continue;
    const now = new Date();
    const account = await accounts.invited(one.name, await accounts.invite(one, now), now);
    if (account !== null)
      await accounts.takeUp(account, drawnBytes("secret", 24).toString("base64url"));
  }
}

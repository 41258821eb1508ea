import { Accounts, isNameOf } from "./accounts.ts";
import { SystemKeys } from "./system-keys.ts";

/** Who comes in after a desk was put back as it was. */
export interface WhoComesIn {
  /** Names of accounts that are not locked. */
  readonly accounts: readonly string[];
  /** Keys of other systems that hold, each with its id and name. */
  readonly keys: readonly string[];
  /** Accounts and keys that had been ended since, and are ended again. */
  readonly ended: readonly string[];
}

/**
 * Ends what an earlier state of a desk has open and a later one had ended: locked accounts and revoked keys
 * stay so.
 * @param later the folder of the desk of before; null where there was none
 */
export async function endAgain(desk: string, later: string | null): Promise<WhoComesIn> {
  const [accounts, keys] = [new Accounts(desk), new SystemKeys(desk)];
  const ended: string[] = [];
  const known = later === null ? [] : await new Accounts(later).list();
  for (const one of (await accounts.list()).filter(({ is_disabled }) => !is_disabled)) {
    // it may have been renamed before it was locked
    if (!known.some((since) => since.is_disabled && isNameOf(since, one.name))) continue;
    await accounts.setDisabled(one, true);
    ended.push(one.name);
  }
  for (const { id, revoked } of later === null ? [] : await new SystemKeys(later).list()) {
    const key = revoked === null ? null : await keys.find(id);
    if (key === null || revoked === null || key.revoked !== null) continue;
    await keys.revoke(key, revoked.by, new Date(revoked.at));
    ended.push(`${id} ${key.name}`);
  }
  const open = (await accounts.list()).filter((one) => !one.is_disabled);
  const holding = (await keys.list()).filter((one) => one.revoked === null);
  return {
    accounts: open.map(({ name }) => name),
    keys: holding.map(({ id, name }) => `${id} ${name}`),
    ended,
  };
}

import { type Answer, type Browser, fieldsOf } from "../given.ts";

export const PLANS = "/ban-lam-viec/ke-hoach";

/** What the page of a draft sends along when it is submitted or approved. */
export const versionOn = ({ text }: Answer) => ({
  basis: /name="basis" value="(\w+)"/.exec(text)?.[1] ?? "",
});

/** Sends the form of a page, with some of its fields changed, and goes on to where that leads. */
export async function save(
  browser: Browser,
  path: string,
  fields: Record<string, string | string[]>,
  act = "luu",
): Promise<Answer & { readonly path: string }> {
  const page = await browser.get(path);
  const answer = await browser.post(path, { ...fieldsOf(page), ...fields, act });
  if (answer.status !== 303) return { ...answer, path };
  const next = answer.location;
  return { ...(await browser.get(next)), path: next };
}

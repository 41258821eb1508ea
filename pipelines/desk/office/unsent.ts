import { Drafts } from "../kept/drafts.ts";
import { Proposals } from "../kept/proposals.ts";
import { dataOf, PlanDrafts } from "../plans/plan-drafts.ts";

/** What is written at the desk and not sent yet; its writers can change it. */
export interface Unsent {
  readonly plan: string;
  /** Null of a plan that is written down. */
  readonly period: string | null;
  /** Whose report is typed; null of the office's own report, which is drawn up. */
  readonly unit: string | null;
}

/** Every text within something, whatever it stands in. */
function textsIn(one: unknown): string[] {
  if (typeof one === "string") return [one];
  return typeof one === "object" && one !== null ? Object.values(one).flatMap(textsIn) : [];
}

/**
 * Where a text stands that nobody has sent yet.
 * @param folder of the desk
 */
export async function unsentWith(
  folder: string,
  isMeant: (text: string) => boolean,
): Promise<Unsent[]> {
  const drafts = await new Drafts(folder).list();
  const proposals = await new Proposals(folder).list();
  const plans = await new PlanDrafts(folder).list();
  return [
    ...drafts.filter(({ notes, remarks }) =>
      [...Object.values(notes), ...Object.values(remarks)].some(isMeant),
    ),
    ...proposals
      .filter(({ reason, returned, texts, filled }) =>
        textsIn([reason, returned?.reason, texts?.heads, filled]).some(isMeant),
      )
      .map((one) => ({ ...one, unit: null })),
    ...plans
      // as the file says it in its lines, and as it is read
      .filter(({ account, saved, ...one }) => {
        const written = { ...one, returned: one.returned?.reason };
        return textsIn([written, one.text.split("\n"), dataOf(one)]).some(isMeant);
      })
      .map((one) => ({ plan: String(dataOf(one).number ?? ""), period: null, unit: null })),
  ];
}

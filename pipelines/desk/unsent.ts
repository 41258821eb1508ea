import { Drafts } from "./drafts.ts";
import { Proposals } from "./proposals.ts";

/** What is written at the desk and not sent yet; its writers can change it. */
export interface Unsent {
  readonly plan: string;
  readonly period: string;
  /** Whose report is typed; null of the office's own report, which is drawn up. */
  readonly unit: string | null;
}

/**
 * Where a text stands that nobody has sent yet.
 * @param folder of the desk
 */
export async function unsentWith(
  folder: string,
  isMeant: (said: string) => boolean,
): Promise<Unsent[]> {
  const drafts = await new Drafts(folder).list();
  const proposals = await new Proposals(folder).list();
  return [
    ...drafts.filter(({ notes, remarks }) =>
      [...Object.values(notes), ...Object.values(remarks)].some(isMeant),
    ),
    ...proposals
      .filter(({ reason, returned, texts }) =>
        [reason, returned?.reason ?? "", ...Object.values(texts?.heads ?? {}).flat()].some(isMeant),
      )
      .map((one) => ({ ...one, unit: null })),
  ];
}

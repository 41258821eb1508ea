import type { Download } from "./downloads.ts";
import type { MadePage, PageInputs, Shown } from "./page-house.ts";

/** What the process that renders pages is started with. */
export interface PageStart extends PageInputs {
  readonly kind: "start";
}

/** What it is asked. */
export type PageQuestion =
  | { readonly kind: "page"; readonly path: string }
  | { readonly kind: "table"; readonly path: string }
  | { readonly kind: "download"; readonly path: string }
  | { readonly kind: "first pages" }
  | { readonly kind: "downloads" };

/** What it answers. */
export interface PageAnswers {
  readonly page: MadePage;
  /** Null where it is another one by now. */
  readonly table: string | null;
  readonly download: Download | null;
  readonly "first pages": readonly string[];
  readonly downloads: ReadonlyMap<string, Download>;
}

export type PageMessage =
  | { readonly kind: "answer"; readonly no: number; readonly answer: unknown }
  | { readonly kind: "failed"; readonly no: number; readonly reason: string }
  | { readonly kind: "shown"; readonly shown: Shown }
  /** Why what is shown stays as it is; null: nothing is wrong. */
  | { readonly kind: "trouble"; readonly reason: string | null };

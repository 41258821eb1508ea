import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { jsx } from "hono/jsx";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Around } from "../../pipelines/desk/page.tsx";
import { fromFile } from "../../pipelines/desk/plan-begin.ts";
import type { PlanDraft } from "../../pipelines/desk/plan-drafts.ts";
import { type OpenDraft, stepPage } from "../../pipelines/desk/plan-pages.tsx";
import { changedDraft } from "../../pipelines/desk/plan-saving.ts";
import type { PageOfDraft } from "../../pipelines/desk/plan-steps.ts";
import { fieldsOf } from "./given.ts";

const FOLDERS = [
  "sources",
  ...readdirSync("sources/examples").map((one) => `sources/examples/${one}`),
];
const FILES = FOLDERS.map((folder) => join(folder, "plans")).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name)),
);

const AROUND = {
  visitor: { account: { name: "a", shown_name: "A", role: "staff" }, token: "t" },
  isDemonstration: false,
} as unknown as Around;

function draftOf(file: string): PlanDraft {
  const saved = { name: "A", at: "2026-01-01T00:00:00Z" };
  return { ...fromFile(file), key: "k", account: "a", saved };
}

/** What the form of a page sends when nobody has touched it. */
function untouched(draft: PlanDraft, page: PageOfDraft): FormData {
  const check = { file: "", problems: [], plan: null, resolved: null, targets: [] };
  const open: OpenDraft = { draft, check, notices: [], mayWrite: true, against: new Map() };
  const shown = stepPage(open, page, { typed: {}, search: "", areas: [] });
  if (shown === null) throw new Error(`no page ${page.name} ${page.entry}`);
  const text = String(jsx(Around.Provider as never, { value: AROUND }, shown as never));
  const form = new FormData();
  for (const [name, values] of Object.entries(fieldsOf({ text }))) {
    for (const value of values) form.append(name, value.replaceAll("\n", "\r\n"));
  }
  form.set("act", "luu");
  return form;
}

test.each(FILES)(
  "%s: every page opened and saved leaves the file as it is, byte for byte",
  (file) => {
    const { indicators, measures } = parse(readFileSync(file, "utf8"));
    const pages: PageOfDraft[] = [
      ...["can-cu", "chi-tieu", "don-vi", "ky", "tep"].map((name) => ({ name, entry: "" })),
      ...indicators.map(({ code }: { code: string }) => ({ name: "chi-tieu", entry: code })),
      ...measures.map(({ code }: { code: string }) => ({ name: "so-lieu", entry: code })),
    ];
    let draft = draftOf(file);
    const { text, tables } = draft;
    for (const page of pages) {
      const sent = untouched(draft, page);
      const { against, ...changed } = changedDraft(draft, page, sent, []);
      // one that shows nothing would change nothing either
      expect(sent.get("text") ?? sent.get("_marks") ?? "").not.toBe("");
      expect([page, changed.draft.text === text, against.size, changed.fault]).toEqual([
        page,
        true,
        0,
        null,
      ]);
      draft = changed.draft;
    }
    expect([draft.tables, draft.areas, draft.contacts]).toEqual([tables, [], []]);
  },
);

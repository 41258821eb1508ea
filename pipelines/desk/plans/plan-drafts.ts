import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { z } from "zod";
import { Hand } from "../../contract/document.ts";
import { unitsCoded } from "../../sources/areas/country.ts";
import { checkPlanFile, type PlanCheck } from "../../sources/check/plan-check.ts";
import { recordsOf } from "../../sources/text/csv-lines.ts";
import { type PlanData, writtenPlan } from "../../sources/writing/plan-writing.ts";
import { sha256Of, withNewFolder } from "../../warehouse/files.ts";
import { KeptFiles } from "../kept/kept-file.ts";

/** Sentences that are left stand in the text; in a draft of an earlier release they stood beside it. */
function withSentences(draft: unknown): unknown {
  const { text, sentences, ...rest } = z
    .looseObject({ text: z.string(), sentences: z.array(Loose).default([]) })
    .parse(draft);
  const data = readData({ text });
  if (data === null || sentences.length === 0) return { ...rest, text };
  const left = sentences.map(({ said, place }) => ({ quote: said, place }));
  return { ...rest, text: writtenPlan(text, { ...data, unconfirmed: { sentences: left } }) };
}
const Loose = z.object({ said: z.string(), place: z.string() });

const PlanDraft = z.preprocess(
  withSentences,
  z.object({
    key: z.string(),
    /** Raised each time that it is saved: what is approved is what was seen. */
    version: z.int(),
    /** The file that it changes, and what that was when the draft was begun; null of a new plan. */
    file: z.string().nullable(),
    base: z.string().nullable(),
    /** The plan file, and the tables beside it by their names. */
    text: z.string(),
    tables: z.record(z.string(), z.string()),
    /** Lines by column for `areas.csv`, and for `units.csv`. */
    areas: z.array(z.record(z.string(), z.string())),
    contacts: z.array(z.record(z.string(), z.string())),
    /** Lines for `successors.csv`: what became of areas that report no longer. */
    successors: z.array(z.record(z.string(), z.string())).default([]),
    /** Lines for `baselines.csv`: figures of a time that no plan here has. */
    baselines: z.array(z.record(z.string(), z.string())).default([]),
    /** Who has compared what was read of a document with it, and what said before that nobody had. */
    confirmed: z.record(z.string(), Hand.extend({ was: z.unknown().optional() })).default({}),
    /** Steps that somebody has been through: what they lack is shown at its field. */
    steps: z.array(z.string()),
    /** What was pasted and not understood, by field. */
    pasted: z.record(z.string(), z.string()),
    state: z.enum(["draft", "submitted", "returned"]),
    /** Name of the account that changed it last, how that was called, and when. */
    account: z.string(),
    saved: Hand,
    returned: Hand.extend({ reason: z.string() }).nullable(),
  }),
);

/** A plan that is being written at the desk; it counts for nothing until it is approved. */
export type PlanDraft = z.infer<typeof PlanDraft>;

/** A draft of which nothing is known but the text. */
export const EMPTY_DRAFT = {
  version: 0,
  file: null,
  base: null,
  tables: {},
  areas: [],
  contacts: [],
  successors: [],
  baselines: [],
  confirmed: {},
  steps: [],
  pasted: {},
  state: "draft",
  returned: null,
} satisfies Partial<PlanDraft>;

/** Plans that are being written. */
export class PlanDrafts extends KeptFiles<typeof PlanDraft, Pick<PlanDraft, "key">> {
  constructor(deskFolder: string) {
    super(join(deskFolder, "plans"), PlanDraft, ({ key }) => key);
  }

  #turn: Promise<unknown> = Promise.resolve();

  /** Does one change of drafts after another, so that none is lost between reading and writing. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

/** The data of the text that was read last: the parts of one page ask one after another. */
let lastRead: { readonly text: string; readonly data: PlanData | null } | null = null;

/** The data in the text of a draft; nothing of one that is no YAML. */
export function dataOf(draft: Pick<PlanDraft, "text">): PlanData {
  return readData(draft) ?? {};
}

function readData({ text }: Pick<PlanDraft, "text">): PlanData | null {
  if (lastRead?.text !== text) {
    const document = parseDocument(text);
    const isPlan = document.errors.length === 0 && isMap(document.contents);
    lastRead = { text, data: isPlan ? (document.toJS() as PlanData) : null };
  }
  return lastRead.data;
}

/** Whether the text of a draft is YAML with keys: only then do its steps say what it says. */
export function isReadable(draft: Pick<PlanDraft, "text">): boolean {
  return readData(draft) !== null;
}

/** The name of the file that a draft becomes. */
export function fileNameOf(draft: Pick<PlanDraft, "file" | "text">): string {
  const { id } = dataOf(draft);
  return (
    draft.file ?? `${typeof id === "string" && /^[a-z0-9-]+$/.test(id) ? id : "ke-hoach-moi"}.yaml`
  );
}

/** The text of the plan file that a draft becomes: nobody's draft any more. */
export function approvedText(draft: Pick<PlanDraft, "text">): string {
  const { state, ...data } = dataOf(draft);
  return state === undefined ? draft.text : writtenPlan(draft.text, data);
}

/** The tables beside a plan file that it names, by their names. */
export function tablesBeside(file: string, text: string): Record<string, string> {
  const names = new Set(text.match(/\b[\w.-]+\.csv\b/g) ?? []);
  return Object.fromEntries(
    [...names]
      .map((name) => [name, join(dirname(file), name)] as const)
      .filter(([, path]) => existsSync(path))
      .map(([name, path]) => [name, readFileSync(path, "utf8")]),
  );
}

/** By what one knows whether a plan file or its tables have changed; null where there is none. */
export function fileState(file: string): string | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  return sha256Of(JSON.stringify([text, tablesBeside(file, text)]));
}

/** The files below the sources that a draft writes, the plan itself last. */
export function filesOf(draft: PlanDraft, sources: string): Map<string, string> {
  const files = new Map<string, string>();
  const areas = join("areas", "areas.csv");
  if (draft.areas.length > 0)
    files.set(areas, withAreas(readIfThere(join(sources, areas)), draft.areas));
  const add = (file: string, columns: readonly string[], lines: PlanDraft["areas"]): void => {
    if (lines.length > 0)
      files.set(file, withLines(readIfThere(join(sources, file)), columns, lines));
  };
  add("units.csv", UNIT_COLUMNS, draft.contacts);
  add(join("areas", "successors.csv"), SUCCESSOR_COLUMNS, draft.successors);
  const plan = String(dataOf(draft).id);
  const before = draft.baselines.map((one) => ({ ...one, plan }));
  add("baselines.csv", BASELINE_COLUMNS, before);
  for (const [name, text] of Object.entries(draft.tables)) files.set(join("plans", name), text);
  files.set(join("plans", fileNameOf(draft)), approvedText(draft));
  return files;
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

const AREA_COLUMNS = [
  "area_id",
  "code",
  "name",
  "kind",
  "parent_id",
  "valid_from",
  "valid_to",
  "source",
];
const SUCCESSOR_COLUMNS = ["area_id", "successor_id", "on", "exact", "source"];
const BASELINE_COLUMNS = ["plan", "measure", "area", "period", "value", "source"];
const UNIT_COLUMNS = ["code", "area", "name", "short_name", "contact", "phone", "email"];

/** Some official units have numbers up to this one, which a new area must not take from them. */
const LAST_TAKEN = 99;

/**
 * `areas.csv` with further areas, whose `parent` is the code of another one; an official unit that has to
 * be named there comes with its number.
 */
function withAreas(text: string, added: PlanDraft["areas"]): string {
  const there = recordsOf(text);
  let last = Math.max(LAST_TAKEN, ...there.map(({ area_id }) => Number(area_id)));
  const idOf = new Map(
    there
      .filter(({ valid_to = "" }) => valid_to === "")
      .map(({ code = "", area_id = "" }) => [code, area_id]),
  );
  const lines: PlanDraft["areas"] = added
    .filter(({ code = "", area_id }) =>
      area_id === undefined ? !idOf.has(code) : !there.some((one) => one.area_id === area_id),
    )
    .map((one) => {
      if (one.area_id !== undefined) return one;
      last += 1;
      idOf.set(one.code ?? "", String(last));
      return { ...one, area_id: String(last) };
    });
  return withLines(
    text,
    AREA_COLUMNS,
    lines.map((one) => ({
      ...one,
      parent_id: idOf.get(one.parent ?? "") ?? officialId(one.parent),
    })),
  );
}

function officialId(code = ""): string {
  return String(unitsCoded(code).find(({ area }) => area.valid_to === null)?.area.area_id ?? "");
}

/** A CSV text with lines put in the place of those about the same, or behind them. */
function withLines(text: string, columns: readonly string[], lines: PlanDraft["areas"]): string {
  const kept = (text.trim() === "" ? columns.join(",") : text.trimEnd()).split(/\r?\n/);
  const head = (kept[0] ?? "").replace(/^\uFEFF/, "");
  const mark = [",", ";", "\t"].find((one) => head.includes(one)) ?? ",";
  const names = head.split(mark).map((one) => one.trim());
  const keyOf = (one: Readonly<Record<string, string>>): string =>
    ["code", "plan", "measure", "period", "area"].map((name) => one[name] ?? "").join(" ");
  const there = names.includes("area_id") ? [] : recordsOf(text).map(keyOf);
  const cell = (text: string): string =>
    /[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const isPlain = there.length === kept.length - 1;
  for (const line of lines) {
    const written = names.map((name) => cell(line[name] ?? "")).join(mark);
    const at = isPlain ? there.indexOf(keyOf(line)) : -1;
    if (at >= 0) kept[at + 1] = written;
    else kept.push(written);
  }
  return `${kept.join("\n")}\n`;
}

/** The `plan check` of a draft, as if it lay among the sources. */
export function checkedDraft(draft: PlanDraft, sources: string): Promise<PlanCheck> {
  const file = join("plans", fileNameOf(draft));
  return withDraftIn(sources, draft, (folder) => checkPlanFile(join(folder, file), folder));
}

/** Reads something of a copy of the sources in which a draft lies in its place. */
export function withDraftIn<T>(
  sources: string,
  draft: PlanDraft,
  read: (folder: string) => T | Promise<T>,
): Promise<T> {
  return withNewFolder(join(tmpdir(), "chitieu-plan-"), async (folder) => {
    for (const part of ["areas", "plans", "."]) {
      mkdirSync(join(folder, part), { recursive: true });
      const from = join(sources, part);
      for (const name of existsSync(from) ? readdirSync(from) : []) {
        if (/\.(ya?ml|csv)$/.test(name))
          copyFileSync(join(from, name), join(folder, part, basename(name)));
      }
    }
    for (const [file, text] of filesOf(draft, sources)) writeFileSync(join(folder, file), text);
    return read(folder);
  });
}

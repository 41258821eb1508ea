import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { inSentence } from "./letter-case.ts";

const FINDINGS_FILE = fileURLToPath(new URL("./findings.yaml", import.meta.url));
const MODELS = fileURLToPath(new URL("../../models/", import.meta.url));

/** Models that find something: in files, in `intake/`, and in figures. */
const MODELS_OF_FILES = ["intake/judging.sql", "intake/checks"];
const MODELS_OF_FIGURES = ["core/doubt.sql", "core/finding_found.sql"];

/** What the words of findings are made from. Paths are within the repository. */
export const FINDING_SOURCES = [
  "pipelines/vocabulary/findings.yaml",
  "pipelines/vocabulary/generate-findings.ts",
  ...[...MODELS_OF_FILES, ...MODELS_OF_FIGURES].map((path) => `models/${path}`),
];

const Word = z.string().trim().min(1);
const Severity = z.enum(["error", "doubt"]).default("error");

const OfFile = z
  .strictObject({
    severity: Severity,
    word: Word.optional(),
    found: Word,
    remedy: Word,
    effect: Word.optional(),
    about: z.literal("report").optional(),
    when: Word.optional(),
  })
  .refine(({ severity, word }) => severity === "error" || word !== undefined, "a doubt has a word");

const OfFigure = z.strictObject({
  severity: Severity,
  word: Word,
  found: Word.optional(),
  found_blank: Word.optional(),
  remedy: Word.optional(),
  effect: Word.optional(),
  effect_blank: Word.optional(),
  when: Word.optional(),
});

const Findings = z.strictObject({
  check: Word,
  check_own: Word,
  of_another_version: Word,
  files: z.record(z.string(), OfFile),
  figures: z.record(z.string(), OfFigure),
});
export type Findings = z.infer<typeof Findings>;

/**
 * `findings.yaml`: see its head.
 * @param nil the answer that nothing arose
 * @throws Failure where it does not have the shape that it must
 */
export function readFindings(nil: string): Findings {
  const yaml = readFileSync(FINDINGS_FILE, "utf8")
    .replaceAll("{nil}", nil)
    .replaceAll("{nil_within}", inSentence(nil));
  const parsed = Findings.safeParse(parse(yaml));
  if (!parsed.success) throw new Failure(`findings.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A constant of `words.ts`. */
export type Constant = readonly [name: string, comment: string, value: unknown];

/** What TypeScript and pages know of findings. */
export function findingConstants(findings: Findings): Constant[] {
  const { check, check_own, of_another_version, files, figures } = findings;
  const problems = Object.entries(files).map(([code, { severity, word, found, remedy }]) => [
    code,
    { severity, word, found, remedy },
  ]);
  // what was found in a file is kept with it, in its words for the sender
  const doubts = Object.entries(files)
    .filter(([, { severity }]) => severity === "doubt")
    .map(([code, { word, effect }]) => [code, { word, effect }]);
  const rules = Object.entries(figures).map(([rule, { severity, when, ...words }]) => [
    rule,
    words,
  ]);
  return [
    ["check", "What to do about most findings.", check],
    ["check_own", "What the unit that reported is to do about them.", check_own],
    ["of_another_version", "A finding whose {code} has no row here.", of_another_version],
    [
      "findings",
      "What may be doubtful or missing once files are taken in, by the rule that found it.",
      Object.fromEntries([...rules, ...doubts]),
    ],
    ["problems", "What may be found in a file, by its code.", Object.fromEntries(problems)],
    ["check_codes", "Codes that models find in a file.", codesIn(MODELS_OF_FILES)],
    ["figure_rules", "Rules by which models find figures doubtful.", codesIn(MODELS_OF_FIGURES)],
  ];
}

/** The codes that models find: the texts in what they select as a code, a rule or a fault. */
function codesIn(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) =>
    path.endsWith(".sql")
      ? [path]
      : readdirSync(`${MODELS}${path}`).map((name) => `${path}/${name}`),
  );
  const codes = files.flatMap((file) => {
    const sql = readFileSync(`${MODELS}${file}`, "utf8");
    return [...sql.matchAll(/\bas (?:code|rule|\w+_fault)\b/g)].flatMap(({ index }) => {
      const expression = expressionBefore(sql, index);
      const [, listed] = /::enum \(([^)]*)\)\s*$/.exec(expression) ?? [];
      const texts = (listed ?? expression).matchAll(/(?<!getvariable\()'([a-z_]+)'/g);
      return [...texts].map(([, code]) => code ?? "");
    });
  });
  return [...new Set(codes)].sort();
}

/** The expression of a column that ends at `end`: back to its comma or its `select`. */
function expressionBefore(sql: string, end: number): string {
  let open = 0;
  for (let at = end - 1; at >= 0; at -= 1) {
    const mark = sql[at];
    if (mark === ")" || mark === "]") open += 1;
    else if (mark === "(" || mark === "[") open -= 1;
    const isStart = open === 0 && (mark === "," || sql.endsWith("select", at + 1));
    if (open < 0 || isStart) return sql.slice(at + 1, end);
  }
  return sql.slice(0, end);
}

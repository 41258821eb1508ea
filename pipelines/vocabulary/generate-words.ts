import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { Failure } from "./failure.ts";
import {
  type Constant,
  type Findings,
  findingConstants,
  readFindings,
} from "./generate-findings.ts";
import { inSentence } from "./letter-case.ts";

/** The words of the project: `pipelines/vocabulary/words.yaml`. */
export const WORDS_FILE = fileURLToPath(new URL("./words.yaml", import.meta.url));

const Word = z.string().trim().min(1);
const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters with hyphens");
const Meant = z.strictObject({ word: Word, meaning: Word });
const Words = z.record(z.string(), Word);
const Answer = z.strictObject({
  word: Word,
  also: z.array(Word).default([]),
  signs: z.array(Word).default([]),
});

/** The colours of `reports/pages/look/tokens.css` that tell how something stands. */
const Tone = z.enum(["met", "on_track", "behind", "not_met", "none"]);

/** A status and what it means: see the head of `statuses` in `words.yaml`. */
const Status = Meant.extend({
  slug: Slug,
  attained: z.boolean().nullable().default(null),
  lacking: z.boolean().default(false),
  paced: z.boolean().default(false),
  hidden: z.boolean().default(false),
  attention: z.number().int().positive().nullable().default(null),
  tone: Tone,
  fill: Word.nullable().default(null),
  icon: Word,
  counted: Word.nullable().default(null),
  stroke: z.enum(["thin", "bold"]).nullable().default(null),
  mark: Word.nullable().default(null),
  cell: Word.nullable().default(null),
  draft: z.enum(["achieved", "shortcomings"]).nullable().default(null),
  task: Word.nullable().default(null),
  published: z.number().int().positive().nullable().default(null),
})
  .refine(({ lacking, attained }) => !lacking || attained === false, "lacking, yet not unattained")
  .refine(
    ({ attained, cell }) => attained === null || cell === null,
    "a value, yet a mark for none",
  )
  .refine(({ hidden, attained }) => !hidden || attained === null, "hidden, yet attained or not");

const Vocabulary = z.strictObject({
  statuses: z.record(z.string().regex(/^[a-z_]+$/), Status).superRefine((statuses, context) => {
    const places = new Map<number, string>();
    for (const [status, { attention }] of Object.entries(statuses)) {
      if (attention === null) continue;
      const other = places.get(attention);
      if (other !== undefined) {
        const message = `${other} and ${status} both have attention: ${attention}; give each its own place in the order of attention`;
        context.addIssue({ code: "custom", message });
      }
      places.set(attention, status);
    }
  }),
  timeliness: z.record(z.string(), Meant.extend({ tone: Tone })),
  report_states: z.record(z.string(), Meant),
  classes: Words,
  value_kinds: z.record(
    z.string(),
    z.strictObject({ word: Word, numerator: Word, denominator: Word.optional() }),
  ),
  over_time: Words,
  over_areas: Words,
  paces: Words,
  directions: Words,
  bases: Words,
  shorter_periods: Words,
  comparators: z.record(z.string(), z.strictObject({ sign: Word, phrase: Word })),
  area_kinds: Words,
  area_shares: Words,
  terms: z.record(z.string(), Meant.extend({ id: Slug })),
  changed_fields: z.record(
    z.string(),
    z.strictObject({
      word: Word,
      is: z.enum(["amount", "count", "code", "text", "said", "day", "moment"]),
    }),
  ),
  answers: z.strictObject({ yes: Answer, no: Answer, nil: Answer }),
});
type Vocabulary = z.infer<typeof Vocabulary>;

/** What each constant holds, for who reads the generated files. */
const COMMENTS: Readonly<Record<keyof Vocabulary, string>> = {
  statuses:
    "The verdicts on a value with what each means, in the order in which they are counted; see words.yaml.",
  timeliness: "Whether a unit's report came in time.",
  report_states: "What has become of a report that a unit owes.",
  classes: "Why a version of a report was published.",
  value_kinds: "What kind of value an indicator has, and what its two parts are called.",
  over_time: "How a measure is taken together over the periods of a year.",
  over_areas: "How a measure is taken together over areas.",
  paces: "When an indicator must have reached its target.",
  directions: "How a verdict differs from that of the period before.",
  bases: "From which reports a period's figures are.",
  shorter_periods: "What a covering period is made of, by the kind of a plan's regular periods.",
  comparators:
    "How a value is compared with its target: a sign, and words in which {} is the number.",
  area_kinds: "What areas are called in general, by their kind.",
  area_shares: "How much of an official unit went into another one.",
  changed_fields:
    "What of a figure, an indicator or the document can differ from the version before, in the order of telling.",
  answers: "What is written into a cell of a form besides a number, and what means the same.",
  terms: "The words of figures and reports, each with its place on the page of terms.",
};

const NOTE =
  "Generated by `npm run generate` from pipelines/vocabulary/{words,findings}.yaml; edit these.";

/** Columns that a line of SQL may fill. */
const WIDTH = 100;

/**
 * The files that hold the words for each language.
 * @param yaml the content of `words.yaml`
 * @returns their texts by their paths in the repository
 * @throws Failure where a file of words does not have the shape that it must
 */
export function wordFiles(yaml: string = readFileSync(WORDS_FILE, "utf8")): Map<string, string> {
  const parsed = Vocabulary.safeParse(parse(yaml));
  if (!parsed.success) throw new Failure(`words.yaml: ${z.prettifyError(parsed.error)}`);
  const vocabulary = parsed.data;
  const findings = readFindings(vocabulary.answers.nil.word);
  return new Map([
    ["pipelines/vocabulary/words.ts", moduleText(vocabulary, findingConstants(findings))],
    ["reports/words.sql", wrapped(macrosText(vocabulary))],
    ["reports/pages/look/tones.css", tonesText(vocabulary)],
    ["models/statuses.sql", wrapped(`${statusesText(vocabulary)}${reportMacro(findings)}`)],
    ["models/intake/answers.sql", answersText(vocabulary)],
  ]);
}

/** The colours of what shows a status, which has the name of the status as a class. */
function tonesText({ statuses, timeliness }: Vocabulary): string {
  const named = [...Object.entries(statuses), ...Object.entries(timeliness)];
  const selectors = (
    is: (one: { readonly tone: string; readonly stroke?: string | null }) => boolean,
  ) => [...new Set(named.flatMap(([name, one]) => (is(one) ? [`.ct-${name}`] : [])))];
  const rule = (names: readonly string[], declarations: readonly string[]) =>
    names.length === 0
      ? []
      : [`${names.join(",\n")} {`, ...declarations.map((one) => `  ${one};`), "}", ""];
  const tones = Tone.options
    .filter((tone) => tone !== "none")
    .flatMap((tone) =>
      rule(
        selectors((one) => one.tone === tone),
        ["", "-text", "-wash"].map((part) => `--tone${part}: var(--${tone}${part})`),
      ),
    );
  const strokes = Object.entries({ thin: 1.7, bold: 3 }).flatMap(([stroke, width]) =>
    rule(
      selectors((one) => one.stroke === stroke).map((name) => `.ct-icon${name}`),
      [`stroke-width: ${width}`],
    ),
  );
  return [`/* ${NOTE} */`, "", ...tones, ...strokes].join("\n");
}

function moduleText(vocabulary: Vocabulary, further: readonly Constant[]): string {
  const own = Object.entries(vocabulary).map(
    ([section, words]): Constant => [section, COMMENTS[section as keyof Vocabulary], words],
  );
  const constants = [...own, ...further].map(
    ([name, comment, value]) =>
      `/** ${comment} */\nexport const ${name.toUpperCase()} = ${JSON.stringify(value, null, 2)} as const;\n`,
  );
  return `// ${NOTE}\n\n${constants.join("\n")}`;
}

/** Of what is about a whole report, for the models. */
function reportMacro(findings: Findings): string {
  const codes = Object.entries(findings.files).flatMap(([code, { about }]) =>
    about === "report" ? [quoted(code)] : [],
  );
  return [
    "-- Whether a doubt of intake is about a whole report, whatever its place.",
    "create or replace temp macro is_about_report(code) as",
    `    code in (${codes.join(", ")});`,
    "",
  ].join("\n");
}

function macrosText({ statuses, answers }: Vocabulary): string {
  const words = Object.entries(statuses).map(([status, { word }]) => [status, word] as const);
  return [
    `-- ${NOTE}`,
    "",
    ...statusMacros("macro marts.", statuses),
    ...differenceMacro("macro marts."),
    ...macro("status", "What a status is called within a sentence.", words),
    "-- What a yes or no is called within a sentence.",
    "create or replace macro marts.answer_text(is_yes) as",
    `    if(is_yes, ${quoted(inSentence(answers.yes.word))}, ${quoted(inSentence(answers.no.word))});`,
    "",
  ].join("\n");
}

/** How the difference of two values is rounded, alike in models and pages. */
function differenceMacro(create: string): string[] {
  return [
    "-- By how much an exact value differs from another, rounded once: to two decimals, and more",
    "-- finely where what is shown of them is, or where that would hide that it differs.",
    `create or replace ${create}difference(value, other, shown, other_shown) as`,
    "    if(",
    "        round(shown, 2) = shown",
    "        and round(other_shown, 2) = other_shown",
    "        and (round(value - other, 2) <> 0 or shown = other_shown),",
    "        round(value - other, 2),",
    "        round(value - other, 4)",
    "    );",
    "",
  ];
}

/** What statuses mean, for the models. */
function statusesText({ statuses }: Vocabulary): string {
  return [
    `-- ${NOTE}`,
    "",
    ...statusMacros("temp macro ", statuses),
    ...differenceMacro("temp macro "),
    "-- How many of a group's figures have which status, and how many lack something.",
    "create or replace temp macro status_counts(status) as",
    "    {",
    "        'counted': count(*)::integer,",
    ...Object.keys(statuses).map(
      (status) =>
        `        ${quoted(status)}: count(*) filter (where status = ${quoted(status)})::integer,`,
    ),
    "        'lacking': count(*) filter (where is_lacking(status))::integer",
    "    };",
    "",
    "-- Every status with its word within a sentence, and where the draft of a report names it.",
    "create or replace temp macro status_list() as table",
    "    from (values",
    Object.entries(statuses)
      .map(
        ([status, { word, draft, task }], index) =>
          `        (${[String(index + 1), quoted(status), quoted(inSentence(word)), ...[draft, task].map(quotedOrNull)].join(", ")})`,
      )
      .join(",\n"),
    "    ) as status (status_no, status, word, draft, task);",
    "",
  ].join("\n");
}

type Statuses = Vocabulary["statuses"];

/** Macros on what a status means, of models or of the queries of pages. */
function statusMacros(kind: string, statuses: Statuses): string[] {
  const named = (is: (status: Statuses[string]) => boolean) => namesOf(statuses, is);
  const byAttention = Object.entries(statuses)
    .flatMap(([name, { attention }]) => (attention === null ? [] : [{ name, attention }]))
    .sort((one, other) => one.attention - other.attention)
    .map(({ name }) => quoted(name));
  const define = (name: string, comment: string, text: string) => [
    `-- ${comment}`,
    `create or replace ${kind}${name} as`,
    `    ${text};`,
    "",
  ];
  return [
    ...define(
      "all_statuses()",
      "Every status, in the order in which they are counted.",
      `[${named(() => true)}]`,
    ),
    ...define(
      "published_statuses()",
      "Those that a published report may have.",
      `[${named(({ published }) => published !== null)}]`,
    ),
    ...define(
      "attained_by(status)",
      "Whether the target is reached; null where nothing is concluded.",
      `if(status in (${named(({ attained }) => attained === true)}), true, if(status in (${named(({ attained }) => attained === false)}), false, null))`,
    ),
    ...define(
      "is_lacking(status)",
      "Whether somebody has to act.",
      `status in (${named(({ lacking }) => lacking)})`,
    ),
    ...define(
      "is_paced(status)",
      "Whether the value is held against the pace of its target.",
      `status in (${named(({ paced }) => paced)})`,
    ),
    ...define(
      "is_hidden_status(status)",
      "Whether it stands in the place of one that an audience is not shown.",
      `status in (${named(({ hidden }) => hidden)})`,
    ),
    ...define(
      "attention_to(status)",
      "Its place in the order of attention, 1 first; null: after the others.",
      `list_position([${byAttention.join(", ")}], status)`,
    ),
  ];
}

function namesOf(statuses: Statuses, is: (status: Statuses[string]) => boolean): string {
  return Object.entries(statuses)
    .flatMap(([name, status]) => (is(status) ? [quoted(name)] : []))
    .join(", ");
}

/** What is taken for each answer: its words, with and without diacritics, and its signs. */
function answersText({ answers }: Vocabulary): string {
  const macros = Object.entries(answers).map(([answer, { word, also, signs }]) => {
    const words = [word, ...also].map((one) => one.toLowerCase());
    const taken = new Set(words.flatMap((one) => [one, withoutDiacritics(one)]));
    const listed = [...taken, ...signs].map((one) => `    ${quoted(one)}`);
    return `create or replace temp macro says_${answer}(said) as list_contains([\n${listed.join(",\n")}\n], said);\n`;
  });
  return `-- ${NOTE}\n-- What a text in small letters says that was written in the place of a number. A list is looked\n-- through where the text is asked for; \`in\` would be joined with every row.\n\n${macros.join("\n")}`;
}

function withoutDiacritics(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

function macro(
  name: string,
  comment: string,
  words: readonly (readonly [code: string, word: string])[],
): string[] {
  return [
    `-- ${comment}`,
    `create or replace macro marts.${name}_text(${name}) as`,
    `    case ${name}`,
    ...words.map(([code, word]) => `        when ${quoted(code)} then ${quoted(inSentence(word))}`),
    "    end;",
    "",
  ];
}

/** SQL whose long lines are broken behind commas, never within a text. */
function wrapped(sql: string): string {
  const lines = sql.split("\n").map((line) => {
    if (line.length <= WIDTH || line.startsWith("--")) return line;
    const indent = `${/^ */.exec(line)?.[0] ?? ""}    `;
    return line.split(/(?<=,) (?=(?:[^']*'[^']*')*[^']*$)/).reduce((text, part) => {
      const fits = (text.split("\n").at(-1) ?? "").length + part.length < WIDTH;
      return `${text}${fits ? " " : `\n${indent}`}${part}`;
    });
  });
  return lines.join("\n");
}

function quotedOrNull(text: string | null): string {
  return text === null ? "null" : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

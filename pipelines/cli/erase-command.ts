import { join } from "node:path";
import type { Command } from "commander";
import { deskFolder } from "../desk/office.ts";
import { unsentWith } from "../desk/unsent.ts";
import { removeTakenCopies } from "../intake/processed-files.ts";
import {
  copiesOf,
  type Erasure,
  erase,
  isNothing,
  meaning,
  plannedErasure,
  type Wanted,
} from "../ledger/erase.ts";
import { readFreeTexts } from "../models/free-text.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { wordsIn } from "../persons/spoken-text.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { readNamedFile } from "../warehouse/file-failure.ts";
import { systemActor } from "./actor.ts";
import { chooseTexts } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions, statedText } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { softwareVersion } from "./version.ts";

interface EraseOptions extends OutputOptions {
  readonly by: string;
  readonly reason: string;
  readonly backups?: string[];
  readonly like?: string;
  readonly naming?: string;
  readonly yes?: true;
}

/** A shorter text that stands within another one need not be quoted there. */
const QUOTED_WORDS = 3;

/** `erase`: takes received files, or texts with the files they came in, out of the warehouse for good. */
export function define(command: Command, context: Context): void {
  command
    .enablePositionalOptions()
    .addCommand(
      withOptions(newCommand("file", "erase received files, with every text that was in them"))
        .argument("<receipt...>", "numbers of receipts, as in replies, at the desk and in status")
        .action(async (numbers: string[], options: EraseOptions) => {
          const receipts = numbers.map((one) => {
            if (!/^[1-9]\d{0,8}$/.test(one)) {
              throw wrongUsage(`"${one}" is no number of a receipt.`);
            }
            return Number(one);
          });
          await run(context, { receipts, texts: [], phrases: [] }, options);
        }),
    )
    .addCommand(
      withOptions(
        newCommand("text", "erase texts wherever they stand, with the files that they came in"),
      )
        .argument("[id...]", "ids as listed by chitieu texts; the first characters are enough")
        .option(
          "--like <file>",
          "the text that stands in this file, letter by letter: of a reason or a file's name, too",
        )
        .option(
          "--naming <file>",
          "every text in which the words in this file stand, such as a name: notes, reasons, explanations, names of files, what was written under the heads of a report",
        )
        .action(async (ids: string[], options: EraseOptions) => {
          const texts = [...(await saidBy(ids, options, context)), ...givenIn(options.like)];
          const phrases = [
            ...givenIn(options.naming),
            // what quotes a text goes with it
            ...texts.filter((text) => wordsIn(text) >= QUOTED_WORDS),
          ];
          if (texts.length + phrases.length === 0) {
            throw wrongUsage(
              "No text is named. Give ids of chitieu texts, --like FILE or --naming FILE.",
            );
          }
          await run(context, { receipts: [], texts, phrases }, options);
        }),
    );
}

function withOptions(command: Command): Command {
  return command
    .requiredOption("--by <name>", "who erases; kept in the journal")
    .requiredOption(
      "--reason <text>",
      "why; kept in the journal, so write no name of a person in it",
    )
    .option("--backups <folder...>", "folders of backups to be looked through for copies")
    .option("--yes", "do it; without this it is only said what would go")
    .addOption(jsonOption());
}

async function saidBy(
  ids: readonly string[],
  options: EraseOptions,
  context: Context,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const paths = existingWarehouse(options.warehouse);
  const texts = await readFreeTexts({
    paths,
    catalogue: readSources(options, context),
  });
  return chooseTexts(texts, ids).map(({ said }) => said);
}

function givenIn(path: string | undefined): string[] {
  if (path === undefined) return [];
  const text = readNamedFile(path)
    .replace(/^\uFEFF/, "")
    .replace(/\r?\n$/, "");
  return text === "" ? [] : [text];
}

async function run(context: Context, wanted: Wanted, options: EraseOptions): Promise<void> {
  const erasedBy = statedText(options.by, "--by is empty. Say who erases.");
  const reason = statedText(options.reason, "--reason is empty. Say why.");
  if (personalSigns(reason).some(({ certainty }) => certainty === "certain")) {
    throw wrongUsage(
      "The reason holds the data of a person (a number, an address, a birth date). It is kept for good: say it without.",
    );
  }
  const paths = existingWarehouse(options.warehouse);
  const isDone = options.yes === true;
  const erasure = isDone
    ? await erase({
        ...wanted,
        paths,
        erasedBy,
        reason,
        recordedAt: new Date(),
        softwareVersion: softwareVersion(),
        by: systemActor("command"),
      })
    : await plannedErasure(paths, wanted);
  if (isNothing(erasure)) {
    throw wrongUsage("Nothing of it stands in the warehouse.");
  }
  if (isDone)
    await removeTakenCopies(
      join(options.sources, "inbox"),
      new Set(erasure.files.map(({ sha256 }) => sha256)),
    );
  const copies = [
    ...(await unsentWith(deskFolder(paths), meaning(wanted))).map(({ plan, period, unit }) =>
      unit === null
        ? `the report on ${plan} ${period} that is drawn up at the desk`
        : `the draft of ${unit} for ${plan} ${period} at the desk`,
    ),
    ...(await copiesOf(paths, erasure, options.backups ?? [])),
  ];
  if (options.json) {
    context.out(jsonText({ erased: isDone, ...erasure, copies }));
    return;
  }
  context.out(erasureText(erasure, isDone));
  context.out(copiesText(copies, options.backups ?? []));
  context.out(
    isDone
      ? "Figures stay as they were. Now run chitieu refresh, which makes marts and pages without it; chitieu verify says what was taken out of which version."
      : "Nothing was erased yet: add --yes. It cannot be undone.",
  );
}

function erasureText({ files, said, texts, versions }: Erasure, isDone: boolean): string {
  const verb = isDone ? "erased" : "would erase";
  return [
    // said once more afterwards it would stand wherever this output is kept
    ...(isDone ? [] : said.map((one) => `${verb} the ${one.kind} "${shownText(one.said)}"`)),
    ...files.map(
      ({ receipt_no, sha256 }) => `${verb} the file of receipt ${receipt_no} (archive/${sha256})`,
    ),
    `${verb} ${texts} text(s) in the journal`,
    ...versions.flatMap(({ plan_id, period, version, files: own }) => [
      `${verb} texts of ${plan_id} ${period} version ${version}`,
      ...own.map((name) => `  with its file ${name}`),
    ]),
  ].join("\n");
}

function copiesText(copies: readonly string[], folders: readonly string[]): string {
  const rest =
    folders.length === 0
      ? "Backups were not looked through: name their folders with --backups, and remove those that hold it."
      : "Backups elsewhere were not looked through.";
  return copies.length === 0
    ? rest
    : `It still stands in these, which stay until you remove them:\n${copies.map((one) => `  ${one}`).join("\n")}\n${rest}`;
}

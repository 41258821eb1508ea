import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { copiesOf, type Erasure, erase, plannedErasure, type Wanted } from "../ledger/erase.ts";
import { readFreeTexts } from "../models/free-text.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { chooseTexts } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";
import { softwareVersion } from "./version.ts";

interface EraseOptions extends OutputOptions {
  readonly by: string;
  readonly reason: string;
  readonly backups?: string[];
  readonly like?: string;
  readonly yes?: true;
}

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
              throw new Failure(`"${one}" is no number of a receipt.`, { exitCode: 2 });
            }
            return Number(one);
          });
          await run(context, { receipts, texts: [] }, options);
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
        .action(async (ids: string[], options: EraseOptions) => {
          const texts = [...(await saidBy(ids, options)), ...(await givenIn(options.like))];
          if (texts.length === 0) {
            throw new Failure("No text is named. Give ids of chitieu texts, or --like FILE.", {
              exitCode: 2,
            });
          }
          await run(context, { receipts: [], texts }, options);
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

async function saidBy(ids: readonly string[], options: EraseOptions): Promise<string[]> {
  if (ids.length === 0) return [];
  const texts = await readFreeTexts({
    paths: existingWarehouse(options.warehouse),
    catalogue: readCatalogue(options.sources),
  });
  return chooseTexts(texts, ids).map(({ said }) => said);
}

async function givenIn(path: string | undefined): Promise<string[]> {
  if (path === undefined) return [];
  try {
    const text = (await readFile(path, "utf8")).replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
    return text === "" ? [] : [text];
  } catch (error) {
    throw fileFailure(error, `${path} could not be read`);
  }
}

async function run(context: Context, wanted: Wanted, options: EraseOptions): Promise<void> {
  const erasedBy = statedText(options.by, "--by is empty. Say who erases.");
  const reason = statedText(options.reason, "--reason is empty. Say why.");
  if (personalSigns(reason).some(({ certainty }) => certainty === "certain")) {
    throw new Failure(
      "The reason holds the data of a person (a number, an address, a birth date). It is kept for good: say it without.",
      { exitCode: 2 },
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
      })
    : await plannedErasure(paths, wanted);
  const copies = await copiesOf(paths, erasure, options.backups ?? []);
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

function statedText(given: string, fault: string): string {
  const text = shownText(given.normalize("NFC")).trim();
  if (text === "") throw new Failure(fault, { exitCode: 2 });
  return text;
}

function erasureText({ files, texts, versions }: Erasure, isDone: boolean): string {
  const verb = isDone ? "erased" : "would erase";
  return [
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

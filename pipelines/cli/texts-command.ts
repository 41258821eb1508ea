import type { Command } from "commander";
import { type Decision, decideOnTexts } from "../ledger/recorded-acts.ts";
import { type FreeText, readFreeTexts } from "../models/free-text.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { systemActor } from "./actor.ts";
import { chooseTexts } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions, statedText } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { softwareVersion } from "./version.ts";

interface ListOptions extends OutputOptions {
  readonly all?: true;
}

interface DecideOptions extends OutputOptions {
  readonly by: string;
  readonly for?: "city" | "shared";
}

/** `texts`: what people have written and who may read it; `release` and `strike` decide on it. */
export function define(command: Command, context: Context): void {
  command
    .option("--all", "those that somebody has decided on, too")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (options: ListOptions) => {
      const paths = existingWarehouse(options.warehouse);
      const texts = await readFreeTexts({
        paths,
        catalogue: readSources(options, context),
      });
      const listed = texts.filter((one) => options.all === true || !one.is_decided);
      context.out(options.json ? jsonText(listed) : textsText(listed));
    })
    .addCommand(releaseCommand(context))
    .addCommand(strikeCommand(context));
}

function releaseCommand(context: Context): Command {
  return newCommand("release", "let an audience read texts, with your name in the journal")
    .argument("<id...>", "ids as listed by chitieu texts; the first characters are enough")
    .requiredOption("--for <audience>", "shared: whoever sees the pages; city: named persons only")
    .requiredOption("--by <name>", "who has read them and releases them; kept in the journal")
    .addOption(jsonOption())
    .action(async (ids: string[], options: DecideOptions) => {
      const audience = options.for;
      if (audience !== "city" && audience !== "shared") {
        throw wrongUsage("--for is neither shared nor city. Say who may read the texts.");
      }
      await decide(context, { ids, options, decision: audience });
    });
}

function strikeCommand(context: Context): Command {
  return newCommand("strike", "strike texts out: nobody is shown them any more")
    .argument("<id...>", "ids as listed by chitieu texts; the first characters are enough")
    .requiredOption("--by <name>", "who strikes them out; kept in the journal")
    .addOption(jsonOption())
    .action(async (ids: string[], options: DecideOptions) => {
      await decide(context, { ids, options, decision: "struck" });
    });
}

async function decide(
  context: Context,
  { ids, options, decision }: { ids: string[]; options: DecideOptions; decision: Decision },
): Promise<void> {
  const decidedBy = statedText(options.by, "--by is empty. Say who decides.");
  const paths = existingWarehouse(options.warehouse);
  const texts = await readFreeTexts({ paths, catalogue: readSources(options, context) });
  const chosen = chooseTexts(texts, ids);
  const guarded = chosen.filter((one) => one.is_guarded);
  if (decision === "shared" && guarded.length > 0) {
    throw wrongUsage(`${guarded.map(textLine).join("\n")}
is about a sensitive measure, or one that is tied to such, and may tell what is withheld, or is what a unit says under a head of its form, which is told to everybody only where somebody writes it under a head of the report: the shared audience never reads it. Nothing was released.`);
  }
  await decideOnTexts(paths, {
    textIds: chosen.map(({ text_id }) => text_id),
    decision,
    decidedBy,
    recordedAt: new Date(),
    softwareVersion: softwareVersion(),
    by: systemActor("command"),
  });
  if (options.json) {
    const textIds = chosen.map(({ text_id }) => text_id);
    context.out(jsonText({ decision, decided_by: decidedBy, texts: textIds }));
    return;
  }
  for (const one of chosen) context.out(`${DECIDED[decision]} ${textLine(one)}`);
  context.out("The pages show it after the next chitieu refresh.");
}

const DECIDED: Readonly<Record<Decision, string>> = {
  shared: "released for everybody:",
  city: "released for the city:",
  struck: "struck out:",
};

const SHORT_ID = 8;

function textLine({ text_id, kind, said, unit_name, period_name, measure_name }: FreeText): string {
  const where = [kind, unit_name, period_name, measure_name].filter((one) => one !== null);
  return `${text_id.slice(0, SHORT_ID)} ${where.join(", ")}: "${shownText(said)}"`;
}

function textsText(texts: readonly FreeText[]): string {
  if (texts.length === 0) return "No text waits for a decision.";
  const state = (one: FreeText): string => {
    if (one.is_held && !one.is_decided) return "HELD, may be about a person; nobody is shown it";
    if (one.audience === null) return "struck out";
    const readers = one.audience === "shared" ? "everybody" : "the city";
    const never =
      one.kind === "remark" ? "; by others only in a report" : "; never by others (sensitive)";
    return `read by ${readers}${one.is_guarded ? never : ""}`;
  };
  return [
    ...texts.flatMap((one) => [textLine(one), `      ${state(one)}`]),
    `${texts.length} text${texts.length === 1 ? "" : "s"}. Decide with: chitieu texts release ID --for shared --by NAME, or chitieu texts strike ID --by NAME`,
  ].join("\n");
}

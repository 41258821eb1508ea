import { type Command, InvalidArgumentError, Option } from "commander";
import { keyCode } from "../contract/check-code.ts";
import type { PublicationClass } from "../contract/report.ts";
import { buildMarts } from "../models/build-marts.ts";
import type { DocumentChoice } from "../publishing/document-choice.ts";
import { readTexts } from "../publishing/document-texts.ts";
import { draftTextsOf, type PublishedVersion, publishReport } from "../publishing/publish.ts";
import { readSealKey } from "../publishing/seal-key.ts";
import { defined } from "../vocabulary/defined.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { signatureLines } from "../vocabulary/signature.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import { systemActor } from "./actor.ts";
import { choosePeriod, choosePlan } from "./choice.ts";
import { type Context, jsonText, modelSteps } from "./context.ts";
import { jsonOption, type OutputOptions, pastMomentArgument } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { publishedPages } from "./shown-pages.ts";
import { softwareVersion } from "./version.ts";

const CLASSES = ["first", "late", "correction", "method"] as const satisfies PublicationClass[];

interface PublishOptions extends OutputOptions {
  readonly plan?: string;
  readonly class?: PublicationClass;
  readonly reason?: string;
  readonly final?: true;
  readonly acknowledge?: true;
  readonly force?: true;
  readonly asOf?: Date;
  readonly site: boolean;
  readonly sealKey?: string;
  readonly number?: string;
  readonly dated?: string;
  readonly signature?: string;
  readonly signatory?: string;
  readonly texts?: string;
  readonly textsForAll?: true;
  readonly writeTexts?: string;
}

/** `publish`: freezes the report of a period as its next version. */
export function define(command: Command, context: Context): void {
  command
    .argument("<period>", "code of the period, such as 2024-Q2")
    .option("--plan <id>", "plan, where several have such a period")
    .option(
      "--reason <text>",
      "why this version is published, needed; everybody reads it on the report, in Vietnamese",
      reasonArgument,
    )
    .addOption(
      new Option(
        "--class <class>",
        "first issue, late data, correction of reported figures, or a changed method; needed",
      ).choices([...CLASSES]),
    )
    .option("--final", "not provisional: every unit has reported, or no more is expected")
    .option("--acknowledge", "let open doubts, missing units and changed earlier periods stand")
    .option("--force", "publish even what says the same as the version before")
    .option(
      "--as-of <moment>",
      "figures known at a past moment, such as 2024-06-14T17:00 (default: now)",
      pastMomentArgument,
    )
    .addOption(
      new Option(
        "--seal-key <file>",
        "sign its seal with this key (default: not signed); see seal-key",
      ).env("CHITIEU_SEAL_KEY"),
    )
    .option("--number <number>", "number of the document, such as 05/BC-UBND; fixed from then on")
    .option("--dated <date>", "its date, such as 2024-06-05; goes with the number")
    .option(
      "--signature <lines>",
      'above the signature: "TM. Ủy ban nhân dân; KT. Chủ tịch; Phó Chủ tịch" (default: as in the plan)',
    )
    .option("--signatory <name>", "name of who signs")
    .option(
      "--texts <file>",
      "what is said under the heads of the report, in the place of what the figures say; see --write-texts",
    )
    .option("--texts-for-all", "everybody may read them: they tell nothing that is withheld")
    .option(
      "--write-texts <file>",
      "write what the figures say under each head there, to be edited, and publish nothing",
    )
    .addOption(jsonOption())
    .action(async (periodCode: string, options: PublishOptions) => {
      const paths = existingWarehouse(options.warehouse);
      const catalogue = readSources(options, context, true);
      const plan = choosePlan(catalogue, { id: options.plan, periodCode });
      const period = choosePeriod(plan, periodCode);
      if (options.writeTexts !== undefined) {
        const asOf = options.asOf ?? new Date();
        const text = await draftTextsOf({ paths, catalogue, plan, period, asOf });
        await placeFiles(
          [{ file: options.writeTexts, bytes: new TextEncoder().encode(text) }],
          () => false,
        );
        context.out(options.json ? jsonText({ texts: options.writeTexts }) : options.writeTexts);
        return;
      }
      const { class: kind, reason } = options;
      if (kind === undefined || reason === undefined) {
        throw wrongUsage(
          `${kind === undefined ? "--class" : "--reason"} is not given. Say of which class the version is (--class ${CLASSES.join(", ")}) and why it is published (--reason "…").`,
        );
      }
      const published = await publishReport({
        paths,
        catalogue,
        plan,
        period,
        class: kind,
        reason,
        isFinal: options.final === true,
        acknowledge: options.acknowledge === true,
        force: options.force === true,
        document: await documentChoice(options),
        asOf: options.asOf ?? null,
        publishedAt: new Date(),
        softwareVersion: softwareVersion(),
        by: systemActor("command"),
        sealKey: options.sealKey === undefined ? null : await readSealKey(options.sealKey),
        pageOf: publishedPages(paths, context),
      });
      if (!options.json) context.out(publishedText(published));
      const models = await buildMarts({
        paths,
        catalogue,
        asOf: null,
        onProgress: modelSteps(context),
      });
      if (options.json) context.out(jsonText({ published, models }));
    });
}

async function documentChoice({
  number,
  dated,
  signature,
  signatory,
  texts,
  textsForAll,
}: PublishOptions): Promise<DocumentChoice> {
  return defined({
    number: number?.trim(),
    dated: dated?.trim(),
    signature: signature === undefined ? undefined : signatureLines(signature),
    signatory: signatory?.trim(),
    texts:
      texts === undefined
        ? undefined
        : { is_shared: textsForAll === true, heads: await readTexts(texts) },
  });
}

function reasonArgument(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It is empty.");
  return text.trim();
}

function publishedText(published: PublishedVersion): string {
  const { units_missing: missing } = published;
  return [
    `${published.plan_id} ${published.period}: version ${published.version}, ${published.is_final ? "final" : "provisional"}, figures as of ${published.as_of}`,
    `  units reported: ${published.units_reported} of ${published.units_expected}${missing.length > 0 ? `; missing: ${missing.join("; ")}` : ""}`,
    ...(published.version > 1
      ? [`  ${published.changes} figures, statuses and unit reports changed`]
      : []),
    ...(published.acknowledged > 0 ? [`  ${published.acknowledged} doubts acknowledged`] : []),
    `  ${published.files} files, sha256 ${published.sha256}`,
    `  code ${published.check_code}, ${published.signed_by === null ? "not signed" : `signed with the key ${keyCode(published.signed_by)}`}`,
  ].join("\n");
}

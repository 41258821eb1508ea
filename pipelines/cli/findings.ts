import type { Command } from "commander";
import type { Finding } from "../models/finding.ts";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface ListOptions extends OutputOptions {
  readonly plan?: string;
  readonly all?: true;
}

interface AcknowledgeOptions extends OutputOptions {
  readonly reason: string;
}

/** `findings`: the open errors and doubts; `findings acknowledge` lets some of them stand. */
export function findingsCommand(context: Context): Command {
  return newCommand("findings", "the errors and doubts that are open")
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every period)")
    .option("--plan <id>", "only this plan")
    .option("--all", "those that were acknowledged too, with the reason")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (period: string | undefined, options: ListOptions) => {
      const { checkChoice } = await import("./choice.ts");
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { readFindings } = await import("../models/finding.ts");
      const { findingWords } = await import("../models/finding-wording.ts");
      const { findingsText } = await import("./findings-text.ts");
      const catalogue = readCatalogue(options.sources);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const findings = await readFindings({
        paths: warehousePaths(options.warehouse),
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const listed = findings.filter((one) => options.all === true || !one.is_acknowledged);
      context.out(
        options.json
          ? jsonText(listed.map((one) => ({ ...one, ...findingWords(one) })))
          : findingsText(listed),
      );
    })
    .addCommand(acknowledgeCommand(context));
}

function acknowledgeCommand(context: Context): Command {
  return newCommand("acknowledge", "let findings stand, each with the reason given")
    .argument("<id...>", "ids as listed by chitieu findings; the first characters are enough")
    .requiredOption("--reason <text>", "why they may stand; it is kept and shown with them")
    .addOption(jsonOption())
    .action(async (ids: string[], options: AcknowledgeOptions) => {
      const { chooseFindings } = await import("./choice.ts");
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { readFindings } = await import("../models/finding.ts");
      const { acknowledgeFindings } = await import("../ledger/acknowledgement.ts");
      const { shownText } = await import("../vocabulary/shown-text.ts");
      const { Failure } = await import("../vocabulary/failure.ts");
      const { findingLine } = await import("./findings-text.ts");
      const { softwareVersion } = await import("./version.ts");
      const reason = shownText(options.reason.normalize("NFC")).trim();
      if (reason === "") {
        throw new Failure("The reason is empty. Say why the findings may stand.", { exitCode: 2 });
      }
      const paths = warehousePaths(options.warehouse);
      const catalogue = readCatalogue(options.sources);
      const findings = await readFindings({ paths, catalogue, plan: null, period: null });
      const chosen = chooseFindings(findings, ids);
      const open = chosen.filter((one) => !one.is_acknowledged);
      const known = chosen.filter((one) => one.is_acknowledged);
      if (open.length > 0) {
        await acknowledgeFindings(paths, {
          findingIds: open.map(({ finding_id }) => finding_id),
          reason,
          recordedAt: new Date(),
          softwareVersion: softwareVersion(),
        });
      }
      if (options.json) {
        const idsOf = (list: readonly Finding[]): string[] => list.map((one) => one.finding_id);
        context.out(jsonText({ acknowledged: idsOf(open), already: idsOf(known), reason }));
        return;
      }
      for (const one of open) context.out(`acknowledged ${findingLine(one)}`);
      for (const one of known) {
        context.out(
          `already acknowledged on ${one.acknowledged_at}: ${findingLine(one)} ("${one.acknowledged_reason}")`,
        );
      }
      if (open.length > 0) context.out("The pages show it after the next chitieu refresh.");
    });
}

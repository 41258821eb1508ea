import type { Command } from "commander";
import { placeInWords } from "../intake/reply.ts";
import { acknowledgeFindings } from "../ledger/recorded-acts.ts";
import { type Finding, readFindings } from "../models/finding.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { findingRemedy, findingSentence } from "../vocabulary/finding-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { systemActor } from "./actor.ts";
import { checkChoice, chooseFindings } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions, statedText } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { softwareVersion } from "./version.ts";

interface ListOptions extends OutputOptions {
  readonly plan?: string;
  readonly all?: true;
}

interface AcknowledgeOptions extends OutputOptions {
  readonly reason: string;
}

/** `findings`: the open errors and doubts; `findings acknowledge` lets some of them stand. */
export function define(command: Command, context: Context): void {
  command
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every period)")
    .option("--plan <id>", "only this plan")
    .option("--all", "those that were acknowledged too, with the reason")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (period: string | undefined, options: ListOptions) => {
      const catalogue = readSources(options, context);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const findings = await readFindings({
        paths: existingWarehouse(options.warehouse),
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const listed = findings.filter((one) => options.all === true || !one.is_acknowledged);
      context.out(
        options.json
          ? jsonText(listed.map((one) => ({ ...one, ...wordsOf(one) })))
          : findingsText(listed),
      );
    })
    .addCommand(acknowledgeCommand(context));
}

function acknowledgeCommand(context: Context): Command {
  return newCommand("acknowledge", "let findings stand, each with the reason given")
    .argument("<id...>", "ids as listed by chitieu findings; the first characters are enough")
    .requiredOption(
      "--reason <text>",
      "why they may stand, for the city to read: write no name, and no figure that is withheld",
    )
    .addOption(jsonOption())
    .action(async (ids: string[], options: AcknowledgeOptions) => {
      const reason = statedText(
        options.reason,
        "The reason is empty. Say why the findings may stand.",
      );
      refusePersonalReason(reason);
      const paths = existingWarehouse(options.warehouse);
      const catalogue = readSources(options, context);
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
          by: systemActor("command"),
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
      if (open.length > 0) {
        context.out(
          "The city's pages show it after the next chitieu refresh; the shared ones once somebody has released it (chitieu texts).",
        );
      }
    });
}

/** A reason stays in the journal for good. */
function refusePersonalReason(reason: string): void {
  if (personalSigns(reason).every(({ certainty }) => certainty !== "certain")) return;
  throw wrongUsage(
    "The reason holds the data of a person (a number, an address, a birth date). It would be kept for good: say it without.",
  );
}

/** As much of an id as tells findings apart in a list. */
const SHORT_ID = 8;

/** `3f2a9c01 Phường Một, Quý 2 (Q2), Số người`: which finding is meant. */
function findingLine(finding: Finding): string {
  const { finding_id, unit_name, area_name, period_name, period, measure_name } = finding;
  // a ward's own name stands in that of its committee already
  const area = area_name === null || namesArea(unit_name, area_name) ? [] : [area_name];
  const figure = measure_name === null ? [] : [measure_name];
  const where = [unit_name, ...area, `${period_name} (${period})`, ...figure];
  return `${finding_id.slice(0, SHORT_ID)} ${where.join(", ")}`;
}

/** The list for the operator: a line of place, then what was found and what to do, in Vietnamese. */
function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return "No open findings.";
  const count = (severity: Finding["severity"]): number =>
    findings.filter((one) => one.severity === severity).length;
  return [
    ...findings.map(findingText),
    `${counted(count("error"), "error")}, ${counted(count("doubt"), "doubt")}. ` +
      'Let one stand with: chitieu findings acknowledge ID --reason "…"',
  ].join("\n");
}

/** `1 error`, `2 errors` */
function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function findingText(finding: Finding): string {
  const { found, remedy } = wordsOf(finding);
  return [
    `${finding.severity} ${findingLine(finding)}`,
    `      ${placeText(finding)}${found} ${remedy}`,
    ...(finding.explanation === null
      ? []
      : [
          `      explained on ${finding.explained_at} by ${finding.explained_by}: ${finding.explanation}`,
        ]),
    ...(finding.is_acknowledged
      ? [`      acknowledged on ${finding.acknowledged_at}: ${finding.acknowledged_reason}`]
      : []),
  ].join("\n");
}

/** What was found and what to do about it, each in whole sentences. */
function wordsOf(finding: Finding): { found: string; remedy: string } {
  return { found: `${findingSentence(finding)}.`, remedy: findingRemedy(finding.rule) };
}

function placeText({ file_name, sheet, cell, line }: Finding): string {
  const place = placeInWords({
    sheet: sheet ?? undefined,
    cell: cell ?? undefined,
    line: line === null ? undefined : Number(line),
  });
  return place === "" ? "" : `${file_name ?? ""}, ${place}: `;
}

/** Whether the name of a unit says its area already: `UBND phường Tam Thanh`. */
function namesArea(unitName: string, areaName: string): boolean {
  return unitName.toLocaleLowerCase("vi").includes(areaName.toLocaleLowerCase("vi"));
}

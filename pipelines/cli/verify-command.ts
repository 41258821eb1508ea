import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, Option } from "commander";
import { keyCode } from "../contract/check-code.ts";
import { findAlterations } from "../doctor/alterations.ts";
import { type ReadAgain, readArchiveAgain } from "../intake/reread-archive.ts";
import type { Difference } from "../publishing/difference.ts";
import { type Proof, proveAgainst } from "../publishing/proof.ts";
import { readPublicKey } from "../publishing/seal-key.ts";
import { isSound, type VersionCheck, verifyReports } from "../publishing/verify.ts";
import { siteFaults } from "../site/written-site.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { unlessMissing } from "../warehouse/place-files.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { readSources } from "./read-sources.ts";

interface VerifyOptions extends OutputOptions {
  readonly plan?: string;
  readonly publicKey?: string;
  readonly against?: string;
}

/** Differences that are printed of a version; `--json` gives all. */
const MAX_PRINTED = 50;

/**
 * `verify`: whether every published version still stands as it was published, and the ledger holds what
 * the journal and the received files say.
 */
export function define(command: Command, context: Context): void {
  command
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every published report)")
    .option("--plan <id>", "only this plan")
    .addOption(
      new Option(
        "--public-key <file>",
        "all signatures must be by this key; its private key will do",
      ).env("CHITIEU_SEAL_PUBLIC_KEY"),
    )
    .option(
      "--against <file, folder or code>",
      "an exported seal, a file of a version or the code on it, a receipt, a folder with a site: is it what was published, or received?",
    )
    .addOption(jsonOption())
    .action(async (period: string | undefined, options: VerifyOptions) => {
      const paths = existingWarehouse(options.warehouse);
      const verified = await verifyReports(
        paths,
        { planId: options.plan ?? null, period: period ?? null },
        (check) => {
          if (!options.json) context.out(checkText(check));
        },
      );
      const result = {
        ...verified,
        faults: [
          ...verified.faults,
          ...(options.publicKey === undefined
            ? []
            : keyFaults(verified.versions, await readPublicKey(options.publicKey))),
        ],
      };
      const { against } = options;
      const proof =
        against === undefined
          ? null
          : statSync(against, { throwIfNoEntry: false })?.isDirectory()
            ? proofOfSite(against, await siteFaults(paths, against))
            : await proofOf(paths, against);
      // of one report nothing is asked that all have in common
      const isWhole = (period ?? options.plan) === undefined;
      const catalogue = isWhole ? readSources(options, context, true) : null;
      const archive =
        catalogue === null
          ? { files: 0, faults: [], unread: [] }
          : await readArchiveAgain(paths, catalogue);
      const altered =
        catalogue === null ? { faults: [], notes: [] } : await findAlterations(paths, catalogue);
      const isNothing = result.versions.length === 0 && result.faults.length === 0;
      if (isNothing && (period ?? options.plan) !== undefined) {
        throw wrongUsage("No such report has been published.");
      }
      const faults = [...result.faults, ...archive.faults, ...altered.faults];
      const holds = isSound({ ...result, faults }) && proof?.holds !== false;
      if (options.json) {
        context.out(jsonText({ is_sound: holds, ...result, archive, altered, proof }));
      } else {
        for (const fault of [...faults, ...altered.notes]) context.warn(fault);
        for (const one of archive.unread) {
          context.warn(`Not read again, since it would be refused now: ${one}`);
        }
        if (isWhole) context.out(archiveText(archive));
        if (proof !== null) context.out(`${proof.holds ? "ĐÚNG" : "KHÔNG ĐÚNG"}: ${proof.finding}`);
      }
      if (!holds) context.refuse();
      else if (result.versions.length === 0 && !options.json) {
        context.out("Nothing has been published yet.");
      }
    });
}

async function proofOf(paths: WarehousePaths, what: string): Promise<Proof> {
  const bytes = await unlessMissing(readFile(what)).catch((error: unknown) => {
    throw fileFailure(error, `Không đọc được ${what}`);
  });
  const proof = await proveAgainst(paths, bytes === null ? what : { name: basename(what), bytes });
  if (proof !== null) return proof;
  throw wrongUsage(
    `${what} không phải mã như 1A2B3-C4D5E-F6071-8293A, không phải phiếu như 12:SHA-256, cũng không phải tệp nào ở đây.`,
  );
}

function proofOfSite(folder: string, faults: readonly string[]): Proof {
  return {
    finding: faults.length === 0 ? `${folder} là các trang đã ghi lần cuối.` : faults.join("\n"),
    holds: faults.length === 0,
  };
}

function archiveText({ files, faults, unread }: ReadAgain): string {
  const count = `${files} received file(s) read again`;
  const left =
    unread.length === 0 ? "" : `, ${unread.length} that are not accepted any more left out`;
  return faults.length === 0
    ? `archive: holds, ${count}${left}`
    : `archive: DOES NOT HOLD, ${faults.length} fault(s), ${count}${left}`;
}

function checkText(check: VersionCheck): string {
  const name = `${check.plan_id} ${check.period} version ${check.version}`;
  const { faults, differences } = check;
  const erased = check.erased.map((one) => `  ${one}`);
  if (faults.length === 0 && differences.length === 0) {
    const holds = erased.length === 0 ? "holds" : "holds but for what was erased";
    return [
      `${name}: ${holds}, ${check.rows} rows derived again, ${filesText(check)}`,
      ...erased,
    ].join("\n");
  }
  const rest = differences.length - MAX_PRINTED;
  return [
    `${name}: DOES NOT HOLD`,
    ...faults.map((fault) => `  ${fault}`),
    ...erased,
    ...differences.slice(0, MAX_PRINTED).map((one) => `  ${differenceText(one)}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join("\n");
}

function filesText({ files, signed_by }: VersionCheck): string {
  if (files === null) {
    return "no files compared: an earlier program published it and kept none, so they are made anew";
  }
  const by = signed_by === null ? "not signed" : `signed with the key ${keyCode(signed_by)}`;
  return `${files} files as they were published, ${by}`;
}

/** Seals that are signed, and not with the key that is known from elsewhere. */
function keyFaults(versions: readonly VersionCheck[], publicKey: string): string[] {
  return versions.flatMap(({ plan_id, period, version, signed_by }) =>
    signed_by === null || signed_by === publicKey
      ? []
      : [
          `${plan_id} ${period} version ${version}: its seal is signed with the key ${keyCode(signed_by)}, not with ${keyCode(publicKey)}.`,
        ],
  );
}

function differenceText({ part, row, about, field, stored, derived }: Difference): string {
  const place = `${part} ${row}, ${about}`;
  if (field !== null)
    return `${place}: ${field} is ${stored ?? "null"}, derived ${derived ?? "null"}`;
  if (stored === null) return `${place}: is not there, derived ${derived}`;
  if (derived === null) return `${place}: cannot be derived: ${stored}`;
  return `${place}: stored ${stored}, derived ${derived}`;
}

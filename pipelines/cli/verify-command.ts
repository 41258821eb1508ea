import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { keyCode } from "../contract/check-code.ts";
import { type ActCheck, ActLog } from "../desk/kept/act-log.ts";
import { findAlterations } from "../doctor/alterations.ts";
import { type ReadAgain, readArchiveAgain } from "../intake/reread-archive.ts";
import { type Proven, readProven, writeProven } from "../ledger/proven.ts";
import type { Difference } from "../publishing/difference.ts";
import { type Proof, proveAgainst } from "../publishing/proof.ts";
import { readPublicKey } from "../publishing/seal-key.ts";
import { isSound, type VersionCheck, verifyReports } from "../publishing/verify.ts";
import { siteFaults } from "../site/written-site.ts";
import { officeTime } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { unlessMissing } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { softwareDigest } from "./version.ts";

/** Differences that are printed of a version; `--json` gives all. */
const MAX_PRINTED = 50;

/**
 * `verify`: whether every published version still stands as it was published, and the ledger holds what
 * the journal and the received files say, and the desk's log of acts is as it was written.
 */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2 (mặc định: mọi báo cáo đã phát hành)")
    .option("--plan <id>", "chỉ kế hoạch này")
    .addOption(
      new Option("--public-key <file>", "mọi chữ ký phải bằng khóa này; khóa bí mật cũng được").env(
        "CHITIEU_SEAL_PUBLIC_KEY",
      ),
    )
    .option(
      "--against <tệp, thư mục hoặc mã>",
      "niêm phong đã xuất, tệp của một phiên bản hoặc mã trên đó, phiếu tiếp nhận, thư mục trang: có đúng là bản đã phát hành, đã nhận không?",
    )
    .option("--all", "tính lại tất cả, cả những gì lần kiểm tra trước đã chứng minh")
    .addOption(jsonOption())
    .action(async (period, options) => {
      const paths = existingWarehouse(options.warehouse);
      const software = softwareDigest();
      const verified = await verifyReports(
        paths,
        { planId: options.plan ?? null, period: period ?? null },
        (check) => {
          if (!options.json) context.out(checkText(check));
        },
        true,
        { proven: options.all === true ? null : await readProven(paths), software },
      );
      const { since, doubt, toBeProven } = verified;
      const result = {
        versions: verified.versions,
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
          : await readArchiveAgain(paths, catalogue, since);
      const { proof: marts, ...altered } =
        catalogue === null
          ? { faults: [], notes: [], proof: null }
          : await findAlterations(paths, catalogue, since?.marts);
      const acts = isWhole ? await new ActLog(paths.desk).check() : { lines: 0, faults: [] };
      const isNothing = result.versions.length === 0 && result.faults.length === 0;
      if (isNothing && (period ?? options.plan) !== undefined) {
        throw wrongUsage("Chưa phát hành báo cáo nào như vậy.");
      }
      const faults = [...result.faults, ...archive.faults, ...altered.faults, ...acts.faults];
      const holds = isSound({ ...result, faults }) && proof?.holds !== false;
      if (options.json) {
        const proven = { since: since?.whole ?? null, doubt };
        context.out(
          jsonText({ is_sound: holds, ...proven, ...result, archive, altered, acts, proof }),
        );
      } else {
        context.out(sinceText(since, doubt));
        for (const fault of [...faults, ...altered.notes]) context.warn(fault);
        for (const one of archive.unread) {
          context.warn(`Không đọc lại, vì nay sẽ bị trả lại: ${one}`);
        }
        if (isWhole) context.out(archiveText(archive));
        if (acts.lines > 0) context.out(actsText(acts));
        if (proof !== null) context.out(`${proof.holds ? "ĐÚNG" : "KHÔNG ĐÚNG"}: ${proof.finding}`);
      }
      if (holds && isWhole) {
        const whole = since?.whole ?? toBeProven.at;
        await writeProven(paths, { ...toBeProven, whole, marts });
      }
      if (!holds) context.refuse();
      else if (result.versions.length === 0 && !options.json) {
        context.out("Chưa phát hành báo cáo nào.");
      }
    });
}

function sinceText(since: Proven | null, doubt: string | null): string {
  if (since !== null) {
    const added = since.at === since.whole ? "" : `, bổ sung lúc ${officeTime(new Date(since.at))}`;
    return `những gì đến mục ${since.entry_no} đã được tính lại lúc ${officeTime(new Date(since.whole))}${added}: nay so từng byte với khi ấy; chitieu verify --all tính lại tất cả`;
  }
  return doubt === null ? "đã tính lại tất cả" : `đã tính lại tất cả: ${doubt}`;
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
  const count = `đã đọc lại ${files} tệp đã nhận`;
  const left = unread.length === 0 ? "" : `, bỏ qua ${unread.length} tệp nay không còn được nhận`;
  return faults.length === 0
    ? `kho lưu trữ: đúng, ${count}${left}`
    : `kho lưu trữ: KHÔNG ĐÚNG, ${faults.length} lỗi, ${count}${left}`;
}

function actsText({ lines, faults }: ActCheck): string {
  return `nhật ký việc ở bàn làm việc: ${faults.length === 0 ? "đúng" : "KHÔNG ĐÚNG"}, ${lines} việc`;
}

function checkText(check: VersionCheck): string {
  const name = `${check.plan_id} ${check.period} phiên bản ${check.version}`;
  const { faults, differences } = check;
  const erased = check.erased.map((one) => `  ${one}`);
  if (faults.length === 0 && differences.length === 0) {
    const holds = erased.length === 0 ? "đúng" : "đúng, trừ phần đã xóa";
    const rows =
      check.proven_at === null
        ? `tính lại ${check.rows} hàng`
        : `đã tính lại từ ${officeTime(new Date(check.proven_at))} về trước`;
    return [`${name}: ${holds}, ${rows}, ${filesText(check)}`, ...erased].join("\n");
  }
  const rest = differences.length - MAX_PRINTED;
  return [
    `${name}: KHÔNG ĐÚNG`,
    ...faults.map((fault) => `  ${fault}`),
    ...erased,
    ...differences.slice(0, MAX_PRINTED).map((one) => `  ${differenceText(one)}`),
    ...(rest > 0 ? [`  và ${rest} chỗ khác nữa`] : []),
  ].join("\n");
}

function filesText({ files, signed_by }: VersionCheck): string {
  if (files === null) {
    return "không so sánh tệp: bản phần mềm trước phát hành và không lưu tệp, nên các tệp được lập lại";
  }
  const by = signed_by === null ? "không ký" : `ký bằng khóa ${keyCode(signed_by)}`;
  return `${files} tệp như khi phát hành, ${by}`;
}

/** Seals that are signed, and not with the key that is known from elsewhere. */
function keyFaults(versions: readonly VersionCheck[], publicKey: string): string[] {
  return versions.flatMap(({ plan_id, period, version, signed_by }) =>
    signed_by === null || signed_by === publicKey
      ? []
      : [
          `${plan_id} ${period} phiên bản ${version}: niêm phong ký bằng khóa ${keyCode(signed_by)}, không phải ${keyCode(publicKey)}.`,
        ],
  );
}

function differenceText({ part, row, about, field, stored, derived }: Difference): string {
  const place = `${part} ${row}, ${about}`;
  if (field !== null)
    return `${place}: ${field} là ${stored ?? "null"}, tính lại được ${derived ?? "null"}`;
  if (stored === null) return `${place}: không có, tính lại được ${derived}`;
  if (derived === null) return `${place}: không tính lại được: ${stored}`;
  return `${place}: đã lưu ${stored}, tính lại được ${derived}`;
}

import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { type PublishedReport, READERS } from "../contract/report.ts";
import { baseName, folderName } from "../exports/file-name.ts";
import { FORMATS, type Format } from "../exports/format.ts";
import { fillTemplate } from "../exports/template.ts";
import { KNOWN_MARKS } from "../exports/template-mark.ts";
import { handedUp } from "../publishing/hand-up.ts";
import { writeLake } from "../publishing/lake.ts";
import { readExportedSeal } from "../publishing/proof.ts";
import { readPublishedReport } from "../publishing/published-reports.ts";
import { erasedFilesOf, filesOfVersion, placeVersion } from "../publishing/version-files.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { OWNER_ONLY, placeFiles } from "../warehouse/place-files.ts";
import { choosePlan } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { audienceOption, countArgument, type FolderCommand, jsonOption } from "./options.ts";
import { readSources } from "./read-sources.ts";

const EXPORTS = "exports";

/** `export PERIOD`: a published version as files for the office and for other programs. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2")
    .option("--plan <id>", "mã kế hoạch, khi nhiều kế hoạch có kỳ ấy")
    .option("--version <n>", "phiên bản khác bản mới nhất", countArgument)
    .option(
      "--format <list>",
      `một số trong: ${FORMATS.join(",")}`,
      formatsArgument,
      FORMATS as readonly Format[],
    )
    .addOption(
      audienceOption(
        "shared: không có số liệu nhạy cảm nhỏ; city: đủ số liệu, dùng nội bộ; superior: đủ số liệu, gửi cấp trên ghi trong kế hoạch",
      ).choices(READERS),
    )
    .option("--out <dir>", `thư mục để ghi (mặc định: ${EXPORTS}/KẾ_HOẠCH/KỲ/vN)`)
    .option("--replace", "ghi đè lên tệp đã có mà khác nội dung")
    .option("--seal <file>", "chỉ ghi niêm phong của phiên bản vào đó, để đối chiếu về sau")
    .option(
      "--package",
      "ghi gói gửi cấp trên tiếp nhận: một tệp .zip gồm các tệp gửi cấp trên, kế hoạch và niêm phong",
    )
    .option(
      "--lake <dir>",
      "ghi vào đó mọi số liệu mà đối tượng ấy được xem, dạng Parquet theo kế hoạch và năm",
    )
    .option(
      "--template <file>",
      "điền các dấu như {{3.2b}} trong tệp .xlsx hoặc .docx này, rồi ghi vào thư mục --out",
    )
    .addOption(jsonOption())
    .action(async (periodCode, options) => {
      const paths = existingWarehouse(options.warehouse);
      if (options.lake !== undefined) {
        if (options.audience === "superior") {
          throw wrongUsage("Chỉ có số liệu mọi người được xem (shared) và số liệu nội bộ (city).");
        }
        const tables = await writeLake(paths, options.audience, options.lake);
        context.out(options.json ? jsonText({ lake: options.lake, tables }) : options.lake);
        return;
      }
      if (periodCode === undefined) throw wrongUsage("Ghi kỳ báo cáo, như 2024-Q2.");
      const report = await readPublishedReport(paths, {
        planId:
          options.plan ??
          choosePlan(readSources(options, context), { id: undefined, periodCode }).plan.id,
        period: periodCode,
        version: options.version ?? null,
        audience: options.package === true ? "superior" : options.audience,
      });
      if (options.seal !== undefined) {
        const text = await readExportedSeal(paths, report.publication.publication_no);
        const bytes = new TextEncoder().encode(text);
        // never over another file
        await placeFiles([{ file: options.seal, bytes }], () => false);
        context.out(options.json ? jsonText({ seal: options.seal }) : options.seal);
        return;
      }
      if (options.template !== undefined) {
        await writeFilled(report, options.template, options, context);
        return;
      }
      const out = options.out ?? join(EXPORTS, ...folderName(report));
      if (options.package === true) {
        const { name, bytes } = await handedUp(paths, report);
        const file = join(out, name);
        await placeFiles([{ file, bytes }], () => options.replace === true, OWNER_ONLY);
        context.out(options.json ? jsonText({ package: file }) : file);
        return;
      }
      try {
        const files = await filesOfVersion(paths, report);
        const isReplaced = options.replace === true;
        const placed = await placeVersion(out, files, options.format, isReplaced, modeOf(report));
        const erased = await erasedFilesOf(paths, report);
        if (options.json) {
          const { plan_id, period, version, sha256 } = report.publication;
          context.out(
            jsonText({
              plan_id,
              period,
              version,
              sha256,
              audience: report.audience,
              latest_version: report.latestVersion,
              files: placed.map((one) => ({
                file: one.file,
                media_type: one.mediaType,
                bytes: one.bytes.length,
                sha256: one.sha256,
                is_written: one.isWritten,
              })),
              erased,
            }),
          );
          return;
        }
        for (const { file, isWritten } of placed) {
          context.out(isWritten ? file : `${file}  (đã có sẵn)`);
        }
        for (const name of erased) {
          context.warn(`${name} đã bị xóa, không còn nữa; chitieu verify cho biết xóa khi nào.`);
        }
        const { version } = report.publication;
        if (placed.length === 0 && erased.length === 0) {
          context.warn(
            `Phiên bản ${version} phát hành không có tệp loại ${options.format.join(", ")}.`,
          );
        }
        if (version < report.latestVersion) {
          context.warn(
            `Phiên bản ${version} không còn là bản mới nhất: bản mới nhất là phiên bản ${report.latestVersion}.`,
          );
        }
      } catch (error) {
        throw fileFailure(error, `Không ghi được các tệp vào ${out}`);
      }
    });
}

function modeOf({ audience }: PublishedReport): number | undefined {
  return audience === "shared" ? undefined : OWNER_ONLY;
}

/** Unknown marks of a template are reported, stay in place, and count as refused. */
async function writeFilled(
  report: PublishedReport,
  template: string,
  options: { readonly json?: true; readonly out?: string; readonly replace?: true },
  context: Context,
): Promise<void> {
  const bytes = await readFile(template).catch((error: unknown) => {
    throw fileFailure(error, `Không đọc được tệp biểu ${template}`);
  });
  const { bytes: made, filled, unknown } = fillTemplate(report, template, bytes);
  const ending = extname(template);
  const name = `${basename(template, ending)}_${baseName(report)}${ending}`;
  const file = join(options.out ?? join(EXPORTS, ...folderName(report)), name);
  try {
    await placeFiles([{ file, bytes: made }], () => options.replace === true, modeOf(report));
  } catch (error) {
    throw fileFailure(error, `Không ghi được ${file}`);
  }
  if (options.json) context.out(jsonText({ file, filled, unknown }));
  else {
    context.out(`${file}: đã điền ${filled} dấu`);
    for (const mark of unknown) context.warn(`Không rõ dấu ${mark}.`);
    if (unknown.length > 0) context.warn(`Các dấu dùng được: ${KNOWN_MARKS}.`);
  }
  if (unknown.length > 0) context.refuse();
}

function formatsArgument(text: string): Format[] {
  const known: readonly string[] = FORMATS;
  const wanted = text.split(",").map((one) => one.trim().toLowerCase());
  const unknown = wanted.find((one) => !known.includes(one));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" không thuộc các giá trị: ${FORMATS.join(", ")}.`);
  }
  return FORMATS.filter((format) => wanted.includes(format));
}

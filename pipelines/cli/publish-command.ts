import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { keyCode } from "../contract/check-code.ts";
import type { PublicationClass } from "../contract/report.ts";
import { buildMarts } from "../models/build-marts.ts";
import { type PublishedVersion, publishReport } from "../publishing/publish.ts";
import { readSealKey } from "../publishing/seal-key.ts";
import { defined } from "../vocabulary/defined.ts";
import { signatureLines } from "../vocabulary/signature.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { recordedNow } from "./actor.ts";
import { choosePeriod, choosePlan } from "./choice.ts";
import { type Context, jsonText, modelSteps } from "./context.ts";
import { type FolderCommand, jsonOption, pastMomentArgument } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { warnOfBuild } from "./refresh-warehouse.ts";
import { publishedPages } from "./shown-pages.ts";

const CLASSES = ["first", "late", "correction", "method"] as const satisfies PublicationClass[];

/** `publish`: freezes the report of a period as its next version. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("<period>", "mã kỳ báo cáo, như 2024-Q2")
    .option("--plan <id>", "mã kế hoạch, khi nhiều kế hoạch có kỳ ấy")
    .requiredOption(
      "--reason <text>",
      "lý do phát hành; mọi người đọc được trên báo cáo",
      reasonArgument,
    )
    .addOption(
      new Option(
        "--class <class>",
        "loại phát hành: first lần đầu; late bổ sung số liệu gửi muộn; correction đính chính số liệu; method thay đổi cách tính",
      )
        .choices(CLASSES)
        .makeOptionMandatory(),
    )
    .option("--final", "số liệu chính thức: mọi đơn vị đã báo cáo, hoặc không chờ thêm báo cáo nào")
    .option(
      "--acknowledge",
      "phát hành dù còn điểm cần kiểm tra, còn đơn vị chưa gửi hoặc kỳ trước đã thay đổi",
    )
    .option("--force", "phát hành cả khi không khác phiên bản trước")
    .option(
      "--as-of <moment>",
      "theo số liệu đã có tại một thời điểm trước đây, như 2024-06-14T17:00 (mặc định: bây giờ)",
      pastMomentArgument,
    )
    .addOption(
      new Option(
        "--seal-key <file>",
        "ký niêm phong bằng khóa này (mặc định: không ký); xem seal-key",
      ).env("CHITIEU_SEAL_KEY"),
    )
    .option("--number <number>", "số, ký hiệu văn bản, như 05/BC-UBND; từ đó không đổi")
    .option("--dated <date>", "ngày văn bản, như 2024-06-05; ghi cùng với số")
    .option(
      "--signature <lines>",
      'thể thức ký: "TM. Ủy ban nhân dân; KT. Chủ tịch; Phó Chủ tịch" (mặc định: như trong kế hoạch)',
    )
    .option("--signatory <name>", "họ tên người ký")
    .addOption(jsonOption())
    .action(async (periodCode, options) => {
      const paths = existingWarehouse(options.warehouse);
      const catalogue = readSources(options, context, true);
      const plan = choosePlan(catalogue, { id: options.plan, periodCode });
      const period = choosePeriod(plan, periodCode);
      const { recordedAt: publishedAt, ...recording } = await recordedNow(paths);
      const published = await publishReport({
        ...recording,
        publishedAt,
        paths,
        catalogue,
        plan,
        period,
        class: options.class,
        reason: options.reason,
        isFinal: options.final === true,
        acknowledge: options.acknowledge === true,
        force: options.force === true,
        document: defined({
          number: options.number?.trim(),
          dated: options.dated?.trim(),
          signature:
            options.signature === undefined ? undefined : signatureLines(options.signature),
          signatory: options.signatory?.trim(),
        }),
        asOf: options.asOf ?? null,
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
      warnOfBuild(models, context);
      if (options.json) context.out(jsonText({ published, models }));
    });
}

function reasonArgument(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Đang để trống.");
  return text.trim();
}

function publishedText(published: PublishedVersion): string {
  const { units_missing: missing } = published;
  return [
    `${published.plan_id} ${published.period}: phiên bản ${published.version}, số liệu ${published.is_final ? "chính thức" : "sơ bộ"}, tính đến ${published.as_of}`,
    `  đơn vị đã báo cáo: ${published.units_reported}/${published.units_expected}${missing.length > 0 ? `; chưa gửi: ${missing.join("; ")}` : ""}`,
    ...(published.version > 1
      ? [`  ${published.changes} nội dung thay đổi (số liệu, đánh giá, tình hình báo cáo)`]
      : []),
    ...(published.acknowledged > 0
      ? [`  ${published.acknowledged} điểm cần kiểm tra được xác nhận`]
      : []),
    `  ${published.files} tệp, SHA-256 ${published.sha256}`,
    `  mã kiểm tra ${published.check_code}, ${published.signed_by === null ? "không ký" : `ký bằng khóa ${keyCode(published.signed_by)}`}`,
  ].join("\n");
}

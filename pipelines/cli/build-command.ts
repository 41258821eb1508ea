import { buildMarts } from "../models/build-marts.ts";
import { buildSelected } from "../models/select-models.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText, modelSteps } from "./context.ts";
import { type FolderCommand, jsonOption, pastMomentArgument } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { warnOfBuild } from "./refresh-warehouse.ts";

/** `build`: the models of every plan into a new marts.duckdb. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option(
      "--as-of <moment>",
      "theo số liệu đã có tại một thời điểm trước đây, như 2024-06-30, ghi vào một tệp riêng (mặc định: hiện tại)",
      pastMomentArgument,
    )
    .option(
      "--select <names...>",
      "chỉ các mô hình này và những gì chúng cần, ghi vào selected.duckdb; +TÊN kèm những gì mô hình đọc, TÊN+ kèm những gì đọc mô hình",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const paths = existingWarehouse(options.warehouse);
      const request = {
        paths,
        catalogue: readSources(options, context),
        asOf: options.asOf ?? null,
        onProgress: modelSteps(context),
      };
      if (options.select !== undefined) {
        const selected = await buildSelected(request, options.select);
        context.out(options.json ? jsonText(selected) : selectedText(selected));
        return;
      }
      const result = await buildMarts({ ...request, whole: true });
      warnOfBuild(result, context);
      context.out(
        options.json
          ? jsonText(result)
          : `${result.models} mô hình, ${result.checks} phép kiểm tra, tính đến ${result.asOf}, trong ${result.seconds.toFixed(1)} giây: ${result.file}`,
      );
    });
}

function selectedText({ file, models }: Awaited<ReturnType<typeof buildSelected>>): string {
  const lines = models.map(({ id, rows }) => `  ${id}, ${rows} hàng`);
  return [
    `Đã tính ${models.length} mô hình; kho số liệu giữ nguyên:`,
    ...lines,
    `Xem trong ${file}: duckdb -readonly ${file}`,
  ].join("\n");
}

import { buildMarts } from "../models/build-marts.ts";
import { isLoopback } from "../site/server.ts";
import { Failure } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, modelSteps } from "./context.ts";
import { audienceOption, type FolderCommand, pastMomentArgument, portArgument } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { serveUntilInterrupted } from "./serve-until-interrupted.ts";

/** `serve`: shows the pages until it is interrupted, each rendered when it is asked for. */
export function define(command: FolderCommand, context: Context): void {
  command
    .addOption(audienceOption("trang dành cho ai; trang nội bộ (city) có đủ mọi số liệu nhỏ"))
    .option("--host <host>", "địa chỉ phục vụ (mặc định: 127.0.0.1)")
    .option("--port <port>", "cổng phục vụ", portArgument)
    .option(
      "--name <name>",
      "tên máy mà người đọc dùng để mở trang, ngoài tên của máy này; ghi được nhiều lần",
      (name: string, names: readonly string[]) => [...names, name],
      [],
    )
    .option(
      "--as-of <moment>",
      "các trang theo số liệu đã có tại một thời điểm trước đây, như 2024-09-20 (mặc định: hiện tại)",
      pastMomentArgument,
    )
    .action(async (options) => {
      const { host } = options;
      if (options.audience === "city" && host !== undefined && !isLoopback(host)) {
        throw new Failure(
          `Trang nội bộ có đủ mọi số liệu nhỏ, mà serve không hỏi người xem là ai: không mở ở ${host}. Mở ở 127.0.0.1 và đặt sau một máy chủ có đăng nhập, như reports/serving/nginx.conf.`,
        );
      }
      if (host !== undefined && !isLoopback(host) && options.name.length === 0) {
        context.warn(
          `Các trang chỉ mở cho người hỏi theo ${host} hoặc tên của máy này. Nêu các tên, địa chỉ khác bằng --name.`,
        );
      }
      const kept = existingWarehouse(options.warehouse);
      const { asOf = null } = options;
      const marts =
        asOf === null
          ? kept.marts
          : (
              await buildMarts({
                ...{ paths: kept, catalogue: readSources(options, context), asOf },
                onProgress: modelSteps(context),
              })
            ).file;
      const paths = { ...kept, marts };
      await serveUntilInterrupted(paths, { ...options, names: options.name }, context);
    });
}

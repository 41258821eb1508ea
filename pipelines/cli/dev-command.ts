import { join } from "node:path";
import type { Audience } from "../contract/report.ts";
import { buildMarts } from "../models/build-marts.ts";
import { developPages } from "../site/dev.ts";
import { findWorkspace } from "../site/workspace.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { Failure } from "../vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { demandMarts } from "../warehouse/shown-marts.ts";
import type { Context } from "./context.ts";
import { copyDemonstrationSources } from "./demonstration-sources.ts";
import { beginDemonstrationClock, makeDemonstration } from "./make-demonstration.ts";
import { audienceOption, type FolderCommand, type FolderOptions, portArgument } from "./options.ts";
import { interruption } from "./serve-until-interrupted.ts";

/** The port that Vite takes by itself. */
const PORT = 5173;

/** `dev`: live pages for whoever works on pages, queries or models. */
export function define(command: FolderCommand, context: Context): void {
  command
    .addOption(audienceOption("trang dành cho ai; trang nội bộ (city) có đủ mọi số liệu nhỏ"))
    .option("--host <host>", "địa chỉ phục vụ", "127.0.0.1")
    .option("--port <port>", "cổng; cổng trống kế tiếp nếu đang được dùng", portArgument, PORT)
    .addHelpText("after", "\nKhông có --warehouse thì các trang hiện số liệu minh họa.")
    .action(async (options) => {
      const isDemonstration = command.getOptionValueSource("warehouse") === "default";
      const folder = isDemonstration ? join(options.warehouse, "demo") : options.warehouse;
      await develop({ ...options, paths: warehousePaths(folder), isDemonstration }, context);
    });
}

interface Development extends FolderOptions {
  readonly host: string;
  readonly port: number;
  readonly audience: Audience;
  readonly paths: WarehousePaths;
  /** The warehouse is the demonstration's, and made when it is not there. */
  readonly isDemonstration: boolean;
}

/**
 * Shows pages live until it is interrupted. Models that are changed meanwhile are built beside the
 * marts of the warehouse, which stay.
 * @throws Failure when the warehouse has no marts, or a query fails at the start
 */
async function develop(development: Development, context: Context): Promise<void> {
  const { paths, isDemonstration, audience, host, port } = development;
  const sourcesNow = async (): Promise<string> =>
    isDemonstration
      ? await copyDemonstrationSources(development.sources, paths)
      : development.sources;
  if (isDemonstration) {
    const sources = await sourcesNow();
    await beginDemonstrationClock(sources, paths);
    await makeDemonstration({ sources, paths }, context);
  } else demandMarts(paths.marts);
  const workspace = findWorkspace(paths.folder);
  const { bundler } = workspace;
  if (bundler === null) {
    throw new Failure(
      "Chỉ sửa được trang trong bản mã nguồn của chitieu; bản cài đặt chỉ có các trang đã đóng gói.",
    );
  }
  const ended = new AbortController();
  void interruption().then(() => ended.abort());
  const rebuild = async (): Promise<string> => {
    const catalogue = readCatalogue(await sourcesNow());
    const { file } = await buildMarts({
      paths: { ...paths, marts: join(workspace.work, "dev", "marts.duckdb") },
      catalogue,
      asOf: null,
    });
    return file;
  };
  await developPages({
    marts: paths.marts,
    audience,
    host,
    port,
    workspace,
    bundler,
    modelInputs: [
      join(workspace.root, "models"),
      ...["plans", "areas"].map((name) => join(development.sources, name)),
    ],
    rebuild,
    out: (text) => context.out(text),
    warn: (text) => context.warn(text),
    signal: ended.signal,
  });
}

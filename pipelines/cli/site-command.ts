import { writeSite } from "../site/write-site.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { demandMarts } from "../warehouse/shown-marts.ts";
import { type Context, jsonText } from "./context.ts";
import { audienceOption, type FolderCommand, jsonOption } from "./options.ts";
import { prepareAllPages } from "./shown-pages.ts";

/** `site`: all pages as files, for a host that shows files. */
export function define(command: FolderCommand, context: Context): void {
  command
    .requiredOption("--out <folder>", "thư mục để ghi; những gì đang có ở đó được thay toàn bộ")
    .addOption(audienceOption("trang dành cho ai; trang nội bộ (city) có đủ mọi số liệu nhỏ"))
    .addOption(jsonOption())
    .action(async (options) => {
      const paths = existingWarehouse(options.warehouse);
      demandMarts(paths.marts);
      const workspace = await prepareAllPages(paths, context);
      const { marts } = paths;
      const written = await writeSite(
        { workspace, marts, warehouse: paths, audience: options.audience },
        options.out,
        (done, known) => context.step(done, known, `trang ${done}/${known}`),
      );
      context.out(
        options.json
          ? jsonText(written)
          : `${written.pages} trang, ${written.files} tệp trong ${written.out}`,
      );
    });
}

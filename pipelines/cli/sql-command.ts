import { Option } from "@commander-js/extra-typings";
import { askSharedMarts } from "../models/ask-shared.ts";
import { seenTables } from "../models/seen-marts.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { nearest } from "../vocabulary/nearest.ts";
import { withConnection } from "../warehouse/connection.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { demandMarts } from "../warehouse/shown-marts.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";
import { columnsText, resultCsv, resultObjects, resultText, tablesText } from "./sql-text.ts";

/** `sql`: asks the shared marts, or says which tables and columns there are. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument(
      "[query]",
      "một truy vấn chỉ đọc, trên các bảng của lược đồ shared: những gì mọi người được xem (mặc định: liệt kê các bảng)",
    )
    .option("--table <name>", "các cột của một bảng, kèm ý nghĩa")
    .addOption(
      new Option("--csv", "in CSV với dấu phẩy và dấu chấm thập phân thay cho bảng").conflicts([
        "json",
        "table",
      ]),
    )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Giá trị không có in là –, để trống trong CSV, null trong JSON. Số thập phân chính xác, dùng dấu chấm.
Một truy vấn được dùng tối đa 30 giây và 1 GiB; không đọc được tệp, mạng hay lược đồ khác.

  chitieu sql "select indicator_code, period, value, status from attainment_by_plan_period"`,
    )
    .action(async (query, options) => {
      const { marts } = existingWarehouse(options.warehouse);
      if (query !== undefined && options.table !== undefined) {
        throw wrongUsage("Ghi truy vấn hoặc --table, không ghi cả hai.");
      }
      if (query === undefined && options.csv) {
        throw wrongUsage("--csv dành cho kết quả truy vấn: ghi một truy vấn.");
      }
      demandMarts(marts);
      if (query === undefined) {
        await listTables(marts, options, context);
        return;
      }
      const result = await askSharedMarts(marts, query);
      if (options.json) context.out(jsonText(resultObjects(result)));
      else context.out(options.csv ? resultCsv(result) : resultText(result));
    });
}

async function listTables(
  marts: string,
  { json, table: wanted }: { readonly json?: true; readonly table?: string },
  context: Context,
): Promise<void> {
  const tables = await withConnection((connection) => seenTables(connection, marts, "shared"));
  if (wanted === undefined) {
    context.out(json ? jsonText(tables) : tablesText(tables));
    return;
  }
  const named = tables.find(({ table }) => `shared.${table}` === wanted || table === wanted);
  if (named === undefined) {
    const near = nearest(
      wanted,
      tables.map(({ table }) => table),
    );
    throw wrongUsage(
      `Không có bảng "${wanted}" trong lược đồ shared.${near === null ? "" : ` Có phải ${near}?`} chitieu sql liệt kê các bảng.`,
    );
  }
  context.out(json ? jsonText(named) : columnsText(named));
}

import { Option } from "@commander-js/extra-typings";
import {
  DEFAULT_LIMITS,
  keyPurpose,
  MOST_LIMITS,
  type SystemKey,
  SystemKeys,
} from "../desk/accounts/system-keys.ts";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { officeTime } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { leaveAct, systemActor } from "./actor.ts";
import { chooseUnit } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { knownUnits } from "./known-units.ts";
import { type AnyCommand, bareCommand, countArgument, jsonOption, newCommand } from "./options.ts";
import { tableText } from "./text-table.ts";

/** `desk key`: keys by which other systems send reports or read figures. */
export function keyCommand(context: Context): AnyCommand {
  return bareCommand("key", "mã truy cập để hệ thống khác gửi báo cáo, đọc số liệu qua /api/")
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(revokeCommand(context));
}

function addCommand(context: Context): AnyCommand {
  return newCommand("add", "cấp một mã, in ra màn hình một lần")
    .argument("<name>", "tên hệ thống")
    .option("--sends <code...>", "gửi báo cáo của các đơn vị này, mã như ở chitieu status --unit")
    .addOption(
      new Option("--reads <audience>", "đọc số liệu của bản chung hoặc bản nội bộ").choices(
        AUDIENCES,
      ),
    )
    .option(
      "--per-minute <count>",
      `số yêu cầu mỗi phút, đến ${MOST_LIMITS.perMinute} (mặc định: ${DEFAULT_LIMITS.perMinute})`,
      countArgument,
    )
    .option(
      "--mb <count>",
      `dung lượng mỗi lần gửi, đến ${MOST_LIMITS.mib} (mặc định: ${DEFAULT_LIMITS.mib})`,
      countArgument,
    )
    .action(async (name, options) => {
      const paths = warehousePaths(options.warehouse);
      const units = options.sends === undefined ? [] : await knownUnits(options, context);
      const by = systemActor("command").account;
      const { key, secret } = await new SystemKeys(paths.desk).make(
        {
          ...{ name, by, audience: options.reads ?? null },
          units: (options.sends ?? []).map((code) => chooseUnit(units, code).office_code),
          perMinute: options.perMinute ?? DEFAULT_LIMITS.perMinute,
          mib: options.mb ?? DEFAULT_LIMITS.mib,
        },
        new Date(),
      );
      const about = `${key.id} ${key.name}: ${keyPurpose(key)}`;
      await leaveAct(paths.desk, "cấp mã truy cập", about);
      context.out(secret);
    });
}

function listCommand(context: Context): AnyCommand {
  return newCommand("list", "các mã đã cấp, được làm gì, dùng lần cuối lúc nào")
    .addOption(jsonOption())
    .action(async ({ warehouse, json }) => {
      const keys = new SystemKeys(existingWarehouse(warehouse).desk);
      const listed = await Promise.all(
        (await keys.list()).map(async (key) => ({ key, lastUse: await keys.lastUse(key) })),
      );
      if (json) {
        // a digest is for nobody
        const shown = listed.map(({ key: { digest: _, ...key }, lastUse }) => ({
          ...key,
          last_use: lastUse,
        }));
        context.out(jsonText(shown));
        return;
      }
      if (listed.length === 0) context.out("Chưa cấp mã nào.");
      else
        context.out(tableText([HEAD, ...listed.map(({ key, lastUse }) => lineOf(key, lastUse))]));
    });
}

const HEAD = ["Mã", "Hệ thống", "Được làm", "Cấp lúc", "Dùng lần cuối", "Thu hồi"];

function lineOf(key: SystemKey, lastUse: string | null): string[] {
  const at = (moment: string | null): string =>
    moment === null ? "–" : officeTime(new Date(moment)).slice(0, 16);
  const { id, name, made_at, revoked } = key;
  return [id, name, keyPurpose(key), at(made_at), at(lastUse), at(revoked?.at ?? null)];
}

function revokeCommand(context: Context): AnyCommand {
  return newCommand("revoke", "thu hồi một mã, có hiệu lực ngay")
    .argument("<id>", "phần giữa của mã, như ở chitieu desk key list")
    .action(async (id, { warehouse }) => {
      const { desk } = existingWarehouse(warehouse);
      const keys = new SystemKeys(desk);
      const key = await keys.find(id);
      if (key === null) {
        throw wrongUsage(`Không có mã truy cập "${id}". chitieu desk key list liệt kê các mã.`);
      }
      if (key.revoked === null) {
        const by = systemActor("command").account;
        await keys.revoke(key, by, new Date());
        await leaveAct(desk, "thu hồi mã truy cập", `${key.id} ${key.name}`);
      }
      context.out(`Đã thu hồi mã của ${key.name}.`);
    });
}

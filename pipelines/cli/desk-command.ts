import { Option } from "@commander-js/extra-typings";
import { Accounts } from "../desk/accounts/accounts.ts";
import { isRole, ROLE_NAMES, ROLES } from "../desk/accounts/roles.ts";
import { readSignOn } from "../desk/accounts/single-sign-on.ts";
import { invitationLink } from "../desk/administration/account-routes.tsx";
import { readKept } from "../desk/kept/kept-file.ts";
import { mailSettings } from "../desk/office/mail.ts";
import { readSealKey } from "../publishing/seal-key.ts";
import { isLoopback } from "../site/server.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { leaveAct } from "./actor.ts";
import { chooseUnit } from "./choice.ts";
import type { Context } from "./context.ts";
import { keyCommand } from "./desk-key-command.ts";
import { knownUnits } from "./known-units.ts";
import {
  type AnyCommand,
  backupsOption,
  type FolderCommand,
  newCommand,
  portArgument,
} from "./options.ts";
import { addressFile, OpenAddress, serveDeskUntilInterrupted } from "./serve-desk.ts";

const HOST = "127.0.0.1";
const PORT = 4180;
const PORTS_TRIED = 20;

/** `desk`: the web door, where units send their reports and the office follows them. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option("--host <host>", `địa chỉ phục vụ (mặc định: ${HOST})`)
    .addOption(
      new Option("--port <port>", "cổng phục vụ").argParser(portArgument).env("CHITIEU_PORT"),
    )
    .addOption(
      new Option(
        "--url <url>",
        "địa chỉ mà mọi người dùng để vào, như https://chitieu.langson.gov.vn sau nginx",
      ).env("CHITIEU_URL"),
    )
    .option("--open-pages", "cho xem trang báo cáo không cần đăng nhập; không gồm các trang nội bộ")
    .option("--browser", "mở bàn làm việc trong trình duyệt của máy này")
    .addOption(
      new Option(
        "--seal-key <file>",
        "ký các phiên bản phát hành bằng khóa này (mặc định: không ký); xem seal-key",
      ).env("CHITIEU_SEAL_KEY"),
    )
    .addOption(
      new Option(
        "--smtp <url>",
        "gửi thư nhắc qua máy chủ thư này, như smtps://user@mail.langson.gov.vn",
      ).env("CHITIEU_SMTP"),
    )
    .addOption(
      new Option(
        "--smtp-from <sender>",
        'tên và địa chỉ người gửi, như "UBND <vanthu@langson.gov.vn>"',
      ).env("CHITIEU_SMTP_FROM"),
    )
    .addOption(
      new Option(
        "--smtp-password-file <file>",
        "tệp chứa mật khẩu của tài khoản ấy (mặc định: $CHITIEU_SMTP_PASSWORD)",
      ).env("CHITIEU_SMTP_PASSWORD_FILE"),
    )
    .addOption(
      new Option(
        "--oidc <file>",
        "cho đăng nhập qua hệ thống OpenID Connect khai báo trong tệp này (docs/operating.md)",
      ).env("CHITIEU_OIDC"),
    )
    .addOption(backupsOption())
    .option("--no-watch", "không theo dõi thư mục nhận tệp, không tự cập nhật số liệu và trang")
    .enablePositionalOptions()
    .action(async (options) => {
      const paths = warehousePaths(options.warehouse);
      const stated = originOf(options.url);
      const host = options.host ?? HOST;
      if (stated === null && !isLoopback(host)) {
        throw wrongUsage(
          `Ở ${host} máy khác vào được bàn làm việc và gửi mật khẩu qua đó. Ghi địa chỉ truy cập bằng --url, nên dùng https sau nginx (docs/operating.md).`,
        );
      }
      await serveDeskUntilInterrupted(
        {
          ...{ sources: options.sources, paths, host, stated, withWatch: options.watch },
          port: options.port ?? PORT,
          portsTried: options.port === undefined ? PORTS_TRIED : 1,
          arePagesOpen: options.openPages === true,
          trial: null,
          ...{ inBrowser: options.browser === true, backups: options.backups ?? null },
          mail: mailSettings(options.smtp, options.smtpFrom, options.smtpPasswordFile),
          signOn: options.oidc === undefined ? null : readSignOn(options.oidc),
          sealKey: options.sealKey === undefined ? null : await readSealKey(options.sealKey),
        },
        context,
      );
    })
    .addCommand(inviteCommand(context))
    .addCommand(keyCommand(context));
}

function inviteCommand(context: Context): AnyCommand {
  return newCommand("invite", "mời lập tài khoản bằng một liên kết dùng một lần, in ra màn hình")
    .argument("<name>", "tên đăng nhập: chữ thường không dấu, chữ số, dấu chấm, gạch nối")
    .requiredOption("--as <name>", "họ tên hoặc chức danh hiện trên trang")
    .requiredOption("--role <role>", `một trong: ${ROLE_NAMES.join(", ")}`)
    .option(
      "--unit <code...>",
      "với cán bộ đơn vị: mã các đơn vị, như dùng ở chitieu status --unit",
    )
    .addOption(
      new Option("--url <url>", "địa chỉ mà mọi người dùng để vào bàn làm việc").env("CHITIEU_URL"),
    )
    .action(async (name, options) => {
      if (!isRole(options.role)) {
        throw wrongUsage(`"${options.role}" không thuộc các giá trị: ${ROLE_NAMES.join(", ")}.`);
      }
      const paths = warehousePaths(options.warehouse);
      const units = options.unit === undefined ? [] : await knownUnits(options, context);
      const codes = (options.unit ?? []).map((code) => chooseUnit(units, code).office_code);
      const accounts = new Accounts(paths.desk);
      const secret = await accounts.invite(
        { name, shownName: options.as, role: options.role, units: codes },
        new Date(),
      );
      await leaveAct(paths.desk, "mời tài khoản", `${name}, ${ROLES[options.role]}`);
      const open = await readKept(addressFile(paths), OpenAddress);
      const origin = originOf(options.url) ?? open?.url ?? `http://${HOST}:${PORT}`;
      context.out(invitationLink({ origin: () => origin }, name, secret));
    });
}

/** What `--url` says, without a slash at the end; null where it says nothing. */
function originOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.pathname !== "/") {
    throw wrongUsage(`"${url}" không phải địa chỉ như https://chitieu.langson.gov.vn.`);
  }
  return parsed.origin;
}

import { extname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import type { Context } from "./context.ts";
import { type AnyCommand, bareCommand, newCommand } from "./options.ts";
import { HELP } from "./usage-text.ts";
import { softwareVersion } from "./version.ts";

/** A command's file: gives the command its arguments, its options and what it does. */
interface Definition {
  define(command: AnyCommand, context: Context): void;
}

/** A command as the list of commands shows it. */
interface Listed {
  readonly summary: string;
  /** Its arguments, as its file defines them. */
  readonly takes?: string;
  /** It works with neither sources nor warehouse, or leaves that to commands of its own. */
  readonly isBare?: true;
}

/** Every command, in the order of the list that `--help` shows; `NAME-command.ts` is its file. */
const COMMANDS: Readonly<Record<string, Listed>> = {
  refresh: { summary: "tiếp nhận các tệp trong thư mục nhận, tính số liệu" },
  watch: { summary: "tự tiếp nhận và tính lại mỗi khi có tệp mới, đến khi dừng" },
  forms: { summary: "viết biểu trống Excel của một kỳ, mỗi đơn vị một biểu", takes: "[period]" },
  ingest: {
    summary: "tiếp nhận tệp: biểu (.xlsx, .ods, .xls) và tệp CSV; tệp vẫn ở chỗ cũ",
    takes: "<file...>",
  },
  build: { summary: "tính lại số liệu, thay số liệu cũ khi mọi phép kiểm tra đều đúng" },
  status: {
    summary: "đơn vị nào cần đôn đốc, ai đã gửi gì; một đơn vị còn phải gửi gì theo mọi kế hoạch",
    takes: "[period]",
  },
  publish: { summary: "phát hành báo cáo của một kỳ thành phiên bản kế tiếp", takes: "<period>" },
  verify: { summary: "tính lại các phiên bản đã phát hành và nêu chỗ khác", takes: "[period]" },
  export: { summary: "ghi các bảng và văn bản của báo cáo đã phát hành", takes: "[period]" },
  sql: { summary: "truy vấn các bảng mọi người được xem, hoặc liệt kê chúng", takes: "[query]" },
  erase: { summary: "xóa vĩnh viễn tệp đã nhận hoặc nội dung chữ khỏi kho dữ liệu" },
  site: { summary: "lập các trang báo cáo thành tệp" },
  serve: { summary: "mở các trang báo cáo trên máy này đến khi bấm Ctrl-C" },
  desk: {
    summary: "bàn làm việc trên web: đơn vị gửi báo cáo, cơ quan theo dõi; dừng bằng Ctrl-C",
  },
  "seal-key": {
    summary: "tạo khóa để ký niêm phong của các phiên bản phát hành",
    takes: "<file>",
    isBare: true,
  },
  rebuild: {
    summary:
      "dựng lại sổ tiếp nhận từ kho lưu trữ, hoặc với --journal dựng nhật ký từ sổ tiếp nhận",
  },
  demo: { summary: "xem toàn bộ phần mềm với số liệu minh họa, để riêng với số liệu thật" },
  dev: { summary: "sửa trang: hiện ngay từng thay đổi khi lưu; dừng bằng Ctrl-C" },
  areas: {
    summary: "tìm địa bàn theo tên: mã, thời gian có hiệu lực, thay đổi về sau",
    takes: "<words...>",
  },
  plan: { summary: "kiểm tra, bắt đầu tệp kế hoạch, lập kế hoạch năm sau", isBare: true },
  doctor: { summary: "nêu vấn đề của máy, kho dữ liệu, thư mục nguồn" },
  clock: { summary: "đồng hồ máy so với nhật ký: xác nhận là đúng, hoặc sửa thời điểm đã ghi sai" },
  backup: { summary: "sao lưu dữ liệu gốc và kiểm tra bản sao", takes: "<folder>" },
  restore: {
    summary: "khôi phục kho lưu trữ, sổ tiếp nhận, phiếu trả lời và tài khoản từ bản sao lưu",
    takes: "<backup>",
  },
  prune: {
    summary: "gỡ những gì không còn phải giữ; báo cáo, phiếu tiếp nhận và nhật ký luôn được giữ",
  },
};

/** A command's file, and with it all that the command works with; loaded for that command alone. */
const load = async (name: string): Promise<Definition> =>
  import(/* @vite-ignore */ `./${name}-command${extname(import.meta.filename)}`);

/**
 * The command line, with the files loaded of those commands that `isLoaded` names; of the others it
 * has what the list of commands shows.
 */
export async function chitieuProgram(
  context: Context,
  isLoaded: (name: string) => boolean = () => true,
): Promise<Command> {
  const program = new Command("chitieu")
    .description("Từ báo cáo của xã, phường, phòng, ban đến kết quả thực hiện chỉ tiêu.")
    .version(softwareVersion(), "-V, --version", "xem phiên bản")
    .helpOption("-h, --help", "xem hướng dẫn này")
    .helpCommand(false)
    .configureHelp(HELP)
    // an option that stands after a command is that command's, also of a command within another
    .enablePositionalOptions();
  for (const [name, { summary, takes, isBare }] of Object.entries(COMMANDS)) {
    const command: AnyCommand = isBare ? bareCommand(name, summary) : newCommand(name, summary);
    if (isLoaded(name)) (await load(name)).define(command, context);
    else if (takes !== undefined) command.arguments(takes);
    program.addCommand(command);
  }
  return program;
}

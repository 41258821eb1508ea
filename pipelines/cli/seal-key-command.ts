import type { Command } from "@commander-js/extra-typings";
import { keyCode } from "../contract/check-code.ts";
import { makeSealKey } from "../publishing/seal-key.ts";
import type { Context } from "./context.ts";

/** `seal-key FILE`: makes the key with which seals are signed. */
export function define(command: Command, context: Context): void {
  command
    .argument("<file>", "nơi ghi khóa bí mật: ngoài kho dữ liệu và các bản sao lưu")
    .action(async (file: string) => {
      const publicKey = await makeSealKey(file);
      context.out(
        [
          `khóa bí mật: ${file}  (chỉ chủ sở hữu đọc được; giữ một bản ở nơi chỉ mình biết)`,
          `khóa công khai: ${file}.pub  (đưa cho người cần kiểm tra: chitieu verify --public-key)`,
          `Mã kiểm tra của khóa: ${keyCode(publicKey)}`,
          `Ký bằng khóa này: chitieu publish … --seal-key ${file}, hoặc đặt CHITIEU_SEAL_KEY=${file}`,
        ].join("\n"),
      );
    });
}

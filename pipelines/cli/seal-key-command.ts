import type { Command } from "commander";
import { keyCode } from "../contract/check-code.ts";
import { makeSealKey } from "../publishing/seal-key.ts";
import type { Context } from "./context.ts";

/** `seal-key FILE`: makes the key with which seals are signed. */
export function define(command: Command, context: Context): void {
  command
    .argument(
      "<file>",
      "where the private key is written to: outside the warehouse and its backups",
    )
    .action(async (file: string) => {
      const publicKey = await makeSealKey(file);
      context.out(
        [
          `private key: ${file}  (only its owner may read it; keep a copy where only you are)`,
          `public key:  ${file}.pub  (give it to whoever wants to check: chitieu verify --public-key)`,
          `Mã kiểm tra của khóa: ${keyCode(publicKey)}`,
          `Sign with it: chitieu publish … --seal-key ${file}, or set CHITIEU_SEAL_KEY=${file}`,
        ].join("\n"),
      );
    });
}

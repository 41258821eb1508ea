import { checkCode, keyCode } from "../contract/check-code.ts";
import type { Publication } from "../contract/report.ts";

/** By what a version is recognised, and what it stands on: `Mã kiểm tra: 1A2B3-…; niêm phong trước: …`. */
export function checkText({ check_code, previous_seal, signed_by }: Publication): string {
  return [
    `Mã kiểm tra: ${check_code}`,
    ...(previous_seal === null ? [] : [`niêm phong trước: ${checkCode(previous_seal)}`]),
    ...(signed_by === null ? [] : [`khóa ký niêm phong: ${keyCode(signed_by)}`]),
  ].join("; ");
}

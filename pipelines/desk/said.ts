import { personalSigns } from "../persons/personal-signs.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fieldOf } from "./request.ts";

/** What somebody has written, to be kept for good. */
export function saidIn(form: FormData, field: string): string {
  return shownText(fieldOf(form, field).normalize("NFC")).trim();
}

/** Why it cannot be kept; null where it can. */
export function faultOfSaid(said: string, what: string): string | null {
  if (said === "") return `${what} còn để trống.`;
  return personalSigns(said).some(({ certainty }) => certainty === "certain")
    ? `${what} có thông tin cá nhân (số giấy tờ, địa chỉ, ngày sinh). Nội dung này được lưu lâu dài: ghi lại, không nêu thông tin ấy.`
    : null;
}

import { personalSigns } from "../../persons/personal-signs.ts";

/** Why a text that somebody has written cannot be kept for good; null where it can. */
export function textFault(text: string, what: string): string | null {
  if (text === "") return `${what} còn để trống.`;
  return personalSigns(text).some(({ certainty }) => certainty === "certain")
    ? `${what} có thông tin cá nhân (số giấy tờ, địa chỉ, ngày sinh). Nội dung này được lưu lâu dài: ghi lại, không nêu thông tin ấy.`
    : null;
}

import iconv from "iconv-lite";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";

/** The letters of Vietnamese with marks, and the same in VNI as windows-1252 shows its bytes. */
const UNICODE =
  "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ é è ẻ ẽ ẹ ê ế ề ể ễ ệ í ì ỉ ĩ ị ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ơ ớ ờ ở ỡ ợ ú ù ủ ũ ụ ư ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ đ".split(
    " ",
  );
const VNI =
  "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ".split(
    " ",
  );
const VNI_OF = new Map(
  UNICODE.flatMap((letter, index) => {
    const vni = VNI[index] ?? "";
    return [
      [letter, vni],
      [letter.toUpperCase(), vni.toUpperCase()],
    ] as const;
  }),
);

export const LETTERS = UNICODE.flatMap((letter) => [letter, letter.toUpperCase()]);

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

/** A Vietnamese text as an old machine writes it. */
export function encoded(text: string, encoding: TextEncoding): Buffer {
  switch (encoding) {
    case "UTF-8":
      return Buffer.from(text);
    case "UTF-16LE":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "UTF-16BE":
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case "windows-1258":
      return Buffer.concat([...text.normalize("NFC")].map(inWindows1258));
    case "TCVN3":
      return iconv.encode(text.normalize("NFC"), "tcvn");
    case "VNI":
      return iconv.encode(
        [...text.normalize("NFC")].map((letter) => VNI_OF.get(letter) ?? letter).join(""),
        "windows-1252",
      );
  }
}

/** Letters that it has no byte for are a letter and a tone. */
function inWindows1258(letter: string): Buffer {
  const whole = iconv.encode(letter, "windows-1258");
  if (iconv.decode(whole, "windows-1258") === letter) return whole;
  const parts = letter.normalize("NFD");
  const tone = TONE.exec(parts)?.[0] ?? "";
  return iconv.encode(parts.replace(TONE, "").normalize("NFC") + tone, "windows-1258");
}

import fc from "fast-check";
import type { Verdict } from "./given.ts";

/** Texts drawn as offices, telephones and programs make them. */
type Texts = fc.Arbitrary<string>;

/** One of the parts of a text. */
const oneOf = (parts: string): Texts => fc.constantFrom(...parts.split(/\|\n?/));
const letters = (alphabet: string, from: number, to = from): Texts =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: from, maxLength: to })
    .map((all) => all.join(""));
const HEX = "0123456789abcdef";
const DIGITS = "0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LETTERS = UPPER + UPPER.toLowerCase();
const digits = (from: number, to = from): Texts => letters(DIGITS, from, to);
const hex = (length: number): Texts =>
  fc.tuple(letters(HEX, length), fc.boolean()).map(([one, up]) => (up ? one.toUpperCase() : one));
/** Each `%name%` of a pattern drawn, or as many digits as it says. */
const drawn = (patterns: string, parts: Readonly<Record<string, Texts>>): Texts =>
  oneOf(patterns).chain((pattern) => {
    const own = pattern
      .split("%")
      .map((one, at) => (at % 2 === 0 ? fc.constant(one) : (parts[one] ?? digits(Number(one)))));
    return fc.tuple(...own).map((all) => all.join(""));
  });

const two = (value: number): string => String(value).padStart(2, "0");

/** One day and hour, written in a habit. */
const dated = (patterns: string): Texts =>
  fc
    .tuple(fc.integer({ min: Date.UTC(2019, 0), max: Date.UTC(2031, 0) }), oneOf(patterns))
    .map(([time, pattern]) => {
      const [year = "", month = "", day = "", hour = "", minute = "", second = "", ms = ""] =
        new Date(time).toISOString().split(/[-T:.Z]/);
      const parts: Readonly<Record<string, string>> = {
        ...{ Y: year, y: year.slice(2), m: month, d: day, H: hour, M: minute, S: second, s: ms },
        ...{ e: String(Math.floor(time / 1000)), E: String(time) },
      };
      return pattern.replace(/%(\w)/g, (_, part: string) => parts[part] ?? "");
    });

const WORDS = oneOf(
  `BaoCao|BaoCao|Bieu|UBND Tam Thanh|BM01|Mau so 2|Bieu mau 03|Số liệu quý 2|PL|PA 217|
bieu|phường Chi Lăng|xa_Mai_Pha|TongHop|KH217|Q2|hoso|217-KH-UBND|Báo cáo quý II`,
);
const ENDS = oneOf("||| (1)| (10)|(2)| - Copy|_v2|_final|-1|_01| ban 3");
const KINDS = oneOf(".xlsx|.xls|.docx|.pdf|.csv|.zip|.json|.eml");

const HABITS: Readonly<Record<string, string>> = {
  ddmmyyyy: `%d%m%Y_%H%M|%d%m%Y %H%M|%d%m%Y|%d%m%Y_%H|%d%m%Y-%H%M%S|%d%m%Y %Hh%M|%d%m%Y%H%M`,
  parted: `%d_%m_%Y_%H_%M|%d %m %Y %H %M|%d_%m_%Y|%d_%m_%Y_%H|%d_%m_%Y_%H%M|%d_%m_%Y_%H_%M_%S`,
  ddmmyy: `%d%m%y|%d%m%y_%H%M|%d%m%y %H%M%S|%d%m%y_%H|%d_%m_%y|%d.%m.%y %H.%M|%d_%m_%y_%H_%M`,
  ddmmyyhhmm: `%d%m%y%H%M|%d%m%y%H%M%S`,
  iso: `%Y-%m-%d|%Y-%m-%dT%H-%M-%S|%Y-%m-%d %H-%M|%Y-%m-%dT%H%M%SZ|%Y_%m_%d_%H_%M|%Y.%m.%d.%H%M`,
  compact: `%Y%m%dT%H%M|%Y%m%d_%H%M%S|%Y%m%d%H%M%S|%Y%m%d-%H%M|%Y%m%d %H%M|%Y%m%d%H%M|%y%m%d_%H%M|%y%m%d%H%M`,
  office: `%d-%m-%Y %H.%M|%d.%m.%Y %Hh%M|ngay %d-%m-%Y %Hg%M|%d-%m-%y %H-%M|%Hh%M %d-%m-%Y|%Hh%M_%d%m%Y|
%d.%m.%Y.%H.%M`,
  reversed: `%H%M_%d%m%Y|%H%M %d%m%y|%H_%M_%d_%m_%Y|%H%M%S_%d%m%Y|%m_%Y|%H.%M.%d.%m.%Y`,
};

const CAMERAS = fc.oneof(
  dated(`IMG_%Y%m%d_%H%M%S.jpg|IMG_%Y%m%d_%H%M%S%s.jpg|PXL_%Y%m%d_%H%M%S%s.MP.jpg|VID_%Y%m%d_%H%M%S.mp4|
%Y%m%d_%H%M%S(0).jpg|Screenshot_%Y%m%d-%H%M%S_Zalo.jpg|Screenshot_%Y%m%d_%H%M%S.png|
Screenshot_%Y-%m-%d-%H-%M-%S-%s_com.zing.zalo.jpg|Screenshot %Y-%m-%d %H%M%S.png|
photo_%Y-%m-%d_%H-%M-%S.jpg|viber_image_%Y-%m-%d_%H-%M-%S-%s.jpg|
WhatsApp Image %Y-%m-%d at %H.%M.%S.jpeg|Ảnh màn hình %Y-%m-%d lúc %H.%M.%S.png|
CamScanner %d-%m-%Y %H.%M.pdf|scan_%Y%m%d%H%M%S.pdf|SCAN%d%m%Y%H%M.pdf|FB_IMG_%E.jpg|
received_%E%s.jpeg|Doc%e.docx|mceclip0_%E.png|scan %d%m%y%H%M.pdf|IMG_%y%m%d_%H%M%S.jpg|
VOICE_%d-%m-%y_%H-%M-%S.amr`),
  fc
    .tuple(dated("IMG-%Y%m%d-WA|VID-%Y%m%d-WA|IMG_%Y%m%d_%H%M%S_"), digits(4))
    .map(([a, b]) => `${a}${b}.jpg`),
);
const ZALO = drawn(`z%no%_%md5%.jpg|z%no%_%md5%(1).jpg|%md5%.jpg|z%no%.jpg`, {
  no: digits(12).map((one) => `4${one}`),
  md5: hex(32),
});
const NUMBERED = drawn(
  `IMG_%4%.JPG|DSC%4%.JPG|DSC_%4%.NEF|Scan%4%.pdf|doc%8%%8%.pdf|Book%4%.xlsx|SKM_C%4%%8%%4%.pdf|
Tai lieu (%4%).docx|P2%7%.jpg|1%5%_2%7%_2%7%.xlsx`,
  {},
);

/** Names of files that tell of nobody, by habit. */
export const NAMES: Readonly<Record<string, Texts>> = {
  ...Object.fromEntries(
    Object.entries(HABITS).map(([habit, patterns]) => [
      habit,
      fc
        .tuple(WORDS, oneOf("_| |-| - |."), dated(patterns), ENDS, KINDS)
        .map((all) => all.join("")),
    ]),
  ),
  cameras: CAMERAS,
  zalo: ZALO,
  numbered: NUMBERED,
};

const uuid = fc
  .tuple(hex(8), hex(4), hex(3), oneOf("8|9|a|b"), hex(3), hex(12))
  .map(([a, b, c, v, d, e]) => `${a}-${b}-4${c}-${v}${d}-${e}`);
const BASE64_URL = `${LETTERS}${DIGITS}-_`;
const BASE64 = `${LETTERS}${DIGITS}+/`;
/** Ten digits, or thirteen, of an enterprise: by the province where it was first registered, then its own. */
const tax = fc
  .tuple(fc.integer({ min: 1, max: 63 }), digits(8), oneOf("||-001|-012"))
  .map(([province, own, branch]) => `${two(province)}${own}${branch}`);

/** Properties, identifiers and digests, as they stand in files, forms and messages, by kind. */
export const IDENTIFIERS: Readonly<Record<string, Texts>> = {
  uuid: drawn(`%u%|{%u%}|urn:uuid:%u%|MSIP_Label_%u%_Name|%u%.json|id %u%, lan 2`, { u: uuid }),
  digest: drawn(`%a%|sha256:%a%|ma bam %a%|%b%|%c%|0x%a%|%a% %a%|etag "%b%"|%d%`, {
    ...{ a: hex(64), b: hex(32), c: hex(40), d: hex(128) },
  }),
  sharepoint: drawn(`0x0101%a%|0x010100%a%|0x010100%a%0%b%|0x0120%a%|%s%_%a%`, {
    ...{ a: hex(32), b: digits(1), s: letters(UPPER, 5, 10) },
  }),
  short: drawn(`%a%|commit %a%|%b%|0x%b%|%c%|lot-%a%`, {
    a: hex(7),
    b: hex(12),
    c: hex(24),
  }),
  base64: drawn(`%a%=|%a%|%b%|key=%b%|chitieu_%c%`, {
    ...{ a: letters(BASE64, 43), b: letters(BASE64_URL, 22), c: letters(BASE64_URL, 43) },
  }),
  program: drawn(
    `%x%|%ulid%|%L%%3%%L%%6%|S-1-5-21-1%9%-2%9%-3%8%-1%3%|1.2.840.113549.1.%2%.%2%|
1.3.6.1.4.1.%5%.%2%.%3%|16.0.%5%.2%4%|v%1%.%2%.%3%-%a7%|%2%:%2%:%a2%:%2%:%a2%:%2%|
KB%7%|ISBN 978-604-%2%-%4%-%1%|893%9%|8934%9%|000.%2%.%2%.H37-%ymd%-%4%|
H37.%2%.%2%-%ymd%-%4%|Hóa đơn số 000%4%|1C24T%L%%L% %7%|TK kho bạc 3713.0.%7%.%5%`,
    {
      ...{ x: letters(`${LETTERS}${DIGITS}`, 11), ulid: letters(`${DIGITS}${UPPER}`, 26) },
      ...{ L: letters(UPPER, 1), a2: letters(HEX, 2), a7: letters(HEX, 7), ymd: dated("%y%m%d") },
    },
  ),
  moment: dated(
    `%Y-%m-%dT%H:%M:%SZ|%Y-%m-%dT%H:%M:%S.%s+07:00|%e|%E|%d/%m/%Y %H:%M|%d%m%Y%H%M|%d%m%y%H%M|
%d%m%y|%Y%m%d%H%M%S|%Hh%M ngày %d/%m/%Y|%d.%m.%y|%d-%m-%Y-%H-%M`,
  ),
  tax: drawn(
    `MST %t%|MST: %t%|mst %t%|Mã số thuế: %t%|mã số doanh nghiệp %t%|Công ty TNHH Xứ Lạng, MST %t%|
HTX Mai Pha (MST %t%)|đơn vị thu: MST %t%`,
    { t: tax },
  ),
};

const grouped = (number: string, parts: readonly number[], sign: string): string => {
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((a, b) => a + b, 0));
  return starts.map((at, index) => number.slice(at, at + (parts[index] ?? 0))).join(sign);
};
const SIGNS = oneOf(" |.|-| ");
const phone = fc
  .tuple(oneOf("32|38|56|70|79|83|86|90|91|97|98"), digits(7))
  .map(([prefix, own]) => `0${prefix}${own}`);
const shown = (number: Texts, ...groupings: readonly (readonly number[])[]): Texts =>
  fc.tuple(number, fc.constantFrom(...groupings), SIGNS).map((all) => grouped(...all));
const phones = fc.oneof(
  phone,
  shown(phone, [4, 3, 3], [3, 3, 4], [4, 2, 2, 2], [3, 7], [5, 5], [4, 6], [2, 4, 4], [3, 4, 3]),
  phone.map((one) => `+84${one.slice(1)}`),
  shown(
    phone.map((one) => one.slice(1)),
    [3, 3, 3],
    [2, 3, 4],
  ).map((one) => `+84 ${one}`),
);
const card = fc
  .tuple(
    oneOf("001|020|004|019|025|079|092"),
    oneOf("0|1|2|3"),
    fc.integer({ min: 30, max: 99 }),
    fc.integer({ min: 0, max: 24 }),
    digits(6),
  )
  .map(
    ([province, sex, old, young, own]) => `${province}${sex}${sex < "2" ? old : two(young)}${own}`,
  );
const cards = fc.oneof(
  card,
  shown(card, [3, 3, 3, 3], [4, 4, 4], [3, 3, 6], [6, 6], [3, 9], [3, 1, 2, 6]),
);

/** Numbers of persons, each written as people write it, by place. */
export const OF_PERSONS: Readonly<Record<string, Texts>> = {
  phone: drawn(
    `%p%|ĐT: %p%|sđt %p%|liên hệ %p% trước 5/6|Zalo %p%|chị Hoa %p%|(%p%)|ĐT:%p%|gọi %p%, gặp bà H|
SĐT%q%`,
    { p: phones, q: phone },
  ),
  card: drawn(`%c%|CCCD %c%|số căn cước: %c%|CCCD:%c%|%c% cấp ngày 12/5/2022|ông Nam, %c%`, {
    c: cards,
  }),
};
/** Names of files with such a number. */
export const NAMES_OF_PERSONS: Readonly<Record<string, Texts>> = {
  phone: drawn(
    `HoSo_%q%.xlsx|%q%.xlsx|bieu %p%.xlsx|Bao cao_%q%_q2.docx|NguyenVanAn%q%.pdf|z_%q%.jpg|
don-%q%.docx|%q%_don.pdf`,
    { p: phones, q: phone },
  ),
  card: drawn(`HoSo_%q%.xlsx|%q%.pdf|CCCD %c%.jpg|CCCD_%q%_mat truoc.jpg`, {
    c: cards,
    q: card,
  }),
};

/** How often a drawn text is refused, held and neither, by habit; with what was not as it should be. */
export function counted(
  habits: Readonly<Record<string, Texts>>,
  verdictOn: (text: string) => Verdict,
  { each, right }: { readonly each: number; readonly right: Verdict },
): { readonly "!": number; readonly "?": number; readonly "-": number; readonly wrong: string } {
  const verdicts = { "!": 0, "?": 0, "-": 0 };
  const wrong: string[] = [];
  for (const [habit, texts] of Object.entries(habits)) {
    for (const text of fc.sample(fc.noBias(texts), each)) {
      const verdict = verdictOn(text);
      verdicts[verdict] += 1;
      if (verdict !== right) wrong.push(`${habit} ${verdict} ${text}`);
    }
  }
  return { ...verdicts, wrong: wrong.slice(0, 20).join("\n") };
}

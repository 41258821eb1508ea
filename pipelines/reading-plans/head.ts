import { labelKey } from "../vocabulary/label.ts";
import { isParagraph, type Paragraph, type Place, type Placed } from "./outline.ts";
import { LONGEST_SENTENCE } from "./sentence.ts";
import { duesIn } from "./times.ts";

/** A document that a plan carries out. */
interface NamedDocument {
  /** `Kế hoạch số 76/KH-UBND`. */
  readonly name: string;
  readonly number: string;
  readonly date: string | null;
  readonly by: string | null;
  readonly about: string | null;
}

/** Who issued a plan, when, under which number, about what. */
export interface PlanHead {
  readonly number: string | null;
  readonly date: string | null;
  readonly place: string | null;
  readonly authority: string | null;
  readonly title: string | null;
  readonly signatory: { readonly post: string; readonly name: string | null } | null;
  readonly carries_out: readonly NamedDocument[];
  readonly years: readonly number[];
  /** The lines from which number, date, authority and title were read, as one text; null where there are none. */
  readonly letterhead: { readonly sentence: string; readonly place: Place } | null;
  /** What of it was taken though the document does not say it so. */
  readonly marks: readonly string[];
}

/** How far the head reaches at most, in paragraphs. */
const HEAD = 60;
/** Of a line that gives the number, the date or the place. */
const LONGEST_LINE = 300;
const NUMBER = /(?<=^|\|\s*)số\s*:\s*(\d+[a-z]?)\s*\/\s*([\p{Lu}\d]+(?:\s?[-–]\s?[\p{Lu}\d&]+)*)/iu;
const DATED =
  /(?<=^|\|)([^|;:,]*),\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*(?=$|\|)/iu;
const OPENING =
  /^(?:căn\s+cứ|thực\s+hiện|triển\s+khai|tiếp\s+tục|để|nhằm|trên\s+cơ\s+sở|theo|xét|phần|sau|[-–]|[IVX]+\.|\d+\.)(?!\p{L})/iu;
/** Words that name whose decision a plan carries out; none that only found it. */
const CARRIES =
  /(?:thực\s+hiện|triển\s+khai|cụ\s+thể\s+hóa)(?:\s+(?:nghiêm|có\s+hiệu\s+quả|thực\s+hiện))?\s+/iu;
const DOCUMENT =
  /((?:kế\s+hoạch|quyết\s+định|nghị\s+quyết|chỉ\s+thị|kết\s+luận|chương\s+trình(?:\s+hành\s+động)?|nghị\s+định|công\s+văn|đề\s+án|hướng\s+dẫn|thông\s+tư)\s+số\s+(\d+[a-z]?(?:\/\d{4})?[/-][\p{Lu}\d][\p{L}\d&]*(?:[/-][\p{L}\d&]+)*))(?:\s*,?\s*ngày\s+(\d{1,2})(?:[/.-]|\s+tháng\s+)(\d{1,2})(?:[/.-]|\s+năm\s+)(\d{4}))?(?:\s+của\s+(.+?))?(?:\s+(?:về(?:\s+việc)?|ban\s+hành|phê\s+duyệt)\s+(.+?))?(?=[;.]|,\s+(?:ủy\s+ban|UBND)|$)/giu;
const ISSUER =
  /((?:[Ủủ]y\s+ban\s+nhân\s+dân|UBND)\s+(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|phường|xã|thị\s+trấn|đặc\s+khu)(?:\s+\p{Lu}[\p{L}-]*)*)\s+(?:xây\s+dựng|ban\s+hành|triển\s+khai|đề\s+ra)/u;
const POST =
  /^(?:(?:TM|KT|TL|TUQ|Q)\s*\.|chủ\s+tịch|phó\s+chủ\s+tịch|giám\s+đốc|phó\s+giám\s+đốc|trưởng|phó\s+trưởng|hiệu\s+trưởng|chánh)/iu;
const NAME =
  /^(?:(?:TS|ThS|PGS|GS|BS|Đại tá|Thượng tá|Trung tá)\.?\s*)*\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*){1,4}$/u;

/** What the first and the last lines of a plan say. */
export function headOf(document: readonly Placed[]): PlanHead {
  const placed = document.filter(isParagraph);
  const paragraphs = placed.map(({ block }) => block);
  const top = paragraphs.slice(0, HEAD);
  const end = document.findIndex(({ isHeading }) => isHeading);
  const opening = document
    .slice(0, end < 0 ? HEAD : end)
    .filter(isParagraph)
    .map(({ block }) => block);
  const marks: string[] = [];
  const [, number, sign] = first(top, NUMBER) ?? [];
  const [, where, day = "", month = "", year = ""] = first(top, DATED) ?? [];
  // a head of pages may begin as the title does
  const opened = 1 + Math.max(lineOf(top, NUMBER), lineOf(top, DATED));
  const titled = titleIn(top, opened);
  const title = titled === null ? null : titleOf(top.slice(...titled), paragraphs);
  const place = where?.replace(/^.*[|/]/u, "").trim() ?? null;
  const authority = authorityOf(top, place, marks);
  const date = year === "" ? null : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return {
    number:
      number === undefined ? null : `${number}/${sign?.replace(/\s/gu, "").replace("–", "-")}`,
    date,
    place,
    authority,
    title,
    signatory: signatoryOf(paragraphs),
    carries_out: carriedOut(opening),
    years: yearsOf(title, date, marks),
    letterhead: letterheadOf(placed.slice(0, titled?.[1] ?? opened)),
    marks,
  };
}

/** What a plan is called, in the first line of its title. */
export const TITLE =
  /^(?:kế\s+hoạch|chương\s+trình|đề\s+án|phương\s+án|chỉ\s+thị|nghị\s+quyết|quyết\s+định)(?!\p{L}|\s+số)/iu;
const BARE = new RegExp(`${TITLE.source}$`, "iu");
const TITLE_WORDS = new RegExp(`(?<=${TITLE.source})\\s+`, "iu");

/** Which line first has some words; -1 where none has. */
function lineOf(lines: readonly Paragraph[], words: RegExp): number {
  return lines.findIndex(({ text }) => words.test(text.slice(0, LONGEST_LINE)));
}

function first(lines: readonly Paragraph[], words: RegExp): RegExpExecArray | null {
  return words.exec(lines[lineOf(lines, words)]?.text ?? "");
}

/** From which line to which the title stands, behind some others; null where no line begins one. */
function titleIn(top: readonly Paragraph[], from: number): [start: number, end: number] | null {
  const at = top.findIndex(({ text }, no) => no >= from && TITLE.test(text));
  const isBare = BARE.test(top[at]?.text ?? "");
  const below = top.slice(at + 1, at + 6);
  const end = below.findIndex(({ text }, index) => {
    const isShouted = text === text.toLocaleUpperCase("vi");
    const isOther =
      /[.:;]$|^[-_=*\s]+$|^\(|^(?:căn\s+cứ|chủ\s+tịch|giám\s+đốc|mở\s+đầu|phần|đặt\s+vấn\s+đề)(?!\p{L})|^[A-ZĐ]+\.|số\s+\d/iu.test(
        text,
      ) || text.length > 250;
    // below the word alone stands what the plan is about, however it begins
    return isOther || (!isShouted && OPENING.test(text) && !(isBare && index === 0));
  });
  return at < 0 ? null : [at, at + 1 + (end < 0 ? below.length : end)];
}

function titleOf(lines: readonly Paragraph[], all: readonly Paragraph[]): string {
  const title = lines
    .map(({ text }) => text)
    .join(" ")
    .replace(/\s+/gu, " ");
  const isShouted = title === title.toLocaleUpperCase("vi");
  return isShouted ? withNames(sentenceCase(title), all) : sentenceCase(title);
}

/** What the lines at the beginning say, without the motto. */
function letterheadOf(above: readonly Placed<Paragraph>[]): PlanHead["letterhead"] {
  const [first] = above;
  if (first === undefined) return null;
  const lines = above.flatMap(({ block }) => block.text.split("|"));
  const sentence = lines
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\d]/u.test(line) && !MOTTO.test(line))
    .join(" / ");
  return { sentence, place: first.place };
}

/** Capitals of a heading as a sentence has them, where the whole is in capitals. */
function sentenceCase(title: string): string {
  return title
    .split(TITLE_WORDS)
    .map((part, index) => {
      const isShouted = part === part.toLocaleUpperCase("vi");
      const text = isShouted ? part.toLocaleLowerCase("vi") : part;
      const letter = text.charAt(0);
      return `${index === 0 ? letter.toLocaleUpperCase("vi") : letter.toLocaleLowerCase("vi")}${text.slice(1)}`;
    })
    .join(" ");
}

const PROPER = /\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)+|(?<!\p{L})\p{Lu}{2,}(?:\/\p{Lu}{2,})*(?!\p{L})/gu;

/** Names and short forms as the rest of the document writes them. */
function withNames(title: string, all: readonly Paragraph[]): string {
  const body = all.map(({ text }) => text).filter((text) => text !== text.toLocaleUpperCase("vi"));
  const names = new Set(body.flatMap((text) => text.match(PROPER) ?? []));
  return [...names].reduce((text, name) => {
    const small = name.toLocaleLowerCase("vi");
    return text.replace(new RegExp(`(?<!\\p{L})${small}(?!\\p{L})`, "gu"), name);
  }, title);
}

/** The motto of the country, whose end may stand in a line of its own. */
const MOTTO =
  /cộng\s+h(?:òa|oà)|độc\s+lập|^(?:(?:chủ\s+)?nghĩa\s+)?(?:việt\s+)?nam$|^(?:hạnh\s+)?phúc$/iu;
const COMMITTEE =
  /^(?:[ủu]y\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân|UBND)\s+(tỉnh|thành\s+phố|huyện|quận|thị\s+xã|phường|xã|thị\s+trấn|đặc\s+khu)\s*(.*)$/iu;

/** The last line above the number; of a committee with the name of its place, as the date has it. */
function authorityOf(
  top: readonly Paragraph[],
  place: string | null,
  marks: string[],
): string | null {
  const end = top.findIndex(({ text }) => NUMBER.test(text));
  const lines = top
    .slice(0, Math.max(end, 0))
    .map(({ text }) => text.split("|")[0]?.trim() ?? "")
    .filter((text) => /\p{L}/u.test(text) && !MOTTO.test(text) && !DATED.test(text));
  const isCut = /^[ủu]y\s+ban\s+nhân\s+dân$/iu.test(lines.at(-2) ?? "");
  const above = isCut ? lines.slice(-2).join(" ") : lines.at(-1);
  const isAlone = above === undefined || /^(?:[ủu]y\s+ban\s+nhân\s+dân|UBND)$/iu.test(above);
  const named = isAlone ? ISSUER.exec(top.map(({ text }) => text).join("\n"))?.[1] : above;
  if (named === undefined) return null;
  const [committee, kind = "", own = ""] = COMMITTEE.exec(named) ?? [];
  if (committee === undefined) return named;
  const seat =
    place
      ?.replace(/^(?:TP|TX|TT)\.?\s*|^(?:tỉnh|thành phố|huyện|quận|thị xã|phường|xã)\s+/iu, "")
      .trim() ?? "";
  if (own === "" && seat !== "") {
    marks.push(`tên cơ quan: “${named}”, địa danh lấy theo “${place}”`);
  }
  const name = own === "" || labelKey(own) === labelKey(seat) ? seat || own : own;
  const level = kind.toLocaleLowerCase("vi").replace(/\s+/gu, " ");
  return `Ủy ban nhân dân ${level} ${name}`.trim();
}

function signatoryOf(paragraphs: readonly Paragraph[]): PlanHead["signatory"] {
  const at = paragraphs.findIndex(({ text }) => /^nơi\s+nhận/iu.test(text));
  const tail = paragraphs.slice(at < 0 ? -12 : Math.max(0, at - 6));
  const from = tail.findIndex(
    ({ text }) => POST.test(text) && text === text.toLocaleUpperCase("vi"),
  );
  if (from < 0) return null;
  const posts: string[] = [];
  for (const { text } of tail.slice(from)) {
    if (POST.test(text) && text.length < 80) posts.push(...text.split(/\s*\n\s*/u));
    else if (NAME.test(text)) return { post: posts.join(" "), name: text };
  }
  return { post: posts.join(" "), name: null };
}

function carriedOut(top: readonly Paragraph[]): NamedDocument[] {
  return top
    .filter(({ text }) => CARRIES.test(text) && !/^(?:[-–]\s*)?(?:căn\s+cứ|xét)/iu.test(text))
    .slice(0, 6)
    .flatMap(({ text }) => {
      const start = CARRIES.exec(text)?.index ?? 0;
      const carried =
        text.slice(start, start + LONGEST_SENTENCE).split(/;\s*(?:căn\s+cứ|xét)(?!\p{L})/iu)[0] ??
        "";
      return [...carried.matchAll(DOCUMENT)].map(
        ([, name = "", number = "", day, month, year, by, about]) => ({
          name: name.replace(/\s+/gu, " "),
          number,
          date:
            day === undefined
              ? null
              : `${year}-${(month ?? "").padStart(2, "0")}-${day.padStart(2, "0")}`,
          by: by?.trim() ?? null,
          about: about?.trim() ?? null,
        }),
      );
    });
}

/** The years that the title names; that of the date where it names none. */
function yearsOf(title: string | null, date: string | null, marks: string[]): number[] {
  const text = (title ?? "").replace(
    /,?\s*(?:tầm\s+nhìn|định\s+hướng)\s+(?:đến|tới)\s+(?:năm\s+)?\d{4}/giu,
    "",
  );
  const signed = date === null ? null : Number(date.slice(0, 4));
  const [, from, to] = /(\d{4})\s*(?:[-–—]|đến\s+(?:năm\s+)?)\s*(\d{4})/iu.exec(text) ?? [];
  const named = duesIn(text).find(({ until }) => /^\d{4}$/u.test(until ?? ""));
  const last = Number(to ?? named?.until ?? signed ?? 0);
  if (last === 0) return [];
  const isUntil =
    from === undefined && /^(?:đến|hướng)/iu.test(named?.words ?? "") && signed !== null;
  if (isUntil) marks.push(`các năm: từ năm ban hành ${signed} đến năm ${last}`);
  if (to === undefined && named === undefined)
    marks.push("tên kế hoạch không nêu năm: lấy năm ban hành");
  const start = Number(from ?? (isUntil ? signed : last));
  return last - start > 50 || start > last
    ? [last]
    : Array.from({ length: last - start + 1 }, (_, index) => start + index);
}

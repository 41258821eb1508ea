import { labelKey } from "../vocabulary/label.ts";
import { AREA_NOUN } from "./comparing-words.ts";
import {
  isNumbered,
  isParagraph,
  type Paragraph,
  type Place,
  type Placed,
  withoutMarker,
} from "./outline.ts";
import { sentencesOf } from "./sentence.ts";

/** A unit of the office, to be found again in a plan. */
export interface KnownUnit {
  readonly code: string;
  readonly names: readonly string[];
}

/** A unit that a plan gives tasks to. */
export interface ReadUnit {
  readonly name: string;
  /** It is one of each area: «UBND các phường, xã». */
  readonly each_area: boolean;
  /** The sentence that names it. */
  readonly sentence: string;
  /** The code in the office's list; null where the list has none of this name. */
  readonly code: string | null;
  readonly place: Place;
}

const ORGANISATION =
  /tổ\s+chức\s+thực\s+hiện|phân\s+công(?:\s+(?:thực\s+hiện|nhiệm\s+vụ|trách\s+nhiệm))?|^[\dIVX.\s]*thực\s+hiện$|trách\s+nhiệm\s+(?:của\s+)?(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|thực\s+hiện)/iu;
const UNIT =
  /^(?:các\s+)?(?:sở|phòng|ban|văn\s+phòng|công\s+an|UBND|(?:ủy|uỷ)\s+ban|trung\s+tâm|chi\s+cục|cục|chi\s+nhánh|hội|đoàn|liên\s+đoàn|bộ\s+chỉ\s+huy|bộ\s+đội|tòa\s+án|viện|đài|báo(?!\s+cáo)|cơ\s+quan|trường|bệnh\s+viện|thư\s+viện|bảo\s+tàng|nhà\s+máy|trạm|ngân\s+hàng|kho\s+bạc|bảo\s+hiểm|hạt|đồn|mặt\s+trận|thanh\s+tra|đảng\s+ủy|hợp\s+tác|doanh\s+nghiệp|tổ\s+chức|thủ\s+trưởng|thành\s+viên|quỹ|bưu\s+điện|cổng|nhà|thôn|ấp|bản|khu\s+phố|tổ\s+dân\s+phố|công\s+ty|(?:tỉnh|thành|huyện)\s+đoàn|xí\s+nghiệp|thống\s+kê|điện\s+lực|liên\s+minh|vnpt|viettel|mobifone|tập\s+đoàn|hiệp\s+hội|thuế|(?:ông|bà)|trưởng|chủ\s+tịch|giám\s+đốc|hiệu\s+trưởng)(?!\p{L})/iu;
const ASKED = /^(?:đề\s+nghị|kính\s+đề\s+nghị|yêu\s+cầu|giao(?:\s+cho)?|đối\s+với)\s*:?\s+/iu;
const ACT =
  /\s*(?::|\s(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|phối\s+hợp|tham\s+mưu|xây\s+dựng|căn\s+cứ|hướng\s+dẫn|chỉ\s+đạo|tổ\s+chức\s+(?:thực|triển|tuyên)|là\s+cơ\s+quan|tiếp\s+tục|tăng\s+cường|đẩy\s+mạnh|đưa|bố\s+trí|cân\s+đối|theo\s+chức\s+năng|theo\s+dõi|đôn\s+đốc|(?:tổng\s+hợp|gửi|lập),?\s+báo\s+cáo|giao\s+(?:chỉ|nhiệm|ban|cho)|báo\s+cáo|hoàn\s+thành|triển\s+khai|thực\s+hiện|kiểm\s+tra|rà\s+soát|tổng\s+hợp|tham\s+gia|cung\s+cấp|lồng\s+ghép|cho\s+vay|(?<=\S\s\S+\s)(?:điều\s+tra|tuần\s+tra|tiếp\s+nhận|tuyên\s+truyền|giám\s+sát|quản\s+lý|vận\s+(?:hành|động)|hỗ\s+trợ|thẩm\s+định|lập|cập\s+nhật|bảo\s+đảm|đảm\s+bảo|bồi\s+dưỡng(?=\s+(?:giáo\s+viên|kiến\s+thức|kỹ\s+năng|cho))|phát\s+động|huy\s+động|duy\s+trì|ban\s+hành|giúp|xử\s+lý))(?!\p{L})).*$/u;
/** Nobody by name: «Các sở, ban, ngành». */
const ANYBODY = /^các\s+(?:sở|phòng|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương)(?:,|\s+và\s|\s*$)/iu;
/** What a unit does, and no unit has in its name. */
const DOES =
  /(?<!\p{L})(?:chủ\s+trì|phối\s+hợp|trách\s+nhiệm|tham\s+mưu|báo\s+cáo|tổng\s+hợp|theo\s+dõi|đôn\s+đốc|hướng\s+dẫn|triển\s+khai|là\s+cơ\s+quan|như\s+sau)(?!\p{L})/iu;
const LONGEST_NAME = 160;
/** Between units of one line: «Sở Y tế, Sở Tài chính và Công an thành phố»; «Tòa án nhân dân, Viện …» share their place. */
const BESIDE =
  /(?<!nhân\s+dân)[,;]\s+(?=(?:Sở|Phòng|Ban|Văn phòng|Công an|UBND|Ủy ban|Trung tâm|Chi cục|Hội|Đoàn|Liên đoàn|Báo|Đài|Cục|Bộ|Ngân hàng|Bảo hiểm|Kho bạc|Thuế|Chi nhánh|Công ty|Hiệp hội|Tỉnh đoàn|Thành đoàn|Điện lực|Liên minh|Trường|Bệnh viện|Trạm|Thanh tra|Xí nghiệp|Thống kê|Viện|Tòa|Quỹ|Bưu điện|VNPT|Viettel|Mobifone)(?!\p{L}))|\s+và\s+(?=(?:Sở|Phòng|Công an)(?!\p{L}))/u;

/** The units of the part about who does what, in its order. */
export function unitsOf(document: readonly Placed[], known: readonly KnownUnit[] = []): ReadUnit[] {
  const paragraphs = document.filter(isParagraph);
  const parts = paragraphs.filter(
    ({ block, isHeading }) => isHeading && ORGANISATION.test(block.text),
  );
  const [last] = parts.slice(-1);
  if (last === undefined) return [];
  const under = paragraphs.filter(
    ({ place }) =>
      place.headings.includes(last.block.text) && place.paragraph > last.place.paragraph,
  );
  const depth = last.place.headings.length + 1;
  const named = under.filter(
    ({ place, block }) => place.headings.length === depth && nameIn(firstOf(block)) !== null,
  );
  const numbered = named.filter(({ block, isHeading }) => isHeading || isNumbered(block.text));
  const chosen = numbered.length > 0 ? numbered : named;
  const units = chosen.flatMap(({ block, place }) => {
    const sentences = sentencesOf(withoutMarker(block.text));
    const name = nameIn(firstOf(block)) ?? "";
    const whole = unitOf(name, block.text, place, known);
    // two that report together are one unit of the office
    if (whole.code !== null) return [whole];
    // «Sở Tài chính bố trí kinh phí; Sở Xây dựng hướng dẫn»
    const [, ...others] = sentences
      .flatMap((text) => text.split(/[;.]\s+(?=\p{Lu}|\(?\d)/u))
      .map((text) => nameIn({ ...block, text }));
    const names = [name, ...others.filter((one) => one !== null && BESIDE.test(`; ${one}`))];
    return names
      .flatMap((one) => one?.split(BESIDE) ?? [])
      .map((one) => unitOf(one, block.text, place, known));
  });
  return units.filter(
    ({ name }, index) => units.findIndex((one) => labelKey(one.name) === labelKey(name)) === index,
  );
}

const firstOf = (block: Paragraph): Paragraph => ({
  ...block,
  text: (sentencesOf(withoutMarker(block.text))[0] ?? "").split(/;\s+(?=\p{Lu}|\(\d)/u)[0] ?? "",
});

function nameIn({ text }: Paragraph): string | null {
  const words = withoutMarker(text.slice(0, 2 * LONGEST_NAME))
    .replace(ASKED, "")
    .replace(/^các\s+sở[^:;.]*?\s+và\s+(?=UBND\s)/iu, "");
  // what stands before a colon may have a verb in its name
  const [, titled] = /^([^:;.]+):/u.exec(words) ?? [];
  const name = (
    titled === undefined || DOES.test(titled) ? words.replace(ACT, "") : titled
  ).replace(/[./:;,\s]+$/u, "");
  const isName = UNIT.test(words) && !ANYBODY.test(name) && name.length <= LONGEST_NAME;
  return isName ? name : null;
}

function unitOf(name: string, text: string, place: Place, known: readonly KnownUnit[]): ReadUnit {
  const each = new RegExp(
    `^(?:UBND|(?:ủy|uỷ)\\s+ban\\s+nhân\\s+dân)\\s+(?:(?:các|\\d+)\\s+)?(?:cấp\\s+xã|${AREA_NOUN}(?:(?:,|\\s+và)\\s*${AREA_NOUN})*)(?:\\s+[A-ZĐÀ-Ỹ]\\p{L}*)*(?:\\s*\\(.*\\))?$`,
    "iu",
  );
  const isEach = each.test(name);
  const key = (text: string): string =>
    labelKey(text.replace(/^(?:uỷ|ủy)\s+ban\s+nhân\s+dân(?=\s)/iu, "UBND")).replace(/uỷ/gu, "ủy");
  const own = isEach ? key("UBND {area}") : key(name);
  const bare = (text: string): string =>
    text.replace(/\s(?:thành phố|tỉnh|huyện|quận|thị xã|xã|phường)$/u, "");
  const isOf = (names: readonly string[], test: (name: string) => boolean): boolean =>
    names.some((one) => test(key(one)));
  const found =
    known.find(({ names }) => isOf(names, (one) => one === own)) ??
    known.find(({ names }) => isOf(names, (one) => one === bare(own) || bare(one) === own));
  return {
    name,
    each_area: isEach,
    sentence: sentencesOf(withoutMarker(text))[0] ?? text,
    code: found?.code ?? null,
    place,
  };
}

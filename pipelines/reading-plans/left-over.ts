import { UNITS } from "./amounts.ts";
import { AFTER, AREA_NOUN } from "./comparing-words.ts";
import { BEFORE_ANY, CAPPED, leadOf, REACHED, type Role } from "./number-roles.ts";
import { withoutDues } from "./times.ts";

/** Any of some words, whole ones, alone or with what stands before or behind them in a text. */
const words = (some: string, before = "", behind = "", flags = "iu"): RegExp =>
  new RegExp(`${before}(?<!\\p{L})(?:${some.replace(/ /g, "\\s+")})(?!\\p{L})${behind}`, flags);

/** Words that say of no target what it asks: it is striven for, or the sentence begins so. */
const SAYS_NOTHING =
  "phấn đấu|bảo đảm|đảm bảo|tiếp tục|cơ bản|về|thực hiện|nỗ lực|quyết tâm|hoàn thành|toàn (?:tỉnh|thành phố|huyện|xã|ngành)|cả nước|trên địa bàn|tỉnh|huyện|thành phố|xã|ta|và|có|đồng thời|trong đó|gồm|từ|để|là|cho|với|các|những|bên cạnh đó|ngoài ra|cũng|chương trình|kế hoạch|đặt|đặt ra|mục tiêu(?: cụ thể)?|chỉ tiêu(?: \\d+)?|sẽ|phải|cần|dự kiến|bình quân|riêng|ở|tại|còn|lại";
const OPENING = new RegExp(
  `^(?:về\\s+[^:;]{1,40}:)?(?:[\\s,:;¦§]|${words(SAYS_NOTHING).source})+`,
  "iu",
);
/** What is done, of which more is never worse; a verb that is none of these may lessen what it is about. */
const DEEDS =
  "giải quyết|thành lập|đưa|bắt|vận động|trồng|lấy|đón|xây|tổ chức|thu(?! hẹp)|phân loại|phát (?:hiện|triển|hành|sóng|động)|sáp nhập|giải (?:thể|ngân|phóng)|lắp|đào tạo|tập huấn|bồi dưỡng|xóa|xoá|huy động|kiểm tra|thanh tra|tuần tra|giám sát|cứng hóa|số hóa|kiên cố|bê tông|tu bổ|điều (?:trị|tra)|duy trì|giữ|xử (?:lý|phạt)|phủ sóng|tiếp nhận|hoàn thành|cấp(?! (?:xã|tỉnh|huyện|học))|cai nghiện|sửa|tạo|tuyển|khơi thông|xuất khẩu|cho vay|vay|hỗ trợ|sản xuất|khai (?:thác|trương)|chuyển|dạy|khôi phục|cải tạo|nâng|trang bị|tặng|trao|khám|tiêm|phun|mở|ban hành|biên soạn|đăng|in|kết nạp|ký|công nhận|rà soát|tuyên truyền|tư vấn|giới thiệu|khởi công|di dời|bố trí|sắp xếp|kết nối|phục vụ|truy|triệt|quản lý|áp dụng|triển khai|cung cấp|ứng dụng|sàng lọc|xét nghiệm|tham gia|xác minh|thẩm định|cắm|đầu tư|bảo (?:tồn|vệ)|chăm sóc|nạo vét|cử|khen thưởng|nghiệm thu|diễn tập|làm|thêm|đo đạc";
const DONE = words(DEEDS, "^");
/** At the end of a whole, or in a name of places, it may be a deed of theirs, or which of them they are. */
export const DEED_OF_THEIRS = words(DEEDS, "^.*", "$");
/** Things of which more is better; of the others a level is known where a word compares. */
const GOODS =
  "tổng|diện tích|sản lượng|năng suất|giá trị|doanh thu|thu nhập|kim ngạch|vốn|điểm (?:số|trung bình|thi)|chỉ số|công suất";
const GOOD = words(`${GOODS}|số(?! (?:vụ|ca|trường hợp|sự cố|đơn|người chết))`, "^");
/** The share of those who do something. */
const DOING = words(DEEDS, "^(?:tỷ|tỉ)\\s+lệ\\s.*");
const LEVEL = words(
  `${GOODS}|tốc độ|tỷ (?:lệ|trọng|suất|số)|tỉ (?:lệ|trọng|suất)|số|mức|thời gian|chiều|độ|mật độ|chi phí|nồng độ|tần suất|khống chế|không để|kiềm chế|giảm|tăng|nâng|hạ|đưa|rút ngắn`,
);
/** A rise or fall that leads to a level, and one that is asked for itself. */
const LEVELLED = words(
  "(?:giảm|tăng|nâng|hạ|rút ngắn)(?=.*(?<!\\p{L})(?:xuống|còn|lên|đạt|dưới|không (?:vượt )?quá|tối đa))",
  "",
  "",
  "giu",
);
const MOVED = words(
  "(?:tăng|giảm|hạ|rút ngắn)(?: gấp$)?(?!.*(?<!\\p{L})(?:tăng|giảm|hạ)(?!\\p{L}))|gấp$",
);
/** A state that is wished for. */
const WISHED = words(
  "được|có|đạt|tham gia|biết|hoàn thành|qua|đúng|chấp hành|hài lòng|sử dụng|tốt nghiệp|đủ|ra lớp|đến trường|đi học|lên lớp",
);
/** The number behind them is of something else, or only says by what. */
const ASIDE = words(
  "theo|của|trước|(?<!(?:quá|đúng|trễ|trước) )hạn|ra|so|kể|ngoài|do|khi|như|về|trong|sau|vào|chỉ tiêu|kế hoạch",
  "",
  "$",
);
/** Words that change what is asked, wherever they stand, unless a field of the reading has them. */
const CHANGES = words(
  [
    "toàn bộ|một phần|phần lớn|đa số|hầu hết|quá nửa|nửa",
    "so (?:với|cùng)|hơn(?! nữa)|vượt(?! (?:cấp|khó))|gấp(?! rút)|tương (?:ứng|đương)|lần lượt|ít nhất|tối thiểu|tối đa|không quá|(?<!tuổi |\\d )trở (?:lên|xuống)|(?:cao|thấp|nhiều) nhất|khoảng(?! cách)|xấp xỉ",
    "(?<!(?:tốc độ|tỷ lệ|mức|giá trị) )tăng(?! (?:cường|trưởng|tốc|gia))|giảm(?! (?:nghèo|thiểu|nhẹ|hại|tác|trừ|sút))|rút ngắn|thu hẹp|tiết kiệm|cắt bỏ",
    "nếu|tùy|tuỳ|khi (?:có|đủ|được)|trong (?:trường hợp|số (?:đó|này))|với điều kiện|mà|nhưng|kể cả|lũy kế|cộng dồn|tính chung|quy mô cấp|còn lại|(?<!loại )trừ(?! (?:sâu|diệt|tà))|không (?:bao gồm|gồm|kể|tính)|(?<!chứng )chỉ(?= (?:tính|áp dụng|ở|tại|với|trong|đối))",
    "mỗi|từng(?! bước)|(?:ở|tại|đối với) cấp",
    "năm|tháng(?! tuổi)|quý(?! báu)|tuần(?! (?:tra|hoàn|lễ))|giai đoạn|thời (?:kỳ|điểm)|nhiệm kỳ|kể từ(?! khi)|trước(?= (?:tết|mùa|khai giảng|kỳ|đại hội|năm|tháng|ngày|quý))|hằng|hàng(?= (?:ngày|năm|quý|tháng|tuần))",
  ].join("|"),
  "",
  "",
  "giu",
);
/** What can be counted, by its name. */
const COUNTABLE = words(UNITS.join("|"), "^");
const EACH = words(AREA_NOUN, "^(?:mỗi|từng)\\s+");
const BEHIND = new RegExp(AFTER.map(([{ source }]) => source).join("|"), "iu");
/** Behind «mỗi trường» stand more words of which of them. */
const EACH_CUT = /§\s+((?!(?:và|có|trong|trước|theo|để|đến|vào|hằng|hàng|mỗi)(?!\p{L}))\p{L}.*)/iu;
/** «mỗi xã có tài nguyên du lịch xây dựng …» says which of them. */
const EACH_WITH = words(DEEDS, "§\\s+((?:có|thuộc|đã)(?!\\p{L}).*)\\s");
/** «mỗi phòng chuyên môn, đơn vị trực thuộc có …»: more words of which of them. */
const EACH_MORE = words(
  "có|tổ chức|được|đạt|phải|mở|lấy|thực hiện",
  `§(?!\\s+(?:có|tổ|được|đạt|phải|mở|lấy|thực|${"thành|xây|duy|bố|đào|ít|tối|trên|từ|không|bình|trồng|giảm|tăng"})(?!\\p{L}))\\s+([\\p{L}\\s,]+?)\\s`,
);
/** What may be done in place of it, and for whom less is asked: «miễn, giảm … cho 45 việc». */
const INSTEAD = /(?<!\p{L})hoặc\s*[,;]?\s*$/iu;
const FOR_WHOM = /(?<!\p{L})cho$/iu;
const EACH_DEED = words(DEEDS, "^(?:mỗi|từng)\\s.*");
/** What a part of the sentence that has no number takes from the others. */
export const EXCEPTS = words(
  "nếu|(?<!loại )trừ(?! (?:sâu|diệt|tà))|trường hợp(?=.* thì )|không áp dụng",
);
/** What parts a number from the next one. */
const PARTS = /(?:[,(:;]|(?<!\p{L})(?:và|trong\s+đó|đồng\s+thời|riêng|hoặc))\s*$/iu;
const SIGN = new RegExp(`(?:${BEFORE_ANY.source}|[≥≤<>:,;(–-])$`, "iu");
const END = words(
  "phấn đấu|đạt|có|chiếm|là|bằng|thêm|từ|được|mức|ở|ở mức|tỷ lệ|bình quân|ít nhất|xuống|lên|còn|hơn|quá|vượt|hoặc|và|khoảng|gần|xấp xỉ|chừng|trên dưới|cơ bản|trong vòng",
  "",
  "$",
);

/** Without the words at its end that compare or reach. */
function withoutEnd(text: string): string {
  const rest = text.replace(SIGN, "").replace(END, "").trim();
  return rest === text ? rest : withoutEnd(rest);
}

/**
 * The words about a number that no field of its reading accounts for. Before it stands what is known
 * to be done, or to have a level; and nowhere a word that changes what is asked.
 * @param taken what the fields say, as it stands in the sentence
 */
export function leftOver(
  role: Role,
  after: string,
  taken: readonly string[],
  { isChange, isUnsaid }: { readonly isChange: boolean; readonly isUnsaid: boolean },
): string[] {
  const { amount } = role;
  const without = (text: string): string =>
    withoutDues(
      taken.reduce(
        (rest, one) => rest.split(one).join(/^(?:mỗi|từng)/iu.test(one) ? " § " : " ¦ "),
        text,
      ),
    ).trim();
  const before = without(leadOf(role));
  const behind = without(after.replace(PARTS, "").replace(BEHIND, " "));
  const own = withoutEnd(before).replace(OPENING, "").trim();
  const isReached = REACHED.test(before) || CAPPED.test(before);
  const isLevel = isUnsaid
    ? GOOD.test(own)
    : isReached || COUNTABLE.test(own) || LEVEL.test(before) || /:$/u.test(role.lead.trim());
  const isKnown =
    amount.kind === "none" ||
    isChange ||
    !/\p{L}/u.test(own) ||
    DONE.test(own) ||
    DOING.test(own) ||
    EACH.test(own) ||
    WISHED.test(before) ||
    isLevel;
  const isAside = ASIDE.test(withoutEnd(before)) && !isReached;
  const rest = before.replace(isChange ? MOVED : LEVELLED, "");
  // «02 ngày/người» behind what is counted is how long; «cơ sở trên 50 lao động được kiểm tra» is which
  const isBeside =
    amount.kind === "count" &&
    !isReached &&
    !isUnsaid &&
    (own === ""
      ? role.previous !== null &&
        /\/|^(?:ngày|giờ|phút|tuần|tháng|lần|buổi)(?!\p{L})/iu.test(amount.unit ?? "")
      : !DONE.test(own) && /(?<!\p{L})(?:được|đạt|chiếm|bị)(?!\p{L})/iu.test(after));
  const changing = [...withoutEnd(rest).matchAll(CHANGES), ...behind.matchAll(CHANGES)];
  return [
    ...(isKnown && !isAside ? [] : [own]),
    ...(isBeside ? [amount.typed] : []),
    ...(EACH_CUT.exec(behind) ?? []).slice(1),
    ...(EACH_WITH.exec(before) ?? []).slice(1),
    ...(EACH_MORE.exec(before) ?? []).slice(1),
    // «tỷ lệ số hóa hồ sơ, …» behind a number is of another one
    ...(/,\s+((?:tỷ|tỉ)\s+lệ.*)/iu.exec(behind) ?? []).slice(1),
    ...(INSTEAD.exec(after) ?? []),
    ...(isChange && FOR_WHOM.test(before) ? [own] : []),
    ...taken.filter((one) => EACH_DEED.test(one)),
    // «/tháng», and not «HIV/AIDS»
    ...(/\/\s*\p{Ll}\p{L}*/u.exec(behind) ?? []),
    ...changing.map(([word]) => word),
  ];
}

const AGAINST = /so\s+(?:với|cùng).*$/iu;

/**
 * The words that say what a number counts: of those before and behind it, without times, comparisons,
 * what it is compared with, and words that ask for nothing.
 */
export function wordsCounted(before: string, after: string): string[] {
  const lead = withoutEnd(withoutDues(before).trim()).replace(OPENING, "").replace(MOVED, " ");
  const behind = withoutDues(after.replace(AGAINST, "")).replace(BEHIND, " ");
  return wordsOf(`${lead} ${behind}`);
}

/** The words of a text, in small letters. */
export function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase("vi").match(/[\p{L}\d]+/gu) ?? [];
}

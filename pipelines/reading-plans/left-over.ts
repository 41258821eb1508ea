import { AFTER } from "./comparing-words.ts";
import { BEFORE_ANY, leadOf, type Role } from "./number-roles.ts";
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
/** At the end of a whole, or in a name of places, it may be a deed of theirs, or which of them they are. */
export const DEED_OF_THEIRS = words(DEEDS, "^.*", "$");
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
const BEHIND = new RegExp(AFTER.map(([{ source }]) => source).join("|"), "iu");
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
 * Words beside a number that change what is asked and that no field of its reading accounts for.
 * @param taken what the fields say, as it stands in the sentence
 */
export function leftOver(
  role: Role,
  after: string,
  taken: readonly string[],
  isChange: boolean,
): string[] {
  const without = (text: string): string =>
    withoutDues(taken.reduce((rest, one) => rest.split(one).join(" ¦ "), text)).trim();
  const before = without(leadOf(role)).replace(isChange ? MOVED : LEVELLED, "");
  const behind = without(after.replace(PARTS, "").replace(BEHIND, " "));
  const changing = [...withoutEnd(before).matchAll(CHANGES), ...behind.matchAll(CHANGES)];
  return changing.map(([word]) => word);
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

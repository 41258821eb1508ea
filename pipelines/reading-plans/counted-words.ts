/** What arises day by day: of it there are more in a year than in a quarter. */
export const ARISING =
  /^(?:tổng\s+)?số\s+(?:tố\s+giác|tin|khiếu\s+nại|đơn(?!\s+vị)|hồ\s+sơ|vụ|ca|cuộc|lượt|buổi|đợt|hội\s+nghị|kiến\s+nghị|sự\s+cố|trường\s+hợp)(?!\p{L})/iu;
/** What happens in a period, and is over with it. */
const HAPPENS =
  /(?<!\p{L})(?:(?<!đổi\s+)mới(?!\s+được)|(?<!(?:dễ|để)\s+)phát\s+sinh|xảy\s+ra|trong\s+(?:kỳ|quý|tháng|năm)|tử\s+vong)(?!\p{L})/iu;
/** What is there on a day, and may be there no longer on another. */
const IS_THERE =
  /(?<!\p{L})(?:có(?!\s+(?:quyết|vụ))|hiện\s+có|đang|còn|(?:được\s+)?sử\s+dụng|duy\s+trì|tham\s+gia\s+(?:bảo\s+hiểm|hợp\s+tác\s+xã|câu\s+lạc\s+bộ)|hộ\s+nghèo|hộ\s+cận\s+nghèo|đạt\s+(?:chuẩn|tiêu\s+chuẩn|danh\s+hiệu)|(?<!phơi\s+)nhiễm(?!\s+mới)|quản\s+lý)(?!\p{L})/iu;
/** Done to it, in how many periods, or as long as it lasts: the words do not tell. */
const DONE_OTHERWISE = /(?<!\p{L})(?:được|đã|bị)(?!\s+sử\s+dụng)(?!\p{L})/iu;
/** Whoever is so now, or was in the year: the words do not tell. */
const PASSING = /(?<!\p{L})(?:mang\s+thai|sinh\s+con|đẻ|gây|vi\s+phạm|nghỉ|bỏ)(?!\p{L})/iu;
/** Who and what is counted as it stands, where nothing is said of it but its name. */
const STANDING =
  /^tổng\s+số\s+(?:người|hộ|dân|trẻ|học\s+sinh|học\s+viên|sinh\s+viên|giáo\s+viên|cán\s+bộ|phụ\s+nữ|lao\s+động|cơ\s+sở|doanh\s+nghiệp|hợp\s+tác\s+xã|tổ\s+chức|cơ\s+quan|đơn\s+vị|trường|phòng|thôn|bản|xã|phường|khu)(?!\p{L})/iu;

/**
 * How the figure of a year comes of those of its periods, by what the name of a measure says: `sum` of
 * what happens in each, `last` of what is there on a day; null where the words do not tell.
 */
export function takenOverTime(name: string): "sum" | "last" | null {
  const happens = ARISING.test(name) || (HAPPENS.test(name) && !DONE_OTHERWISE.test(name));
  const isThere = IS_THERE.test(name);
  if (happens) return isThere ? null : "sum";
  const isOpen = DONE_OTHERWISE.test(name) || PASSING.test(name);
  return !isOpen && (isThere || STANDING.test(name)) ? "last" : null;
}

/** At the end of the name of a whole they describe what is done, and not of whom or what it is done. */
export const OF_THE_DOING =
  /(?<!\p{L})(?:thường\s+xuyên|đúng\s+hạn|kịp\s+thời|thành\s+công|đầy\s+đủ|(?<!(?:phát|thực|thể|biểu|xuất)\s+)hiện|(?:hằng|hàng)\s+\p{L}+|định\s+kỳ|trực\s+tiếp|trực\s+tuyến)$/iu;

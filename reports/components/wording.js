// Every Vietnamese word that more than one component shows, and how figures are written.

/** What a status is called, in full and where there is little room, and what it means. */
export const STATUSES = {
  met: { word: "Đạt", short: "Đạt", meaning: "giá trị lũy kế đã bằng hoặc vượt mức chỉ tiêu" },
  on_track: {
    word: "Đúng tiến độ",
    short: "Đúng tiến độ",
    meaning: "chưa đến mức chỉ tiêu của năm nhưng đã đến mức cần đạt tại kỳ này",
  },
  behind: {
    word: "Chậm tiến độ",
    short: "Chậm",
    meaning: "chưa đến mức cần đạt tại kỳ này; năm chưa kết thúc",
  },
  not_met: {
    word: "Không đạt",
    short: "Không đạt",
    meaning: "chưa đến mức chỉ tiêu ở kỳ cuối năm, hoặc ở kỳ mà chỉ tiêu phải đạt trọn vẹn",
  },
  not_arising: {
    word: "Không phát sinh",
    short: "Không PS",
    meaning: "mẫu số bằng 0, không có gì để tính; không phải đạt, không phải không đạt",
  },
  not_reported: {
    word: "Chưa báo cáo",
    short: "Chưa BC",
    meaning: "chưa có số liệu nào được báo cáo cho kỳ này; khác với số 0",
  },
  not_applicable: {
    word: "Không áp dụng",
    short: "Không AD",
    meaning: "kỳ trước khi kế hoạch có hiệu lực, hoặc chỉ tiêu không tính cho địa bàn này",
  },
  withheld: {
    word: "Ẩn số nhỏ",
    short: "Ẩn",
    meaning: "đã báo cáo; không đưa ra bản chung vì có số từ 1 đến 4 của số liệu nhạy cảm",
  },
};

/** In the order in which they are counted and explained. */
export const STATUS_ORDER = Object.keys(STATUSES);

export const TIMELINESS = {
  on_time: { word: "Đúng hạn", meaning: "nhận được chậm nhất vào ngày cuối cùng của hạn gửi" },
  late: {
    word: "Trễ hạn",
    meaning: "nhận được sau hạn; số ngày tính từ ngày cuối cùng của hạn gửi",
  },
  missing: { word: "Chưa gửi", meaning: "đã quá hạn mà chưa nhận được báo cáo" },
  not_due: { word: "Chưa đến hạn", meaning: "chưa nhận được báo cáo và chưa đến hạn gửi" },
  not_applicable: { word: "Không áp dụng", meaning: "kỳ trước khi kế hoạch có hiệu lực" },
};

export const HIDDEN_WORD = "Ẩn số nhỏ";

/** What the two parts of a value are called, by the kind of the indicator. */
export const PARTS = {
  ratio: ["Tử số", "Mẫu số"],
  share_of_areas: ["Số địa bàn đạt", "Số địa bàn"],
  share_of_units: ["Số đơn vị đạt", "Số đơn vị"],
  all_of: ["Số điều kiện đạt", "Số điều kiện"],
  count: ["Số lượng", ""],
};

export const KINDS = {
  ratio: "Tỷ lệ giữa hai số liệu",
  share_of_areas: "Tỷ lệ địa bàn thỏa điều kiện",
  share_of_units: "Tỷ lệ đơn vị thỏa điều kiện",
  all_of: "Tất cả các điều kiện cùng đạt",
  count: "Số lượng",
};

export const OVER_TIME = {
  sum: "cộng dồn các kỳ từ đầu năm",
  last: "lấy số báo cáo gần nhất",
  max: "có ở một kỳ là tính cho cả năm (lớn nhất)",
  min: "phải có ở mọi kỳ (nhỏ nhất)",
  average: "bình quân các kỳ",
};

export const OVER_AREAS = {
  sum: "cộng",
  max: "lấy số lớn nhất",
  min: "lấy số nhỏ nhất",
  average: "bình quân",
};

/** What is done with the figures of several periods, before they are listed. */
export const TERMS_OVER_TIME = {
  sum: "",
  last: "gần nhất trong: ",
  max: "lớn nhất trong: ",
  min: "nhỏ nhất trong: ",
  average: "bình quân của: ",
};

/** What a measure is to its indicator. */
export const ROLES = { numerator: "Tử số", denominator: "Mẫu số", condition: "Điều kiện" };

/** What a reading is to the figure that is traced to it. */
export const USAGES = {
  counts: "được tính",
  earlier: "không, đã có số báo cáo gần hơn",
  replaced: "không, đã có bản gửi sau thay",
  blank: "không, để trống",
  not_sent: "không, chưa gửi báo cáo",
};

/** What a half-year or a year is made of, by the kind of a plan's regular periods. */
export const SHORTER_PERIODS = {
  month: "các tháng",
  quarter: "các quý",
  half_year: "các kỳ 6 tháng",
};

export const BASES = {
  own: "Báo cáo của chính kỳ này",
  covered: "Cộng từ các kỳ ngắn hơn",
  mixed: "Một phần cộng từ các kỳ ngắn hơn",
};

export const COMPARATORS = { ">=": "≥", ">": ">", "<=": "≤", "<": "<" };

/** Why a version of a report was published. */
export const CLASSES = {
  first: "Phát hành lần đầu",
  late: "Bổ sung số liệu gửi muộn",
  correction: "Đính chính số liệu",
  method: "Thay đổi cách tính",
};

/** The words of figures and reports, each with its place on the page of terms. */
export const GLOSSARY = {
  to_date: { id: "luy-ke", term: "Lũy kế", meaning: "tính từ đầu năm đến hết kỳ đang xem" },
  in_period: {
    id: "rieng-trong-ky",
    term: "Riêng trong kỳ",
    meaning: "chỉ phần phát sinh trong kỳ đang xem",
  },
  target: { id: "muc-tieu", term: "Mục tiêu", meaning: "mức mà kế hoạch đặt ra cho chỉ tiêu" },
  pace: {
    id: "muc-can-dat",
    term: "Mức cần đạt tại kỳ này",
    meaning: "với chỉ tiêu cộng dồn trong năm, là mục tiêu nhân với phần của năm đã qua",
  },
  status: {
    id: "danh-gia",
    term: "Đánh giá",
    meaning: "giá trị lũy kế so với mục tiêu và mức cần đạt, quyết định trên số chưa làm tròn",
  },
  coverage: {
    id: "noi-da-bao-cao",
    term: "Nơi đã báo cáo",
    meaning: "số nơi đã báo cáo đủ số liệu của chỉ tiêu, trên số nơi phải báo cáo",
  },
  basis: {
    id: "can-cu",
    term: "Căn cứ của con số",
    meaning: "các số liệu, tệp và ô mà một con số được tính từ đó",
  },
  small: {
    id: "so-nho",
    term: "Số nhỏ",
    meaning:
      "số từ 1 đến 4 của số liệu nhạy cảm, không đưa ra bản chung vì có thể cho biết đó là ai",
  },
  nil: {
    id: "khong-phat-sinh",
    term: "Không phát sinh",
    meaning: "đơn vị báo cáo rằng không có gì xảy ra trong kỳ, được tính như 0; khác với để trống",
  },
  blank: {
    id: "de-trong",
    term: "Để trống",
    meaning: "báo cáo đã gửi nhưng ô này chưa có số; là thiếu số liệu, không phải 0",
  },
  version: {
    id: "phien-ban",
    term: "Phiên bản",
    meaning: "bản báo cáo đã phát hành, giữ nguyên từ đó; số liệu thay đổi thì ra phiên bản mới",
  },
  provisional: {
    id: "so-bo",
    term: "Số liệu sơ bộ",
    meaning: "phát hành khi còn có thể thay đổi, vì còn báo cáo chưa gửi hoặc còn phần ước",
  },
  final: {
    id: "chinh-thuc",
    term: "Số liệu chính thức",
    meaning: "phát hành sau hạn gửi, là số liệu dùng từ đó về sau",
  },
  estimate: {
    id: "uoc-thuc-hien",
    term: "Ước thực hiện",
    meaning: "số gửi trước ngày chốt số liệu, có phần ước tính",
  },
  correction: {
    id: "dinh-chinh",
    term: "Đính chính",
    meaning: "báo cáo gửi sau thay trọn báo cáo trước của cùng đơn vị, cùng kỳ",
  },
};

/** Whether the report of a period can go out, and the shape that says so. */
export const VERDICTS = {
  ready: { word: "Có thể phát hành", icon: "met" },
  open_findings: { word: "Chưa thể phát hành", icon: "not_met" },
  not_reported: { word: "Chưa thể phát hành", icon: "not_reported" },
  not_begun: { word: "Chưa thể phát hành", icon: "not_due" },
  unchanged: { word: "Đã phát hành", icon: "on_track" },
};

/** Whether a version is final. */
export function standing(isFinal) {
  return isFinal ? "Số liệu chính thức" : "Số liệu sơ bộ";
}

const formats = [2, 4, 6].map(
  (digits) => new Intl.NumberFormat("vi-VN", { maximumFractionDigits: digits }),
);

/**
 * `1.234,5`: a figure with the decimals that it came with. The query has rounded what is to be
 * rounded; here two decimals would take 29,996 across a target of 30.
 */
export function numberText(value) {
  if (value === null || value === undefined) return "–";
  const format = formats.find((_, i) => {
    const scaled = value * 100 ** (i + 1);
    return Math.abs(scaled - Math.round(scaled)) < 1e-6;
  });
  return (format ?? formats[2]).format(value);
}

/**
 * `24,1%` or `12`: the unit of other figures stands beside the target, and here only when `full`.
 */
export function figureText(value, unit, full = false) {
  if (value === null || value === undefined) return "–";
  return numberText(value) + (unit === "%" || full ? unitText(unit) : "");
}

export function unitText(unit) {
  if (!unit) return "";
  return unit === "%" ? "%" : ` ${unit}`;
}

/** Why there is no value, in a word; undefined where there is one. */
export function absence(row) {
  if (row.is_hidden) return HIDDEN_WORD;
  if (row.value !== null && row.value !== undefined) return undefined;
  return STATUSES[row.status]?.word ?? "Chưa báo cáo";
}

/** A measure's value: counts as numbers, yes/no of one place as words. */
export function measureText(value, kind, isOnePlace) {
  if (value === null || value === undefined) return "–";
  if (kind === "yes_no" && isOnePlace) return value > 0 ? "Có" : "Không";
  return numberText(value);
}

const signed = new Intl.NumberFormat("vi-VN", {
  maximumFractionDigits: 4,
  signDisplay: "exceptZero",
});

/** `+9,1` or `-12,5`, from a difference. */
export function signedText(value) {
  return signed.format(value);
}

/** `57,5 kB`. */
export function sizeText(bytes) {
  return `${numberText(Math.round(bytes / 100) / 10)} kB`;
}

/**
 * Two exact decimals as they stand beside each other: with two digits after the comma, and with more
 * where two would make them alike.
 */
export function pairTexts(before, now, unit) {
  const texts = formats.map((format) =>
    [before, now].map((value) =>
      value === null ? null : format.format(Number(value)) + (unit === "%" ? "%" : ""),
    ),
  );
  return texts.find(([one, other]) => one !== other) ?? texts[2];
}

/** `quý II năm 2024` within a sentence. */
export function inSentence(text) {
  return text ? text[0].toLocaleLowerCase("vi") + text.slice(1) : "";
}

/** `Phường, xã` at the start of a heading. */
export function capital(text) {
  return text ? text[0].toLocaleUpperCase("vi") + text.slice(1) : "";
}

/** Rows of a query as a plain list; a page without such rows has none. */
export function list(rows) {
  return rows === undefined || rows === null ? [] : Array.from(rows);
}

/** The rows of a list by a key. */
export function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group === undefined) groups.set(row[key], [row]);
    else group.push(row);
  }
  return groups;
}

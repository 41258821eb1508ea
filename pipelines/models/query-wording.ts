import { Failure } from "../vocabulary/failure.ts";
import { nearest } from "../vocabulary/nearest.ts";
import { shownText, visibleText } from "../vocabulary/shown-text.ts";

/** The wording of why a query cannot be answered. */

export const NO_QUERY =
  "Câu truy vấn trống. Ghi một câu SELECT trong ngoặc kép; lệnh chitieu sql không kèm câu nào thì liệt kê các bảng.";

export const NOT_ONE_SELECT =
  "Mỗi lần chỉ hỏi được một câu chỉ đọc (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE); câu ghi, câu đặt cấu hình, câu mở tệp đều không được. PIVOT phải kê sẵn giá trị: PIVOT … ON … IN (…).";

export const TOO_MUCH_MEMORY =
  "Câu truy vấn cần nhiều bộ nhớ hơn mức cho phép. Thêm điều kiện, lấy ít cột hơn, hoặc xem lại phép nối có thiếu khóa không.";

/** @param seconds how long was waited */
export function tooLong(seconds: number): string {
  return `Câu truy vấn chạy quá ${seconds} giây nên đã dừng. Thêm điều kiện, hoặc xem lại phép nối có thiếu khóa không.`;
}

/** @param rows how many there may be */
export function tooLarge(rows: number): string {
  const most = String(rows).replace(/\B(?=(\d{3})+$)/g, ".");
  return `Kết quả quá lớn (nhiều hơn ${most} hàng, hoặc các giá trị quá dài) nên không in ra. Thêm điều kiện, cộng gộp, hoặc thêm LIMIT.`;
}

const TABLES_REMEDY =
  "Chỉ hỏi được các bảng của lược đồ shared; chitieu sql không kèm câu nào thì liệt kê chúng.";

/** Messages of DuckDB with their wording here. */
const WORDINGS: readonly [
  pattern: RegExp,
  wording: (name: string, message: string, tables: readonly string[]) => string,
][] = [
  [
    /^Catalog Error: Table with name "?(.+?)"? does not exist/,
    (name, _, tables) => {
      const near = nearest(name, tables);
      return `Không có bảng “${name}”.${near === null ? "" : ` Có phải “${near}”?`} ${TABLES_REMEDY}`;
    },
  ],
  [
    /^(?:Catalog|Binder) Error: (?:Schema with name|Catalog) "?(.+?)"? does not exist/,
    (name) => `Không có lược đồ hay cơ sở dữ liệu “${name}”. ${TABLES_REMEDY}`,
  ],
  [
    /^Binder Error: (?:Referenced column "(.+?)" (?:not found|was not found)|Table ".+?" does not have a column named "(.+?)"|Values list ".+?" does not have a column named "(.+?)")/,
    (name, message) => {
      const near = /Candidate bindings: : ?(.*)|Candidate bindings: (.*)/.exec(message);
      const candidates = near?.[1] ?? near?.[2] ?? "";
      const names = [...candidates.matchAll(/"([^"]+)"/g)].map(([, one = ""]) => `“${one}”`);
      return `Không có cột “${name}” trong các bảng của câu truy vấn.${
        names.length === 0 ? "" : ` Gần giống: ${names.join(", ")}.`
      } Các cột của một bảng: chitieu sql --table TÊN_BẢNG.`;
    },
  ],
  [
    /^Catalog Error: (?:Scalar|Table|Aggregate|Macro)? ?(?:Macro )?Function with name "?(.+?)"? does not exist/,
    (name) => `Không có hàm “${name}” ở đây. Dùng hàm có sẵn của DuckDB.`,
  ],
  [
    /^Parser Error: syntax error at (?:or near "(.+?)"|end of input)/,
    (name) =>
      name === ""
        ? "Câu truy vấn sai cú pháp: hết câu mà chưa trọn. Kiểm tra dấu ngoặc, dấu nháy và từ khóa."
        : `Câu truy vấn sai cú pháp ở gần “${name}”. Kiểm tra dấu ngoặc, dấu phẩy và từ khóa đứng trước đó.`,
  ],
  [
    /^Permission Error/,
    () =>
      "Câu truy vấn đọc hay ghi ra ngoài các bảng (tệp, mạng, phần mở rộng, cơ sở dữ liệu khác) nên không được chạy. Chỉ hỏi các bảng của lược đồ shared.",
  ],
  [/^Out of Memory Error|failed to (?:allocate|pin)/i, () => TOO_MUCH_MEMORY],
  [
    /^Conversion Error|^Invalid Input Error|^Out of Range Error/,
    (_, message) =>
      `Câu truy vấn có giá trị không tính được (DuckDB: ${firstLine(message)}). Sửa giá trị hoặc kiểu dữ liệu ở chỗ đó.`,
  ],
];

/**
 * What DuckDB has against a query, for the person who wrote it: what, where, and what to do.
 * @param tables names that there are, to say which was meant
 */
export function queryFailure(error: unknown, tables: readonly string[]): Failure {
  const raw = error instanceof Error ? error.message : String(error);
  const message = raw.replace(/^Failed to extract statements: /, "");
  // of a text without a statement the engine says nothing
  if (message === "Error in native callback") return new Failure(NO_QUERY, { exitCode: 2 });
  for (const [pattern, wording] of WORDINGS) {
    const found = pattern.exec(message);
    if (found === null) continue;
    const name = shownText(found.slice(1).find((one) => one !== undefined) ?? "");
    return new Failure(wording(name, message, tables) + placeOf(message), {
      exitCode: 2,
      cause: error,
    });
  }
  return new Failure(
    `Câu truy vấn không chạy được (DuckDB: ${firstLine(message)}). Sửa câu rồi hỏi lại.${placeOf(message)}`,
    { exitCode: 2, cause: error },
  );
}

function firstLine(message: string): string {
  return shownText(message.split("\n", 1)[0] ?? "").replace(/\.$/, "");
}

/** The line of the query, and below it where in it; nothing where DuckDB names no place. */
function placeOf(message: string): string {
  const found = /^LINE (\d+): (.*)\n( *)\^/m.exec(message);
  if (found === null) return "";
  const [, line = "", text = "", blanks = ""] = found;
  const before = `  Dòng ${line}: `;
  const column = Math.max(0, blanks.length - `LINE ${line}: `.length);
  const width = before.length + visibleText(text.slice(0, column)).length;
  return `\n${before}${visibleText(text)}\n${" ".repeat(width)}^`;
}

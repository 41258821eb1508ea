import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLError,
} from "yaml";

/** The text of a plan file as YAML, with the lines at which its fields stand. */
export interface PlanText {
  /** The parsed data; of no use where `isBroken`. */
  readonly data: unknown;
  /** The text is not well-formed, so nothing in it can be trusted. */
  readonly isBroken: boolean;
  readonly slips: readonly {
    readonly line: number;
    readonly found: string;
    readonly remedy: string;
  }[];
  /** Every number as it was typed, with its path. */
  readonly typedNumbers: readonly TypedNumber[];
  /** The line of the deepest field on a path that is there. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** A number as somebody typed it. */
export interface TypedNumber {
  readonly path: readonly (string | number)[];
  readonly typed: string;
}

/** Reads the text of a plan file; reports in one sentence each what is wrong with it as YAML. */
export function readPlanText(text: string): PlanText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: readonly PropertyKey[]): number => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const { errors } = document;
  const repeated = errors.filter(({ code }) => code === "DUPLICATE_KEY");
  // of an entry that took in the next one neither can be read
  const broken =
    errors.find(({ code }) => code !== "DUPLICATE_KEY") ??
    repeated.find((error) => /^\s*(- )?code:/.test(lineText(text, error)));
  const preface = prefaceOf(text);
  const slips =
    broken !== undefined && preface !== null
      ? [preface]
      : (broken === undefined ? firstOfRuns(repeated) : [broken]).map((error) => {
          const line = lineOfBreak(error, text);
          return { line, ...wordsOf(error, text, line) };
        });
  if (broken !== undefined) {
    return { data: null, isBroken: true, slips, typedNumbers: [], lineOf };
  }
  return {
    data: document.toJS({ mapAsMap: false }),
    isBroken: false,
    slips,
    typedNumbers: typedNumbersOf(document),
    lineOf,
  };
}

function lineOfError(error: YAMLError): number {
  return error.linePos?.[0].line ?? 1;
}

function lineText(text: string, error: YAMLError): string {
  return text.split("\n")[lineOfError(error) - 1] ?? "";
}

/** A sentence before the plan itself, as it comes along from a letter or a chat; null without one. */
function prefaceOf(text: string): PlanText["slips"][number] | null {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "" && !/^\s*#/.test(line));
  const typed = lines[first] ?? "";
  if (!/^\p{L}[^:]*\s[^:]*$/u.test(typed)) return null;
  return {
    line: first + 1,
    found: `“${typed.trim()}”: dòng này không phải là một khóa.`,
    remedy: "Xóa dòng này, nếu nó không phải là của kế hoạch.",
  };
}

/** The line that broke the text: a key that is pushed in is found only by the line above, which has it as its value. */
function lineOfBreak(error: YAMLError, text: string): number {
  const line = lineOfError(error);
  const [above = "", own = ""] = text.split("\n").slice(line - 1, line + 1);
  const indent = (one: string): number => one.search(/\S/);
  const isPushedIn =
    /_AS_IMPLICIT_KEY|MULTILINE_IMPLICIT_KEY/.test(error.code) &&
    /^\s*[\w-]+: [^|>\s]/.test(above) &&
    /^\s*[\w-]+:( |$)/.test(own) &&
    indent(own) > indent(above);
  return isPushedIn ? line + 1 : line;
}

const QUOTE_IT = 'Để cả giá trị trong ngoặc kép, như: comparator: ">=" hoặc unit_of_measure: "%".';

/** Lines that no plan file has, or not where they stand, and what to do about them. */
const STRAY_LINES: readonly (readonly [line: RegExp, found: string, remedy: string])[] = [
  [
    /^\s*\t/,
    "Dòng này thụt vào bằng phím Tab; tệp chỉ nhận dấu cách.",
    "Xóa dấu Tab, gõ dấu cách cho thẳng hàng với các dòng cùng cấp.",
  ],
  [
    /^\s*```/,
    "Dòng ``` chép kèm từ phần mềm trò chuyện, không thuộc tệp kế hoạch.",
    "Xóa dòng này, và dòng ``` còn lại nếu có.",
  ],
  [
    /^---/,
    "Dòng --- chia tệp thành hai tài liệu; một tệp chỉ là một kế hoạch.",
    "Xóa dòng này, hoặc tách phần sau thành tệp khác.",
  ],
  [
    /^[\s-]*[\u00a0\u3000\u200b\ufeff]|^[\s-]*[\w-]+[:：][\u00a0\u3000\u200b]|^[\s-]*[\w-]+：/,
    "Dòng này có dấu cách hoặc dấu hai chấm không phải của bàn phím, thường do chép từ Word.",
    "Xóa dấu cách ở đầu dòng, dấu hai chấm và dấu cách sau nó, rồi gõ lại.",
  ],
  [/^\s*-[^\s-]/, "Sau dấu gạch đầu dòng phải có dấu cách.", "Thêm một dấu cách sau dấu gạch."],
];

/** Of errors on lines that follow one another, the first: the others follow from it. */
function firstOfRuns(errors: readonly YAMLError[]): YAMLError[] {
  return errors.filter(
    (error, index) =>
      index === 0 || lineOfError(error) > lineOfError(errors[index - 1] ?? error) + 1,
  );
}

/** What is wrong, in one sentence, and what to do. */
function wordsOf(
  error: YAMLError,
  text: string,
  lineNo: number,
): { found: string; remedy: string } {
  const lines = text.split("\n");
  const line = lines[lineNo - 1] ?? "";
  const typed = line.trim();
  const stray = STRAY_LINES.find(([wrong]) => wrong.test(line));
  if (stray !== undefined) return { found: stray[1], remedy: stray[2] };
  switch (error.code) {
    case "DUPLICATE_KEY":
      return {
        found: `“${typed.split(":")[0] ?? typed}” được ghi hai lần trong cùng một mục.`,
        remedy: "Bỏ bớt một, hoặc thêm dấu “- ” ở đầu mục nếu đó là mục mới.",
      };
    case "BAD_SCALAR_START":
      return {
        found: `“${typed}”: giá trị bắt đầu bằng ký hiệu đặc biệt nên phải để trong dấu ngoặc kép.`,
        remedy: QUOTE_IT,
      };
    case "MISSING_CHAR":
      if (/quote/.test(error.message)) {
        return { found: `“${typed}”: thiếu dấu ngoặc kép đóng.`, remedy: "Thêm dấu ngoặc kép." };
      }
      break;
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_AS_IMPLICIT_KEY":
      if (/^(- )?[\w-]+:\S/.test(typed)) {
        return {
          found: `“${typed}”: sau dấu hai chấm phải có dấu cách.`,
          remedy: "Thêm một dấu cách sau dấu hai chấm.",
        };
      }
      if (/^(- )?[\w-]+: [^"'[{].*: /.test(typed)) {
        return {
          found: `“${typed}”: trong câu có dấu hai chấm.`,
          remedy: "Để cả câu trong dấu ngoặc kép.",
        };
      }
      break;
    default:
      break;
  }
  if (/^(- )?[\w-]+: (["'])[^"']*\2\S/.test(typed)) {
    return {
      found: `“${typed}”: trong câu để trong ngoặc kép lại có dấu ngoặc kép.`,
      remedy: "Bên trong dùng “ ”, hoặc bỏ dấu ngoặc kép ở giữa.",
    };
  }
  if (/^(- )?[\w-]+: (?:[-*?] ?\S|\[[^\]]*\] *[^\s#,])/.test(typed)) {
    return {
      found: `“${typed}”: giá trị bắt đầu bằng ký hiệu đặc biệt nên phải để trong dấu ngoặc kép.`,
      remedy: QUOTE_IT,
    };
  }
  if (/Flow (sequence|map)/.test(error.message)) {
    const cut = lines.slice(Math.max(0, lineNo - 3), lineNo).find((one) => /[{[].*\s#/.test(one));
    if (cut !== undefined) {
      return {
        found: `“${cut.trim()}”: từ dấu # trở đi bị bỏ, nên dấu ngoặc không được đóng.`,
        remedy: "Để câu có dấu # trong ngoặc kép.",
      };
    }
    return {
      found: "Dấu ngoặc [ hoặc { mở ở các dòng trên chưa được đóng.",
      remedy: "Thêm dấu ] hoặc } ở cuối mục đó.",
    };
  }
  return {
    found: `“${typed}”: dòng này thụt vào thừa hoặc thiếu dấu cách so với các dòng cùng cấp.`,
    remedy: "Cho thẳng hàng với các dòng cùng cấp, rồi kiểm tra lại.",
  };
}

function typedNumbersOf(document: Document): TypedNumber[] {
  return [...scalarsIn(document.contents)].flatMap(({ path, node, isKey }) => {
    const typed = typeof node.value === "string" ? node.value : (node.source ?? "");
    return !isKey && /^-?\d[\d.,]*$/.test(typed) ? [{ path, typed }] : [];
  });
}

/** A scalar of a plan file with its place; a key has itself at the end of its path. */
export interface PlacedScalar {
  readonly path: readonly (string | number)[];
  readonly node: Scalar;
  readonly isKey: boolean;
}

/** Every scalar of a node, keys among them, in the order of the text. */
export function* scalarsIn(
  node: unknown,
  path: readonly (string | number)[] = [],
): Generator<PlacedScalar> {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const own = [...path, String(key.value)];
      yield { path: own, node: key, isKey: true };
      yield* scalarsIn(value, own);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) yield* scalarsIn(item, [...path, index]);
  } else if (isScalar(node)) yield { path, node, isKey: false };
}

/** The offset of the deepest node on the path that is there, so that a missing field names its owner. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset = rangeOf(root)?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (!isPair(pair)) return offset;
      offset = rangeOf(pair.key)?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = rangeOf(node)?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

/** Where a node begins and ends in the text. */
export function rangeOf(node: unknown): readonly [start: number, end: number] | null {
  if (!isNode(node) || !node.range) return null;
  const [start, end] = node.range;
  return [start, end];
}

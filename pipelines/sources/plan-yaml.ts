import {
  type Document,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from "yaml";

/** The text of a plan file as YAML, with the lines at which its fields stand. */
export interface PlanText {
  /** What the text says; of no use where `isBroken`. */
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

/** Reads the text of a plan file; says in one sentence each what is wrong with it as YAML. */
export function readPlanText(text: string): PlanText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: readonly PropertyKey[]): number => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const { errors } = document;
  const repeated = errors.filter(({ code }) => code === "DUPLICATE_KEY");
  // an entry that took in the next one says nothing of either
  const broken =
    errors.find(({ code }) => code !== "DUPLICATE_KEY") ??
    repeated.find((error) => /^\s*(- )?code:/.test(lineText(text, error)));
  const slips = (broken === undefined ? firstOfRuns(repeated) : [broken]).map((error) => ({
    line: lineOfError(error),
    ...wordsOf(error, text),
  }));
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

/** Of errors on lines that follow one another, the first: the others follow from it. */
function firstOfRuns(errors: readonly YAMLError[]): YAMLError[] {
  return errors.filter(
    (error, index) =>
      index === 0 || lineOfError(error) > lineOfError(errors[index - 1] ?? error) + 1,
  );
}

/** What is wrong, in one sentence, and what to do. */
function wordsOf(error: YAMLError, text: string): { found: string; remedy: string } {
  const line = lineText(text, error);
  const typed = line.trim();
  if (/^\s*\t/.test(line)) {
    return {
      found: "Dòng này thụt vào bằng phím Tab; tệp chỉ nhận dấu cách.",
      remedy: "Xóa dấu Tab, gõ dấu cách cho thẳng hàng với các dòng cùng cấp.",
    };
  }
  switch (error.code) {
    case "DUPLICATE_KEY":
      return {
        found: `“${typed.split(":")[0] ?? typed}” được ghi hai lần trong cùng một mục.`,
        remedy: "Bỏ bớt một, hoặc thêm dấu “- ” ở đầu mục nếu đó là mục mới.",
      };
    case "BAD_SCALAR_START":
      return {
        found: `“${typed}”: giá trị bắt đầu bằng ký hiệu đặc biệt nên phải để trong dấu ngoặc kép.`,
        remedy: 'Ghi như: comparator: ">=" hoặc unit_of_measure: "%".',
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
  if (/Flow (sequence|map)/.test(error.message)) {
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
  const found: TypedNumber[] = [];
  const walk = (node: unknown, path: readonly (string | number)[]): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) walk(value, [...path, String(key.value)]);
      }
    } else if (hasItems(node)) {
      node.items.forEach((item, index) => {
        walk(item, [...path, index]);
      });
    } else if (isScalar(node)) {
      const typed = typeof node.value === "string" ? node.value : (node.source ?? "");
      if (/^-?\d[\d.,]*$/.test(typed)) found.push({ path, typed });
    }
  };
  walk(document.contents, []);
  return found;
}

/** The offset of the deepest node on the path that is there, so that a missing field names its owner. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (!isPair(pair)) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (hasItems(node) && typeof step === "number") {
      node = node.items[step];
      offset = rangeStart(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function hasItems(node: unknown): node is { items: unknown[] } {
  return typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const range = node.range;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}

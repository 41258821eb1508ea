import { relationsOf, sheetParts, textOf } from "../workbook/package-parts.ts";
import { attributeOf, elementsOf, unescaped } from "../workbook/xml.ts";
import type { Parts } from "../workbook/zip.ts";
import { lookOf, WHITE } from "./cell-look.ts";
import { type ConditionalLook, changeOf, rangesIn } from "./conditional-look.ts";

/** Conditional formats of an .xlsx that change what is seen of a cell's content, by sheet. */
export function conditionalLooks(parts: Parts): ReadonlyMap<string, readonly ConditionalLook[]> {
  const [workbook] = relationsOf(parts, "", "officeDocument");
  const [styles] = relationsOf(parts, workbook?.target ?? "", "styles");
  const [all] = elementsOf(textOf(parts, styles?.target ?? ""), "dxfs");
  const formats = elementsOf(all?.content ?? "", "dxf").map(({ content }) => content);
  return new Map(
    sheetParts(parts).map(({ name, part }) => [
      name,
      elementsOf(textOf(parts, part), "conditionalFormatting").flatMap(({ attributes, content }) =>
        looksIn(attributes, content, formats),
      ),
    ]),
  );
}

function looksIn(
  attributes: string,
  content: string,
  formats: readonly string[],
): ConditionalLook[] {
  const list = attributeOf(attributes, "sqref") ?? elementsOf(content, "sqref")[0]?.content ?? "";
  const ranges = rangesIn(list);
  return elementsOf(content, "cfRule").flatMap((rule): ConditionalLook[] => {
    // bars and signs may stand in the place of the number
    if (/<(?:\w+:)?(?:dataBar|iconSet)\b[^>]*\sshowValue="(?:0|false)"/.test(rule.content)) {
      return [{ ranges, condition: "always", isUnseen: true }];
    }
    const [own] = elementsOf(rule.content, "dxf");
    const id = Number(attributeOf(rule.attributes, "dxfId") ?? -1);
    const look = own === undefined ? lookIn(formats[id] ?? "") : lookIn(own.content);
    const condition = conditionIn(rule.attributes, rule.content);
    return Object.keys(look).length === 0 ? [] : [{ ranges, condition, ...look }];
  });
}

const OPERATORS: Readonly<Record<string, string>> = {
  equal: "=",
  notEqual: "<>",
  lessThan: "<",
  lessThanOrEqual: "<=",
  greaterThan: ">",
  greaterThanOrEqual: ">=",
};

function conditionIn(attributes: string, content: string): string {
  const type = attributeOf(attributes, "type");
  const operator = attributeOf(attributes, "operator") ?? "";
  const formulas = elementsOf(content, "(?:formula|f)").map((one) => unescaped(one.content).trim());
  const [first = "", second = ""] = formulas;
  // only what is filled in is looked at
  if (type === "containsBlanks") return "never";
  if (type === "notContainsBlanks" || /^(?:TRUE(?:\(\))?|1)$/i.test(first)) return "always";
  if (type !== "cellIs") return first;
  if (operator === "between") return `between ${first} ${second}`;
  if (operator === "notBetween") return `not between ${first} ${second}`;
  return `${OPERATORS[operator] ?? "?"}${first}`;
}

/** What a format changes of what is seen. */
function lookIn(format: string): Omit<ConditionalLook, "ranges" | "condition"> {
  const [numbers] = elementsOf(format, "numFmt");
  const code = attributeOf(numbers?.attributes ?? "", "formatCode");
  const [font] = elementsOf(format, "font");
  const [fill] = elementsOf(format, "fill");
  const colorIn = (xml: string | undefined, name: string): string | null => {
    const [color] = elementsOf(xml ?? "", name);
    if (color === undefined) return null;
    const [theme, rgb] = ["theme", "rgb"].map((one) => attributeOf(color.attributes, one));
    return theme === "0" ? WHITE : (rgb?.slice(-6) ?? null);
  };
  const [size] = elementsOf(font?.content ?? "", "sz");
  const look = lookOf(
    {
      isStruck: /<(?:\w+:)?strike\b(?![^>]*val="(?:0|false)")/.test(font?.content ?? ""),
      isRaised: false,
      font: null,
      size: size === undefined ? null : Number(attributeOf(size.attributes, "val")),
      color: colorIn(font?.content, "color"),
    },
    fill === undefined ? WHITE : (colorIn(fill.content, "bgColor") ?? "?"),
  );
  return { ...(code === undefined ? {} : { format: code }), ...changeOf(look) };
}

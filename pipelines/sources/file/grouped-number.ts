import type { TypedNumber } from "../text/plan-yaml.ts";

/** Keys under which a dot in a number can only stand before decimals. */
const NUMBER_KEYS = new Set(["value", "between", "at", "for", "factor"]);

/**
 * Numbers that somebody wrote with a dot between thousands, which a plan file reads as decimals:
 * `5.300` is five and three tenths.
 */
export function groupedNumbers(
  numbers: readonly TypedNumber[],
): { path: readonly (string | number)[]; found: string; remedy: string }[] {
  return numbers.flatMap(({ path, typed }) => {
    const [section, , field] = path;
    if (section !== "indicators" || (field !== "target" && field !== "value")) return [];
    if (!path.some((step) => NUMBER_KEYS.has(String(step)))) return [];
    if (!/^-?[1-9]\d{0,2}(\.\d{3})+$/.test(typed)) return [];
    const whole = typed.replaceAll(".", "");
    const isDecimal = typed.split(".").length === 2;
    const read = isDecimal ? typed.replace(".", ",").replace(/0+$/, "") : null;
    return [
      {
        path,
        found:
          read === null
            ? `ghi “${typed}”: tệp kế hoạch không dùng dấu chấm hàng nghìn.`
            : `ghi “${typed}”: dấu chấm ở đây là dấu thập phân, nên số này là ${read}.`,
        remedy: isDecimal
          ? `Nếu là ${typed} theo lối viết Việt Nam thì ghi ${whole}; nếu đúng là số thập phân thì ghi ${typed}0.`
          : `Ghi ${whole}.`,
      },
    ];
  });
}

/** For an area that began during the plan and continues no other: `bắt đầu từ 01/7/2025; …`. */
export function brokenText(from: string): string {
  return `bắt đầu từ ${from}; số liệu trước đó không nối tiếp`;
}

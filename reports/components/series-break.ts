/** Of an area that began inside a plan and goes on with none before it: `bắt đầu từ 01/7/2025; …`. */
export function brokenText(from: string): string {
  return `bắt đầu từ ${from}; số liệu trước đó không nối tiếp`;
}

import { Help, type HelpConfiguration } from "@commander-js/extra-typings";

/** Words of the command-line library, and ours instead. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Usage:/, "Cách dùng:"],
  [/^Arguments:/, "Tham số:"],
  [/^Options:/, "Tùy chọn:"],
  [/^Commands:/, "Các lệnh:"],
  [/\[options\]/, "[tùy chọn]"],
  [/\[command\]/, "[lệnh]"],
  [/\(default: /, "(mặc định: "],
  [/, default: /, ", mặc định: "],
  [/\(choices: /, "(giá trị: "],
  [/([(,] ?)env: /, "$1biến môi trường: "],
  [/^error: /, "Lỗi: "],
  [/unknown option '(.*)'/, "không có tùy chọn '$1'"],
  [/unknown command '(.*)'/, "không có lệnh '$1'"],
  [/missing required argument '(.*)'/, "thiếu tham số '$1'"],
  [/required option '(.*)' not specified/, "thiếu tùy chọn bắt buộc '$1'"],
  [/option '(.*)' argument missing/, "tùy chọn '$1' thiếu giá trị"],
  [/option '(.*)' argument '(.*)' is invalid\./, "giá trị '$2' của tùy chọn '$1' không dùng được."],
  [
    /option '(.*)' value '(.*)' from env '(.*)' is invalid\./,
    "giá trị '$2' của tùy chọn '$1', lấy từ biến môi trường '$3', không dùng được.",
  ],
  [
    /command-argument value '(.*)' is invalid for argument '(.*)'\./,
    "giá trị '$1' của tham số '$2' không dùng được.",
  ],
  [/Allowed choices are (.*)\./, "Các giá trị được nhận: $1."],
  [
    /too many arguments.*\. Expected (\d+) arguments? but got (\d+)\./,
    "thừa tham số: cần $1, có $2.",
  ],
  [/option '(.*)' cannot be used with option '(.*)'/, "tùy chọn '$1' không dùng cùng '$2'"],
  [/\(Did you mean one of (.*)\?\)/, "(Có phải một trong: $1?)"],
  [/\(Did you mean (.*)\?\)/, "(Có phải $1?)"],
];

/** A text of the library in Vietnamese. */
export function usageText(text: string): string {
  return WORDS.reduce((line, [pattern, words]) => line.replace(pattern, words), text);
}

const help = new Help();

/** Its help, in Vietnamese. */
export const HELP: HelpConfiguration = {
  styleTitle: usageText,
  commandUsage: (command) => usageText(help.commandUsage(command)),
  subcommandTerm: (command) => usageText(help.subcommandTerm(command)),
  optionDescription: (option) => usageText(help.optionDescription(option)),
  argumentDescription: (argument) => usageText(help.argumentDescription(argument)),
};

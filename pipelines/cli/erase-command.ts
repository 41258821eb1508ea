import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { unsentWith } from "../desk/office/unsent.ts";
import { removeTakenCopies } from "../intake/processed-files.ts";
import { TEXT_NAMES } from "../ledger/entry-texts.ts";
import {
  copiesOf,
  type Erasure,
  erase,
  isNothing,
  meaning,
  plannedErasure,
  type Wanted,
} from "../ledger/erase.ts";
import { wordsIn } from "../persons/spoken-text.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { readNamedFile } from "../warehouse/file-failure.ts";
import { recordedNow } from "./actor.ts";
import { type Context, jsonText } from "./context.ts";
import {
  type FolderCommand,
  jsonOption,
  newCommand,
  type OutputOptions,
  statedReason,
  statedText,
} from "./options.ts";

type EraseOptions = OutputOptions & {
  readonly by: string;
  readonly reason: string;
  readonly backups?: string[];
  readonly yes?: true;
};

/** A shorter text that stands within another one need not be quoted there. */
const QUOTED_WORDS = 3;

/** `erase`: takes received files, or texts with the files they came in, out of the warehouse for good. */
export function define(command: FolderCommand, context: Context): void {
  command
    .enablePositionalOptions()
    .addCommand(
      withOptions(newCommand("file", "xóa tệp đã nhận, cùng mọi nội dung chữ trong tệp"))
        .argument(
          "<receipt...>",
          "số phiếu tiếp nhận, như ghi ở phiếu trả lời, bàn làm việc và status",
        )
        .action(async (numbers, options) => {
          const receipts = numbers.map((one) => {
            if (!/^[1-9]\d{0,8}$/.test(one)) {
              throw wrongUsage(`"${one}" không phải số phiếu tiếp nhận.`);
            }
            return Number(one);
          });
          await run(context, { receipts, texts: [], phrases: [] }, options);
        }),
    )
    .addCommand(
      withOptions(newCommand("text", "xóa nội dung chữ ở mọi nơi, cùng các tệp có nội dung ấy"))
        .option(
          "--like <file...>",
          "nội dung ghi trong tệp này, đúng từng chữ: cả ghi chú, lý do hoặc tên tệp",
        )
        .option(
          "--naming <file>",
          "mọi nội dung có các chữ ghi trong tệp này, như họ tên: ghi chú, lý do, giải trình, tên tệp, lời viết ở các mục của báo cáo",
        )
        .action(async (options) => {
          const texts = (options.like ?? []).flatMap(givenIn);
          const phrases = [
            ...(options.naming === undefined ? [] : givenIn(options.naming)),
            // what quotes a text goes with it
            ...texts.filter((text) => wordsIn(text) >= QUOTED_WORDS),
          ];
          if (texts.length + phrases.length === 0) {
            throw wrongUsage("Chưa nêu nội dung nào. Ghi --like TỆP hoặc --naming TỆP.");
          }
          await run(context, { receipts: [], texts, phrases }, options);
        }),
    );
}

function withOptions(command: FolderCommand): Command<[], EraseOptions> {
  return command
    .requiredOption("--by <name>", "người xóa; được ghi vào nhật ký")
    .requiredOption("--reason <text>", "lý do; được ghi vào nhật ký, nên không nêu tên người")
    .option("--backups <folder...>", "thư mục sao lưu cần tìm bản sao")
    .option("--yes", "xóa thật; không có thì chỉ nêu những gì sẽ xóa")
    .addOption(jsonOption());
}

function givenIn(path: string): string[] {
  const text = readNamedFile(path)
    .replace(/^\uFEFF/, "")
    .replace(/\r?\n$/, "");
  return text === "" ? [] : [text];
}

async function run(context: Context, wanted: Wanted, options: EraseOptions): Promise<void> {
  const erasedBy = statedText(options.by, "--by để trống. Ghi người xóa.");
  const reason = statedReason(options.reason, "--reason để trống. Ghi lý do.");
  const paths = existingWarehouse(options.warehouse);
  const isDone = options.yes === true;
  const erasure = isDone
    ? await erase({
        ...wanted,
        paths,
        erasedBy,
        reason,
        ...(await recordedNow(paths)),
      })
    : await plannedErasure(paths, wanted);
  if (isNothing(erasure)) {
    throw wrongUsage("Không có nội dung nào như vậy trong kho dữ liệu.");
  }
  if (isDone)
    await removeTakenCopies(
      join(options.sources, "inbox"),
      new Set(erasure.files.map(({ sha256 }) => sha256)),
    );
  const isMeant = meaning(wanted);
  const copies = [
    ...(await unsentWith(paths.desk, isMeant)).map(({ plan, period, unit }) =>
      unit === null
        ? `báo cáo ${plan} ${period} đang soạn ở bàn làm việc`
        : `bản nháp của ${unit} cho ${plan} ${period} ở bàn làm việc`,
    ),
    ...(await copiesOf(paths, erasure, options.backups ?? [], async (desk) => {
      const unsent = await unsentWith(desk, isMeant);
      return unsent.length > 0;
    })),
  ];
  if (options.json) {
    context.out(jsonText({ erased: isDone, ...erasure, copies }));
    return;
  }
  context.out(erasureText(erasure, isDone));
  context.out(copiesText(copies, options.backups ?? []));
  context.out(
    isDone
      ? "Số liệu giữ nguyên. Chạy chitieu refresh để lập lại số liệu và trang; chitieu verify cho biết đã xóa gì khỏi phiên bản nào."
      : "Chưa xóa gì: thêm --yes để xóa. Không khôi phục lại được.",
  );
}

function erasureText({ files, written, texts, versions }: Erasure, isDone: boolean): string {
  const verb = isDone ? "đã xóa" : "sẽ xóa";
  return [
    // printed once more it would remain wherever this output is kept
    ...(isDone
      ? []
      : written.map(
          (one) => `${verb} ${inSentence(TEXT_NAMES[one.kind])} "${shownText(one.text)}"`,
        )),
    ...files.map(
      ({ receipt_no, sha256 }) => `${verb} tệp của phiếu số ${receipt_no} (archive/${sha256})`,
    ),
    `${verb} ${texts} nội dung trong nhật ký`,
    ...versions.flatMap(({ plan_id, period, version, files: own }) => [
      `${verb} nội dung của phiên bản ${version}, báo cáo ${plan_id} ${period}`,
      ...own.map((name) => `  cùng tệp ${name}`),
    ]),
  ].join("\n");
}

function copiesText(copies: readonly string[], folders: readonly string[]): string {
  const rest =
    folders.length === 0
      ? "Chưa tìm trong các bản sao lưu: nêu thư mục của chúng bằng --backups, và xóa những bản có nội dung ấy."
      : "Chưa tìm trong các bản sao lưu ở nơi khác.";
  return copies.length === 0
    ? rest
    : `Nội dung ấy còn ở các nơi sau, cho đến khi được xóa bỏ:\n${copies.map((one) => `  ${one}`).join("\n")}\n${rest}`;
}

import { TEXT_NAMES } from "../ledger/entry-texts.ts";
import { type Decision, decideOnTexts } from "../ledger/recorded-acts.ts";
import type { FreeText } from "../models/free-text.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { recordedNow } from "./actor.ts";
import { chooseTexts } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import {
  type AnyCommand,
  type FolderCommand,
  jsonOption,
  newCommand,
  type OutputOptions,
  statedText,
} from "./options.ts";
import { readTexts } from "./read-sources.ts";

/** `texts`: what people have written and who may read it; `release` and `strike` decide on it. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option("--all", "cả những nội dung đã quyết định")
    .addOption(jsonOption())
    .enablePositionalOptions()
    .action(async (options) => {
      const texts = await readTexts(options, context);
      const listed = texts.filter((one) => options.all === true || !one.is_decided);
      context.out(options.json ? jsonText(listed) : textsText(listed));
    })
    .addCommand(releaseCommand(context))
    .addCommand(strikeCommand(context));
}

function releaseCommand(context: Context): AnyCommand {
  return newCommand(
    "release",
    "cho một đối tượng đọc nội dung; tên người quyết định được ghi vào nhật ký",
  )
    .argument("<id...>", "mã như chitieu texts liệt kê; chỉ cần các ký tự đầu")
    .requiredOption(
      "--for <audience>",
      "shared: mọi người xem trang; city: chỉ người được phân công",
    )
    .requiredOption("--by <name>", "người đã đọc và cho phép; được ghi vào nhật ký")
    .addOption(jsonOption())
    .action(async (ids, options) => {
      const audience = options.for;
      if (audience !== "city" && audience !== "shared") {
        throw wrongUsage("--for phải là shared hoặc city. Ghi ai được đọc nội dung.");
      }
      await decide(context, ids, options, audience);
    });
}

function strikeCommand(context: Context): AnyCommand {
  return newCommand("strike", "bỏ nội dung: không ai được xem nữa")
    .argument("<id...>", "mã như chitieu texts liệt kê; chỉ cần các ký tự đầu")
    .requiredOption("--by <name>", "người bỏ; được ghi vào nhật ký")
    .addOption(jsonOption())
    .action(async (ids, options) => {
      await decide(context, ids, options, "struck");
    });
}

async function decide(
  context: Context,
  ids: readonly string[],
  options: OutputOptions & { readonly by: string },
  decision: Decision,
): Promise<void> {
  const decidedBy = statedText(options.by, "--by để trống. Ghi người quyết định.");
  const paths = existingWarehouse(options.warehouse);
  const chosen = chooseTexts(await readTexts(options, context), ids);
  const guarded = chosen.filter((one) => one.is_guarded);
  if (decision === "shared" && guarded.length > 0) {
    throw wrongUsage(`${guarded.map(textLine).join("\n")}
nói về số liệu nhạy cảm hoặc số liệu liên quan nên có thể để lộ điều không công bố, hoặc là lời đơn vị viết ở mục của biểu, chỉ được công khai khi viết vào mục của báo cáo: không cho mọi người đọc. Chưa cho phép nội dung nào.`);
  }
  await decideOnTexts(paths, {
    textIds: chosen.map(({ text_id }) => text_id),
    decision,
    decidedBy,
    ...(await recordedNow(paths)),
  });
  if (options.json) {
    const textIds = chosen.map(({ text_id }) => text_id);
    context.out(jsonText({ decision, decided_by: decidedBy, texts: textIds }));
    return;
  }
  for (const one of chosen) context.out(`${DECIDED[decision]} ${textLine(one)}`);
  context.out("Các trang thay đổi sau lần chitieu refresh tới.");
}

const DECIDED: Readonly<Record<Decision, string>> = {
  shared: "cho mọi người đọc:",
  city: "cho nội bộ đọc:",
  struck: "đã bỏ:",
};

const SHORT_ID = 8;

function textLine({ text_id, kind, text, unit_name, period_name, measure_name }: FreeText): string {
  const where = [TEXT_NAMES[kind], unit_name, period_name, measure_name].filter(
    (one) => one !== null,
  );
  return `${text_id.slice(0, SHORT_ID)} ${where.join(", ")}: "${shownText(text)}"`;
}

function textsText(texts: readonly FreeText[]): string {
  if (texts.length === 0) return "Không có nội dung nào chờ quyết định.";
  const state = (one: FreeText): string => {
    if (one.is_held && !one.is_decided) return "TẠM GIỮ, có thể nói về một người; chưa ai được xem";
    if (one.audience === null) return "đã bỏ";
    const readers = one.audience === "shared" ? "mọi người" : "nội bộ";
    const never =
      one.kind === "remark"
        ? "; người khác chỉ đọc được trong báo cáo"
        : "; người khác không bao giờ được đọc (nhạy cảm)";
    return `được đọc: ${readers}${one.is_guarded ? never : ""}`;
  };
  return [
    ...texts.flatMap((one) => [textLine(one), `      ${state(one)}`]),
    `${texts.length} nội dung. Quyết định bằng: chitieu texts release MÃ --for shared --by TÊN, hoặc chitieu texts strike MÃ --by TÊN`,
  ].join("\n");
}

import type { Command } from "@commander-js/extra-typings";
import {
  clockRemedy,
  clockState,
  clockWords,
  confirmClock,
  correctClock,
  ENTRY_NAMES,
  type EntryMoment,
} from "../ledger/clock.ts";
import { officeTime } from "../vocabulary/date.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { systemActor } from "./actor.ts";
import { type Context, jsonText } from "./context.ts";
import {
  countArgument,
  type FolderCommand,
  type FolderOptions,
  jsonOption,
  newCommand,
  type OutputOptions,
  pastMomentArgument,
  statedText,
} from "./options.ts";
import { tableText } from "./text-table.ts";
import { softwareVersion } from "./version.ts";

/** Entries that are listed, the last. */
const LISTED = 20;

/** `clock`: what the clock and the journal say of each other; confirms the one, sets the other right. */
export function define(command: FolderCommand, context: Context): void {
  command
    .enablePositionalOptions()
    .helpCommand(false)
    .addOption(jsonOption())
    .action((options) => show(options, context))
    .addCommand(
      withReason("confirm", "xác nhận đồng hồ máy đang đúng").action(async (options) => {
        await confirmClock(existingWarehouse(options.warehouse), actOf(options.reason));
        context.out("Đã xác nhận đồng hồ đúng; tệp đang chờ được tiếp nhận tiếp.");
      }),
    )
    .addCommand(
      withReason("correct", "ghi lại thời điểm đúng của các mục đã ghi theo đồng hồ sai")
        .argument("<first>", "số của mục đầu tiên, như chitieu clock liệt kê", countArgument)
        .argument("<last>", "số của mục cuối cùng; các mục dời đi cùng một khoảng", countArgument)
        .requiredOption(
          "--at <moment>",
          "lúc đúng của mục đầu tiên, như 2026-02-05T09:00",
          pastMomentArgument,
        )
        .action(async (first, last, options) => {
          const paths = existingWarehouse(options.warehouse);
          await correctClock(paths, { ...actOf(options.reason), first, last, at: options.at });
          context.out(
            "Đã ghi lại thời điểm; số liệu đổi sau lần chitieu refresh tới. Phiên bản đã phát hành giữ nguyên.",
          );
        }),
    );
}

function withReason(
  name: string,
  says: string,
): Command<[], FolderOptions & { readonly reason: string }> {
  return newCommand(name, says).requiredOption(
    "--reason <text>",
    "lý do; được lưu vĩnh viễn, không nêu tên người",
  );
}

function actOf(reason: string) {
  return {
    reason: statedText(reason, "--reason để trống. Ghi lý do."),
    recordedAt: new Date(),
    softwareVersion: softwareVersion(),
    by: systemActor("command"),
  };
}

async function show(options: OutputOptions, context: Context): Promise<void> {
  const now = new Date();
  const { doubt, entries } = await clockState(existingWarehouse(options.warehouse), now, LISTED);
  if (doubt !== null) context.refuse();
  if (options.json) {
    context.out(jsonText({ now, doubt, entries }));
    return;
  }
  context.out(tableText([["mục", "loại", "lúc ghi", ""], ...entries.map(entryLine)]));
  context.out(
    doubt === null
      ? `Đồng hồ máy (${officeTime(now)}) khớp với nhật ký.`
      : `${clockWords(doubt)} Đang chờ: tiếp nhận, phát hành và mọi việc ghi vào nhật ký. ${clockRemedy(doubt)}`,
  );
}

function entryLine({ entry_no, kind, recorded, moment }: EntryMoment): string[] {
  const isMoved = recorded.getTime() !== moment.getTime();
  const was = isMoved ? `đồng hồ lúc ấy: ${officeTime(recorded)}` : "";
  return [String(entry_no), ENTRY_NAMES[kind], officeTime(moment), was];
}

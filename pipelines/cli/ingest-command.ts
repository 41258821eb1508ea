import type { Outcome } from "../intake/delivery.ts";
import type { LeftFile } from "../intake/inbox-files.ts";
import { withIntake } from "../intake/ingest.ts";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { systemActor } from "./actor.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption, pastMomentArgument } from "./options.ts";
import { countText, leftText, outcomeText } from "./outcome-text.ts";
import { readSources } from "./read-sources.ts";
import { softwareVersion } from "./version.ts";

/** `ingest FILE…`: takes files in and leaves them where they are. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("<file...>", "các tệp cần tiếp nhận")
    .option(
      "--received <moment>",
      "lúc cơ quan nhận được tệp, như 2024-06-08T10:00 (mặc định: bây giờ)",
      pastMomentArgument,
    )
    .option("--again", "ghi nhận lại tệp đã nhận, như để sửa --received cho đúng")
    .addOption(jsonOption())
    .action(async (files, options) => {
      const paths = warehousePaths(options.warehouse);
      const settings = {
        paths,
        catalogue: readSources(options, context),
        isDemonstration: false,
        softwareVersion: softwareVersion(),
      };
      const outcomes: Outcome[] = [];
      const left: LeftFile[] = [];
      await withIntake(settings, async (intake) => {
        await intake.askAboutClock();
        const deliveries = files.map((file) => {
          const recordedAt = new Date();
          return {
            file,
            content: { path: file },
            receivedAt: options.received ?? recordedAt,
            recordedAt,
            isMomentStated: options.received !== undefined,
            again: options.again === true,
            by: systemActor("command"),
          };
        });
        const results = intake.ingestAll(deliveries);
        for (const { file } of deliveries) {
          const { value: result } = await results.next();
          if (result instanceof Failure) {
            left.push({ file: shownText(file), reason: result.message, again: "later" });
          } else if (result !== undefined) outcomes.push(...result);
        }
      });
      if (left.length > 0 || outcomes.some(({ outcome }) => outcome === "refused"))
        context.refuse();
      if (options.json) {
        context.out(jsonText({ outcomes, left }));
        return;
      }
      for (const outcome of outcomes) context.out(outcomeText(outcome));
      for (const one of left) context.warn(leftText(one));
      if (files.length > 1) context.out(countText(outcomes, left));
    });
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { Office } from "../../pipelines/desk/office/office.ts";
import type { Delivery } from "../../pipelines/intake/delivery.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { takeIn } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { copySources, costOf, median } from "./given.ts";
import type { Table } from "./table.ts";

/**
 * A form, in a process that goes on as a desk does: what its plan's models cost after it beside a build of
 * all, and what taking in sixty costs that wait at the desk together beside sixty that come one after
 * another, each in turn. Arguments: rounds, 6.
 */
export async function run([rounds = "6"]: readonly string[], table: Table): Promise<boolean> {
  const { sources, catalogue, plan } = copySources(newFolder("bench-form-"));
  const forms = await demonstrationForms(plan, 1);
  const deliveryOf = (at: number): Delivery => {
    const now = new Date();
    const by = { way: "desk", account: `${at}`, name: null, role: null } as const;
    const content = { bytes: forms[at]?.bytes ?? new Uint8Array() };
    return { file: "form.xlsx", content, receivedAt: now, recordedAt: now, by };
  };
  const paths = warehousePaths(newFolder("bench-form-"));
  const last = forms.length - Number(rounds);
  await takeIn(paths, catalogue, forms.slice(0, last));
  const whole: number[] = [];
  const after: number[] = [];
  for (let at = last; at < forms.length; at += 1) {
    whole.push(await costOf(() => buildMarts({ paths, catalogue, asOf: null, whole: true })));
    await takeIn(paths, catalogue, forms.slice(at, at + 1));
    after.push(await costOf(() => buildMarts({ paths, catalogue, asOf: null })));
  }
  const one = median(after);
  table.row(
    "a plan's models after one form, processor time",
    `${one.toFixed(2)} s, ${(one / median(whole)).toFixed(2)} of all`,
    "1,0 s",
    one <= 1,
  );
  const office = async (isTogether: boolean): Promise<number> => {
    const desk = warehousePaths(join(newFolder("bench-desk-"), "warehouse"));
    mkdirSync(desk.archive, { recursive: true });
    const open = new Office(
      { softwareVersion: "bench", sources, paths: desk, sealKey: null },
      console.error,
    );
    await open.start();
    const cost = await costOf(async () => {
      const sent = Array.from({ length: 60 }, (_, at) => () => open.receive(deliveryOf(at)));
      if (isTogether) await Promise.all(sent.map((send) => send()));
      else for (const send of sent) await send();
    });
    await open.close();
    return cost;
  };
  const [alone, together] = [await office(false), await office(true)];
  table.row(
    "sixty forms that wait at the desk, to one after another",
    `${together.toFixed(2)} s, ${(together / alone).toFixed(2)} x`,
    "0,2 x",
    together / alone <= 0.2,
  );
  return table.isKept;
}

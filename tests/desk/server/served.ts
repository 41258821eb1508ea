import { onTestFinished } from "vitest";
import { Accounts } from "../../../pipelines/desk/accounts/accounts.ts";
import { KeyUses } from "../../../pipelines/desk/accounts/key-uses.ts";
import { Sessions } from "../../../pipelines/desk/accounts/sessions.ts";
import { SystemKeys } from "../../../pipelines/desk/accounts/system-keys.ts";
import type { Trial } from "../../../pipelines/desk/accounts/trial.ts";
import { ActLog } from "../../../pipelines/desk/kept/act-log.ts";
import { Drafts } from "../../../pipelines/desk/kept/drafts.ts";
import { Proposals } from "../../../pipelines/desk/kept/proposals.ts";
import { Receipts } from "../../../pipelines/desk/kept/receipts.ts";
import type { Office } from "../../../pipelines/desk/office/office.ts";
import type { Desk } from "../../../pipelines/desk/page/request.ts";
import { PlanDrafts } from "../../../pipelines/desk/plans/plan-drafts.ts";
import { serveDesk } from "../../../pipelines/desk/server/desk-server.ts";
import type { WarehousePaths } from "../../../pipelines/warehouse/paths.ts";

/** A desk in this process, with where it answers. */
export async function serveOffice(
  paths: WarehousePaths,
  office: Office,
  trial: Trial | null = null,
): Promise<Desk & { readonly url: string }> {
  const folder = paths.desk;
  const [acts, keys] = [new ActLog(folder), new SystemKeys(folder)];
  const desk: Desk = {
    ...{ paths, office, acts, keys, keyUses: new KeyUses(acts, keys), trial },
    ...{ accounts: new Accounts(folder), sessions: new Sessions(folder) },
    ...{
      receipts: new Receipts(paths, (work) => office.read(work)),
      plans: new PlanDrafts(folder),
    },
    ...{ drafts: new Drafts(folder), proposals: new Proposals(folder), readDocument: null },
    ...{ css: "", letters: { vietnamese: new Uint8Array(), latin: new Uint8Array() } },
    scripts: { "sang-toi.js": "", "nhap.js": "", "tha-tep.js": "", "ke-hoach.js": "" },
    ...{ arePagesOpen: true, mail: null, signOn: null, onFailure: () => undefined },
    origin: () => "http://127.0.0.1",
  };
  const { url, close } = await serveDesk(desk, {
    ...{ host: "127.0.0.1", port: 0, portsTried: 1, arePagesOpen: true, names: [], backups: null },
    ...{ site: async () => null, citySite: async () => null },
  });
  onTestFinished(close);
  return { ...desk, url };
}

import { planBelowOf } from "../../intake/handed-up.ts";
import { isValidOn } from "../../sources/areas/area.ts";
import { areasBelow, areasOn, findAreas } from "../../sources/areas/area-files.ts";
import { readHandedPlan, signatureDoubt } from "../../sources/writing/handed-plan.ts";
import { officeBelow } from "../../sources/writing/plan-below.ts";
import { plansAbove, withMapping } from "../../sources/writing/plan-mapping.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { labelKey } from "../../vocabulary/label.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { readOfficeFacts } from "../administration/start-routes.tsx";
import { versionOf } from "../kept/receipts.ts";
import type { Desk } from "../page/request.ts";
import type { SentForm } from "../page/routes.ts";
import {
  type Beginning,
  examplePlans,
  fromAbove,
  fromDocument,
  fromFile,
  fromNextYear,
  fromNothing,
} from "../plans/plan-begin.ts";
import { textAt } from "../plans/plan-parts.ts";

/** What is known of every plan of the office: who issues it, and of which area it is. */
async function knownHead(desk: Desk): Promise<PlanData> {
  const { catalogue } = desk.office.board;
  const like = catalogue.plans.at(-1)?.plan;
  if (like !== undefined) return { issuer: like.issuer, area: { ...like.area } };
  const facts = await readOfficeFacts(desk);
  if (facts === null) return {};
  const [area, another] = findAreas(facts.place, catalogue);
  const noun = AREA_KINDS[area?.kind as keyof typeof AREA_KINDS];
  const place =
    area === undefined || another !== undefined ? {} : { area: { code: area.code, noun } };
  return { issuer: facts.name, ...place };
}

/** What a draft begins as; or why it cannot. @throws Failure like the reader of documents */
export async function beginning(form: SentForm): Promise<Beginning | string> {
  const { desk } = form;
  const { catalogue } = desk.office.board;
  const plan = catalogue.plans.find((one) => one.plan.id === form.field("plan"));
  switch (form.field("from")) {
    case "trong":
      return fromNothing(await knownHead(desk));
    case "vi-du": {
      const example = examplePlans().get(form.field("example"));
      return example === undefined ? "Chọn một ví dụ." : fromFile(example.file, true);
    }
    case "nam-sau":
      return plan === undefined ? "Không còn kế hoạch ấy." : fromNextYear(plan, catalogue);
    case "sua": {
      const file =
        plan?.file ?? catalogue.unsettled.find((one) => one.file === form.field("file"))?.file;
      return file === undefined ? "Không còn kế hoạch ấy." : fromFile(file);
    }
    case "van-ban": {
      const file = form.fields.get("document");
      if (desk.readDocument === null || !(file instanceof File) || file.size === 0)
        return "Chọn tệp văn bản của kế hoạch.";
      const read = await desk.readDocument(new Uint8Array(await file.arrayBuffer()));
      const head = await knownHead(desk);
      const day = read.date ?? officeTime(new Date()).slice(0, 10);
      const [whole] = areasOn(textAt(head, "area", "code"), day, catalogue);
      const parts = whole === undefined ? [] : areasBelow(whole, catalogue);
      return fromDocument(read, head, (name) => {
        const called = parts.filter(
          (area) =>
            isValidOn(area, day) && ` ${labelKey(area.name)}`.endsWith(` ${labelKey(name)}`),
        );
        return called.length === 1 ? (called[0]?.code ?? null) : null;
      });
    }
    case "goi":
      return fromPackage(desk, Number(form.field("receipt")));
    case "cap-tren":
      return fromFileOfAbove(form);
    default:
      return "Chọn cách bắt đầu.";
  }
}

/** What the file of the office above says of this one; or why that is not known. */
async function fromFileOfAbove(form: SentForm): Promise<Beginning | string> {
  const { desk } = form;
  const { catalogue } = desk.office.board;
  const file = form.fields.get("handed");
  if (!(file instanceof File) || file.size === 0) return "Chọn tệp kế hoạch của cấp trên.";
  const handed = readHandedPlan(await file.text());
  if (handed === null)
    return "Tệp này không phải kế hoạch mà cấp trên tải ra từ chitieu, hoặc đã bị sửa. Xin lại tệp.";
  const head = await knownHead(desk);
  const typed = form.text("area");
  const own = officeBelow(handed, typed === "" ? textAt(head, "area", "code") : typed, catalogue);
  if (typeof own === "string") return own;
  const like = catalogue.plans.at(-1)?.plan.document;
  const issuer = textAt(head, "issuer");
  const doubt = signatureDoubt(handed, catalogue.officeKeys, officeTime(new Date()).slice(0, 10));
  return fromAbove(
    handed,
    {
      ...own,
      issuer: issuer === "" ? null : issuer,
      document: like === undefined ? null : { ...like },
    },
    doubt,
  );
}

/**
 * The plan that takes its figures from a package that came, changed so; or why none does.
 * @param receiptNo of the package
 */
async function fromPackage(desk: Desk, receiptNo: number): Promise<Beginning | string> {
  const { office, paths, receipts, plans: drafts } = desk;
  const receipt = await receipts.find(receiptNo);
  const version = receipt === null ? null : await versionOf(paths, receipt);
  if (version === null)
    return "Gói ấy không còn được lưu hoặc không đọc được; nhận lại gói rồi ghép.";
  const below = planBelowOf(version);
  const [found, other] = plansAbove(office.board.catalogue.plans, below);
  if (found === undefined)
    return `Không kế hoạch nào ở đây có số liệu cùng mã hoặc cùng tên với kế hoạch ${below.number} của ${below.issuer} cho địa bàn ấy. Sửa số liệu của kế hoạch, hoặc ghi taken_from.`;
  if (other !== undefined)
    return `Kế hoạch ${below.number} của ${below.issuer} hợp với hơn một kế hoạch ở đây và không nêu thực hiện kế hoạch nào. Ghi taken_from ở kế hoạch đúng.`;
  const { resolved, mapping } = found;
  const begun = fromFile(resolved.file);
  if ((await drafts.list()).some(({ file }) => file === begun.file))
    return `Kế hoạch ${resolved.plan.number} đang có bản sửa chưa duyệt: duyệt hoặc bỏ bản ấy rồi ghép.`;
  return { ...begun, text: withMapping(begun.text, below, mapping) };
}

import type { Child, FC } from "hono/jsx";
import { type UnsettledPlan, unsettledLines } from "../../sources/unsettled-plan.ts";
import { shortened } from "../../vocabulary/label.ts";
import {
  Act,
  DESK,
  Done,
  Fault,
  Form,
  Lines,
  momentText,
  Page,
  Select,
  Table,
  WorkState,
} from "../page/page.tsx";
import { dataOf, type PlanDraft } from "../plans/plan-drafts.ts";
import { textAt } from "../plans/plan-parts.ts";
import { fieldId } from "../plans/plan-places.ts";

/** A plan in use, with who changed it last. */
export interface ListedPlan {
  readonly id: string;
  readonly name: string;
  /** Its targets. */
  readonly targets: readonly (readonly [code: string, name: string])[];
  /** Whether it has places below, whose offices begin their own from it. */
  readonly isHandedDown: boolean;
  /** Null where its file was written by hand since, or never at the desk. */
  readonly changed: { readonly by: string; readonly at: Date } | null;
}

/** What a draft is called before it has a name. */
export function draftName(draft: PlanDraft): string {
  const data = dataOf(draft);
  const parts = [textAt(data, "number"), textAt(data, "short_title") || textAt(data, "title")];
  return parts.filter((one) => one !== "").join(", ") || "Kế hoạch chưa có tên";
}

export function draftAddress(draft: Pick<PlanDraft, "key">, page: string): string {
  return `${DESK}/ke-hoach/${draft.key}/${page.split("/").map(encodeURIComponent).join("/")}`;
}

/** What is usually changed of a plan in use, by the page and the field where it is. */
const COMMON_CHANGES = [
  ["can-cu#o-title", "Đổi tên kế hoạch"],
  ["don-vi#cac-don-vi", "Đổi tên, bớt đơn vị"],
  ["don-vi#them-don-vi", "Thêm đơn vị"],
  ["don-vi#o-gone", "Địa bàn thôi báo cáo"],
  ["ky#cac-ky", "Đổi hạn gửi, thêm kỳ"],
] as const;

/** The same of one target. */
const changesOf = ([code, name]: ListedPlan["targets"][number]) =>
  [
    [`chi-tieu/${code}#dieu-chinh`, `Điều chỉnh mức chỉ tiêu ${code}: ${shortened(name, 50)}`],
    [`chi-tieu/${code}#${fieldId(`indicators/${code}/quote`)}`, `Sửa câu chỉ tiêu ${code}`],
  ] as const;

/** Plans in use, those that are written, those in error, and the ways to begin one. */
export const PlansPage: FC<{
  plans: readonly ListedPlan[];
  unsettled: readonly UnsettledPlan[];
  drafts: readonly PlanDraft[];
  examples: readonly (readonly [id: string, title: string])[];
  readsDocuments: boolean;
  mayWrite: boolean;
  done?: string | undefined;
  fault?: string | undefined;
  /** With which of the beginnings that is mended. */
  faultAt?: string | undefined;
}> = ({ plans, unsettled, drafts, examples, readsDocuments, mayWrite, done, fault, faultAt }) => (
  <Page title="Kế hoạch" open="ke-hoach" script="tha-tep.js">
    <h1>Kế hoạch</h1>
    <Done>{done}</Done>
    <Fault>{/^(?:van-ban|cap-tren)$/.test(faultAt ?? "") ? undefined : fault}</Fault>
    {drafts.length > 0 && (
      <Table
        caption="Đang soạn ở bàn làm việc, chưa có hiệu lực"
        head={["Kế hoạch", "Tình trạng", "Sửa gần nhất"]}
      >
        {drafts.map((draft) => (
          <tr>
            <th scope="row">
              <a href={draftAddress(draft, draft.state === "submitted" ? "xem-truoc" : "can-cu")}>
                {draftName(draft)}
              </a>
              <small>{draft.file === null ? "kế hoạch mới" : "sửa kế hoạch đang thực hiện"}</small>
            </th>
            <td data-label="Tình trạng">
              <WorkState of={draft} />
            </td>
            <td data-label="Sửa gần nhất">
              {draft.saved.name}
              <small>{momentText(new Date(draft.saved.at))}</small>
            </td>
          </tr>
        ))}
      </Table>
    )}
    {plans.length === 0 ? (
      <p>Chưa có kế hoạch nào đang thực hiện.</p>
    ) : (
      <Table caption="Đang thực hiện" head={["Kế hoạch", "Duyệt gần nhất", "Việc"]}>
        {plans.map(({ id, name, targets, changed, isHandedDown }) => (
          <tr>
            <th scope="row">
              {name}
              <small>{id}</small>
              {isHandedDown && (
                <a href={`${DESK}/ke-hoach-giao-xuong/${encodeURIComponent(id)}`}>
                  Tải tệp giao xuống<span class="unseen"> của {name}</span>
                </a>
              )}
            </th>
            <td data-label="Duyệt gần nhất">
              {changed?.by ?? "tệp được sửa ngoài bàn làm việc"}
              {changed && <small>{momentText(changed.at)}</small>}
            </td>
            <td>
              {mayWrite && (
                <Beginning class="row">
                  <input type="hidden" name="plan" value={id} />
                  <Select name="page" of={[...COMMON_CHANGES, ...targets.flatMap(changesOf)]}>
                    Việc
                  </Select>
                  <Act name="from" act="sua" of={name}>
                    Sửa, điều chỉnh
                  </Act>
                  <Act name="from" act="nam-sau" of={`từ ${name}`}>
                    Lập kế hoạch năm sau
                  </Act>
                </Beginning>
              )}
            </td>
          </tr>
        ))}
      </Table>
    )}
    {unsettled.length > 0 && (
      <section>
        <h2>Tệp cần xem</h2>
        {unsettled.map((one) => (
          <>
            <Lines of={unsettledLines(one)} />
            {mayWrite && (
              <Beginning>
                <input type="hidden" name="file" value={one.file} />
                <Act name="from" act="sua" of={one.file}>
                  Mở ở bàn làm việc
                </Act>
              </Beginning>
            )}
          </>
        ))}
      </section>
    )}
    {mayWrite && (
      <>
        <p>
          <a href={`${DESK}/khoa`}>Khóa của cơ quan khác</a>
        </p>
        <h2>Lập kế hoạch mới</h2>
        <div class="columns">
          {readsDocuments && (
            <Beginning class="send" from="van-ban" button="Đọc văn bản">
              <label>
                Từ văn bản đã ký (.docx, .odt, .txt)
                <input
                  type="file"
                  name="document"
                  accept=".docx,.odt,.txt,.md"
                  autofocus={faultAt === "van-ban"}
                />
              </label>
              <Fault>{faultAt === "van-ban" ? fault : undefined}</Fault>
            </Beginning>
          )}
          <Beginning class="send" from="cap-tren" button="Lập từ kế hoạch của cấp trên">
            <label>
              Từ kế hoạch của cấp trên: tệp giao xuống (.json)
              <input type="file" name="handed" accept=".json" autofocus={faultAt === "cap-tren"} />
            </label>
            <Fault>{faultAt === "cap-tren" ? fault : undefined}</Fault>
            <label>
              Tên hoặc mã địa bàn của mình, khi chưa có kế hoạch nào
              <input name="area" maxlength={200} autocomplete="off" />
            </label>
          </Beginning>
          <Beginning class="send" from="trong" button="Lập từ đầu">
            <p>Từ đầu: gõ hoặc dán từng câu của kế hoạch.</p>
          </Beginning>
          {examples.length > 0 && (
            <Beginning class="send" from="vi-du" button="Lập từ ví dụ">
              <Select name="example" of={examples}>
                Từ một ví dụ
              </Select>
            </Beginning>
          )}
        </div>
      </>
    )}
  </Page>
);

/** A form with which a draft begins. */
const Beginning: FC<{ class?: string; from?: string; button?: string; children?: Child }> = ({
  class: look = "",
  from = "",
  button,
  children,
}) => (
  <Form action={`${DESK}/ke-hoach`} enctype="multipart/form-data" class={look}>
    {children}
    {button !== undefined && (
      <Act isMain name="from" act={from}>
        {button}
      </Act>
    )}
  </Form>
);

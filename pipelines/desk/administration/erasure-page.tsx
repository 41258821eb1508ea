import type { FC } from "hono/jsx";
import { TEXT_NAMES } from "../../ledger/entry-texts.ts";
import { grouped } from "../../vocabulary/grouped.ts";
import type { Board } from "../office/board.ts";
import { type FoundTexts, idOfText } from "../office/erasing.ts";
import { DESK, Fault, Field, Form, Page } from "../page/page.tsx";

/** Texts are looked for, and those that are chosen erased. */
export const ErasurePage: FC<{
  readonly board: Board;
  /** What was looked for. */
  readonly words: string;
  /** Null where nothing was looked for yet. */
  readonly found: FoundTexts | null;
  readonly fault: string | undefined;
  readonly done?: string | undefined;
}> = ({ board, words, found, fault, done }) => {
  const byText = grouped(found?.written ?? [], ({ text }) => text);
  return (
    <Page title="Xóa nội dung" open="phieu">
      <h1>Xóa nội dung có dữ liệu cá nhân</h1>
      <Fault>{fault}</Fault>
      {done && (
        <p class="done" role="status">
          {done} Các trang báo cáo không còn nội dung ấy sau lần cập nhật tới.
        </p>
      )}
      <Form action={`${DESK}/xoa-noi-dung/tim`} class="row">
        <Field name="words" value={words} maxlength={300} autocomplete="off" required>
          Từ ngữ cần tìm, như họ tên (không phân biệt chữ hoa, thường; gặp cả chữ không dấu)
        </Field>
        <button type="submit">Tìm</button>
      </Form>
      {found !== null && byText.size === 0 && <p>Không có nội dung nào có từ ngữ này.</p>}
      {found !== null && byText.size > 0 && (
        <Form action={`${DESK}/xoa-noi-dung`}>
          <input type="hidden" name="words" value={words} />
          <fieldset>
            <legend>{byText.size} nội dung có từ ngữ này</legend>
            {[...byText].map(([text, all]) => (
              <label class="tick">
                <input type="checkbox" name="text" value={idOfText({ text })} />
                <span>
                  {all.map(({ kind }) => TEXT_NAMES[kind]).join(", ")}: “{text}”
                </span>
              </label>
            ))}
          </fieldset>
          <p>
            Nội dung được chọn bị xóa hẳn ở mọi nơi, không lấy lại được, cùng các tệp đã nhận có nội
            dung ấy. Số liệu vẫn giữ. Việc xóa, người xóa và lý do được ghi vào nhật ký. Bản sao lưu
            không tự đổi.
          </p>
          {(found.files.length > 0 || found.versions.length > 0) && (
            <>
              <p>Nếu chọn tất cả thì bị xóa theo:</p>
              <ul>
                {found.files.length > 0 && (
                  <li>
                    tệp đã nhận của phiếu số{" "}
                    {found.files.map(({ receipt_no }) => receipt_no).join(", ")}
                  </li>
                )}
                {found.versions.map(({ plan_id, period, version, files }) => (
                  <li>
                    ở {reportWords(board, plan_id, period)}, phiên bản {version}:{" "}
                    {files.length === 0 ? "nội dung trong bản lưu" : `tệp ${files.join(", ")}`}
                  </li>
                ))}
              </ul>
            </>
          )}
          {found.unsent.length > 0 && (
            <p>
              Từ ngữ này còn ở bản chưa gửi, do người viết tự sửa:{" "}
              {found.unsent
                .map(({ plan, period, unit }) =>
                  period === null
                    ? `kế hoạch ${plan} đang soạn (mục “Kế hoạch”)`
                    : unit === null
                      ? `dự thảo ${reportWords(board, plan, period)}`
                      : `bản nháp của ${unitName(board, plan, unit)}, ${reportWords(board, plan, period)}`,
                )
                .join("; ")}
              .
            </p>
          )}
          <div class="row">
            <Field name="reason" maxlength={500} required>
              Lý do xóa (không nêu tên ai)
            </Field>
            <Field name="number" inputmode="numeric" autocomplete="off" required>
              Ghi số nội dung đã chọn để xác nhận
            </Field>
            <button type="submit" class="plain">
              Xóa hẳn
            </button>
          </div>
        </Form>
      )}
    </Page>
  );
};

function reportWords({ catalogue }: Board, planId: string, code: string): string {
  const plan = catalogue.plans.find((one) => one.plan.id === planId)?.plan;
  const name = plan?.periods.find((one) => one.code === code)?.name ?? code;
  return `báo cáo ${name} của kế hoạch ${plan?.number ?? planId}`;
}

function unitName({ catalogue }: Board, planId: string, unitId: string): string {
  const plan = catalogue.plans.find((one) => one.plan.id === planId);
  return plan?.units.find((one) => one.unit_id === unitId)?.name ?? unitId;
}

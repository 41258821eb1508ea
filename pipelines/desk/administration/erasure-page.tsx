import type { FC } from "hono/jsx";
import { TEXT_NAMES } from "../../ledger/entry-texts.ts";
import type { FreeText } from "../../models/free-text.ts";
import { grouped } from "../../vocabulary/grouped.ts";
import type { Board } from "../office/board.ts";
import { type FoundTexts, idOfText } from "../office/erasing.ts";
import { nameOfReport } from "../page/access.ts";
import { Act, DESK, Done, Fault, Field, Form, Page } from "../page/page.tsx";
import { readersFor } from "../page/text-readers.ts";

/** Texts that nobody may read are decided on; others are looked for, and those that are chosen erased. */
export const ErasurePage: FC<{
  readonly board: Board;
  /** Which are held, as they may be about a person. */
  readonly held: readonly FreeText[];
  /** What was looked for. */
  readonly words: string;
  /** Null where nothing was looked for yet. */
  readonly found: FoundTexts | null;
  readonly fault: string | undefined;
  readonly done?: string | undefined;
}> = ({ board, held, words, found, fault, done }) => {
  const byText = grouped(found?.written ?? [], ({ text }) => text);
  return (
    <Page title="Nội dung tạm giữ, xóa nội dung" open="phieu">
      <h1>Nội dung tạm giữ, xóa nội dung</h1>
      <Fault>{fault}</Fault>
      <Done>{done && `${done} Các trang báo cáo thay đổi sau lần cập nhật tới.`}</Done>
      <h2>Tạm giữ, chờ quyết định ai được đọc</h2>
      {held.length === 0 ? <p>Không có nội dung nào tạm giữ.</p> : <HeldTexts held={held} />}
      <h2>Xóa hẳn nội dung có dữ liệu cá nhân</h2>
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
                    ở báo cáo {nameOfReport(board, { plan_id, period })}, phiên bản {version}:{" "}
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
                    : `${unit === null ? "dự thảo báo cáo" : "bản nháp của"} ${nameOfReport(board, { plan_id: plan, period, ...(unit && { unit_id: unit }) })}`,
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

/** What a reader has to know of each before he decides, and who may read it then. */
const HeldTexts: FC<{ held: readonly FreeText[] }> = ({ held }) => (
  <>
    <p class="note">
      Có thể nói về một người nên chưa ai được xem trên các trang; số liệu của tệp vẫn được tính.
      Tên người quyết định được ghi vào nhật ký. Ai được xem:
    </p>
    <ul class="findings">
      {held.map(({ text_id, kind, text, unit_name, period_name, measure_name, is_guarded }) => (
        <li>
          <p class="note">
            {[unit_name, period_name, TEXT_NAMES[kind], measure_name].filter(Boolean).join(", ")}
          </p>
          <p>“{text}”</p>
          <Form action={`${DESK}/cho-doc`} class="row">
            <input type="hidden" name="held" value={text_id} />
            {readersFor(is_guarded).map(([reader, words]) => (
              <Act act={reader}>{words}</Act>
            ))}
          </Form>
        </li>
      ))}
    </ul>
  </>
);

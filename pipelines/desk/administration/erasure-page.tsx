import type { FC } from "hono/jsx";
import { TEXT_NAMES } from "../../ledger/entry-texts.ts";
import type { FreeText } from "../../models/free-text.ts";
import { grouped } from "../../vocabulary/grouped.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import type { Board } from "../office/board.ts";
import { type FoundTexts, idOfText } from "../office/erasing.ts";
import { nameOfReport } from "../page/access.ts";
import {
  Act,
  DESK,
  Done,
  Fault,
  Field,
  Form,
  LISTED,
  Page,
  Pager,
  partOfList,
} from "../page/page.tsx";
import { READERS, readersFor } from "../page/text-readers.ts";

/** Who may read a text is decided; texts are looked for, and those that are chosen erased. */
export const ErasurePage: FC<{
  readonly board: Board;
  /** Those that may be about a person and are held are the first. */
  readonly texts: readonly FreeText[];
  /** The page of those that are not held, as it stands in the address. */
  readonly asked: string | undefined;
  /** What was looked for. */
  readonly words: string;
  /** Null where nothing was looked for yet. */
  readonly found: FoundTexts | null;
  readonly fault: string | undefined;
  readonly done?: string | undefined;
}> = ({ board, texts, asked, words, found, fault, done }) => {
  const held = texts.filter(isHeld);
  const part = partOfList(texts.slice(held.length), asked, LISTED);
  const byText = grouped(found?.written ?? [], ({ text }) => text);
  return (
    <Page title="Nội dung tạm giữ, xóa nội dung" open="phieu">
      <h1>Nội dung tạm giữ, xóa nội dung</h1>
      <Fault>{fault}</Fault>
      <Done>{done && `${done} Các trang báo cáo thay đổi sau lần cập nhật tới.`}</Done>
      <h2>Tạm giữ, chờ quyết định ai được đọc</h2>
      {held.length === 0 ? (
        <p>Không có nội dung nào tạm giữ.</p>
      ) : (
        <>
          <p class="note">
            Có thể nói về một người nên chưa ai được xem trên các trang; số liệu của tệp vẫn được
            tính. Tên người quyết định được ghi vào nhật ký. Ai được xem:
          </p>
          <DecidedTexts texts={held} />
        </>
      )}
      <details id="ai-duoc-doc" open={asked !== undefined}>
        <summary>{texts.length - held.length} ghi chú, lý do khác: ai được đọc</summary>
        <DecidedTexts texts={part.shown} />
        <Pager
          part={part}
          noun="nội dung"
          addressOf={(page) => `${DESK}/xoa-noi-dung?trang=${page}#ai-duoc-doc`}
        />
      </details>
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

const isHeld = ({ is_held, is_decided }: FreeText): boolean => is_held && !is_decided;

/** What somebody has to know of each before he decides who may read it, and who may now. */
const DecidedTexts: FC<{ texts: readonly FreeText[] }> = ({ texts }) => (
  <ul class="findings">
    {texts.map((one) => (
      <li>
        <p class="note">
          {[one.unit_name, one.period_name, TEXT_NAMES[one.kind], one.measure_name]
            .filter(Boolean)
            .join(", ")}
          {!isHeld(one) && `. Người được xem: ${inSentence(READERS[one.audience ?? "struck"])}`}
        </p>
        <p>“{one.text}”</p>
        <Form action={`${DESK}/cho-doc`} class="row">
          <input type="hidden" name="decided" value={one.text_id} />
          {readersFor(one.is_guarded)
            .filter(([reader]) => isHeld(one) || reader !== (one.audience ?? "struck"))
            .map(([reader, words]) => (
              <Act act={reader}>{words}</Act>
            ))}
        </Form>
      </li>
    ))}
  </ul>
);

import type { Child, FC } from "hono/jsx";
import type { AreaFacts } from "../../sources/areas/area-files.ts";
import { isCalendarDate, vietnameseDate } from "../../vocabulary/date.ts";
import { Act, Lines, Table } from "../page/page.tsx";
import {
  areaFields,
  contactFields,
  goneFields,
  periodFields,
  RULE_FIELDS,
  reporterFields,
  unitFields,
  usualRule,
} from "../plans/draft-fields.ts";
import { entriesOf, reportedAs, textAt, unitsAsked } from "../plans/plan-parts.ts";
import type { Field } from "../plans/plan-places.ts";
import { measurePage } from "../plans/plan-problems.ts";
import { Fields, type Filled, Fold, LooseFields, Paste, PlanCell } from "./plan-field-parts.tsx";
import { draftAddress } from "./plan-list-page.tsx";
import { type AskedStep, stepForm } from "./plan-step-form.tsx";

/** A table whose rows are fields; what one row is called stands before them where that is no field. */
const FieldTable: FC<{
  caption: string;
  /** Of a row by its key, whose names are the heads of columns. */
  fields: (key: string) => readonly Field[];
  /** What the row is called; each entry can be dropped by a box of that name. */
  first?: string;
  drop?: string;
  rows: readonly {
    readonly key: string;
    readonly name: string;
    readonly shown?: Child;
  }[];
  filled: Filled;
}> = ({ caption, fields, first, drop, rows, filled }) => (
  <Table
    caption={caption}
    head={[
      ...(first === undefined ? [] : [first]),
      ...fields("").map(({ label }) => label),
      ...(drop === undefined ? [] : ["Bỏ"]),
    ]}
  >
    {rows.map(({ key, name, shown = name }) => (
      <tr>
        {first !== undefined && <th scope="row">{shown}</th>}
        {fields(key).map((field) => (
          <PlanCell {...{ field, filled }} row={name} />
        ))}
        {drop !== undefined && (
          <td data-label="Bỏ" class="of-tick">
            <input type="checkbox" name={drop} value={key} aria-label={`Bỏ ${name}`} />
          </td>
        )}
      </tr>
    ))}
  </Table>
);

/** Entries as rows, each called by a text of its own. */
const named = (entries: ReturnType<typeof entriesOf>, field: string) =>
  entries.map(({ name: key, entry }) => ({ key, name: textAt(entry, field) || key }));

export const unitsStep = ({ open, page, typed, search }: AskedStep) =>
  stepForm(open, page, { title: "Đơn vị, địa bàn", next: "ky" }, (filled) => {
    const { draft, mayWrite, check } = open;
    const { data } = filled;
    const units = entriesOf(data, "units");
    const measures = entriesOf(data, "measures");
    const { areas = [], units: reporting = [] } = check.resolved ?? {};
    const called = areas.map((area) => [reportedAs(area, data), area.called] as const);
    // what has a number already is an official unit
    const added = draft.areas.filter(({ area_id }) => area_id === undefined);
    return (
      <>
        <h2 id="dia-ban">Địa bàn</h2>
        <div class="pair">
          <label>
            Tìm địa bàn theo tên, có dấu hoặc không
            <input name="search" maxlength={80} autocomplete="off" value={search.words} />
          </label>
          <Act act="tim">Tìm</Act>
        </div>
        {search.words !== "" && <FoundAreas of={search.found} />}
        <Fields of={areaFields(data)} filled={filled} />
        {areas.length > 0 && (
          <>
            <p class="note">Báo cáo: {called.map(([, name]) => name).join("; ")}.</p>
            <Lines of={open.areas} />
            <Fold words="Một địa bàn thôi báo cáo" isOpen={typed["gone-until"] !== undefined}>
              <input type="hidden" name="reporting" value={called.map(([key]) => key).join(" ")} />
              <LooseFields of={goneFields(called)} data={typed} open={open} />
              <Act act="thoi">Thôi báo cáo sau ngày ấy</Act>
            </Fold>
          </>
        )}
        <Fold
          words="Thêm địa bàn mà cơ quan chưa có"
          isOpen={draft.pasted.areas !== undefined || added.length > 0}
        >
          <Paste
            label="Dán từ Excel: mã, tên, loại (phường, xã, thành phố…), mã địa bàn ở trên (nếu có)"
            name="areas"
            rows={6}
            fault={open.faultAt === "areas" ? open.fault : undefined}
          >
            {draft.pasted.areas}
          </Paste>
          {added.length > 0 && (
            <p class="note">
              Đã thêm: {added.map(({ code, name }) => `${code} ${name}`).join("; ")}.
            </p>
          )}
        </Fold>
        <h2 id="cac-don-vi">Đơn vị báo cáo</h2>
        {units.length > 0 && (
          <FieldTable
            caption="Các đơn vị"
            fields={unitFields}
            drop="drop-unit"
            rows={named(units, "short_name")}
            filled={filled}
          />
        )}
        <Paste
          label="Thêm đơn vị: gõ hoặc dán từ Excel, mỗi dòng gồm tên đầy đủ, tên gọn, chức vụ đầu mối, điện thoại, thư điện tử (chỉ tên là bắt buộc). Đơn vị có ở từng phường, xã thì ghi {area} ở chỗ tên phường, xã: UBND {area}. Đơn vị đã có thì chỉ ghi thêm đầu mối."
          name="units"
          id="them-don-vi"
          rows={4}
        >
          {draft.pasted.units}
        </Paste>
        {reporting.length > 0 && (
          <Fold words="Đầu mối của từng đơn vị, để mời tài khoản và đôn đốc">
            <FieldTable
              caption="Đầu mối"
              first="Đơn vị"
              fields={contactFields}
              rows={[...unitsAsked(reporting)].map(([key, { short_name: name }]) => ({
                key,
                name,
              }))}
              filled={filled}
            />
          </Fold>
        )}
        {measures.length > 0 && units.length > 0 && (
          <>
            <h2>Ai báo cáo số nào</h2>
            <FieldTable
              caption="Các số liệu"
              first="Số liệu"
              fields={(key) => reporterFields(data, key)}
              rows={named(measures, "name").map(({ key, name }) => {
                const shown = <a href={draftAddress(draft, measurePage(data, key))}>{name}</a>;
                return { key, name, shown };
              })}
              filled={filled}
            />
          </>
        )}
        {mayWrite && (
          <p class="note">
            Kế hoạch được duyệt rồi thì quản trị mời mọi đơn vị một lần, ở mục “Tài khoản”.
          </p>
        )}
      </>
    );
  });

/** What an area that was found can be in a plan, by what is done then. */
const AREA_ACTS = {
  chon: "Là địa bàn của kế hoạch",
  "bao-cao": "Nơi này báo cáo",
  duoi: "Mọi nơi ngay dưới báo cáo",
};

const FoundAreas: FC<{ of: readonly AreaFacts[] }> = ({ of }) => (
  <ul class="findings" aria-label="Địa bàn tìm thấy">
    {of.length === 0 && <li>Không có địa bàn nào tên như vậy.</li>}
    {of.map(({ area, within, became }) => (
      <li>
        {area.code} {[area.name, ...within].join(", ")}
        {area.valid_to !== null && (
          <small>
            đến {vietnameseDate(area.valid_to)}
            {became.length > 0 && `, sau đó thành ${became.map(({ name }) => name).join(", ")}`}
          </small>
        )}
        <p class="buttons">
          {Object.entries(AREA_ACTS).map(([act, words]) => (
            <Act act={`${act} ${area.code}`} of={area.name}>
              {words}
            </Act>
          ))}
        </p>
      </li>
    ))}
  </ul>
);

export const periodsStep = ({ open, page, typed }: AskedStep) =>
  stepForm(open, page, { title: "Kỳ báo cáo", next: "xem-truoc" }, (filled) => {
    const { data } = filled;
    const periods = entriesOf(data, "periods");
    return (
      <>
        {open.mayWrite && (
          <fieldset>
            <legend>Lập lịch theo quy tắc</legend>
            <LooseFields of={RULE_FIELDS} data={{ ...usualRule(data), ...typed }} open={open} />
            <p class="note">Kỳ đã có cùng mã được lập lại; các kỳ khác giữ nguyên.</p>
            <Act isMain act="lap">
              Lập lịch
            </Act>
          </fieldset>
        )}
        <span id="cac-ky" />
        {periods.length > 0 && (
          <FieldTable
            caption="Các kỳ"
            fields={periodFields}
            drop="drop-period"
            rows={named(periods, "name")}
            filled={filled}
          />
        )}
        <Weekends periods={periods.map(({ entry }) => entry)} />
      </>
    );
  });

/** Deadlines that fall on a weekend: nobody moves them, but somebody is to know. */
const Weekends: FC<{ periods: readonly unknown[] }> = ({ periods }) => {
  const found = periods.flatMap((one) => {
    const due = textAt(one, "due_before");
    if (!isCalendarDate(due)) return [];
    const last = new Date(Date.parse(due) - 24 * 3_600_000);
    const day = { 0: "Chủ nhật", 6: "thứ Bảy" }[last.getUTCDay()];
    const when = `${day}, ${vietnameseDate(last.toISOString())}`;
    return day === undefined ? [] : [`${textAt(one, "name")}: ngày cuối để gửi là ${when}`];
  });
  return found.length === 0 ? null : (
    <section>
      <h2>Hạn gửi trùng ngày nghỉ</h2>
      <p class="note">Hạn giữ nguyên như kế hoạch nêu; muốn lùi thì sửa ngày ở trên.</p>
      <Lines of={found} />
    </section>
  );
};

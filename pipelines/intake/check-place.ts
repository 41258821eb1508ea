import { quoteLiteral } from "../warehouse/sql.ts";
import { NUMBER_WORDS, PLACE_WORDS } from "./problem-wording.ts";

/** Words for places, used by the checks. `received_on()` is made by the caller. */
export const PLACE_MACROS = `
create or replace temp macro place_of(sheet, cell, line) as
case
    when sheet is not null then format(${quoteLiteral(PLACE_WORDS.cell)}, sheet, cell)
    else format(${quoteLiteral(PLACE_WORDS.line)}, coalesce(line::varchar, '?'))
end;

create or replace temp macro area_words(name) as
if(name is null, '', format(${quoteLiteral(PLACE_WORDS.area)}, name));

create or replace temp macro plain(number) as
replace(rtrim(rtrim(number::decimal(38, 4)::varchar, '0'), '.'), '.', ',');

create or replace temp macro number_words(decimals) as
if(
    decimals = 0, ${quoteLiteral(NUMBER_WORDS.whole)},
    format(${quoteLiteral(NUMBER_WORDS.decimals)}, decimals)
);

create or replace temp macro is_total(said, area_code) as
said = area_code or regexp_full_match(
    replace(strip_accents(lower(trim(nfc_normalize(said)))), 'đ', 'd'),
    '(tong|tong so|tong cong|cong|tong hop|toan (thanh pho|tinh|huyen|xa|phuong|dia ban)|total|sum)[ :.]*'
);

create or replace temp macro day(date) as strftime(date, '%d/%m/%Y');

create or replace temp macro validity(valid_from, valid_to) as
format(
    ${quoteLiteral(PLACE_WORDS.validity)},
    coalesce(day(valid_from), ${quoteLiteral(PLACE_WORDS.noDate)}),
    coalesce(day(valid_to), ${quoteLiteral(PLACE_WORDS.noDate)})
);
`;

/** The place of a claim: its own cell, or the line of its first reading. */
export const CLAIM_PLACE = `
    claim.first_row as row_no,
    coalesce(claim.sheet, first.sheet) as sheet,
    coalesce(claim.cell, first.cell) as cell,
    if(claim.sheet is null, first.line, null) as line`;

// a form's claims stand in their own cells; in a text file a claim is where its first reading is
export const FROM_CLAIM = `
from claim
left join raw_reading as first on if(claim.sheet is null, claim.first_row, null) = first.row_no`;

/** The place of a reading, and what it is read from. */
export const READING_PLACE = "judged.row_no, judged.sheet, judged.cell, judged.line";
export const FROM_READING = `
from judged
join raw_reading as raw using (row_no)
join claim using (claim_no)
join known_plan on claim.plan_key = known_plan.plan_key`;
export const WITH_MEASURE = `${FROM_READING}
join known_measure as measure using (measure_key)`;

/** Where it is not plain: of which area a figure is. */
export const AREA_WORDS =
  "area_words(if(claim.unit_area_id is null, area.name, null)) as area_words";

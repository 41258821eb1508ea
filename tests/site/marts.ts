import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";

/** Plan of the made-up marts. */
export const PLAN = "ke-hoach-mau";

/** Twelve indicators, eight wards, four quarters, with figures that repeat from run to run. */
const TABLES = `
create schema marts;

create table marts.plan as
select
    '${PLAN}' as plan_id,
    '217/KH-UBND' as number,
    'Kế hoạch mẫu của thành phố' as title,
    true as is_demonstration;

create table marts.indicator as
select
    '${PLAN}' as plan_id,
    format('CT{:02d}', i) as indicator_code,
    'Chỉ tiêu số ' || i || ': tỷ lệ hộ gia đình được hưởng dịch vụ' as indicator_name,
    'Phấn đấu đến hết năm có trên ' || (70 + i) || '% số hộ được hưởng dịch vụ.' as quote,
    '≥ ' || (70 + i) || '%' as target_text
from range(1, 13) as t(i);

create table marts.attainment_by_ward_quarter as
with cells as (
    select
        i, w, q,
        (1000 + 137 * w + 11 * i)::bigint as denominator,
        (600 + 71 * w + 13 * i + 40 * q)::bigint as numerator
    from range(1, 13) as a(i), range(1, 9) as b(w), range(1, 5) as c(q)
)
select
    '${PLAN}' as plan_id,
    format('CT{:02d}', i) as indicator_code,
    '2024-Q' || q as period,
    format('{:05d}', 5970 + w) as area_code,
    ['Vĩnh Trại', 'Hoàng Văn Thụ', 'Chi Lăng', 'Đông Kinh', 'Tam Thanh', 'Quảng Lạc', 'Hoàng Đồng',
        'Mai Pha'][w] as area_name,
    numerator::decimal(18, 0) as numerator,
    denominator::decimal(18, 0) as denominator,
    (numerator * 100 / denominator)::decimal(18, 6) as value,
    format('{:.2f}', numerator * 100 / denominator) as value_text,
    case when numerator * 100 >= (70 + i) * denominator then 'Đạt' else 'Chậm tiến độ' end as status,
    (70 + i)::decimal(9, 2) as target_value
from cells;
`;

/**
 * Writes a small marts file with the tables that the pages read, until a test stands on the real
 * ones.
 * @param file path of a file that does not exist yet
 * @param extra SQL to run after the tables are there, to change what they hold
 */
export async function writeMarts(file: string, extra = ""): Promise<void> {
  await withConnection(async (connection) => {
    // A database named like its schema would make marts.plan ambiguous.
    await attach(connection, file, "city");
    await connection.run("use city");
    await connection.run(TABLES);
    if (extra !== "") await connection.run(extra);
    await connection.run("checkpoint");
  });
}

-- One row per published version and file to be downloaded. The site build
-- adds this table to its copy of the marts.
-- Never null: plan_id, period, version, file_no, file_name, format, bytes,
-- sha256
select
    plan_id,
    period,
    version,
    file_no,
    name as file_name,
    format,
    bytes,
    sha256
from marts.report_file

-- One row per published version and file to be downloaded. The site build
-- adds this table to what is seen of the marts.
-- Key: plan_id, period, version, file_no
-- Never null: plan_id, period, version, reader, file_no, file_name, format,
-- bytes, sha256
select * rename (name as file_name)
from marts.report_file

-- Generated from pipelines/contract by npm run generate; not to be changed by
-- hand. How the rows of published versions are read, by contract 3. What an
-- earlier version has not is null.

create or replace temp macro published_head(content) as from_json(
    content,
    '{
    "plan_id": "varchar",
    "plan_number": "varchar",
    "plan_title": "varchar",
    "plan_short_title": "varchar",
    "issuer": "varchar",
    "carries_out": "varchar",
    "issued_on": "date",
    "in_force_from": "date",
    "source": "varchar",
    "reports_to": "varchar",
    "area_name": "varchar",
    "area_noun": "varchar",
    "reporting_area_noun": "varchar",
    "period": "varchar",
    "period_name": "varchar",
    "period_kind": "varchar",
    "year": "integer",
    "data_from": "date",
    "data_to": "date",
    "due_before": "date",
    "is_estimate": "boolean",
    "previous_period": "varchar",
    "previous_period_name": "varchar",
    "last_year_period": "varchar",
    "last_year_period_name": "varchar",
    "areas": "integer",
    "units_expected": "integer",
    "units_reported": "integer",
    "is_demonstration": "boolean",
    "document_superior": "varchar",
    "document_agency": "varchar",
    "document_abbreviation": "varchar",
    "document_place": "varchar",
    "document_authority": "varchar",
    "document_signatory_title": "varchar",
    "document_recipients": ["varchar"],
    "document_filed_at": "varchar",
    "document_signatory": "varchar",
    "document_addressed_to": "varchar",
    "document_is_internal": "boolean"
}'
);

create or replace temp macro published_item(content) as from_json(
    content,
    '{
    "section": "varchar",
    "code": "varchar",
    "item_no": "integer",
    "group_code": "varchar",
    "group_name": "varchar",
    "name": "varchar",
    "short_name": "varchar",
    "unit_of_measure": "varchar",
    "quote": "varchar",
    "formula": "varchar",
    "value_kind": "varchar",
    "target_comparator": "varchar",
    "target_value": "decimal(18, 4)",
    "target_text": "varchar",
    "pace": "varchar",
    "added_rules": ["varchar"],
    "kind": "varchar",
    "over_time": "varchar",
    "over_areas": "varchar",
    "reported_by": "varchar",
    "explanation": "varchar",
    "is_sensitive": "boolean",
    "has_indicator": "boolean"
}'
);

create or replace temp macro published_line(content) as from_json(
    content,
    '{
    "audience": "varchar",
    "section": "varchar",
    "code": "varchar",
    "item_no": "integer",
    "area_id": "integer",
    "area_code": "varchar",
    "area_name": "varchar",
    "area_no": "integer",
    "numerator": "decimal(28, 4)",
    "denominator": "decimal(28, 4)",
    "value": "decimal(28, 6)",
    "value_shown": "decimal(28, 4)",
    "numerator_in_period": "decimal(28, 4)",
    "denominator_in_period": "decimal(28, 4)",
    "value_in_period": "decimal(28, 6)",
    "value_in_period_shown": "decimal(28, 4)",
    "target_value": "decimal(18, 4)",
    "target_to": "decimal(18, 4)",
    "pace_value": "decimal(28, 6)",
    "pace_shown": "decimal(28, 4)",
    "is_due": "boolean",
    "attained": "boolean",
    "status": "varchar",
    "is_provisional": "boolean",
    "areas_expected": "integer",
    "areas_reported": "integer",
    "areas_carried": "integer",
    "areas_left_out": "integer",
    "areas_own": "integer",
    "periods_missing_before": "integer",
    "basis": "varchar",
    "previous_value": "decimal(28, 4)",
    "previous_status": "varchar",
    "change_from_previous": "decimal(28, 4)",
    "last_year_value": "decimal(28, 4)",
    "change_from_last_year": "decimal(28, 4)",
    "is_nil": "boolean",
    "is_withheld": "boolean"
}'
);

create or replace temp macro published_tally(content) as from_json(
    content,
    '{
    "audience": "varchar",
    "area_id": "integer",
    "area_code": "varchar",
    "area_name": "varchar",
    "area_no": "integer",
    "indicators": "integer",
    "met": "integer",
    "within": "integer",
    "on_track": "integer",
    "behind": "integer",
    "not_yet": "integer",
    "not_met": "integer",
    "not_arising": "integer",
    "in_doubt": "integer",
    "not_reported": "integer",
    "not_applicable": "integer",
    "withheld": "integer",
    "attention_rank": "integer",
    "area_name_within_sentence": "varchar"
}'
);

create or replace temp macro published_unit(content) as from_json(
    content,
    '{
    "unit_no": "integer",
    "unit_id": "varchar",
    "unit_code": "varchar",
    "unit_name": "varchar",
    "unit_short_name": "varchar",
    "area_id": "integer",
    "timeliness": "varchar",
    "first_received_at": "varchar",
    "last_received_at": "varchar",
    "submissions": "integer",
    "is_nil_return": "boolean",
    "days_late": "integer"
}'
);

create or replace temp macro published_submission(content) as from_json(
    content,
    '{
    "submission_no": "bigint",
    "receipt_no": "bigint",
    "unit_id": "varchar",
    "unit_name": "varchar",
    "period": "varchar",
    "file_name": "varchar",
    "sha256": "varchar",
    "medium": "varchar",
    "received_at": "varchar"
}'
);

create or replace temp macro published_doubt(content) as from_json(
    content,
    '{
    "audience": "varchar",
    "finding_id": "varchar",
    "rule": "varchar",
    "period": "varchar",
    "period_name": "varchar",
    "measure": "varchar",
    "measure_name": "varchar",
    "unit_name": "varchar",
    "area_name": "varchar",
    "value": "decimal(18, 4)",
    "compared_with": "decimal(18, 4)",
    "found": "varchar",
    "sheet": "varchar",
    "cell": "varchar",
    "line": "bigint",
    "is_acknowledged": "boolean",
    "acknowledged_reason": "varchar",
    "is_withheld": "boolean"
}'
);

create or replace temp macro published_change(content) as from_json(
    content,
    '{
    "audience": "varchar",
    "section": "varchar",
    "code": "varchar",
    "item_no": "integer",
    "name": "varchar",
    "area_id": "integer",
    "area_name": "varchar",
    "area_no": "integer",
    "field": "varchar",
    "old_value": "varchar",
    "new_value": "varchar",
    "is_withheld": "boolean"
}'
);

create or replace temp macro published_text(content) as from_json(
    content,
    '{
    "audience": "varchar",
    "head": "varchar",
    "text_no": "integer",
    "text": "varchar"
}'
);

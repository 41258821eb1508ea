-- Grain: as the mart. Adds the name of the audience.
select
    columns([
        'plan_id', 'number', 'title', 'short_title', 'issuer', 'carries_out',
        'issued_on', 'in_force_from', 'source', 'reports_to',
        'document_superior', 'document_agency', 'document_abbreviation',
        'document_place', 'document_authority', 'document_signatory_title',
        'document_signatory', 'document_recipients', 'document_filed_at',
        'document_addressed_to', 'document_is_internal', 'area_id', 'area_code',
        'area_name', 'area_noun', 'reporting_area_noun', 'plan_sha256',
        'is_demonstration', 'submissions', 'last_received_at', 'as_of'
    ]),
    audience.name as audience,
from marts.plan as plan
cross join audience

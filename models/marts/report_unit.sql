-- One row per published version and reporting unit: the coverage as it was
-- published.
select * exclude (publication_no)
from staging.publication_unit

-- One row per row of marts.report_readiness: nothing in it is withheld.
from marts.report_readiness

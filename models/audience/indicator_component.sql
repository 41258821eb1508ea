-- One row per row of marts.indicator_component: nothing in it is withheld.
from marts.indicator_component

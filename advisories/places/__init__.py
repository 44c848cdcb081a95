"""Countries, blocs with dates, names in many languages, pairs, and mentions in running text."""

from advisories.places.countries import (
    Found,
    all_codes,
    find,
    fold,
    from_fips,
    from_iso3,
    is_bloc,
    is_code,
    members,
    name,
)
from advisories.places.pairs import (
    AmbiguousPlace,
    Pair,
    UnknownPlace,
    parse,
    place,
    suggest,
    text_of,
)

__all__ = [
    "AmbiguousPlace",
    "Found",
    "Pair",
    "UnknownPlace",
    "all_codes",
    "find",
    "fold",
    "from_fips",
    "from_iso3",
    "is_bloc",
    "is_code",
    "members",
    "name",
    "parse",
    "place",
    "suggest",
    "text_of",
]

"""Printed time zones: names with one meaning, offsets, and places of the zone database."""

import re
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache

# Hours east of UTC. RFC 822's own and those that feeds were seen to use. Left out, since they have
# several meanings: IST, AST, GST, AMT, ECT, CCT, and the military letters (RFC 2822: unknown).
ZONES: Mapping[str, float] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1,
    "MET": 1, "CEST": 2, "MESZ": 2, "MEST": 2, "EET": 2, "EEST": 3, "IDT": 3, "MSK": 3, "MSD": 4,
    "TRT": 3, "AZT": 4, "YEKT": 5, "UZT": 5, "TJT": 5, "KGT": 6, "IRST": 3.5, "IRDT": 4.5,
    "AFT": 4.5, "PKT": 5, "NPT": 5.75, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "ADT": -3, "NDT": -2.5, "AEST": 10,
    "AEDT": 11, "ACST": 9.5, "ACDT": 10.5, "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "KST": 9,
    "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "SAST": 2,
    "WAT": 1, "CAT": 2, "EAT": 3, "BRT": -3, "ART": -3, "UYT": -3, "CLT": -4, "CLST": -3,
    "COT": -5, "PET": -5, "VET": -4, "ETC/GMT": 0, "ETC/UTC": 0,
}  # fmt: skip
US_ONLY = {"CST": -6.0}
# A place's time, with its summer or without, as the date says.
PLACES = {"ET": "America/New_York", "PT": "America/Los_Angeles"}


@lru_cache(maxsize=256)
def zone_of(zone: str, *, us: bool = False) -> tzinfo | None:
    """A zone's name or offset as tzinfo; None if we do not know it or it has several meanings.

    "GMT+3" is three hours east, as feeds write it; the "Etc/GMT-3" of the zone database, which is
    the same, is not read.
    """
    if m := re.fullmatch(r"(?:(?:GMT|UTC?)\s?)?([+-])(\d\d?)(?::?(\d\d))?", zone, re.I):
        sign, hours, minutes = m.groups()
        if int(hours) > 14 or int(minutes or 0) > 59:
            return None
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-offset if sign == "-" else offset)
    east = ZONES.get(zone.upper())
    if east is None and us:
        east = US_ONLY.get(zone.upper())
    if east is not None:
        return timezone(timedelta(hours=east))
    return _place(PLACES.get(zone.upper(), zone))


def _place(name: str) -> tzinfo | None:
    """A zone of the zone database, such as Europe/Kyiv."""
    if "/" not in name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

"""Any printed date to a UTC instant, or unknown; "30d" and "yesterday" to a date.

A date is a plausible instant with a known zone, or it is unknown (None), never a guess. Plausible:
from 1990 to 36 hours after `now` (a year 2920 in a feed would freeze a country for years). Zones by
name come from a table; those with several meanings (IST, CST outside US sources) are unknown.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from advisories.errors import UsageError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=36)

# Hours east of UTC. RFC 822's own and those that feeds were seen to use; ambiguous ones left out.
ZONES: Mapping[str, float] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1,
    "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "ACST": 9.5, "ACDT": 10.5,
    "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "WIB": 7, "PKT": 5,
    "TRT": 3, "IRST": 3.5, "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "BRT": -3, "ART": -3,
}  # fmt: skip
US_ONLY = {"CST": -6.0}

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*(Z|[A-Z]{2,5}|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
)
_RFC = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]([A-Za-z]{3,9})\.?[\s-],?\s*(\d{4})"
    r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(?:\(?([A-Za-z]{1,5})\)?|([+-]\d\d:?\d\d))?)?",
)
_US = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})"
    r"(?:,?\s+(?:at\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?\s*([A-Z]{1,5}|[+-]\d\d:?\d\d)?)?",
)


def parse_date(
    text: str,
    *,
    default_zone: str | tzinfo | None = None,
    now: datetime | None = None,
    us: bool = False,
) -> datetime | None:
    """A printed date as a UTC instant, or None.

    Args:
        text: ISO 8601, RFC 822 or its common misspellings, "September 15, 2026".
        default_zone: an IANA name or tzinfo for local times printed without a zone. A date alone is
            midnight there (UTC if not given); a time without any zone is unknown.
        now: dates more than 36 hours after it are refused; without it only the year is checked.
        us: the source is American, so CST is -6.
    """
    parts = _parts(" ".join(text.split()), us)
    if parts is None:
        return None
    fields, zone, timed = parts
    zone = zone or _zone(default_zone) or (None if timed else UTC)
    if zone is None:
        return None
    try:
        return plausible(datetime(*fields, tzinfo=zone), now)
    except (ValueError, OverflowError):
        return None


Fields = tuple[int, int, int, int, int, int]


def _parts(text: str, us: bool) -> tuple[Fields, tzinfo | None, bool] | None:
    if m := _ISO.fullmatch(text):
        y, mo, d, h, mi, s, zone = m.groups()
    elif m := _RFC.fullmatch(text):
        d, month, y, h, mi, s, named, offset = m.groups()
        mo, zone = _month(month), named or offset
    elif m := _US.fullmatch(text):
        month, d, y, h, mi, s, zone = m.groups()
        mo = _month(month)
    else:
        return None
    if not mo:
        return None
    fields = (int(y), int(mo), int(d), int(h or 0), int(mi or 0), int(s or 0))
    if not zone:
        return fields, None, h is not None
    known = zone_of(zone, us=us)
    return (fields, known, True) if known else None


def _month(name: str) -> str:
    key = name[:3].lower()
    full = ("january february march april may june july august september october november "
            "december sept").split()  # fmt: skip
    fits = any(f.startswith(name.lower()) for f in full)
    return str(_MONTHS.index(key) + 1) if key in _MONTHS and fits else ""


def zone_of(zone: str, *, us: bool = False) -> tzinfo | None:
    """A zone's name or offset as tzinfo; None if we do not know it or it has several meanings."""
    if m := re.fullmatch(r"([+-])(\d\d):?(\d\d)?", zone):
        sign, hours, minutes = m.groups()
        if int(hours) > 14 or int(minutes or 0) > 59:
            return None
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-offset if sign == "-" else offset)
    east = ZONES.get(zone.upper())
    if east is None and us:
        east = US_ONLY.get(zone.upper())
    return None if east is None else timezone(timedelta(hours=east))


def _zone(zone: str | tzinfo | None) -> tzinfo | None:
    if not isinstance(zone, str):
        return zone
    from zoneinfo import ZoneInfo

    return ZoneInfo(zone)


def plausible(instant: datetime, now: datetime | None = None) -> datetime | None:
    """The instant in UTC, or None if it is before 1990 or more than 36 hours after `now`."""
    try:
        instant = instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if instant < EARLIEST or instant.year > 2100 or (now is not None and instant > now + AHEAD):
        return None
    return instant


def from_unix(seconds: object, now: datetime | None = None) -> datetime | None:
    """Unix seconds (a number, not a string or a bool) as a UTC instant, or None."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return plausible(datetime.fromtimestamp(seconds, UTC), now)
    except (ValueError, OverflowError, OSError):
        return None


def iso(instant: datetime) -> str:
    """The form in the store and in every output: "2026-11-25T09:30:00Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> datetime:
    """The inverse of `iso`."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def day(text: str, now: datetime) -> date:
    """A day as people write it: 2024-12-11, 2024-12, 2024, 30d, 6w, 3m, 1y, today, yesterday.

    Raises:
        UsageError: it is none of these.
    """
    word = text.strip().lower()
    today = now.astimezone(UTC).date()
    named = {"today": today, "now": today, "yesterday": today - timedelta(days=1)}
    if word in named:
        return named[word]
    if m := re.fullmatch(r"(\d{1,5})\s*([hdwmy])\w*(?: ago)?", word):
        n, unit = int(m[1]), m[2]
        days = {"h": n / 24, "d": n, "w": 7 * n, "m": 30.44 * n, "y": 365.25 * n}[unit]
        return (now.astimezone(UTC) - timedelta(days=min(days, 40000))).date()
    try:
        return _calendar(word)
    except ValueError:
        pass
    raise UsageError(f"{text!r} is no date; write 2024-12-11, 30d, 6w, 1y, today or yesterday")


def _calendar(word: str) -> date:
    parts = [int(p) for p in word.split("t", maxsplit=1)[0].split("-")]
    if len(parts) > 3 or parts[0] < 1000:
        raise ValueError(word)
    return date(*[*parts, 1, 1][:3])


def ago(instant: datetime, now: datetime) -> str:
    """How long before `now`: "3 min", "5 h", "12 d", "7 mo", "2 y"."""
    seconds = max(0, int((now - instant).total_seconds()))
    steps = ((90, 1, "s"), (5400, 60, "min"), (172800, 3600, "h"), (86400 * 120, 86400, "d"),
             (86400 * 730, 2629800, "mo"))  # fmt: skip
    for limit, size, unit in steps:
        if seconds < limit:
            return f"{seconds // size} {unit}"
    return f"{seconds // 31557600} y"

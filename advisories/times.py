"""Any printed date to a UTC instant, or unknown; "30d" and "yesterday" to a date.

A date is a plausible instant with a known zone, or it is unknown (None), never a guess. Plausible:
from 1990 to 36 hours after `now` (a year 2920 in a feed would freeze a country for years). Zones by
name come from a table; those with several meanings (IST, CST outside US sources) are unknown.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from advisories.errors import UsageError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=36)


def parse_date(
    text: str,
    *,
    default_zone: str | tzinfo | None = None,
    now: datetime | None = None,
    us: bool = False,
) -> datetime | None:
    """A printed date as a UTC instant, or None.

    Numbers alone are read only with the year first: 11/12/2024 is two days. Days and months may
    have names in some twenty languages, as `months` knows them.

    Args:
        text: ISO 8601, RFC 822 or its common misspellings, "September 15, 2026", "11 déc. 2024".
        default_zone: an IANA name or tzinfo for local times printed without a zone. A date alone is
            midnight there (UTC if not given); a time without any zone is unknown.
        now: dates more than 36 hours after it are refused; without it only the year is checked.
        us: the source is American, so CST is -6.
    """
    from advisories import printed  # not needed to show what is stored, and slow to compile

    parts = printed.parts(text, us)
    if parts is None:
        return None
    fields, zone, timed = parts
    zone = zone or _zone(default_zone) or (None if timed else UTC)
    if zone is None:
        return None
    try:
        instant = datetime(*fields, tzinfo=zone)
        if timed and instant.utcoffset() != instant.replace(fold=1).utcoffset():
            return None  # the hour that a clock shows twice, or never
        return plausible(instant, now)
    except (ValueError, OverflowError):
        return None


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


def last_day(text: str, now: datetime) -> date:
    """As `day`, but a year or a month means its last day: "until 2024-12" takes in December.

    Raises:
        UsageError: as `day`.
    """
    found = day(text, now)
    if re.fullmatch(r"\s*\d{4}\s*", text):
        return date(found.year, 12, 31)
    if re.fullmatch(r"\s*\d{4}-\d{1,2}\s*", text):
        return (found.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return found


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

"""The parts of a printed date: day, clock and zone, in the forms that feeds and pages use.

Numbers alone are read only with the year first, since 11/12/2024 is two days. Every letter of a
text must be understood, or nothing of it is.
"""

import re
import unicodedata
from datetime import date, timedelta, tzinfo

from advisories.months import month_of
from advisories.zones import zone_of

LONGEST = 100
"""Characters of the longest printed date that is looked at."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# The two forms that nearly all feeds use, whole.
_RFC = re.compile(
    r"(?:[A-Z][a-z]{2,8},? )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}|[+-]\d{4})"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_HALF = r"[ap]\.?m\b\.?|[πμ]\.?μ\.?|오전|오후|上午|下午|午前|午後"
_AFTERNOON = ("p", "μ", "오후", "下午", "午後")
_ZONE = (
    r"(?:GMT|UTC?)?\s?[+-](?:\d{1,2}:\d\d|\d{4}|\d\d?)"
    r"|[A-Za-z]{1,5}|[A-Z][a-z]+(?:/[A-Z]\w+)+"
)
# A printed date with a clock: all before it is the day.
_CLOCKED = re.compile(
    rf"(.+?)(?:T|[\s,|]\s*(?:(?:at|um|kl|ore|à|às)\.?\s+)?)(?:({_HALF})\s*)?"
    rf"(\d{{1,2}}):(\d\d)(?::(\d\d)(?:[.,]\d{{1,9}})?)?(?:\s?({_HALF}))?"
    rf"\s*(?:\(?({_ZONE})\)?)?(?:\s*[(\[][^()\[\]\d]{{1,40}}[)\]])?",
    re.I,
)
_WEEKDAY = r"(?:[^\W\d_](?:[^\W\d_]|['’ʼ-])*(?:[.,،]+\s*|\s+))?"
_MONTH = r"([^\W\d_]{3,12})\.?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|[oa])?[\s.-]*(?:(?:of|de|di)\s+|d['’])?{_MONTH}"
    r"[\s,-]*(?:del?\s+)?(\d{4}|\d\d)(?:\s?[грr]\b\.?)?(?:\s[^\W\d_]{3,})?",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{{4}})", re.I
)
_YEAR_FIRST = re.compile(rf"{_WEEKDAY}(\d{{4}})[\s.-]+{_MONTH}[\s.-]+(\d{{1,2}})\.?")
_NUMBERS = re.compile(rf"{_WEEKDAY}(\d{{4}})(-|/|\.\s?)0?(\d{{1,2}})\2(\d{{1,2}})\.?")
_OF_YEAR = re.compile(r"(\d{4})-(?:(\d{3})|W(\d\d)-(\d))")


def _clock(match: "re.Match[str]") -> str:
    return f"{match[1]}:{match[2]}:{match[3] or '00'}"


# What is spelt in another order or with other signs, but means the same.
_SPELT = (
    (re.compile(r"^(\d{4})(\d\d)(\d\d)(?=T|$)"), r"\1-\2-\3"),
    (re.compile(r"(?<=\dT)(\d\d)(\d\d)(\d\d)?(?=Z|[+-]|$)"), _clock),
    (re.compile(r"^(.+?)(\s\d{1,2}:\d\d(?::\d\d)?\b.*)\s(\d{4})$"), r"\1 \3\2"),
)
_SIGNS = (
    (re.compile(r"(\d{4})\s?[年년]\s?(\d\d?)\s?[月월]\s?(\d\d?)\s?[日號号일]"
                r"(?:\s?(?:\(\w{1,3}\)|[^\W\d]{1,2}[曜期요][^\W\d]))?\s?"), r"\1-\2-\3 "),
    (re.compile(r"(\d\d?)\s?[時时點点시]\s?(\d\d)\s?[分분](?:\s?(\d\d)\s?[秒초])?"), _clock),
)  # fmt: skip

Fields = tuple[int, int, int, int, int, int]
Parts = tuple[Fields, tzinfo | None, bool]
"""Fields, the printed zone, and whether there is a clock."""


def parts(text: str, us: bool) -> Parts | None:
    """What a printed date says; `us`: CST is -6. None if any of it is not understood."""
    return _usual(text, us) or _other(text, us)


def _usual(text: str, us: bool) -> Parts | None:
    if m := _RFC.fullmatch(text):
        day, word, year, hour, minute, second, printed = m.groups()
        month = month_of(word)
    elif m := _ISO.fullmatch(text):
        year, number, day, hour, minute, second, printed = m.groups()
        month = int(number)
    else:
        return None
    zone = zone_of(printed, us=us)
    fields = (int(year), month, int(day), int(hour), int(minute), int(second))
    return (fields, zone, True) if zone and month else None


def _spelt(text: str) -> str:
    """The same date with its parts in a usual order, and with figures for signs."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for pattern, instead in _SIGNS:
            text = pattern.sub(instead, text).strip()
    for pattern, instead in _SPELT:
        text = pattern.sub(instead, text)
    return text


def _other(text: str, us: bool) -> Parts | None:
    """Any other form, of which every letter must be understood."""
    if len(text) > LONGEST:
        return None
    text = _spelt(" ".join(text.split()))
    clock = _CLOCKED.fullmatch(text)
    day = _day_of(clock[1].rstrip(" ,|") if clock else text)
    if day is None:
        return None
    if clock is None:
        return (*day, 0, 0, 0), None, False
    _, before, hour, minute, second, after, printed = clock.groups()
    hours = _hours(int(hour), before or after)
    zone = zone_of(printed, us=us) if printed else None
    if hours is None or (printed and zone is None):
        return None
    return (*day, hours, int(minute), int(second or 0)), zone, True


def _day_of(text: str) -> tuple[int, int, int] | None:
    if m := _DAY_FIRST.fullmatch(text):
        day, word, year = m.groups()
    elif m := _NUMBERS.fullmatch(text):
        return int(m[1]), int(m[3]), int(m[4])
    elif m := _MONTH_FIRST.fullmatch(text):
        word, day, year = m.groups()
    elif m := _YEAR_FIRST.fullmatch(text):
        year, word, day = m.groups()
    else:
        return _day_of_year(text)
    month = month_of(word)
    if not month:
        return None
    return (int(year), month, int(day)) if len(year) == 4 else _short(text, year, month, int(day))


def _short(text: str, year: str, month: int, day: int) -> tuple[int, int, int] | None:
    """RFC 822's year of two digits, where the day of the week says that it is one: 24 may be a day."""
    full = int(year) + (2000 if int(year) < 50 else 1900)
    try:
        weekday = _WEEKDAYS[date(full, month, day).weekday()]
    except ValueError:
        return None
    return (full, month, day) if text.startswith(weekday) else None


def _day_of_year(text: str) -> tuple[int, int, int] | None:
    """ISO 8601's 2024-346 and 2024-W50-3; a month, a week or a year alone is no day."""
    m = _OF_YEAR.fullmatch(text)
    if not m:
        return None
    try:
        if m[2]:
            found = date(int(m[1]), 1, 1) + timedelta(days=int(m[2]) - 1)
        else:
            found = date.fromisocalendar(int(m[1]), int(m[3]), int(m[4]))
    except (ValueError, OverflowError):
        return None
    return (found.year, found.month, found.day) if found.year == int(m[1]) or m[3] else None


def _hours(hour: int, half: str | None) -> int | None:
    if not half:
        return hour
    late = half.lower().startswith(_AFTERNOON)
    return None if hour > 12 else hour % 12 + 12 * late

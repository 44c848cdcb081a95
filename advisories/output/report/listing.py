"""What happened, day by day, and what changed in the advice."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from advisories.output.report import Report, Row
from advisories.output.report.figures import change
from advisories.output.report.markup import Markup, el, linked
from advisories.output.report.words import day, grade, plural, severity, way
from advisories.output.timeline import word
from advisories.places import name

MOVES = ("raised", "lowered", "regional")


def changes(report: Report) -> Markup:
    """Changes of advice, newest first."""
    if not report.changes:
        told = el("p", "No level changed in this time.", class_="none")
    else:
        told = el(
            "ol", *map(_changed, sorted(report.changes, key=_dated, reverse=True)), class_="changes"
        )
    return el("section", el("h2", "Changes of travel advice"), told)


def _dated(row: Row) -> str:
    return str(row["published"] or row["observed"])


def _changed(row: Row) -> Markup:
    kind = row["kind"] if row["kind"] != "first" else "new advice"
    listed = row["kind"] in ("unlisted", "relisted") or not row["destination"]
    unsure = "Unconfirmed: the issuer's date did not move. " if not row["confirmed"] else ""
    dated = f"dated {row['published'][:10]}, " if row["published"] else ""
    note = f"{unsure}{dated}seen {row['observed'][:10]} · "
    return el(
        "li",
        el("time", _dated(row)[:10], class_="when"),
        el("span", way(row["issuer"], row["destination"]) if row["destination"] else row["issuer"]),
        el("span", kind, class_=f"kind kind-{row['kind']}"),
        el("span", "" if listed else change(row)),
        el("span", linked(row["title"], row["url"], dir="auto"), " ",
           el("span", note, _ref(row), class_="from"), class_="what"),
    )  # fmt: skip


def timeline(report: Report) -> Markup:
    """The timeline by day, newest first."""
    total, shown = report.total["rows"], len(report.timeline)
    if not shown:
        said = "Nothing is known to have happened in this time."
        return el("section", el("h2", "Timeline"), el("p", said, class_="none"))
    count = f"{plural(total, 'story', 'stories')}"
    count += f", the newest {shown:,} shown" if shown < total else ""
    new = {
        (c["ref"], c["issuer"], c["destination"]) for c in report.changes if c["kind"] == "first"
    }
    days = [
        _day(when, list(rows), new)
        for when, rows in groupby(report.timeline, lambda r: r["date"][:10])
    ]
    return el(
        "section",
        el("h2", "Timeline"),
        el("p", count + ". Signs: ", *_key(), class_="sub"),
        *days,
        class_="timeline",
    )


def _key() -> Iterator[Markup | str]:
    for n, words in enumerate(
        ("cooperative", "routine", "friction", "serious", "violence, rupture")
    ):
        yield el("span", severity(n), " ", words, class_="key")
        yield " "


New = set[tuple[str, str, str]]
"""Ref, issuer and destination of advice that is new, not the store's beginning."""


def _day(when: str, rows: list[Row], new: New) -> Markup:
    told = date.fromisoformat(when)
    head = el("h3", el("time", day(told), datetime=when), " ", el("span", f"{told:%A}"))
    return el("div", head, el("ol", *(_entry(row, new) for row in rows)), class_="day")


def _entry(row: Row, new: New) -> Markup:
    moved = row["change"] in MOVES
    return el(
        "li",
        el("span", way(row["actor"], row["target"]), " ", severity(row["severity"]), class_="who"),
        el("span", *_act(row, new), class_="act"),
        el("span", linked(row["title"], row["url"], dir="auto", lang=row["lang"], class_="title"), " ",
           el("span", *_from(row), class_="from"), class_="what"),
        class_=f"moved moved-{row['change']}" if moved else None,
    )  # fmt: skip


def _act(row: Row, new: New) -> Iterator[Markup | str]:
    """The act in a word or two; of advice its level, and from where it moved."""
    if row["item_kind"] != "advisory" or not row["act"].startswith("ADVISE"):
        yield word(row["act"])
        return
    after = grade(row["level"], row["regional_max"])
    if row["change"] in ("raised", "lowered") and row["level_from"]:
        yield el("span", f"advice {row['change']} ", grade(row["level_from"]), " → ", after)
    else:
        fresh = (row["ref"], row["actor"], row["target"]) in new
        regional = "regional " if row["change"] == "regional" else ""
        told = "new advice " if fresh else f"{regional}advice "
        yield el("span", told, after) if row["level"] else el("span", told, word(row["act"]))


def _ref(row: Row) -> Markup:
    return el("span", row["ref"], class_="whole")


def _from(row: Row) -> Iterator[Markup | str]:
    many = f" and {plural(row['witnesses'] - 1, 'other')}" if row["witnesses"] > 1 else ""
    seen = " · no date: when first seen" if row["dated"] == "seen" else ""
    kind = {"official": "official, ", "advisory": "advice, "}.get(row["item_kind"], "")
    yield f"{kind}{row['source']}{many} · "
    yield _ref(row)
    yield seen


def place(code: str) -> Markup:
    """A code with its name."""
    return el("span", el("b", code), " ", name(code))

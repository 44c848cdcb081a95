"""What stands first and last: what the report is about, and how it was made."""

from collections.abc import Iterator, Sequence

from advisories.output.matrix import by_destination, spread
from advisories.output.report import Report, Row
from advisories.output.report.figures import GAP
from advisories.output.report.markup import Markup, el, join, linked
from advisories.output.report.words import day, level, number, plural, way
from advisories.output.terminal import age, sure
from advisories.places import name


def title(report: Report) -> str:
    """What a browser's tab and a list of files show."""
    return f"{_names(report)}: tension and travel advice"


def _names(report: Report) -> str:
    return " and ".join(name(code) for code in report.places) or "The world"


def header(report: Report) -> Markup:
    """Title, span, one sentence on the index, and the facts that people come for."""
    span = f"{day(report.since)} to {day(report.until)}"
    return el(
        "header",
        el("p", "advisories", " · ", report.about, class_="kicker"),
        el("h1", *_heading(report)),
        el("p", el("strong", span), f", as known on {_instant(report.known)}", class_="span"),
        _lead(report),
        el("ul", *_facts(report), class_="facts"),
    )


def _heading(report: Report) -> Iterator[Markup | str]:
    if len(report.places) < 2:
        yield _names(report)
        return
    yield name(report.places[0])
    yield el("span", " ⇄ ", class_="and", aria_label="and")
    yield name(report.places[1])


def _lead(report: Report) -> Markup:
    """The index in a sentence."""
    if not report.places:
        return _world(report)
    row = report.index[0][-1]
    if not row["volume"]:
        return el("p", "No act is known, so there is no tension to tell.", class_="lead")
    usual = row["tension"] - row["usual"]
    against = f"{number(abs(usual))} {'above' if usual > 0 else 'below'}"
    compared = (
        "what is usual" if abs(usual) < 2 else f"{against} what is usual ({number(row['usual'])})"
    )
    moved = row["change_7d"]
    week = "unchanged in a week" if abs(moved) < 0.5 else (
        f"{'up' if moved > 0 else 'down'} {number(abs(moved))} in a week")  # fmt: skip
    heard = f"sources answered for {row['coverage']:.0%} of the last 30 days"
    if row["gap_days"] >= GAP:
        heard = f"no source has answered for {row['gap_days']} days"
    certain = (
        f"Confidence is {sure(row['confidence'])}: {plural(row['outlets'], 'outlet')}; {heard}."
    )
    return el("p", "Tension stands at ", el("strong", number(row["tension"])),
              f" of 100, {compared}, {week}. ", certain, class_="lead")  # fmt: skip


def _world(report: Report) -> Markup:
    """The most tense pairs in a sentence."""
    if not report.ranking:
        return el(
            "p", "No act of friction is known, so there is no tension to tell.", class_="lead"
        )
    first, *others = report.ranking[:4]
    names = " and ".join(name(code) for code in first["pair"].split("-", 1))
    also = [
        el("span", f"{row['pair']} ({number(row['tension'])})", class_="whole") for row in others
    ]
    return el("p", f"The most tense pair is {names}, at ", el("strong", number(first["tension"])),
              " of 100", "; then " if also else None, join(also, ", "), ".", class_="lead")  # fmt: skip


def _facts(report: Report) -> Iterator[Markup]:
    for row in report.standing:
        yield _standing(row)
    if len(report.places) < 2 and report.levels:
        yield _range(report.levels) if report.places else _differing(report.levels)
    total = report.total
    yield _fact(
        "Acts told", f"{total['rows']:,}", plural(total["sources"], "outlet") + ", each story once"
    )
    moves = [c for c in report.changes if c["kind"] in ("raised", "lowered", "regional")]
    yield _fact("Changes of level", str(len(moves)), "in this time")


def _fact(head: str, value: Markup | str, note: str) -> Markup:
    return el("li", el("span", head, class_="head"), el("span", value, class_="value"),
              el("span", note, class_="note"))  # fmt: skip


def _range(rows: Sequence[Row]) -> Markup:
    """Of a place: from which level to which the governments advise."""
    known = sorted(row["level"] for row in rows if row["level"])
    told = " to ".join(str(n) for n in dict.fromkeys((known[0], known[-1]))) if known else "?"
    note = f"of {plural(len(rows), 'piece')} of advice; 1 normal, 4 do not travel"
    return _fact("Travel advice about it", f"level {told}", note)


def _differing(rows: Sequence[Row]) -> Markup:
    """Of the world: how many destinations governments do not agree about."""
    cells = by_destination(rows)
    apart = sum(spread(held) >= 2 for held in cells.values())
    issuers = len({row["issuer"] for row in rows})
    note = f"differ by two levels or more, of {len(cells):,} that {plural(issuers, 'government')} judge"
    return _fact("Destinations in dispute", f"{apart:,}", note)


def _standing(row: Row) -> Markup:
    dated = (row["published"] or row["observed"])[:10]
    stale = "; stale: its source has not answered" if row["stale"] else ""
    words = row["level_text"] or row["unknown"] or "its page"
    note = f" · {dated}, {age(row['age_days'])} old{stale}"
    head = join([way(row["issuer"], row["destination"]), " travel advice"])
    return el("li", el("span", head, class_="head"), el("span", level(row, long=True), class_="value"),
              el("span", linked(words, row["url"]), note, class_="note"))  # fmt: skip


def _instant(text: str) -> str:
    return f"{text[:10]} {text[11:16]} UTC" if len(text) > 10 else text


def made(report: Report) -> Markup:
    """How it was made, and the command that makes it again."""
    made = report.made
    rows = [
        ("Program", f"advisories {made.version}"),
        ("Coder", f"version {', '.join(made.coders) or 'none: no act was coded'}"),
        ("Store's last answer", _instant(made.answered)),
        ("Index", f"half-life {made.half_life:g} covered days; 0 is calm, 100 is rupture. Days on which "
         "no source answered do not count as calm."),
    ]  # fmt: skip
    told = [part for head, value in rows for part in (el("dt", head), el("dd", value))]
    return el(
        "section",
        el("h2", "How this was made"),
        el("p", "Acts were read out of the titles by a program, which errs. Each row has a "
           "reference: ", el("code", "advisories explain REF"),
           " shows the words, the rule and the bytes behind it. What is not known is "
           "written as unknown (?)."),
        el("dl", *told),
        el("p", "The same store and this command give this file again:"),
        el("pre", el("code", made.command), tabindex=0),
        class_="made",
    )  # fmt: skip

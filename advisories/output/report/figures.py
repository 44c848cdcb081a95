"""The index: its chart, its words for those who see no chart, and what drives it."""

from collections.abc import Iterator, Sequence
from datetime import date

from advisories.output.report import Report, Row
from advisories.output.report.chart import NARROW, WIDE, Chart, Line, Mark, draw
from advisories.output.report.markup import NOTHING, Markup, el, linked
from advisories.output.report.words import grade, number, plural, severity, way
from advisories.output.timeline import word
from advisories.places import name

GAP = 3
"""Days without any answer before the chart says so."""
MANY = 40
"""More changes than this are listed below the chart and not marked in it."""
MARKED = {"raised": "raised", "lowered": "lowered", "regional": "raised", "first": "new"}


def index(report: Report) -> Markup:
    """The chart twice, for a wide and a narrow page; one of them is shown."""
    if not report.index or not any(row["volume"] for rows in report.index for row in rows):
        return NOTHING
    wide, narrow = _chart(report, False), _chart(report, True)
    return el(
        "section",
        el("h2", "Tension over time"),
        el(
            "figure",
            el("div", draw(wide, WIDE), class_="wide"),
            el("div", draw(narrow, NARROW), class_="narrow"),
            el("figcaption", _caption(report, wide)),
        ),
    )  # fmt: skip


def _chart(report: Report, narrow: bool) -> Chart:
    lines = list(_several(report) if len(report.index) > 1 else _single(report.index[0], narrow))
    return Chart(_told(report), lines, _marks(report), _gaps(report.index[0]))


def _days(rows: Sequence[Row]) -> list[date]:
    return [date.fromisoformat(r["date"]) for r in rows]


def _several(report: Report) -> Iterator[Line]:
    for n, rows in enumerate(report.index, 1):
        label = f"{rows[-1]['pair']} {number(rows[-1]['tension'])}"
        yield Line(f"p{n}", label, _days(rows), [r["tension"] for r in rows])


def _single(rows: Sequence[Row], narrow: bool) -> Iterator[Line]:
    days, last = _days(rows), rows[-1]
    first, _, second = last["pair"].partition("-")
    ways = (f"{first}→{second}", f"{second}→{first}") if second != "any" and second else (
        f"by {first}", f"at {first}")  # fmt: skip
    yield Line("usual", f"usual {number(last['usual'])}", days, [r["usual"] for r in rows])
    for colour, key, label in (("forth", "forth", ways[0]), ("back", "back", ways[1])):
        yield Line(colour, f"{label} {number(last[key])}", days, [r[key] for r in rows])
    label = number(last["tension"]) if narrow else f"tension {number(last['tension'])}"
    yield Line("ink", label, days, [r["tension"] for r in rows], main=True)


def _marks(report: Report) -> list[Mark]:
    """Changes of level (and new advice), oldest first."""
    found = []
    for row in reversed(report.changes):
        when = date.fromisoformat((row["published"] or row["observed"])[:10])
        if row["destination"] and row["kind"] in MARKED and report.since <= when <= report.until:
            found.append(_mark(row, when))
    few = found if len(found) <= MANY else [m for m in found if m.kind != "new"]
    return sorted(few if len(few) <= MANY else [], key=lambda m: m.day)


def _mark(row: Row, when: date) -> Mark:
    moved = _moved(row)
    word = f"{row['issuer']}→{row['destination']} {moved}"
    kind = MARKED[row["kind"]]
    if row["kind"] == "regional" and (row["regional_to"] or 0) < (row["regional_from"] or 0):
        kind = "lowered"
    return Mark(
        when, kind, word, f"{when}: {name(row['issuer'])} on {name(row['destination'])}, {moved}"
    )


def _moved(row: Row) -> str:
    if row["kind"] == "regional":
        return f"r{row['regional_from'] or '-'}→r{row['regional_to'] or '-'}"
    return f"{row['from']}→{row['to']}" if row["from"] else f"{row['to'] or '?'}"


def _gaps(rows: Sequence[Row]) -> list[tuple[date, date]]:
    """Times of `GAP` days and more in which no source answered."""
    found: list[tuple[date, date]] = []
    for row in rows:
        if row["gap_days"] >= GAP:
            last = date.fromisoformat(row["date"])
            first = date.fromordinal(
                max(last.toordinal() - row["gap_days"], _days(rows[:1])[0].toordinal())
            )
            found = [*(found[:-1] if found and found[-1][0] == first else found), (first, last)]
    return found


def _told(report: Report) -> str:
    """The chart in words."""
    parts = []
    for rows in report.index:
        high, low = max(rows, key=lambda r: r["tension"]), min(rows, key=lambda r: r["tension"])
        parts.append(
            f"Tension {rows[-1]['pair']} from {rows[0]['date']} to {rows[-1]['date']}: "
            f"{number(rows[0]['tension'])} at first, {number(rows[-1]['tension'])} at last, "
            f"highest {number(high['tension'])} on {high['date']}, "
            f"lowest {number(low['tension'])} on {low['date']}."
        )
    parts += [mark.sentence + "." for mark in _marks(report)]
    return " ".join(parts)


def _caption(report: Report, chart: Chart) -> str:
    kinds = {mark.kind for mark in chart.marks}
    signs = [f"{sign} {words}" for kind, sign, words in (
        ("raised", "▲", "advice raised"), ("lowered", "▼", "advice lowered"),
        ("new", "●", "new advice")) if kind in kinds]  # fmt: skip
    said = [f"Dashed: {', '.join(signs)}, on the issuer's date."] if signs else []
    if len(report.index) == 1:
        said.insert(0, "Bold: both directions together. Dotted: what is usual for it, the mean of its "
                    "own year before.")  # fmt: skip
    said += ["Hatched grey: no source answered."] if chart.gaps else []
    return "0 is calm, 100 is rupture. " + " ".join(said).replace("Hatched grey", "Grey")


def drivers(report: Report) -> Markup:
    """The stories that weigh most on the last day."""
    if len(report.index) != 1 or not report.index[0][-1]["drivers"]:
        return NOTHING
    last = report.index[0][-1]
    most = max(d["left"] for d in last["drivers"])
    return el(
        "section",
        el("h2", "What drives it"),
        el("p", f"The {plural(len(last['drivers']), 'story', 'stories')} with most weight left on "
           f"{last['date']}; a weight halves in {last['half_life']:g} covered days.", class_="sub"),
        el("ol", *(_driver(row, most, report) for row in last["drivers"]), class_="drivers"),
    )  # fmt: skip


def _driver(row: Row, most: float, report: Report) -> Markup:
    told = report.told.get((row["ref"], row["actor"], row["target"], row["act"]))
    share = round(100 * row["left"] / most)
    bar = Markup(f'<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
                 f'<path d="M0 0h{share}v6H0z"></path></svg>')  # fmt: skip
    return el(
        "li",
        bar,
        el("span", f"{row['left']:.2f}", class_="weight"),
        el("span", el("time", row["date"][:10], datetime=row["date"][:10]), " ",
           way(row["actor"], row["target"]), " ", severity(told["severity"]) if told else None, " ",
           word(row["act"]), class_="what"),
        linked(row["title"], told["url"] if told else None, class_="title", dir="auto",
               lang=told["lang"] if told else None),
    )  # fmt: skip


def change(row: Row) -> Markup:
    """From where to where: 2 → 3."""
    after = grade(row["to"], row["regional_to"])
    if row["from"] is None and row["regional_from"] is None:
        return after
    return el("span", grade(row["from"], row["regional_from"]), " → ", after)

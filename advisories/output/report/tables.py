"""Levels by issuer and destination, the ranking of pairs, and the sources."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from advisories.output.matrix import by_destination, spread
from advisories.output.report import Report, Row
from advisories.output.report.listing import place
from advisories.output.report.markup import NOTHING, Markup, el, linked, table
from advisories.output.report.words import level, number, plural
from advisories.output.terminal import age, sure
from advisories.places import name

KEY = ("r: its worst part · ?: unknown · –: no advice found · !: its source has not answered for three "
       "of its intervals")  # fmt: skip


def levels(report: Report) -> Markup:
    """The matrix: destinations down, issuers across."""
    if not report.levels:
        said = "No government's advice about it is in this store."
        return el("section", el("h2", "Standing levels"), el("p", said, class_="none"))
    cells = by_destination(report.levels)
    counts = Counter(row["issuer"] for row in report.levels)
    issuers = sorted(counts)
    rows = [list(_destination(code, cells[code], issuers)) for code in sorted(cells)]
    return el(
        "section",
        el("h2", "Standing levels"),
        el("p", f"What {plural(len(issuers), 'government')} told travellers, as known on "
           f"{report.known[:10]}. 1 normal, 2 increased caution, 3 avoid non-essential travel, "
           "4 do not travel.", class_="sub"),
        table(("of", *issuers, "spread", "oldest"), rows, "Levels by destination and issuer", "matrix"),
        el("p", KEY, class_="note"),
    )  # fmt: skip


def _destination(
    code: str, held: Mapping[str, Row], issuers: Sequence[str]
) -> Iterator[Markup | str]:
    yield place(code)
    for issuer in issuers:
        yield level(held[issuer]) if issuer in held else el("td", "–", class_="none")
    yield str(spread(held))
    yield age(max(row["age_days"] for row in held.values()))


def own(report: Report) -> Markup:
    """What a place's own government says of others, the gravest first."""
    if not report.own:
        return NOTHING
    rows = sorted(report.own, key=lambda r: (-(r["level"] or 0), r["destination"]))
    made = [
        (place(r["destination"]), level(r), r["level_text"] or r["unknown"] or "",
         (r["published"] or r["observed"])[:10], age(r["age_days"]))
        for r in rows
    ]  # fmt: skip
    heads = ("of", "level", "its words", "since", "age")
    return el("section", el("h2", "Its own advice about others"),
              table(heads, made, "Advice of this government", "own"))  # fmt: skip


def ranking(report: Report) -> Markup:
    """The most tense pairs."""
    if not report.ranking:
        return NOTHING
    heads = ("pair", "tension", "in a week", "usual", "confidence", "stories", "weighs most")
    title = "With whom" if report.places else "The most tense pairs"
    made = [
        (_pair(r["pair"]), el("td", el("b", number(r["tension"])), class_="n"),
         el("td", _signed(r["change_7d"]), class_="n"),
         el("td", number(r["usual"]), class_="n"), sure(r["confidence"]),
         el("td", str(r["stories"]), class_="n"), el("td", r["top"], class_="title", dir="auto"))
        for r in report.ranking
    ]  # fmt: skip
    when = report.ranking[0]["date"]
    return el("section", el("h2", title), el("p", f"On {when}.", class_="sub"),
              table(heads, made, title, "ranking"))  # fmt: skip


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0.0"


def _pair(pair: str) -> Markup:
    first, _, second = pair.partition("-")
    return el(
        "th",
        el("b", pair),
        el("span", f"{name(first)}, {name(second)}", class_="names"),
        scope="row",
    )


def sources(report: Report) -> Markup:
    """Each source with its state, licence and attribution."""
    return el(
        "section",
        el("h2", "Sources"),
        el("p", "Titles and links are quoted to say where each act was told; they belong to their "
           "publishers.", class_="sub"),
        el("ul", *(_source(row) for row in report.sources), class_="sources"),
    )  # fmt: skip


def _source(row: Row) -> Markup:
    state = row["state"]
    answered = f"last answer {row['last_good'][:10]}" if row["last_good"] else "no answer yet"
    licence = row["licence"] or "no licence stated by the source"
    credit = f"{row['attribution']}. " if row["attribution"] else ""
    return el(
        "li",
        el(
            "span",
            linked(row["name"], row["url"], dir="auto", lang=row["lang"] or None),
            class_="name",
        ),
        el("span", state, class_=f"state state-{'ok' if state in ('ok', 'partial') else 'care'}"),
        el("span", f"{row['id']} · {row['kind']} · {answered}", class_="note"),
        el("span", f"{credit}Licence: {licence}", class_="terms", dir="auto"),
    )

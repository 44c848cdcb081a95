"""HTML by construction: text is escaped, only what was made here is markup.

Text from outside goes through `text.show` and is escaped; an address becomes a link only if it is
http or https with a host. There is no way to hand in a string as markup but `Markup` itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from advisories.text import link, show

VOID = {"br", "col", "hr", "meta", "wbr"}


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that this package wrote."""

    html: str


Part = Markup | str | int | None
NOTHING = Markup("")


def el(name: str, *children: Part, **attributes: str | int | None) -> Markup:
    """An element: `el("p", "text", class_="lead")`.

    Children that are text are escaped, None is left out. `class_` is class, `aria_label` is
    aria-label; an attribute that is None is left out.
    """
    start = f"<{name}{_attributes(attributes)}>"
    return Markup(start if name in VOID else f"{start}{join(children).html}</{name}>")


def _attributes(given: dict[str, str | int | None]) -> str:
    pairs = ((k.rstrip("_").replace("_", "-"), v) for k, v in given.items() if v is not None)
    return "".join(f' {name}="{text(str(value))}"' for name, value in pairs)


def text(raw: str) -> str:
    """Text as HTML that shows it letter for letter."""
    return escape(show(raw), quote=True)


def join(parts: Iterable[Part], between: str = "") -> Markup:
    """Parts one after the other."""
    made = (p.html if isinstance(p, Markup) else text(str(p)) for p in parts if p is not None)
    return Markup(text(between).join(made))


def linked(words: str, url: str | None, **attributes: str | None) -> Markup:
    """Text that leads to an address, or the text alone where the address is no web link."""
    address = link(url or "")
    if not address:
        return el("span", words, **attributes)
    return el("a", words, href=address, rel="noopener noreferrer", **attributes)


def table(
    heads: Iterable[Part], rows: Iterable[Iterable[Part]], caption: str, class_: str = ""
) -> Markup:
    """A table in a box that scrolls sideways; each row's first cell is its head."""
    head = el("thead", el("tr", *(el("th", h, scope="col") for h in heads)))
    body = el("tbody", *(el("tr", *_cells(row)) for row in rows))
    made = el("table", el("caption", caption), head, body, class_=class_ or None)
    return el("div", made, class_="scroll", role="region", aria_label=caption, tabindex=0)


def _cells(row: Iterable[Part]) -> Iterable[Markup]:
    for n, cell in enumerate(row):
        whole = isinstance(cell, Markup) and cell.html.startswith(("<td", "<th"))
        if whole and isinstance(cell, Markup):
            yield cell
        else:
            yield el("td", cell) if n else el("th", cell, scope="row")

"""What the plotting library writes, made fit for the page.

Its SVG carries inline styles, a style sheet, ids and references; the page's content policy allows
none of these. Here styles become attributes, our marker colours become classes that take their
colour from the page (light or dark), and what is referred to is put in place.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from advisories.output.report.markup import Markup, text

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
KEPT = {"d", "x", "y", "transform", "viewBox"}
STYLES = {"stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
          "stroke-linejoin", "text-anchor", "fill-opacity", "stroke-opacity", "opacity",
          "font-size", "font-weight"}  # fmt: skip
DROPPED = {"metadata", "style", "defs", "clipPath", "title"}


def fit(written: str, colours: Mapping[str, str], titles: Mapping[str, str], label: str) -> Markup:
    """An inline SVG without ids, styles, references or names of fonts.

    Args:
        written: the plotting library's file.
        colours: its colours ("#010203") and the classes that stand for them.
        titles: words shown when a pointer rests on the group of this id.
        label: what the picture tells, for those who do not see it.
    """
    root = ElementTree.fromstring(written)
    named = {e.get("id", ""): e for e in root.iter() if e.get("id")}
    inner = "".join(_element(child, named, colours, titles) for child in root)
    box = text(root.get("viewBox", ""))
    return Markup(f'<svg viewBox="{box}" role="img" aria-label="{text(label)}">{inner}</svg>')


def _element(
    element: ElementTree.Element, named: Mapping[str, ElementTree.Element],
    colours: Mapping[str, str], titles: Mapping[str, str],
) -> str:  # fmt: skip
    name = element.tag.removeprefix(SVG)
    if name in DROPPED:
        return ""
    if name == "use":
        return _placed(element, named, colours, titles)
    title = titles.get(element.get("id", ""))
    inner = (f"<title>{text(title)}</title>" if title else "") + text(element.text or "").strip()
    inner += "".join(_element(child, named, colours, titles) for child in element)
    given = "".join(f' {k}="{text(v)}"' for k, v in _attributes(element, colours))
    if name == "g" and (not given or not inner):
        return f"<g>{inner}</g>" if title else inner
    return f"<{name}{given}>{inner}</{name}>"


def _placed(
    use: ElementTree.Element, named: Mapping[str, ElementTree.Element],
    colours: Mapping[str, str], titles: Mapping[str, str],
) -> str:  # fmt: skip
    """A reference as what it refers to."""
    target = named.get((use.get(HREF) or use.get("href") or "").removeprefix("#"))
    if target is None:
        return ""
    shift = f"translate({use.get('x', '0')} {use.get('y', '0')})"
    return f'<g transform="{text(shift)}">{_element(target, named, colours, titles)}</g>'


def _attributes(
    element: ElementTree.Element, colours: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    styles = dict(_styles(element.get("style", "")))
    classes = [f"{k}-{colours[v]}" for k, v in styles.items() if v in colours]
    if classes:
        yield "class", " ".join(classes)
    for key in ("fill", "stroke"):
        if styles.get(key) == "none":
            yield key, "none"
    for key, value in (*element.attrib.items(), *styles.items()):
        if (key in KEPT or key in STYLES) and not value.startswith("rotate(-0"):
            yield key, _short(value)


def _styles(style: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (p.strip() for p in style.split(";"))):
        key, _, value = (s.strip() for s in part.partition(":"))
        if key == "font":
            yield from _font(value)
        else:
            yield key, value


def _font(value: str) -> Iterator[tuple[str, str]]:
    """Size and weight of the shorthand; the family is the page's."""
    if m := re.search(r"([\d.]+)px", value):
        yield "font-size", m[1]
    if m := re.match(r"(\d{3}|bold)\b", value):
        yield "font-weight", m[1]


def _short(value: str) -> str:
    """Numbers to a hundredth of a pixel, on one line."""
    rounded = re.sub(
        r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), value
    )
    return " ".join(rounded.split()).removesuffix("px")

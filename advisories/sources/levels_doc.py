"""The tables of docs/levels.md, out of the sources' own scales: `python -m` this module."""

from collections.abc import Iterator

from advisories import places
from advisories.model import Source
from advisories.sources import builtin


def tables() -> str:
    """Markdown: one section an issuer, in the order of their names."""
    by_name = sorted(builtin(), key=lambda s: (places.name(s.country), s.id))
    shown: dict[str, Source] = {}
    for source in by_name:
        shown.setdefault(source.country, source)
    return "\n\n".join("\n".join(_section(source)) for source in shown.values())


def _section(source: Source) -> Iterator[str]:
    yield f"## {places.name(source.country)} (`{source.id}`)"
    yield ""
    yield f"{_state(source)}{f' {source.scale_note}' if source.scale_note else ''}"
    licence = f"Licence: {source.licence}. " if source.licence else ""
    yield f"{licence}Source: {source.attribution}, <{source.url.partition('?')[0]}>."
    yield ""
    yield "| the issuer's words | level | why |"
    yield "|---|---|---|"
    for step in source.scale:
        words = "<br>".join(f"`{w}`" for w in step.words.split(" | "))
        yield f"| {words} | {step.level} | {step.why} |"


def _state(source: Source) -> str:
    if source.status == "ok":
        return f"Form last known {source.status_date}."
    return f"**{source.status.capitalize()}** ({source.status_date}): {source.status_note}."


if __name__ == "__main__":
    print(tables())

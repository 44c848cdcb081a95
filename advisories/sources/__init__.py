"""What to ask, and how to read what comes: one module per government issuer, and plain feeds.

`builtin()` are the issuers here, `discovered()` those that other packages bring under the entry
point group `advisories.sources`; both are read only by what fetches, replays or lists sources.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from advisories.errors import ConfigError
from advisories.model import Source

ENTRY_POINTS = "advisories.sources"
# One module each, in the order in which they are listed.
ISSUERS = (
    "us_state ca_gac gb_fcdo de_aa nl_bz au_dfat jp_mofa at_bmeia hk_sb tw_boca kr_mofa sk_mzv "
    "ie_dfa nz_mfat fr_meae ch_eda dk_um fi_um no_ud se_ud it_mae es_maec pl_msz id_kemlu sg_mfa "
    "cn_mfa ru_mfa ru_mfa_en in_mea br_mre ph_dfa ro_mae"
).split()


@cache
def builtin() -> tuple[Source, ...]:
    """The issuers that come with the package."""
    return tuple(import_module(f"{__name__}.{name}").SOURCE for name in ISSUERS)


@cache
def discovered() -> tuple[Source, ...]:
    """Sources of installed packages: each entry point is a Source or a sequence of them.

    Raises:
        ConfigError: an entry point cannot be loaded or is something else.
    """
    from importlib.metadata import entry_points

    found: list[Source] = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda p: p.name):
        try:
            value = point.load()
            each = [value] if isinstance(value, Source) else list(value)
        except Exception as error:  # whatever a foreign module raises at import
            raise ConfigError(f"source {point.name!r} ({point.value}): {error}") from error
        if not all(isinstance(s, Source) for s in each):
            raise ConfigError(f"source {point.name!r} ({point.value}) is no Source")
        found += each
    return tuple(found)


def all_sources() -> dict[str, Source]:
    """Every source by id: issuers, plain feeds, and those of installed packages."""
    from advisories.sources import feeds

    return {s.id: s for s in (*builtin(), *feeds.bundled(), *discovered())}


def by_id(name: str, among: Iterable[Source] | None = None) -> Source | None:
    """The source of this id, among the built-in ones if no others are given."""
    return next((s for s in (builtin() if among is None else among) if s.id == name), None)


def for_url(url: str, among: Iterable[Source] | None = None) -> Source | None:
    """The source that a document's address belongs to, or None.

    A source's own addresses count before the prefixes of its further documents, and a longer prefix
    before a shorter one. The scheme, a version stamp and a last slash make no difference.
    """
    sources = tuple(builtin() if among is None else among)
    plain = _plain(url)
    for source in sources:
        if plain in (_plain(source.url), *map(_plain, source.alternates)):
            return source
    owned = ((len(p), s) for s in sources for p in s.pages if _owns(p, url))
    return max(owned, key=lambda pair: pair[0], default=(0, None))[1]


def _plain(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].rstrip("/")


def _owns(prefix: str, url: str) -> bool:
    return url.partition("://")[2].startswith(prefix.partition("://")[2])

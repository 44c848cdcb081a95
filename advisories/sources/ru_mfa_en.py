"""Russia: the foreign ministry's news in English, the same statements, often later."""

from collections.abc import Iterator
from dataclasses import replace

from advisories.model import Item
from advisories.sources import _feed, ru_mfa


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The ministry's items; an HTML challenge page is no feed."""
    yield from _feed.notices(body, "en", "Europe/Moscow")


SOURCE = replace(
    ru_mfa.SOURCE,
    id="ru-mfa-en",
    name="Russian Foreign Ministry (English)",
    url="https://mid.ru/en/rss.php",
    alternates=("https://www.mid.ru/en/rss", "https://mid.ru/en/rss/", "https://mid.ru/en/rss.xml"),
    lang="en",
    parse=parse,
    attribution="Ministry of Foreign Affairs of the Russian Federation",
    sets=("official",),
)

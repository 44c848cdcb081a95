"""Russia: the foreign ministry's news in Russian. No list of levels exists; the advice is a
statement among others, whose destinations and level the coder reads out of the words.
"""

from collections.abc import Iterator

from advisories.model import Item, Source, Step
from advisories.sources import _feed

SCALE = (
    Step("проявлять осторожность | соблюдать осторожность | exercise caution", 2,
         "caution, but go"),
    Step("воздержаться от поездок | refrain from trips | refrain from travel", 3,
         "not without need: exceptions are named often"),
    Step("не посещать | покинуть страну | leave the country", 4, "do not be there at all"),
)  # fmt: skip


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The ministry's items; an HTML challenge page is no feed."""
    yield from _feed.notices(body, "ru", "Europe/Moscow")


SOURCE = Source(
    id="ru-mfa",
    name="МИД России",
    kind="advisory",
    url="https://mid.ru/ru/rss.php",
    alternates=("https://www.mid.ru/ru/rss", "https://mid.ru/ru/rss/"),
    lang="ru",
    country="RU",
    issuer="RU",
    parse=parse,
    floor=5,
    hours=12,
    prose=True,
    status="unproven",
    status_date="2026-10",
    status_note="answers plain clients with a script challenge at times; the form is that of "
    "programs which read it, no live answer was read",
    attribution="МИД России",
    outlet="ministry",
    tier=2,
    sets=("core", "official"),
    scale=SCALE,
    scale_note="No scale is published; these are the words that statements use.",
)

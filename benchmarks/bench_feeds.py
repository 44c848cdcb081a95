"""Reading feeds: items a second as a ratio to a bare pull of the same XML in the same run.

    python benchmarks/bench_feeds.py

The yardstick is ElementTree's iterparse of the standard library, which makes no items. Four bodies of
500 entries: RSS and Atom in their plain forms, which the strict reader takes, an RSS 1.0, which is
left to feedparser, and a plain one with one ampersand that is not escaped. Medians of 7.
"""

import contextlib
import statistics
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO

from advisories.errors import Damaged
from advisories.sources.feeds import parse

ITEMS, ROUNDS = 500, 7
WORDS = (
    "The ministry summoned the ambassador over the detention of two citizens at the border. " * 3
)
GOALS = {"rss": 10, "atom": 10, "rdf": 70, "broken": 180}
"""Times slower than the bare pull, at most."""


def rss(n: int) -> str:
    return f"""<item><title>Story {n} &amp; more</title><link>https://news.example/world/{n}</link>
        <guid isPermaLink="false">story-{n}</guid><category>World</category>
        <pubDate>Wed, 11 Dec 2024 09:{n % 60:02}:00 +0000</pubDate>
        <description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item>"""


def atom(n: int) -> str:
    return f"""<entry><id>tag:news.example,2024:{n}</id><title>Story {n} &amp; more</title>
        <link href="https://news.example/world/{n}"/><published>2024-12-11T09:{n % 60:02}:00Z</published>
        <summary type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</summary></entry>"""


def rdf(n: int) -> str:
    return f"""<item rdf:about="https://news.example/{n}"><title>Story {n} &amp; more</title>
        <link>https://news.example/world/{n}</link><dc:date>2024-12-11T09:{n % 60:02}:00Z</dc:date>
        <description>{WORDS}</description></item>"""


def bodies() -> dict[str, bytes]:
    numbers = range(ITEMS)
    plain = f"<rss version='2.0'><channel>{''.join(map(rss, numbers))}</channel></rss>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'>{''.join(map(atom, numbers))}</feed>"
    old = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"{''.join(map(rdf, numbers))}</rdf:RDF>"
    )
    broken = plain.replace("Story 7 &amp;", "Story 7 &")
    texts = {"rss": plain, "atom": feed, "rdf": old, "broken": broken}
    return {name: text.encode() for name, text in texts.items()}


def seconds(work: Callable[[bytes], object], body: bytes) -> float:
    start = time.perf_counter()
    work(body)
    return time.perf_counter() - start


def pull(body: bytes) -> None:
    with contextlib.suppress(ET.ParseError):
        for _ in ET.iterparse(BytesIO(body)):
            pass


def read(body: bytes) -> int:
    count = 0
    with contextlib.suppress(Damaged):
        for _ in parse(body, "https://news.example/feed"):
            count += 1
    return count


def main() -> None:
    made = bodies()
    for name, body in made.items():
        assert read(body) == ITEMS, name
        rounds = [(seconds(read, body), seconds(pull, made["rss"])) for _ in range(ROUNDS)]
        ratio = statistics.median(taken / bare for taken, bare in rounds)
        rate = ITEMS / statistics.median(taken for taken, _ in rounds)
        verdict = "ok" if ratio <= GOALS[name] else "SLOW"
        print(
            f"{name:7} {rate:9,.0f} items/s {ratio:6.1f} x the pull (at most {GOALS[name]}) {verdict}"
        )


if __name__ == "__main__":
    main()

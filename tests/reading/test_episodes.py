"""The index moves the right way where something is known to have happened (the bundled recording)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisories.api import Store, open_store
from advisories.cli.demostore import recording
from advisories.fetching import recordings
from advisories.pipeline.replay import replay
from advisories.sources import all_sources, for_url
from advisories.store import writable

# (pair, a day before, a day after, direction that must rise): who did what is public knowledge.
ROSE = (
    ("RU-US", "2024-12-09", "2024-12-11", "forth"),  # Russia warns its citizens off the US
    ("RU-GB", "2024-11-24", "2024-11-27", "forth"),  # Russia expels a British diplomat
    ("US-RU", "2024-11-18", "2024-11-22", "forth"),  # US sanctions on a Russian bank
    ("RU-US", "2024-12-22", "2024-12-25", "forth"),  # a US citizen is jailed for espionage
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("demo")
    tape, db = folder / "demo.warc", folder / "demo.db"
    tape.write_bytes(recording())
    known = all_sources().values()
    conn = writable(db)
    replay(conn, recordings.read([tape]), lambda url: for_url(url, known))
    conn.close()
    with open_store(db, now=datetime(2025, 1, 1, tzinfo=UTC)) as store:
        yield store


@pytest.mark.parametrize(("pair", "before", "after", "way"), ROSE)
def test_the_index_rises_with_what_happened(
    demo: Store, pair: str, before: str, after: str, way: str
) -> None:
    rows = {r["date"]: r for r in demo.tension(pair, since=before, until=after)}
    assert rows[after][way] > rows[before][way] + 1  # type: ignore[literal-required]


def test_a_war_is_more_tense_than_an_alliance(demo: Store) -> None:
    def at(pair: str) -> float:
        return demo.tension(pair)[-1]["tension"]

    assert at("RU-UA") > 50
    assert at("RU-UA") > at("RU-US") > at("US-GB")

"""Everything derived comes again from the truth: the same twice, and the same as before."""

from contextlib import closing
from pathlib import Path

import pytest

from advisories.fetching import recordings
from advisories.pipeline.rebuild import differences, rebuild
from advisories.pipeline.replay import replay
from advisories.sources import all_sources, for_url
from advisories.store import read_only, writable
from tests.conftest import ROOT

DEMO = ROOT / "advisories" / "data" / "demo.warc"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    known = all_sources().values()
    with closing(writable(path)) as conn:
        replay(conn, recordings.read([DEMO]), lambda url: for_url(url, known))
    return path


def dump(path: Path) -> list[str]:
    with closing(read_only(path)) as conn:
        return list(conn.iterdump())


def test_a_rebuild_gives_what_was_there_and_twice_the_same(demo: Path) -> None:
    before = dump(demo)
    for _ in range(2):
        with closing(writable(demo)) as conn:
            rebuild(conn, all_sources())
        assert dump(demo) == before


def test_a_dry_run_of_unchanged_rules_changes_nothing(demo: Path, tmp_path: Path) -> None:
    assert list(differences(demo, all_sources(), tmp_path / "try.db")) == []


def test_a_dry_run_tells_what_would_appear(demo: Path, tmp_path: Path) -> None:
    poorer = tmp_path / "poorer.db"
    poorer.write_bytes(demo.read_bytes())
    with closing(writable(poorer)) as conn:
        conn.execute("DELETE FROM event WHERE act = 'SANCTION.expel'")
    found = list(differences(poorer, all_sources(), tmp_path / "try.db"))
    assert {(d.what, d.act) for d in found} == {("appears", "SANCTION.expel")}


def test_full_text_search_is_rebuilt_too(demo: Path) -> None:
    with closing(writable(demo)) as conn:
        rebuild(conn, all_sources())
    with closing(read_only(demo)) as conn:
        hit = conn.execute("SELECT count(*) FROM search WHERE words MATCH 'doctrine'").fetchone()
    assert hit[0] >= 1


def test_two_replays_of_one_recording_name_things_alike(tmp_path: Path) -> None:
    refs = []
    known = all_sources().values()
    for name in ("a.db", "b.db"):
        with closing(writable(tmp_path / name)) as conn:
            replay(conn, recordings.read([DEMO]), lambda url: for_url(url, known))
            refs.append(conn.execute("SELECT ref FROM observations ORDER BY seq").fetchall())
    assert refs[0] == refs[1]


def test_replaying_the_same_recording_again_adds_nothing(demo: Path) -> None:
    known = all_sources().values()
    count = "SELECT (SELECT count(*) FROM observation), (SELECT count(*) FROM event)"
    with closing(writable(demo)) as conn:
        before = conn.execute(count).fetchone()
        replay(conn, recordings.read([DEMO]), lambda url: for_url(url, known))
        assert conn.execute(count).fetchone() == before


def test_the_recording_is_what_its_tables_make() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("make", ROOT / "fixtures/demo/make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert make.recording() == DEMO.read_bytes()


def test_the_recording_is_large_enough_to_show_everything(demo: Path) -> None:
    with closing(read_only(demo)) as conn:
        one = lambda sql: conn.execute(sql).fetchone()[0]
        assert one("SELECT count(*) FROM item") >= 80
        assert one("SELECT count(DISTINCT source) FROM item") >= 8
        assert one("SELECT count(DISTINCT lang) FROM observation") >= 3
        kinds = {k for (k,) in conn.execute("SELECT DISTINCT kind FROM change")}
        assert {"first", "raised", "lowered", "text", "reissued"} <= kinds
        assert one("SELECT count(*) FROM story WHERE outlets > 1") >= 1

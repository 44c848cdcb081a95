"""Settings: flags over environment over the file over defaults; a broken file says where."""

from pathlib import Path

import pytest

from advisories.config import load
from advisories.errors import ConfigError
from advisories.sources import feeds
from advisories.sources.own import from_table

ENV = {"HOME": "/nonexistent"}


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_flags_win_over_environment_over_file_over_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, 'db = "/from/file.db"')
    assert load(None, ENV).db == Path("/nonexistent/.local/share/advisories/advisories.db")
    assert load(path, ENV).db == Path("/from/file.db")
    assert load(path, {**ENV, "ADVISORIES_DB": "/from/env.db"}).db == Path("/from/env.db")
    assert load(path, ENV, db=Path("/from/flag.db")).db == Path("/from/flag.db")


def test_lists_to_watch(tmp_path: Path) -> None:
    path = write(tmp_path, '[watch]\nmine = ["RU-US", "IL"]\n')
    assert load(path, ENV).watch == {"mine": ("RU-US", "IL")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("db = [", "not valid TOML"), ("bd = 1", "unknown key 'bd'"), ("db = 3", "db must be text"),
        ("[watch]\nmine = 3", "watch.mine"), ("[tension]\nhalf_life_days = 0", "half_life_days"),
        ("feeds = 3", "[feeds]"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_line_with_its_name(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as told:
        load(path, ENV)
    assert says in str(told.value)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        load(tmp_path / "none.toml", ENV)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({}, "url must be"), ({"url": "ftp://x/y"}, "url must be"), ({"url": "https://x/y", "knd": "a"}, "'knd'"),
        ({"url": "https://x/y", "kind": "blog"}, "kind must be"), ({"url": "https://x/y", "tier": "1"}, "tier"),
        ({"url": "https://x/y", "issuer": "Russia"}, "issuer must be"),
        ({"url": "https://x/y", "reader": "none"}, "no source is called 'none'"),
    ],
)  # fmt: skip
def test_a_broken_source_table_names_file_table_and_key(
    table: dict[str, object], says: str
) -> None:
    with pytest.raises(ConfigError) as told:
        from_table("mine", table, "my.toml", {})
    assert says in str(told.value)
    assert "my.toml: [feeds.mine]" in str(told.value)


def test_feeds_of_the_package_are_sound() -> None:
    found = feeds.bundled()
    assert len(found) >= 200
    assert len({s.id for s in found}) == len({s.url for s in found}) == len(found)
    assert len({s.lang for s in found if s.lang != "en"}) >= 40
    assert 35 <= sum("core" in s.sets for s in found) <= 60
    assert all(s.outlet in ("ministry", "wire", "public", "state", "press") for s in found)
    assert any(s.outlet == "state" for s in found)
    assert all(s.status_note for s in found if s.status == "blocked")

"""Sources of other packages, by the example in docs/, which is loaded without being installed."""

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from advisories import sources
from advisories.errors import ConfigError
from advisories.model import Source
from advisories.sources import all_sources, by_id, discovered, for_url
from tests.sources.cases import read, told

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-source"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    discovered.cache_clear()
    yield
    discovered.cache_clear()


def bring(monkeypatch: pytest.MonkeyPatch, *points: tuple[str, str]) -> None:
    """Packages with these entry points, as if they were installed."""
    known = [metadata.EntryPoint(name, value, sources.ENTRY_POINTS) for name, value in points]
    monkeypatch.setattr(metadata, "entry_points", lambda group: known)


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    bring(monkeypatch, ("example", "advisories_example:SOURCE"))
    (source,) = discovered()
    return source


def test_the_example_is_declared_as_it_is_loaded() -> None:
    import tomllib

    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    points = project["entry-points"][sources.ENTRY_POINTS]
    assert points == {"example": "advisories_example:SOURCE"}


def test_the_example_stands_among_all_sources(example: Source) -> None:
    assert all_sources()["mt-example"] is example
    assert by_id("mt-example", discovered()) is example
    assert for_url("https://advice.example/countries.json", discovered()) is example
    assert by_id("mt-example") is None


def test_the_example_reads_its_fixture(example: Source) -> None:
    items, problem = read(example, (EXAMPLE / "fixture/input.json").read_bytes(), example.url)
    assert problem == ""
    expected = json.loads((EXAMPLE / "fixture/expected.json").read_text("utf-8"))
    assert [told(i) for i in items] == expected["items"]


def test_the_example_refuses_what_is_not_its_list(example: Source) -> None:
    for body in (b"[]", b"{}", b"<html></html>", b""):
        assert read(example, body, "")[1].startswith("refused")


def test_an_entry_point_may_bring_several(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, ("more", "advisories.sources:builtin"))
    with pytest.raises(ConfigError, match="more"):
        discovered()  # a function is no sequence of sources
    discovered.cache_clear()
    bring(monkeypatch, ("two", "advisories.sources.ru_mfa:SOURCE"))
    assert [s.id for s in discovered()] == ["ru-mfa"]


@pytest.mark.parametrize("value", ["no_such_module:SOURCE", "json:loads", "json:NOTHING"])
def test_a_broken_entry_point_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    bring(monkeypatch, ("broken", value))
    with pytest.raises(ConfigError, match="broken"):
        discovered()


def test_without_packages_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch)
    assert discovered() == ()

"""The compiled tables match their sources, and the examples are well formed."""

import json

import pytest

from advisories import coding
from advisories.coding import examples, lexicon_build, stamp
from advisories.coding.lexicon import read_acts
from advisories.places import aliases_build, is_code

KINDS = {"verbal_coop", "material_coop", "verbal_conflict", "material_conflict"}
ROWS = list(examples.rows())


@pytest.mark.parametrize("lang", aliases_build.languages())
def test_names_are_compiled(lang: str) -> None:
    path = aliases_build.HERE / "data" / f"aliases-{lang}.json"
    assert path.read_text(encoding="utf-8") == aliases_build.dump(aliases_build.build(lang))


@pytest.mark.parametrize("lang", lexicon_build.languages())
def test_lexicons_are_compiled(lang: str) -> None:
    path = lexicon_build.HERE / "data" / f"lexicon-{lang}.json"
    assert path.read_text(encoding="utf-8") == lexicon_build.dump(lexicon_build.build(lang))


def test_acts_are_compiled() -> None:
    source = (lexicon_build.HERE / "acts.toml").read_text(encoding="utf-8")
    assert {name: act.about for name, act in coding.acts().items()} == {
        name: facts["about"] for name, facts in read_acts(source).items()
    }


def test_acts_keep_kind_and_severity_together() -> None:
    for act in coding.acts().values():
        assert act.kind in KINDS
        assert act.kind.endswith("coop") == (act.severity < 2), act.name
        assert -10 <= act.score <= 10


def test_there_are_enough_examples() -> None:
    assert len(ROWS) >= 2_500
    assert sum(not row["bilateral"] for row in ROWS) >= 800
    assert len({row["lang"] for row in ROWS}) >= 16


def test_examples_are_well_formed() -> None:
    for row in ROWS:
        named = set(row["countries"])
        assert all(is_code(code) for code in named), row["title"]
        assert row["bilateral"] == bool(row["events"])
        assert row.get("kind", "verbal_coop") in KINDS
        for event in row["events"]:
            assert event["act"] in coding.acts(), row["title"]
            assert event["actor"] != event["target"]
            assert {event["actor"], event["target"]} <= named, row["title"]
            assert event["kind"] in KINDS
            assert 0 <= event["severity"] <= 4


def test_weights_are_small_and_rounded() -> None:
    files = sorted((lexicon_build.HERE / "data").glob("weights-*.json"))
    assert sum(path.stat().st_size for path in files) < 1_500_000
    for path in files:
        groups = json.loads(path.read_text(encoding="utf-8"))["pair"]
        assert all(prefix == "" or prefix.endswith("=") for prefix in groups)
        for weight in (w for group in groups.values() for w in group.values()):
            assert weight == round(weight, 4)


def test_the_version_is_stamped() -> None:
    assert stamp.digest() == coding.VERSION

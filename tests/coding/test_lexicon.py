"""Each act of each lexicon: its own sentence shows the act, the look-alike gives no such event."""

import re

import pytest

from advisories import coding
from advisories.coding.lexicon_build import languages, lexicon
from advisories.coding.scene import prepare
from advisories.model import Text

CASES = [
    pytest.param(lang, act, table, id=f"{lang}-{act}")
    for lang in languages()
    for act, table in lexicon(lang).items()
    if act != "markers"
]
LANGUAGES = sorted({case.values[0] for case in CASES})


def _events(sentence: str, lang: str) -> dict[tuple[str, str], str]:
    events = coding.code(Text(sentence, lang=lang)).events
    return {(event.actor, event.target): event.act for event in events}


@pytest.mark.parametrize(("lang", "act", "table"), CASES)
def test_the_sentence_shows_its_act(lang: str, act: str, table: dict[str, str]) -> None:
    assert act in prepare(Text(table["for"], lang=lang)).modes


def _share(lang: str, right: str) -> float:
    rows = [case.values for case in CASES if case.values[0] == lang]
    good = 0
    for _, act, table in rows:
        first, second = re.findall("[A-Z]{2}", table["pair"])[:2]
        said = _events(table["for"], lang).get((first, second))
        good += said is not None if right == "pair" else said == act
    return good / len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pairs_are_found(lang: str) -> None:
    assert _share(lang, "pair") >= 0.8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_acts_are_named(lang: str) -> None:
    assert _share(lang, "act") >= 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_look_alikes_give_no_such_event(lang: str) -> None:
    rows = [case.values for case in CASES if case.values[0] == lang]
    wrong = [a for _, a, t in rows if a in _events(t["against"], lang).values()]
    assert len(wrong) <= 0.1 * len(rows), wrong

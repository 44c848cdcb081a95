"""A second opinion may agree, add, turn and mark; it never invents, and its failure costs nothing."""

import io
import json
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from advisories.cli import plain
from advisories.cli.app import invoke
from advisories.coding import acts, code, second
from advisories.model import Coding, Event, Mention, Span, Text

TEXT = Text("Russia expels two British diplomats", lang="en")
SPANS = (Span("Russia", 0, 6), Span("expels", 7, 13), Span("British", 18, 25))
OWN = Coding(
    "en", "material_conflict", ("RU", "GB"),
    (Event("RU", "GB", "SANCTION.expel", "material_conflict", 3, -7.0, 0.8, "expel", SPANS),),
    (Mention("RU", "name", SPANS[0]), Mention("GB", "people", SPANS[2])),
)  # fmt: skip


class Fake:
    """A model that always gives the same answer, or raises it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def prompt(self, text: str) -> Any:
        self.asked.append(text)
        if isinstance(self.answer, Exception):
            raise self.answer
        return SimpleNamespace(text=lambda: self.answer)


def rows(*triples: tuple[str, str, str]) -> str:
    return json.dumps([dict(zip(("actor", "target", "act"), t, strict=True)) for t in triples])


def ask(answer: Any, coding: Coding = OWN) -> tuple[Coding, list[str], Fake]:
    said: list[str] = []
    model = Fake(answer)
    return second.of_model("m", model, said.append)(TEXT, coding), said, model


def test_agreement_raises_confidence_a_little() -> None:
    got, said, _ = ask(f"```json\n{rows(('RU', 'GB', 'SANCTION.expel'))}\n```")
    assert got.events[0].confidence == 0.84
    assert got.events[0].rule == "expel; second: m agrees"
    assert got.events[0].evidence == SPANS
    assert said == []


def test_the_model_is_shown_text_reading_states_and_acts() -> None:
    _, _, model = ask("[]")
    assert TEXT.title in model.asked[0]
    assert '{"actor": "RU", "target": "GB", "act": "SANCTION.expel"}' in model.asked[0]
    assert "RU, GB" in model.asked[0]
    assert all(name in model.asked[0] for name in acts())


def test_an_addition_is_marked_and_graded_by_our_own_table() -> None:
    got, _, _ = ask(rows(("RU", "GB", "SANCTION.expel"), ("GB", "RU", "ACCUSE.allege")))
    act = acts()["ACCUSE.allege"]
    new = got.events[1]
    assert (new.actor, new.target, new.rule) == ("GB", "RU", "second: m adds it")
    assert (new.kind, new.severity, new.score) == (act.kind, act.severity, act.score)
    assert new.confidence == second.ADDED
    assert [span.text for span in new.evidence] == ["British", "Russia"]


def test_a_change_of_direction_keeps_the_evidence() -> None:
    got, _, _ = ask(rows(("GB", "RU", "SANCTION.expel")))
    (event,) = got.events
    assert (event.actor, event.target, event.act) == ("GB", "RU", "SANCTION.expel")
    assert event.rule == "second: m turns RU-GB SANCTION.expel; expel"
    assert event.evidence == SPANS
    assert event.confidence == second.ADDED


@pytest.mark.parametrize(
    ("answer", "word"),
    [("[]", "does not see it"), (rows(("RU", "GB", "ACCUSE.allege")), "reads ACCUSE.allege")],
)
def test_disagreement_marks_and_changes_nothing_else(answer: str, word: str) -> None:
    got, _, _ = ask(answer)
    assert got.events[0].rule == f"expel; second: m {word}"
    assert (got.events[0].act, got.events[0].confidence) == ("SANCTION.expel", 0.8)


@pytest.mark.parametrize(
    "answer",
    [
        "", "I think so.", "{}", "[" * 100_000, '["RU"]', '[{"actor": "RU"}]', "\x00", "null",
        '[{"actor": ["RU"], "target": "GB", "act": "SANCTION.expel"}]',
        '[{"actor": "RU", "target": "GB", "act": "SANCTION.expel", "score": 10}]',
        rows(("RU", "RU", "SANCTION.expel")), rows(("RU", "GB", "INVADE.now")),
        rows(("RU", "FR", "SANCTION.expel")),
    ],
)  # fmt: skip
def test_garbage_and_invented_states_leave_the_own_reading(answer: str) -> None:
    got, said, _ = ask(answer)
    assert got == OWN
    assert len(said) == 1


def test_an_invented_state_is_dropped_from_a_good_answer() -> None:
    got, said, _ = ask(rows(("RU", "GB", "SANCTION.expel"), ("FR", "RU", "SANCTION.expel")))
    assert [(e.actor, e.target) for e in got.events] == [("RU", "GB")]
    assert said == []


def test_a_failing_model_is_told_once_and_not_asked_again() -> None:
    said: list[str] = []
    model = Fake(RuntimeError("no key\nat https://u:p@example.org"))
    opinion = second.of_model("m", model, said.append)
    assert [opinion(TEXT, OWN), opinion(TEXT, OWN)] == [OWN, OWN]
    assert len(model.asked) == 1
    (line,) = said
    assert "no key at https://...@example.org" in line


def test_a_slow_model_is_given_up() -> None:
    gate = threading.Event()
    slow = SimpleNamespace(prompt=lambda _: gate.wait())
    said: list[str] = []
    assert second.of_model("m", slow, said.append, 0.01)(TEXT, OWN) == OWN
    gate.set()
    assert "no answer within 0.01 seconds" in said[0]


def test_a_text_with_one_state_is_not_asked_about() -> None:
    one = Coding("en", None, ("RU",), ())
    got, _, model = ask("[]", one)
    assert (got, model.asked) == (one, [])


def run(argv: list[str], monkeypatch: pytest.MonkeyPatch, module: Any) -> int:
    """Classify TEXT with `module` in the place of the library."""
    monkeypatch.setitem(sys.modules, "llm", module)
    line = json.dumps({"title": TEXT.title, "lang": "en"}).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert plain.answer(argv) is None
    return invoke(argv)


def missing(_name: str) -> Any:
    raise KeyError("Unknown model: m")


@pytest.mark.parametrize(
    ("module", "word"), [(None, "advisories[llm]"), (SimpleNamespace(get_model=missing), "Unknown")]
)
def test_without_library_or_model_the_own_reading_stands(
    module: Any, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["classify", "--second", "m"], monkeypatch, module) == 0
    out, err = capsys.readouterr()
    events = json.loads(out)["events"]
    assert [(e["actor"], e["rule"]) for e in events] == [
        (e.actor, e.rule) for e in code(TEXT).events
    ]
    assert err.count("\n") == 1
    assert word in err


def test_the_configuration_may_name_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.toml").write_text('second = "m"\n')
    monkeypatch.setenv("ADVISORIES_CONFIG", str(tmp_path / "c.toml"))
    model = Fake(rows(("RU", "GB", "SANCTION.expel")))
    assert run(["classify"], monkeypatch, SimpleNamespace(get_model=lambda _: model)) == 0
    assert "second: m" in json.loads(capsys.readouterr().out)["events"][0]["rule"]


def test_a_second_opinion_on_an_advisory_is_refused() -> None:
    assert invoke(["classify", "--as", "advisory", "--second", "m"]) == 2


def test_the_coder_alone_loads_no_library() -> None:
    asked = (
        "import sys; from advisories.coding import code; from advisories.model import Text;"
        "code(Text('Russia expels two British diplomats'));"
        "print([m for m in ('llm', 'advisories.coding.second') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

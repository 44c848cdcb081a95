"""What a person sees, at any width: nothing cut away, no riddles, a word for every number."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len

from advisories.api import Store
from advisories.output import chain, chart, lists, matrix
from advisories.output.clues import spoken
from advisories.output.terminal import Screen
from advisories.text import count

from .conftest import THREAT, Ask, Told, advice

Rows = Callable[..., list[dict[str, object]]]
WIDTHS = (20, 40, 59, 60, 80, 160)
STATUS: dict[str, Any] = {
    "source": "a-newspaper-re-published-as-rss", "kind": "official", "state": "unavailable",
    "age_hours": 60.0, "items": 12, "level_yield": 0.5, "error": "timed out", "not_before": None,
    "notes": ["提醒在美中国公民大选期间注意安全: the title names no single destination"],
}  # fmt: skip


def drawn(width: int, draw: Callable[..., None], *what: Any) -> str:
    """The lines of a drawing, none wider than the screen; blanks between the words made one."""
    out = io.StringIO()
    draw(Screen(out, {"COLUMNS": str(width)}), *what)
    assert max(cell_len(line) for line in out.getvalue().splitlines()) <= width
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize("width", WIDTHS)
def test_an_index_keeps_days_and_titles_of_what_drives_it(store: Store, width: int) -> None:
    shown = drawn(width, chart.table, store.tension("RU-US"))
    assert "…" not in shown
    if width >= 40:
        assert "2024-12-11 RU→US" in shown
        assert "RU→US" in shown.split("conflict")[1]
        assert "last answer 8 days before" in shown
        assert THREAT.split()[-1] in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ranking_says_what_its_numbers_are(store: Store, width: int) -> None:
    rows = store.pairs()
    shown = drawn(width, lists.pairs, rows)
    assert "1 story, " in shown
    assert "1 stories" not in shown
    assert ("in 7 d" in shown) if width < 60 else ("tension 7 d" in shown)
    assert all(r["ref"] in shown.replace(" ", "") for r in rows)


def test_names_of_a_pair_are_never_cut(store: Store) -> None:
    (row,) = store.pairs(limit=1)
    held = {**row, "pair": "TT-GS"}
    shown = drawn(100, lists.pairs, [held])
    assert "Trinidad & Tobago" in shown
    assert "Islands" in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_source_needs_stands_in_lines_of_its_own(width: int) -> None:
    shown = drawn(width, lists.sources, [STATUS])
    assert "unavailable" in shown
    assert "…" not in shown
    if width >= 40:
        assert "timed out; 提醒在美中国公民" in shown
        assert "the title names no single" in shown


def test_sources_at_80_columns_are_two_lines_each() -> None:
    rows = [{"id": "jp-mofa", "kind": "advisory", "issuer": "JP", "country": "JP", "lang": "ja",
             "state": "unproven", "name": "外務省 海外安全情報"}]  # fmt: skip
    assert drawn(80, lists.known, rows) == "jp-mofa advisory JP ja unproven 外務省 海外安全情報"


def test_a_hit_in_the_title_is_marked_there_and_not_told_twice(store: Store) -> None:
    for words in ("sanctions", "wide words", "missile"):
        rows = [r for r in store.search(words) if words in r["title"]]
        shown = drawn(80, lists.hits, rows)
        assert rows
        assert shown.count(words) == sum(r["title"].count(words) for r in rows)
    text = lists.Text("a long title with sanctions in it")
    lists._mark(text, lists._marked("…with «sanctions» in…"), text.plain.index("with"))
    assert [text.plain[s.start : s.end] for s in text.spans] == ["sanctions"]


def test_a_title_with_quotes_of_the_form_of_marks_stays_as_it_is() -> None:
    row = {"date": "2024-12-01", "title": "«Газпром» обвиняет США", "url": None, "countries": [],
           "ref": "a.1", "snippet": "«Газпром» обвиняет «США»"}  # fmt: skip
    assert drawn(80, lists.hits, [row]) == "2024-12-01 «Газпром» обвиняет США a.1"


def test_a_long_silence_is_told_in_years() -> None:
    assert "10 y" in drawn(80, lists.sources, [{**STATUS, "age_hours": 24 * 3709.0}])


def test_a_spread_needs_two(store: Store) -> None:
    assert "spread" not in drawn(80, matrix.long, store.levels(["GE"]))
    assert "spread 0" in drawn(80, matrix.long, store.levels(["RU"]))


def test_a_score_of_nothing_has_no_sign(store: Store, rows: Rows) -> None:
    (row,) = rows("explain", str(rows("show", "RU-US")[0]["ref"]))
    event = {**row["events"][0], "score": 0.0}  # type: ignore[index]
    assert "score 0, " in drawn(80, chain.draw, {**row, "events": [event]})


def test_a_hit_in_the_summary_is_shown_below(store: Store) -> None:
    assert drawn(80, lists.hits, store.search("summary")).endswith("summary[/link] here")


def test_one_issuer_that_does_not_fit_is_one_issuer(store: Store) -> None:
    assert "1 more issuer: wider" in drawn(24, matrix.matrix, store.levels())


def test_a_number_has_its_word() -> None:
    assert [count(n, "story", "stories") for n in (0, 1, 2)] == [
        "0 stories",
        "1 story",
        "2 stories",
    ]
    assert count(1, "day") + count(2, "day") == "1 day2 days"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("en|zm<=expels+1.2", "the word “expels…” between actor and target speaks for it (+1.2)"),
        ("en|zm>=by-0.7", "the word “by” between target and actor speaks against it (-0.7)"),
        ("ru|za<=_+0.9", "another place after both speaks for it (+0.9)"),
        ("en|w=talks+0.3", "the word “talks” in the sentence speaks for it (+0.3)"),
        ("a=<^+1.4", "the actor at the beginning of the sentence speaks for it (+1.4)"),
        ("en|b=<against+0.5", "the word “against” before the target speaks for it (+0.5)"),
        ("b=vSANCTION.expel+2.0",
         "the target shortly after the act “expulsion” speaks for it (+2.0)"),
        ("LABSANCTION^+1.0", "word order with the actor as subject and the target as object"
         " speaks for it (+1.0)"),
        ("SANCTION.expel|m<+0.8",
         "the act “expulsion” between actor and target speaks for it (+0.8)"),
        ("Tsport-1.1", "the text's topic “sport” speaks against it (-1.1)"),
        ("en|zn<=strike_on+0.5",
         "the phrase “strike on” between actor and target speaks for it (+0.5)"),
        ("en|zn>=to_$-0.3",
         "the phrase “to (the second place)” between target and actor speaks against it (-0.3)"),
        ("en|a=in+ASSAULT+0.7", "the word “in” before the actor, which stands shortly before"
         " the act “assault” speaks for it (+0.7)"),
        ("n3<-0.4", "the number of places named speaks against it (-0.4)"),
        ("?new!+0.1", "the learned sign ?new! speaks for it (+0.1)"),
        ("advice: level 4, political reasons", "advice: level 4, political reasons"),
        ("n3<-0.4; second: a model agrees",
         "the number of places named speaks against it (-0.4); second: a model agrees"),
    ],
)  # fmt: skip
def test_a_learned_sign_in_plain_words(rule: str, said: str) -> None:
    assert spoken(rule) == said


def test_most_signs_that_the_coder_has_learned_have_words() -> None:
    from advisories.coding.linear import weights

    for lang in ("en", "ru", "zh"):
        table = weights(lang).pair
        names = [p + w for p, group in table.groups.items() for w in group]
        riddles = [n for n in names if "the learned sign" in spoken(f"{n}+1.0")]
        assert len(riddles) <= len(names) / 20, riddles[:20]


def test_explain_says_it_to_a_person_and_keeps_it_for_programs(
    ask: Ask, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = next(str(r["ref"]) for r in rows("show", "RU-US") if r["title"] == THREAT)
    (found,) = rows("explain", ref)
    rule = found["events"][0]["rule"]  # type: ignore[index]
    assert "speaks for it" not in rule
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "speaks for" in " ".join(ask("explain", ref)[1].split())


def test_a_part_of_a_bulk_is_told_one_by_one(own: Told, rows: Rows) -> None:
    """Whoever asks for France learns of France."""
    codes = "FR DE IT ES PT NL BE AT CH SE NO FI DK PL CZ HU RO BG GR IE LV LT".split()
    own.tell(
        ("us-list", "2024-12-01T00:00:00Z", [advice(c, 2, "2024-11-01") for c in codes]),
        ("us-list", "2024-12-02T00:00:00Z", [advice(c, 2, "2024-12-02") for c in codes]),
    )
    found = rows("changes", "--kind", "reissued", "--to", "FR,DE", db=own.path)
    assert [(r["destination"], r["to"], r["title"]) for r in found] == [
        ("DE", 2, "Advice for DE"), ("FR", 2, "Advice for FR")
    ]  # fmt: skip


def test_messages_say_what_is_wrong(ask: Ask) -> None:
    err = ask("show", "RU-US", "--since", "2024-12-10", "--until", "2024-12-01")[2]
    assert "--since is later than --until" in err
    assert ask("pairs", "-n", "0")[2] == ""
    assert ".; see" not in ask("search")[2]
    assert "`show` prints the ref of each row" in ask("explain", "nothing.1")[2]


@pytest.mark.parametrize(
    ("written", "pair"),
    [
        ("russia usa", "RU-US"), ("RU,US", "RU-US"), ("RU_US", "RU-US"), ("RU→US", "RU-US"),
        ("Russia and United States", "RU-US"), ("usa vs. russia", "US-RU"), ("US -> RU", "US-RU"),
        ("guinea bissau portugal", "GW-PT"),
    ],
)  # fmt: skip
def test_a_pair_in_another_spelling_is_told_how_to_write_it(
    ask: Ask, written: str, pair: str
) -> None:
    code, out, err = ask("show", written)
    assert (code, out) == (2, "")
    assert err.endswith(f"; a pair is written {pair}\n")


@pytest.mark.parametrize("written", ["atlantis", "atlantis usa", "", " ", "korea", "US-Georgia"])
def test_what_is_no_pair_gets_no_such_hint(ask: Ask, written: str) -> None:
    assert "a pair is written" not in ask("show", written)[2]


def test_a_pair_in_two_words_is_one_word(ask: Ask) -> None:
    assert "a pair is one word, such as RU-US" in ask("show", "russia", "usa")[2]
    assert "a pair" not in ask("status", "usa")[2]


def test_a_report_until_a_month_holds_the_whole_month(ask: Ask) -> None:
    month = ask("report", "RU-US", "--until", "2024-12")
    assert month[0] == 0
    assert month[1] == ask("report", "RU-US", "--until", "2024-12-31")[1]


def test_help_says_what_the_signs_mean(ask: Ask) -> None:
    assert "!!! violence or rupture; ×3: told by three" in " ".join(
        ask("show", "--help")[1].split()
    )


def test_changes_in_a_chain_have_a_direction_and_one_level_where_none_moved(
    ask: Ask, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = str(rows("changes")[0]["ref"])
    first = next(str(r["ref"]) for r in rows("changes", "--kind", "first", "--to", "FR"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "US→RU raised: level 3→4" in ask("explain", ref)[1]
    assert "GB→FR first: level 2r3" in ask("explain", first)[1]


def test_one_day_is_no_span(store: Store, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    head = ask("show", "RU-GB", "--kind", "news")[1]
    assert "1 story, 1 outlet, 2024-12-01, as of" in head

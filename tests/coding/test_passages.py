"""Long texts are read in passages: the lead as a feed shows it, then two sentences at a time."""

from hypothesis import given
from hypothesis import strategies as st

from advisories.coding import code
from advisories.coding.passages import LEAD, PASSAGE, joined, passages
from advisories.coding.scene import prepare
from advisories.model import Event, Rejected, Text

DULL = "The market opened at nine. Rain fell on the hills. Bread was dear. A choir sang. Buses ran late. "
TITLE = "Norway expels two Russian diplomats"


def event(act: str, confidence: float, pair: tuple[str, str] = ("NO", "RU")) -> Event:
    return Event(*pair, act, "material_conflict", 3, -5.0, confidence, "")


def test_a_feed_item_is_one_passage() -> None:
    scene = prepare(Text(title=TITLE, summary="Oslo gave them a week. Moscow is angry.", lang="en"))
    assert passages(scene) == [scene]


def test_every_sentence_of_a_long_text_is_read_once_and_in_order() -> None:
    scene = prepare(Text(title=TITLE, summary=DULL, body=DULL, lang="en"))
    first, *later = passages(scene)
    assert len(first.sections) == 1 + LEAD
    assert {len(part.sections) for part in later[:-1]} == {PASSAGE}
    read = [s.tokens for part in (first, *later) for s in part.sections]
    assert read == [s.tokens for s in scene.sections]
    assert {s.part for part in later for s in part.sections} == {"inside"}


def test_an_act_far_down_is_found_where_it_stands() -> None:
    body = DULL + "Sweden has summoned the ambassador of Iran over the arrest of a Swedish student."
    coding = code(Text(title="A quiet week in the north", body=body, lang="en"))
    found = {(e.actor, e.target): e for e in coding.events}
    assert found["SE", "IR"].act == "PROTEST.summon"
    for span in found["SE", "IR"].evidence:
        assert span.where == "text"
        assert body[span.start : span.end] == span.text


def test_what_an_article_adds_does_not_change_its_lead() -> None:
    short = Text(
        title=TITLE, summary="Oslo gave them a week to leave. The embassy protested.", lang="en"
    )
    long = Text(title=TITLE, summary=f"{short.summary} {DULL}", lang="en")
    expel = [e for e in code(long).events if e.act == "SANCTION.expel"]
    assert [(e.actor, e.target) for e in expel] == [("NO", "RU")]


def test_each_act_of_a_pair_is_told_once_where_it_is_surest() -> None:
    sure, weak, other = (
        event("SANCTION.expel", 0.9),
        event("SANCTION.expel", 0.6),
        event("REJECT.deny", 0.7),
    )
    events, _ = joined([((weak,), ()), ((sure, other), ())])
    assert set(events) == {sure, other}


def test_a_reading_is_not_rejected_where_its_pair_has_an_event() -> None:
    mine, back = Rejected("NO", "RU", "", "weak"), Rejected("RU", "NO", "", "weak")
    _, rejected = joined([((event("SANCTION.expel", 0.9),), (back,)), ((), (mine, back))])
    assert rejected == (back,)


@given(
    st.lists(
        st.sampled_from(["Iran warned Iraq.", "It rained.", "Peru thanked Chile!"]), max_size=30
    )
)
def test_evidence_stands_in_the_text_however_long(sentences: list[str]) -> None:
    body = " ".join(sentences)
    for found in code(Text(title="News", body=body, lang="en")).events:
        for span in found.evidence:
            assert {"title": "News", "text": body}[span.where][span.start : span.end] == span.text

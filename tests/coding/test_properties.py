"""What holds for any text: no error, spans inside the text, the same answer twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from advisories import coding
from advisories.coding.linear import Lanes
from advisories.model import Text

WORDS = st.sampled_from(
    "Russia US Kyiv expels envoy from . , ' - \u200b “ ” России выслала посла 俄罗斯 美国 召见 大使 "
    "إيران تستدعي السفير İsrail'den Türkiye'ye 日本 韓国 抗議 한국 정부 ישראל صفت e\u0301 ﬁ \x00".split(
        " "
    )
)
LANGS = st.sampled_from(["", "en", "ru", "zh", "ar", "he", "ja", "ko", "tr", "fa", "xx", "de-AT"])
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join))


@given(title=TEXTS, summary=TEXTS, lang=LANGS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_coded(title: str, summary: str, lang: str) -> None:
    text = Text(title, summary, lang=lang)
    found = coding.code(text)
    assert found == coding.code(text)
    whole = {"title": title, "summary": summary, "text": ""}
    spans = [m.span for m in found.mentions] + [s for e in found.events for s in e.evidence]
    for span in spans:
        assert whole[span.where][span.start : span.end] == span.text
        assert span.text
    for event in found.events:
        assert event.actor != event.target
        assert 0 <= event.confidence <= 1
        assert {event.actor, event.target} <= set(found.countries)


@given(title=TEXTS, summary=TEXTS, lang=LANGS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_for_advice(title: str, summary: str, lang: str) -> None:
    text = Text(title, summary, lang=lang, issuer="RU")
    for advice in coding.read_advice(text):
        assert advice.destination != "RU"
        assert advice.level in (2, 3, 4)
    level = coding.read_level(text, "GB", "FR", lang).level
    assert level is None or 1 <= level <= 4


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(-30_000, 30_000).map(lambda n: n / 10_000)),
            max_size=4,
            unique_by=lambda row: row[0],
        ),
        max_size=8,
    )
)
def test_lanes_add_exactly(rows: list[list[tuple[int, float]]]) -> None:
    table = {str(n): " ".join(f"{c} {w}" for c, w in row) for n, row in enumerate(rows)}
    lanes = Lanes({"": table}, [6])
    whole = lanes.plain.total(table) + lanes.middle
    for lane in range(6):
        sums = sum(round(w * 10_000) for row in rows for n, w in row if n == lane)
        assert (whole >> (32 * lane)) % (1 << 32) - (1 << 31) == sums

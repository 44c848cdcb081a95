"""Words that name several states at once, and stems that begin with other stems."""

import pytest

from advisories.places import aliases_build
from advisories.places.mentions import Table, find, ready
from advisories.places.tokens import tokenize


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return {lang: ready(aliases_build.build(lang), lang) for lang in ("zh", "ja", "ko")}


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("zh", "俄乌举行谈判", ["RU", "UA"]),
        ("zh", "中美日内磋商", ["CN", "US"]),
        ("zh", "如日中天的歌手", []),
        ("zh", "今日美国报道以美国为首的联盟", ["US"]),
        ("ja", "米朝首脳会談、日米韓が連携", ["US", "KP", "JP", "US", "KR"]),
        ("ja", "日中の気温は三十度", []),
        ("ja", "新米の値段、タイトル戦", []),
        ("ko", "남북미 정상, 판문점 회동", ["KR", "KP", "US", "KR"]),
        ("ko", "한·미 연합 훈련", ["KR", "US"]),
        ("ko", "미얀마 정부와 미 정부", ["MM", "US"]),
        ("ko", "인도네시아 화산", ["ID"]),
        ("ko", "자유한국당 의원", []),
    ],
)
def test_names_in_headline_shorthand(
    tables: dict[str, Table],
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    text: str,
    codes: list[str],
) -> None:
    monkeypatch.setattr("advisories.places.mentions.table", tables.__getitem__)
    assert [place.code for place in find(tokenize(text, lang), lang)] == codes


def test_the_states_of_a_pair_word_share_its_tokens_in_order(
    tables: dict[str, Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisories.places.mentions.table", tables.__getitem__)
    spans = [(f.code, f.first, f.last) for f in find(tokenize("俄乌谈判", "zh"), "zh")]
    assert spans == [("RU", 0, 1), ("UA", 1, 2)]

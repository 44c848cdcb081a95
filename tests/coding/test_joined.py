"""Which places of a headline stand together, and where its clauses part."""

import pytest

from advisories.coding.scene import prepare
from advisories.model import Text


def groups(lang: str, title: str) -> list[set[str]]:
    """The codes of each coordinated group, in order."""
    out: dict[int, set[str]] = {}
    for place in prepare(Text(title=title, lang=lang)).sections[0].places:
        out.setdefault(place.group, set()).add(place.code)
    return list(out.values())


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        ("zh", "俄土伊三国总统会晤", [{"RU", "TR", "IR"}]),
        ("zh", "美国、哥伦比亚和巴西谴责委内瑞拉", [{"US", "CO", "BR"}, {"VE"}]),
        ("ar", "السعودية والإمارات ومصر تقطع علاقاتها مع قطر", [{"SA", "AE", "EG"}, {"QA"}]),
        ("he", "רוסיה ואוקראינה החליפו שבויים בטורקיה", [{"RU", "UA"}, {"TR"}]),
        ("ko", "미국과 중국, 북한 규탄", [{"US", "CN"}, {"KP"}]),
        ("ja", "イスラエル、イランを空爆", [{"IL"}, {"IR"}]),
        ("ja", "タイとカンボジアが交戦", [{"TH", "KH"}]),
        ("en", "France, Germany and Italy condemn Iran", [{"FR", "DE", "IT"}, {"IR"}]),
    ],
)
def test_coordinated_places_share_a_group(lang: str, title: str, expected: list[set[str]]) -> None:
    assert groups(lang, title) == expected


def test_a_blank_parts_the_clauses_of_a_chinese_headline() -> None:
    section = prepare(Text(title="土耳其拒绝美国要求 坚持购买俄罗斯导弹", lang="zh")).sections[0]
    clause = {place.code: place.clause for place in section.places}
    assert clause["TR"] == clause["US"] < clause["RU"]

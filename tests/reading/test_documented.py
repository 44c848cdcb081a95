"""The SQL in the documents runs, and gives something, on the story's store."""

import re
from pathlib import Path

import pytest

from advisories.api import Store
from advisories.store.reading.columns import VIEWS, columns
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
QUERIES = [
    q
    for block in re.findall(r"```sql\n(.*?)```", PAGE, re.S)
    for q in block.split(";")
    if q.strip()
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_in_the_schema_page_answers(store: Store, query: str) -> None:
    assert store.conn.execute(query).fetchall()


def test_every_view_is_told_of(store: Store) -> None:
    held = {n for (n,) in store.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    assert held == set(VIEWS) == set(columns())


def test_python_in_the_output_page_runs(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.S)
    exec(code.replace("advisories.db", str(path)).replace("30d", "9999d"))
    assert "US ADVISE.warn Advice for RU" in capsys.readouterr().out

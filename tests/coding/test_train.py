"""Training is reproducible: two runs over the same examples write the same bytes."""

import json
from pathlib import Path

from advisories.coding import examples
from advisories.coding.train import train


def _run(folder: Path, source: Path) -> dict[str, str]:
    folder.mkdir()
    train(folder, source)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}


def test_two_runs_agree(tmp_path: Path) -> None:
    rows = [row for row in examples.rows() if row["lang"] in ("en", "ru")][::45]
    source = tmp_path / "examples"
    source.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (source / "some.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    first = _run(tmp_path / "one", source)
    assert first == _run(tmp_path / "two", source)
    assert {"weights-common.json", "weights-en.json", "weights-ru.json"} <= set(first)

"""Rows to text for programs: JSON, NDJSON, CSV, TSV. One record is one line; nothing is cut.

Field names are the same in every form; absent is null (an empty cell), never a missing key; an
empty answer is `[]` or a header line alone.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from advisories.text import show

Row = Mapping[str, Any]
_FORMULA = re.compile("^[\\s\u200b-\u200d\u2060\ufeff]*[=+\\-@\t\r|%＝＋－＠]")


def emit(
    rows: Iterable[Row], fields: Sequence[str], form: str, out: TextIO, *, csv_raw: bool = False
) -> int:
    """Write the rows in a form; the number of rows.

    Args:
        rows: mappings that hold at least `fields`.
        fields: the keys, in order; others are left out.
        form: json, ndjson, csv or tsv.
        out: where to.
        csv_raw: CSV cells exactly as they are, not inert in a spreadsheet.
    """
    writers = {"json": _json, "ndjson": _ndjson, "csv": _csv, "tsv": _tsv}
    picked = ({f: _safe(row.get(f)) for f in fields} for row in rows)
    return writers[form](picked, fields, out, csv_raw)


def _safe(value: Any) -> Any:
    """No control character leaves, in any form."""
    if isinstance(value, str):
        return show(value)
    if isinstance(value, Mapping):
        return {k: _safe(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(v) for v in value]
    return value


def dumps(value: Any) -> str:
    """One line of JSON, UTF-8, no NaN."""
    return json.dumps(_safe(value), ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _json(rows: Iterable[Row], fields: Sequence[str], out: TextIO, raw: bool) -> int:
    n = 0
    for row in rows:
        out.write(("[\n " if n == 0 else ",\n ") + dumps(row))
        n += 1
    out.write("\n]\n" if n else "[]\n")
    return n


def _ndjson(rows: Iterable[Row], fields: Sequence[str], out: TextIO, raw: bool) -> int:
    n = 0
    for n, row in enumerate(rows, 1):  # noqa: B007 - the count is the answer
        out.write(dumps(row) + "\n")
    return n


def _csv(rows: Iterable[Row], fields: Sequence[str], out: TextIO, raw: bool) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    n = 0
    for n, row in enumerate(rows, 1):  # noqa: B007
        writer.writerow([_cell(row[f]) if raw else inert(row[f]) for f in fields])
    return n


def _tsv(rows: Iterable[Row], fields: Sequence[str], out: TextIO, raw: bool) -> int:
    out.write("\t".join(fields) + "\n")
    n = 0
    for n, row in enumerate(rows, 1):  # noqa: B007
        out.write("\t".join(str(_cell(row[f])).replace("\t", " ") for f in fields) + "\n")
    return n


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        simple = all(isinstance(v, str | int | float) for v in value)
        return ",".join(str(v) for v in value) if simple else dumps(value)
    return dumps(value) if isinstance(value, Mapping) else value


def inert(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula; numbers stay numbers."""
    cell = _cell(value)
    if isinstance(cell, str) and _FORMULA.match(cell):
        return "'" + cell
    return cell


def to_string(rows: Iterable[Row], fields: Sequence[str], form: str) -> str:
    """The same as text."""
    out = io.StringIO()
    emit(rows, fields, form, out)
    return out.getvalue()

"""Texts in, codings out: what `classify` does, without the command line around it."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from advisories.errors import AdvisoriesError

if TYPE_CHECKING:
    from advisories.coding.second import Opinion
    from advisories.model import Event, Text

FIELDS = ("id", "lang", "kind", "countries", "events")
ADVICE = ("level", "regional_max", "reasons")
TEXTS = ("title", "summary", "text", "lang", "date", "issuer", "destination")
KINDS = ("news", "advisory")


def write(
    file: str, kind: str, form: str, out: TextIO, *, csv_raw: bool = False,
    second: "Opinion | None" = None,
) -> None:  # fmt: skip
    """Code each line of an NDJSON file ("-": stdin) as news or advisory, and write the rows.

    `second` has its say on each coding of news; see `coding.second`.

    Raises:
        AdvisoriesError: the file or a line of it cannot be read; names the line.
    """
    from advisories.output.emit import emit

    advisory = kind == "advisory"
    with _lines(file) as lines:
        rows = (_advice(r) if advisory else _news(r, second) for r in _records(file, lines))
        emit(rows, (*FIELDS, *ADVICE) if advisory else FIELDS, form, out, csv_raw=csv_raw)


def _lines(file: str) -> AbstractContextManager[BinaryIO]:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise AdvisoriesError(f"{file}: cannot be read: {error.strerror}") from None


def _records(file: str, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of NDJSON, their texts checked.

    Raises:
        AdvisoriesError: a line is no JSON object, or a text in it is none; names the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{'stdin' if file == '-' else file}, line {number}"
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise AdvisoriesError(f"{where}: not a JSON object in UTF-8") from None
        if not isinstance(record, dict):
            raise AdvisoriesError(f"{where}: not a JSON object")
        for key in TEXTS:
            value = record.get(key)
            if value is not None and not isinstance(value, str):
                raise AdvisoriesError(f"{where}: {key!r} must be text or null")
            record[key] = _whole(value or "")
        yield record


def _whole(text: str) -> str:
    """Without lone surrogates, letter for letter as long."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace")  # fmt: skip


def _text(record: dict[str, Any]) -> "Text":
    from advisories.model import Text

    return Text(record["title"], record["summary"], record["text"], record["lang"], record["date"],
                record["issuer"])  # fmt: skip


def _news(record: dict[str, Any], second: "Opinion | None" = None) -> dict[str, Any]:
    from dataclasses import replace

    from advisories.coding import code

    text = replace(_text(record), issuer="")
    coding = code(text)
    if second:
        coding = second(text, coding)
    return {
        "id": record.get("id"), "lang": coding.lang, "kind": coding.kind,
        "countries": list(coding.countries), "events": [_event(e) for e in coding.events],
    }  # fmt: skip


def _event(event: "Event") -> dict[str, Any]:
    return {
        "actor": event.actor, "target": event.target, "act": event.act, "kind": event.kind,
        "severity": event.severity, "score": event.score,
        "confidence": round(event.confidence, 4), "rule": event.rule,
        "evidence": [{"text": s.text, "start": s.start, "end": s.end, "where": s.where}
                     for s in event.evidence],
    }  # fmt: skip


def _advice(record: dict[str, Any]) -> dict[str, Any]:
    """The level, and the issuer's act that it is."""
    from advisories.coding import advice_event, read_level, reasons

    issuer, destination = record["issuer"].upper(), record["destination"].upper()
    text = _text(record)
    advice = read_level(text, issuer, destination, record["lang"] or "en")
    told = advice.reasons or reasons(
        f"{text.title}\n{text.summary}\n{text.body}", text.lang or "en"
    )
    events = [advice_event(advice)] if advice.level and issuer and destination else []
    return {
        "id": record.get("id"), "lang": record["lang"] or "en",
        "kind": events[0].kind if events else None,
        "countries": [c for c in (issuer, destination) if c],
        "events": [_event(e) for e in events], "level": advice.level,
        "regional_max": advice.regional_max, "reasons": list(told),
    }  # fmt: skip

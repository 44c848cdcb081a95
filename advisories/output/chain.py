"""The chain from a row to the bytes, in one screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from advisories.output.clues import spoken
from advisories.output.terminal import DIM, SEVERITY, SIGNS, Screen, level_text
from advisories.text import count, show

Row = Mapping[str, Any]
MANY = 5


def draw(screen: Screen, row: Row) -> None:
    """Item, advice, events with their words, what was rejected, who else, fetch and bytes."""
    item = row["item"]
    _line(screen, "item", _title(row))
    _line(screen, "", Text(f"{item['source']}  {item['published'] or 'no date'}  {item['url'] or ''}",
                           style=DIM))  # fmt: skip
    if item["summary"]:
        _line(screen, "summary", _marked(item["summary"], row["events"], "summary", 400))
    if row["advice"] and row["advice"]["destination"]:
        _advice(screen, row["advice"])
    for event in row["events"]:
        _event(screen, event)
    if not row["events"]:
        places = ", ".join(row["countries"]) or "none"
        _line(screen, "event", Text(f"none; places named: {places}"))
    _some(screen, "rejected", [_rejected(screen, r) for r in row["rejected"]])
    _some(
        screen,
        "also told",
        [f"{w['date'][:16]}Z {w['source']}: {w['title']}" for w in row["witnesses"]],
    )
    _some(screen, "changes", [_change(screen, c) for c in row["changes"]])
    if len(row["states"]) > 1:
        _some(screen, "states", [f"{s['observed']} {s['ref']} {s['title']}" for s in row["states"]])
    _bytes(screen, row)


def _line(screen: Screen, label: str, text: Text) -> None:
    from advisories.output.terminal import grid

    table = grid(10, None)
    table.add_row(Text(label, style="bold"), text)
    screen.print(table)


def _some(screen: Screen, label: str, lines: Sequence[str]) -> None:
    for n, line in enumerate(lines[:MANY]):
        _line(screen, "" if n else label, Text(show(line)))
    if len(lines) > MANY:
        _line(screen, "", Text(f"and {len(lines) - MANY} more: --json", style=DIM))


def _title(row: Row) -> Text:
    text = _marked(row["item"]["title"] or "", row["events"], "title")
    return text.append(f"  {row['ref']}", style=DIM)


def _marked(words: str, events: Sequence[Row], where: str, most: int = 10_000) -> Text:
    """The text with the words that decided marked in it."""
    text = Text(show(words[:most]) + ("..." if len(words) > most else ""))
    for event in events:
        for span in event["evidence"]:
            if span["where"] == where and span["end"] <= most:
                text.stylize("bold underline", span["start"], span["end"])
    return text


def _advice(screen: Screen, advice: Row) -> None:
    text = Text(f"of {advice['destination']}: level ")
    text.append_text(level_text(advice["level"], advice["regional_max"]))
    words = [advice["level_text"], advice["unknown"], ", ".join(advice["reasons"]),
             ", ".join(advice["flags"])]  # fmt: skip
    text.append("".join(f"; {show(w)}" for w in words if w))
    _line(screen, "advice", text)


def _event(screen: Screen, event: Row) -> None:
    text = Text(screen.sign(f"{event['actor']}→{event['target']} "), style="bold")
    text.append(screen.sign(SIGNS[event["severity"]]), style=SEVERITY[event["severity"]])
    sign = "+" if event["score"] else ""
    text.append(f" {event['act']}  severity {event['severity']}, score {event['score'] or 0:{sign}g}, "
                f"confidence {event['confidence']:.2f}, coder {event['coder']}")  # fmt: skip
    _line(screen, "event", text)
    _line(screen, "  rule", Text(show(spoken(event["rule"]))))
    words = ", ".join(f"“{s['text']}” ({s['where']})" for s in event["evidence"])
    if words:
        _line(screen, "  words", Text(show(words)))


def _rejected(screen: Screen, row: Row) -> str:
    return f"{screen.sign(row['actor'] + '→' + row['target'])} {row['act']}: {row['why']}"


def _change(screen: Screen, row: Row) -> str:
    sure = "" if row["confirmed"] else " (unconfirmed)"
    before, after = (
        level_text(row[f"level_{end}"], row[f"regional_{end}"]).plain for end in ("from", "to")
    )
    moved = after if before in ("?", after) else f"{before}→{after}"
    way = f"{row['issuer']}→{row['destination']}"
    return screen.sign(f"{way} {row['kind']}: level {moved}{sure}")


def _bytes(screen: Screen, row: Row) -> None:
    got = row["fetched"]
    text = f"{got['at']}  status {got['status']}  {got['url']}"
    if got["final_url"] and got["final_url"] != got["url"]:
        text += screen.sign(f" → {got['final_url']}")
    _line(screen, "fetched", Text(show(text)))
    if row["payload"]:
        held = row["payload"]
        _line(
            screen,
            "bytes",
            Text(f"sha256 {held['sha256']}, {count(held['size'], 'byte')}; --raw prints them"),
        )

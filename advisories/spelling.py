"""What somebody meant who wrote a pair in another way: "russia usa", "RU, US", "US vs. Russia"."""

import re

from advisories.errors import UsageError
from advisories.places.pairs import parse, text_of

_APART = re.compile(r"(?:[\s,;_|&+<>→↔⇄]|\b(?:and|vs|versus|with|against|to)\b\.?)+", re.IGNORECASE)


def meant(text: str) -> str | None:
    """The pair as it is written ("RU-US"), where two names can be told apart; else None."""
    words = [word for word in _APART.split(text) if word]
    for n in range(1, len(words)):
        left, right = " ".join(words[:n]), " ".join(words[n:])
        try:
            pair = parse(f"{left}-{right}")
        except UsageError:
            continue
        if pair.second:
            return text_of(pair)
    return None

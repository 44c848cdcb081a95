"""What the coder's strongest sign says, in plain words. Programs get the sign itself.

A sign is the name of a feature and its weight, such as `en|zm<=expels+1.2`; how the names are made
stands in `coding.features`, `coding.roles` and `coding.frames`. A name that is not known here is
shown as it is: the models are trained anew, and may learn from other facts.
"""

import re
from collections.abc import Callable

from advisories.output.timeline import word as act_word

_SIGN = re.compile(r"(.+)([+-]\d+\.\d)$")
_PARTIES = {"A": "the actor", "B": "the target", "X": "both", "o": "another place", "-": "nobody"}
_ZONES = {"b": "before both", "a": "after both", "m<": "between actor and target",
          "m>": "between target and actor", "m": "between the two"}  # fmt: skip
_CUT = 6
"""Words around a pair are cut to so many letters."""
_PLAIN = {
    "o": "the order of the two", "d": "the distance of the two", "x": "the places between the two",
    "n": "the number of places named", "t": "the number of places named", "K": "the number of acts",
    "c": "the clauses of the two", "k": "the clauses of the two", "C": "the clause of the act",
    "f": "who is named first", "l": "who is named last", "V": "the place of the nearest act",
    "A": "how the actor is named", "B": "how the target is named", "AB": "how the two are named",
    "T": "the number of acts",
}  # fmt: skip


def spoken(rule: str) -> str:
    """A rule as `explain` shows it to a person; parts that are no learned sign stay as they are."""
    return "; ".join(_part(part) for part in rule.split("; "))


def _part(part: str) -> str:
    found = _SIGN.match(part)
    if not found:
        return part
    side = "against" if found[2].startswith("-") else "for"
    return f"{_said(found[1])} speaks {side} it ({found[2]})"


def _said(name: str) -> str:
    for pattern, tell in _FORMS:
        found = re.fullmatch(pattern, name)
        if found:
            return tell(found)
    return f"the learned sign {name}"


def _quoted(word: str, cut: bool = False) -> str:
    if word == "_":
        return "another place"
    return f"the word “{word}{'…' if cut and len(word) == _CUT else ''}”"


def _zone(found: re.Match[str]) -> str:
    zone, order, word = found.groups()
    return f"{_quoted(word, cut=True)} {_ZONES.get(zone + order) or _ZONES[zone]}"


def _neighbours(found: re.Match[str]) -> str:
    words = [w for w in re.split(r"(?<=.)_", found[2]) if w]
    shown = " ".join({"^": "(the first place)", "$": "(the second place)", "_": "(another)"}.get(w, w)
                     for w in words)  # fmt: skip
    return f"the phrase “{shown}” {_ZONES['m' + found[1]]}"


def _act(name: str) -> str:
    return f"the act “{act_word(name) or name.lower()}”"


def _act_at(found: re.Match[str]) -> str:
    return f"{_act(found[1])} {_ZONES.get(found[2] + found[3]) or _ZONES[found[2]]}"


def _party(found: re.Match[str]) -> str:
    who = _PARTIES[found[2].upper()] + (", anywhere in the text," if found[1] else "")
    fact = found[3]
    for pattern, tell in _FACTS:
        held = re.fullmatch(pattern, fact)
        if held:
            return tell(held, who)
    return f"{who} with the learned sign {fact}"


def _before(found: re.Match[str], who: str) -> str:
    if found[1] == "^":
        return f"{who} at the beginning of the sentence"
    return f"{_quoted(found[1])} before {who}"


def _after(found: re.Match[str], who: str) -> str:
    return (
        f"{who} at the end of the sentence"
        if found[1] == "$"
        else f"{_quoted(found[1])} after {who}"
    )


def _at_act(found: re.Match[str], who: str) -> str:
    act = _act(found[2]) if found[2] else "an act"
    return f"{who} shortly before {act}{' in the passive' if found[1] else ''}"


def _led(found: re.Match[str], who: str) -> str:
    if found[1] == "^":
        return f"{who} first in the sentence and shortly before {_act(found[2])}"
    return f"{_quoted(found[1])} before {who}, which stands shortly before {_act(found[2])}"


def _behind_act(found: re.Match[str], who: str) -> str:
    act = _act(found[1]) if found[1] else "an act"
    return f"{who} shortly after {act}{f' and {_quoted(found[2])}' if found[2] else ''}"


def _roles(found: re.Match[str]) -> str:
    subject, object_ = (_PARTIES[letter] for letter in (found[1], found[2]))
    return f"word order with {subject} as subject and {object_} as object"


_FACTS: tuple[tuple[str, Callable[[re.Match[str], str], str]], ...] = (
    (r"<<?:(\w+)", lambda m, who: f"a word of the kind “{m[1]}” before {who}"),
    (r">:(\w+)", lambda m, who: f"a word of the kind “{m[1]}” after {who}"),
    (r"<(.+)", _before),
    (r">(.+)", _after),
    (r"by(\w+)", lambda m, who: f"{who} named by {m[1]}"),
    (r":(tag|tail).*", lambda m, who: f"{who} in a short clause at the sentence's edge"),
    (r":Cap\w*", lambda m, who: f"a capital letter right after {who}"),
    (r":([A-Z]{2})", lambda m, who: f"{who} being {m[1]}"),
    (r":([A-Z]{2})<(.+)", lambda m, who: f"{_quoted(m[2])} before {m[1]}"),
    (r"~(.+)", lambda m, who: f"the ending “-{m[1]}” of the name of {who}"),
    (r"\^(p?)\.?([A-Z]+(?:\.\w+)?)?", _at_act),
    (r"(.+)\+([A-Z]+)", _led),
    (r"v([A-Z]+(?:\.\w+)?)(?:\+(?!-$)(.+)|\+-)?", _behind_act),
    (r"v()(?!-$)(.+)", _behind_act),
    (r"v()(-)", lambda m, who: f"{who} right after an act"),
)
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(?:\w+\|)?zn([<>])=(.+)", _neighbours),
    (r"(?:\w+\|)?z([bma])([<>])=(.+)", _zone),
    (r"(?:\w+\|)?w=(.+)", lambda m: f"{_quoted(m[1], cut=True)} in the sentence"),
    (r"(?:\w+\|)?(x?)([ab])=(.+)", _party),
    (r"([A-Z]{3,}(?:\.\w+)?)\|[a-z]*?([bma])([<>])g?", _act_at),
    (r"N([A-Z]{3,}(?:\.\w+)?)\|.*", lambda m: f"{_act(m[1])} as the nearest to the two"),
    (r"(?:L:?|[ip][RF])([ABXo-])'?([ABXo-]).*", _roles),
    (r"noact.*", lambda m: "no act in the sentence"),
    (r"cross.*", lambda m: "that no sentence names both"),
    (r"m:-[<>]", lambda m: "nothing special between the two"),
    (r"m:(\w+)[<>]", lambda m: f"a word of the kind “{m[1]}” between the two"),
    (r"T([A-Z]{3,}(?:\.\w+)?)", lambda m: f"{_act(m[1])} in the text"),
    (r"T([a-z]+)", lambda m: f"the text's topic “{m[1]}”"),
    (r"S([a-z]+)", lambda m: f"a word of the kind “{m[1]}” in the sentence"),
    (r"(AB|[odxntKckCflVABT])[\w,'+-]*[<>]?[a-z]*", lambda m: _PLAIN[m[1]]),
)

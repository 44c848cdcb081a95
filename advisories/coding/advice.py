"""Travel advice in prose: who is told not to go where, by governments that print no level.

"Refrain from trips to the US, Canada and, with a few exceptions, EU countries" is advice to three
destinations at level 3. Not advice: a ban on leaving one's own country, quarantine rules, and the
advice of a private body.
"""

import re
from collections.abc import Iterator

from advisories.coding.language import detect
from advisories.coding.levels import reasons, scale
from advisories.coding.lexicon import acts
from advisories.model import POLITICAL_REASONS, Advice, Event, Span, Text
from advisories.places.mentions import find
from advisories.places.tokens import tokenize

LENGTH = 4_000
"""Characters of a text that are read for advice."""
_SEVERITY = {1: 1, 2: 2, 3: 3, 4: 3}
_SCORES = {1: 0.0, 2: -2.5, 3: -4.5, 4: -5.5}
_POLITICAL = -1.0
"""Added to the score where the reason is the other state's own conduct."""
_SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*", re.S)
_IMPOSTOR = re.compile(
    r"quarantin|карантин|隔离|隔離|자가격리|quarantaine|cuarentena|quarantena|kwarantann|карантин|"
    r"vaccin|вакцин|"
    r"\b(?:amnesty|ngo|human rights (?:watch|campaign)|naacp|aclu|airlines?|tour operators?)\b|"
    r"(?:ban\w*|forbid\w*|bars?|prohibit\w*) (?:its |their |own )?(?:\w+ ){0,2}"
    r"(?:from (?:leaving|going abroad|travell?ing abroad)|leaving the country)|"
    r"запрет\w* (?:на )?выезд\w* (?:\w+ ){0,3}(?:из страны|за границу|за рубеж)|限制出境|禁止出境",
    re.I,
)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text[:LENGTH]):
        yield match.start(), match[0]


def _wording(sentence: str, lang: str) -> tuple[int, int, int] | None:
    """The gravest level phrase of a sentence: level, start, end."""
    for level, pattern in scale(lang):
        match = pattern.search(sentence)
        if match and level >= 2:
            return level, match.start(), match.end()
    return None


def _destinations(sentence: str, lang: str, issuer: str, day: str, phrase: int) -> list[str]:
    """Places named after the phrase; before it if none is named after it."""
    tokens = tokenize(sentence, lang)
    places = [(tokens.starts[f.first], f) for f in find(tokens, lang, day)]
    places = [(at, f) for at, f in places if f.code != issuer and f.by not in ("leader", "organ")]
    after = [f.code for at, f in places if at >= phrase]
    return list(dict.fromkeys(after or [f.code for _, f in places]))


def _advice(text: Text, where: str, whole: str, lang: str) -> Iterator[Advice]:
    spoken = {"title": text.title, "summary": text.summary, "text": text.body}[where]
    pending: tuple[int, int, str] | None = None
    for offset, sentence in _sentences(spoken):
        wording = _wording(sentence, lang)
        if wording is None or _IMPOSTOR.search(sentence):
            continue
        level, start, end = wording
        goals = _destinations(sentence, lang, text.issuer, text.date, start)
        span = Span(sentence[start:end], offset + start, offset + end, where)
        for goal in goals:
            yield Advice(
                text.issuer, goal, level, None, reasons(whole, lang), span.text, "", (span,)
            )
        pending = None if goals else (level, offset + start, span.text)
    if pending is not None:
        level, at, words = pending
        span = Span(words, at, at + len(words), where)
        for goal in _destinations(text.title, lang, text.issuer, text.date, 0):
            yield Advice(text.issuer, goal, level, None, reasons(whole, lang), words, "", (span,))


def read_advice(text: Text) -> tuple[Advice, ...]:
    """Travel advice in the words of `text.issuer`: one a destination, () where there is none.

    The level is 2..4 by the wording; the gravest counts where a destination is named twice.
    """
    if not text.issuer:
        return ()
    whole = f"{text.title}\n{text.summary}\n{text.body}"[:LENGTH]
    lang = detect(whole[:400], text.lang)
    best: dict[str, Advice] = {}
    for where in ("title", "summary", "text"):
        for advice in _advice(text, where, whole, lang):
            kept = best.get(advice.destination)
            if kept is None or (advice.level or 0) > (kept.level or 0):
                best[advice.destination] = advice
    return tuple(best.values())


def advice_event(advice: Advice) -> Event:
    """Advice as an act of the issuer toward the destination.

    Severity 1, 2, 3, 3 for levels 1 to 4, 3 for a warning without a level; political reasons
    (wrongful detention, diplomatic) weigh one point more in the score.
    """
    level = advice.level or 3
    severity = _SEVERITY[level]
    name = "ADVISE.ease" if level == 1 else "ADVISE.warn"
    political = bool(POLITICAL_REASONS.intersection(advice.reasons)) and level > 1
    worst = advice.regional_max or 0
    score = _SCORES[level] + (_POLITICAL if political else 0.0) - (0.5 if worst > level else 0.0)
    rule = f"advice: level {advice.level or 'unknown'}" + (
        ", political reasons" if political else ""
    )
    return Event(
        advice.issuer, advice.destination, name, acts()[name].kind, severity, score, 1.0, rule,
        advice.evidence,
    )  # fmt: skip

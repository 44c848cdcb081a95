"""Which language a text is in: by script, then by telling letters and little words.

Small and sure enough to choose a table; feeds name their language anyway.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

LANGUAGES = (
    ["en", "ru", "uk", "ar", "zh", "es", "pt", "fr", "de", "it", "pl", "ja", "tr", "fa", "he", "ko"]
)  # fmt: skip
"""The languages the coder has tables for."""

_SCRIPTS = {
    "ja": "[\u3040-\u30ff]",
    "ko": "[\uac00-\ud7af]",
    "zh": "[\u3400-\u9fff]",
    "he": "[\u05d0-\u05ea]",
    "ar": "[\u0620-\u06ff]",
    "ru": "[\u0400-\u04ff]",
}
_LONE = ("ru", "ar", "he", "ko")
"""Scripts of one language or two that share no sign with another: the first with most letters is it."""
_BEYOND_LATIN = "[\u0400-\u04ff\u05d0-\u05ea\u0620-\u06ff\u3040-\u9fff\uac00-\ud7af]"
"""A letter of any of these scripts."""
_UKRAINIAN = "[іїєґІЇЄҐ]| та | й | що |ння "
_RUSSIAN = "[ыэъёЫЭЪЁ]| и | что "
_PERSIAN = "[پچژگیک]| از | در | به | را | که "
_ARABIC = "[ةىيكإأ]| في | من | على | إلى "

_WORDS: Mapping[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": "the of to in and on for with says over after by as at is from his will amid has "
        "new not an are it that was be against its who could",
        "es": "el los las de la en del y que por con para una un al su se como más tras sobre "
        "según contra entre es no",
        "pt": "o os as de da do em no na que por com para uma um ao à se são não após dos das "
        "pela pelo mais sobre é contra e",
        "fr": "le les des du de la en et que pour par une un au aux sur dans est après ne pas "
        "contre avec qui son sa l d à",
        "de": "der die das und in den von zu mit für auf im ist nicht ein eine nach dem des bei "
        "aus will sich gegen über als wegen vor",
        "it": "il lo gli di la del della in e che per con una un al nel dei delle sono non dopo "
        "contro da su è le i",
        "pl": "w i na z do się nie że o po za dla jest przez od przed ma to ze oraz wobec",
        "tr": "ve bir bu ile için da de dan den olarak çok daha sonra karşı yeni son gibi etti "
        "oldu var dedi",
        "nl": "de het een van en in op voor met is niet naar bij uit wordt tegen over aan zijn",
        "sv": "och att i på av för med som en ett den det är inte till från om mot",
        "ro": "și în de la cu pe din care pentru că o un nu este după",
        "id": "dan di yang untuk dengan dari ke pada ini itu akan tidak",
    }.items()
}
_TELLING = (
    ("tr", "[ışğİŞĞ]"),
    ("pl", "[łąęśżźćńŁŚŻ]"),
    ("de", "[ßäÄ]|ü"),
    ("pt", "[ãõÃÕ]|ção|ções"),
    ("es", "[ñ¿¡Ñ]|ción|ó "),
    ("fr", "[œêèçîÉ]|[dlL]['’]"),
    ("it", "[ìò]|ità|zione|[lL]['’]|dell['’]"),
    ("sv", "å"),
    ("ro", "[șțăȘȚ]"),
)
_ASCII = frozenset({"fr", "it"})
"""Languages whose telling letters may be plain ones: an apostrophe, or -zione."""
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _beyond_latin() -> Callable[[str], object]:
    return re.compile(_BEYOND_LATIN).search


@cache
def _count(pattern: str) -> Callable[[str], int]:
    """How often a pattern stands in a text; compiled at first use, for most texts need few."""
    every = re.compile(pattern).findall
    return lambda text: len(every(text))


@cache
def _letters(script: str) -> Callable[[str], int]:
    """How many letters of a set stand in a text: found by whole words, for there are fewer."""
    every = re.compile(f"{script}+").findall
    return lambda text: len("".join(every(text)))


@cache
def _speakers() -> Mapping[str, list[str]]:
    """The languages of each little word."""
    speakers: dict[str, list[str]] = {}
    for lang, words in _WORDS.items():
        for word in words:
            speakers.setdefault(word, []).append(lang)
    return speakers


def _latin(text: str) -> str:
    speakers = _speakers()
    scores = dict.fromkeys(_WORDS, 0)
    for word in map(str.lower, _WORD.findall(text)):
        for lang in speakers.get(word, ()):
            scores[lang] += 1
    plain = text.isascii()
    if not plain or "'" in text or "zione" in text:
        for lang, letters in _TELLING:
            if not plain or lang in _ASCII:
                scores[lang] += 2 * _count(letters)(text)
    best = max(scores, key=lambda lang: (scores[lang], lang == "en"))
    return best if scores[best] > 0 else "en"


def _script(text: str) -> str:
    """The language of the script that most letters are in; "" for Latin."""
    if not _beyond_latin()(text):
        return ""
    for lang in _LONE:
        if _letters(_SCRIPTS[lang])(text) * 2 > len(text):
            return lang
    counts = {lang: _letters(letters)(text) for lang, letters in _SCRIPTS.items()}
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=lambda lang: counts[lang])
    weight = 3 if best in ("zh", "ja", "ko") else 1
    most = counts[best] * weight * 2
    return best if most and (most >= len(text) or most >= sum(map(str.isalpha, text))) else ""


def detect(text: str, hint: str = "") -> str:
    """ISO 639-1 code of the language of `text`; `hint` is believed unless the script contradicts."""
    hint = hint[:2].lower()
    if text.isascii() and (hint in _WORDS or hint in ("",)):
        return hint or _latin(text)
    script = _script(text)
    if not script:
        return hint if hint in _WORDS else _latin(text)
    if script == "ru":
        if hint in ("ru", "uk"):
            return hint
        return "uk" if _count(_UKRAINIAN)(text) > _count(_RUSSIAN)(text) else "ru"
    if script == "ar":
        if hint in ("ar", "fa"):
            return hint
        return "fa" if _count(_PERSIAN)(text) > _count(_ARABIC)(text) else "ar"
    return script

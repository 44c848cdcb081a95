"""Which language a text is in: by script, then by telling letters and little words.

Small and sure enough to choose a table; feeds name their language anyway.
"""

import re
from collections.abc import Mapping

LANGUAGES = (
    ["en", "ru", "uk", "ar", "zh", "es", "pt", "fr", "de", "it", "pl", "ja", "tr", "fa", "he", "ko"]
)  # fmt: skip
"""The languages the coder has tables for."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_BEYOND_LATIN = re.compile("[\u0400-\u04ff\u05d0-\u05ea\u0620-\u06ff\u3040-\u9fff\uac00-\ud7af]")
"""A letter of any of these scripts."""
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]| та | й | що |ння ")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]| и | что ")
_PERSIAN = re.compile("[پچژگیک]| از | در | به | را | که ")
_ARABIC = re.compile("[ةىيكإأ]| في | من | على | إلى ")

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
    ("tr", re.compile("[ışğİŞĞ]")),
    ("pl", re.compile("[łąęśżźćńŁŚŻ]")),
    ("de", re.compile("[ßäÄ]|ü")),
    ("pt", re.compile("[ãõÃÕ]|ção|ções")),
    ("es", re.compile("[ñ¿¡Ñ]|ción|ó ")),
    ("fr", re.compile("[œêèçîÉ]|[dlL]['’]")),
    ("it", re.compile("[ìò]|ità|zione|[lL]['’]|dell['’]")),
    ("sv", re.compile("å")),
    ("ro", re.compile("[șțăȘȚ]")),
)
_WORD = re.compile(r"[^\W\d_]+")


def _latin(text: str) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    scores = {lang: sum(w in known for w in words) for lang, known in _WORDS.items()}
    for lang, letters in _TELLING:
        scores[lang] += 2 * len(letters.findall(text))
    best = max(scores, key=lambda lang: (scores[lang], lang == "en"))
    return best if scores[best] > 0 else "en"


def _script(text: str) -> str:
    """The language of the script that most letters are in; "" for Latin."""
    if not _BEYOND_LATIN.search(text):
        return ""
    counts = {lang: len(pattern.findall(text)) for lang, pattern in _SCRIPTS}
    if counts["ja"]:
        counts["ja"] += counts.pop("zh")
    best = max(counts, key=lambda lang: counts[lang])
    size = sum(char.isalpha() for char in text)
    weight = 3 if best in ("zh", "ja", "ko") else 1
    return best if counts[best] * weight * 2 >= size and counts[best] else ""


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
        return "uk" if len(_UKRAINIAN.findall(text)) > len(_RUSSIAN.findall(text)) else "ru"
    if script == "ar":
        if hint in ("ar", "fa"):
            return hint
        return "fa" if len(_PERSIAN.findall(text)) > len(_ARABIC.findall(text)) else "ar"
    return script

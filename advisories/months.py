"""Names of months in the languages of the feeds we read, and what a printed word means.

A word counts as a month if it is one of these names or begins one (three letters at least), in any
case and with or without its accents, and if all the names it begins are the same month: "lip" is
July in Polish and June in Croatian, "listopad" November and October, so both are nothing.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

# One line a month; forms that differ only by accents, or by their end, once. The Slavic genitives
# are what stands in a date. Croatian, Czech and Lithuanian are here for what they make ambiguous.
_NAMES = (
    "january januar jänner janvier enero gennaio gener janeiro januari stycznia styczeń января январь "
    "січня січень ocak ιανουαρίου ιανουάριος január ledna leden siječnja sausio tammikuu ianuarie "
    "януари јануар يناير",
    "february februar feber février febrero febbraio febrer fevereiro februari lutego luty февраля "
    "февраль лютого лютий şubat φεβρουαρίου φεβρουάριος február února veljače vasario helmikuu "
    "februarie veebruar февруари фебруар فبراير",
    "march mar märz mrz mars marzo març março maart mrt marca marzec марта март березня березень mart "
    "μαρτίου μάρτιος március března ožujka kovo maaliskuu martie märts مارس",
    "april avril abril aprile kwietnia kwiecień апреля апрель квітня квітень nisan απριλίου "
    "απρίλιος április dubna travnja balandžio huhtikuu aprilie април أبريل إبريل ابريل",
    "may mai mayo maggio maig maio mei maja maj мая май травня травень mayıs μαΐου μάιος május "
    "května svibnja gegužės toukokuu maijs мај مايو",
    "june juni juin junio giugno juny junho czerwca czerwiec июня июнь червня червень haziran "
    "ιουνίου ιούνιος június června červen lipnja birželio kesäkuu iunie juuni юни јун يونيو",
    "july juli juillet julio luglio juliol julho lipca lipiec июля июль липня липень temmuz ιουλίου "
    "ιούλιος július července červenec srpnja liepos heinäkuu iulie juuli юли јул يوليو",
    "august août agosto augustus agustus agost sierpnia sierpień августа август серпня серпень "
    "ağustos αυγούστου αύγουστος augusztus srpna kolovoza rugpjūčio elokuu augusti أغسطس اغسطس",
    "september sept septembre septiembre setiembre settembre setembre setembro września wrzesień "
    "сентября сентябрь вересня вересень eylül σεπτεμβρίου σεπτέμβριος szeptember září rujna "
    "rugsėjo syyskuu septembrie септември септембар سبتمبر",
    "october oktober octobre octubre ottobre outubro października październik октября октябрь "
    "жовтня жовтень ekim οκτωβρίου οκτώβριος október října listopada listopad spalio lokakuu octombrie "
    "oktoober октомври октобар أكتوبر اكتوبر",
    "november novembre noviembre novembro listopada listopad ноября ноябрь листопада листопад kasım "
    "νοεμβρίου νοέμβριος listopadu studenoga lapkričio marraskuu noiembrie ноември новембар نوفمبر",
    "december dezember décembre diciembre dicembre desembre dezembro grudnia grudzień декабря "
    "декабрь грудня грудень aralık δεκεμβρίου δεκέμβριος prosince prosinca gruodžio joulukuu "
    "decembrie detsember desember декември децембар ديسمبر",
)


@lru_cache(maxsize=512)
def month_of(word: str) -> int:
    """The month, 1 to 12, that a printed word names; 0 if none or several."""
    key = _folded(word.rstrip("."))
    return _starts().get(key, 0) if len(key) >= 3 else 0


@cache
def _starts() -> Mapping[str, int]:
    """Every whole name and every beginning of one, to its month; what fits several months is out."""
    whole: dict[str, set[int]] = {}
    begun: dict[str, set[int]] = {}
    for number, names in enumerate(_NAMES, 1):
        for name in map(_folded, names.split()):
            whole.setdefault(name, set()).add(number)
            for end in range(3, len(name)):
                begun.setdefault(name[:end], set()).add(number)
    return {word: months.pop() for word, months in (begun | whole).items() if len(months) == 1}


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i")

"""One text in many encodings: declared in the header, in the XML, in both, or nowhere."""

from datetime import UTC, datetime

import pytest

from advisories.model import Document
from advisories.pipeline.charset import to_utf8
from advisories.pipeline.reading import read_all
from advisories.sources.feeds import feed

URL = "https://news.example/feed"
STORIES = {
    "ru": [
        ("Министерство вызвало посла соседней страны", "Послу вручена нота протеста в связи с "
         "задержанием двух сотрудников консульства, сообщили в ведомстве."),
        ("Границу закрыли после обстрела", "Пункт пропуска не работает с полуночи до особого "
         "распоряжения, говорится в сообщении пограничной службы."),
    ],
    "uk": [
        ("Міністерство викликало посла сусідньої країни", "Послові вручено ноту протесту через "
         "затримання двох працівників консульства, повідомили у відомстві."),
        ("Кордон закрили після обстрілу", "Пункт пропуску не працює з півночі до окремого "
         "розпорядження, йдеться в повідомленні прикордонної служби."),
    ],
    "ja": [
        ("外務省、隣国の大使を呼び抗議",
         "外務省は、領海に船が入ったとして、駐日大使を呼んで強く抗議した。"),
        ("首脳会談、来月に東京で開催へ",
         "両国の首脳は経済と安全保障について話し合う見通しだ。①貿易②防衛。"),
    ],
    "zh": [
        ("外交部召见邻国大使提出严正交涉",
         "外交部发言人表示，中方对此表示强烈不满和坚决反对，并已提出严正交涉。"),
        ("两国总理举行会谈", "双方就贸易、能源和安全合作交换了意见，并签署了三项协议。"),
    ],
    "zh-tw": [
        ("外交部召見鄰國大使表達抗議",
         "外交部發言人表示，對於此事深感遺憾，已向對方提出嚴正抗議並要求說明。"),
        ("提升旅遊警示燈號", "鑒於當地局勢不穩，外交部將該國旅遊警示提升為紅色，不宜前往。"),
    ],
    "ko": [
        ("외교부, 이웃 나라 대사를 불러 항의",
         "외교부는 영해 침범과 관련해 주한 대사를 초치해 강력히 항의했다고 밝혔다."),
        ("여행경보를 삼단계로 올려",
         "정부는 현지 정세가 나빠짐에 따라 전 지역의 여행을 취소하거나 미룰 것을 권고했다."),
    ],
    "tr": [
        ("Dışişleri Bakanlığı komşu ülkenin büyükelçisini çağırdı", "Bakanlık açıklamasında, sınırdaki "
         "gelişmelerden duyulan rahatsızlığın büyükelçiye iletildiği bildirildi."),
        ("Seyahat uyarısı güncellendi", "Vatandaşlarımızın bölgeye zorunlu olmadıkça gitmemeleri "
         "tavsiye edilmiştir."),
    ],
    "pl": [
        ("Ministerstwo wezwało ambasadora sąsiedniego państwa", "Ambasadorowi wręczono notę "
         "protestacyjną w związku z zatrzymaniem dwóch pracowników konsulatu."),
        ("Zamknięto granicę po ostrzale", "Straż Graniczna poinformowała, że przejście nie działa od "
         "północy aż do odwołania."),
    ],
    "fr": [
        ("Le ministère convoque l'ambassadeur du pays voisin", "Une note de protestation a été remise "
         "à l'ambassadeur après l'arrestation de deux employés du consulat."),
        ("La frontière est fermée", "Le poste ne fonctionne plus depuis minuit à cause des tirs, "
         "jusqu'à nouvel ordre, a précisé le préfet."),
    ],
    "el": [
        ("Το Υπουργείο κάλεσε τον πρέσβη της γειτονικής χώρας", "Στον πρέσβη επιδόθηκε διαμαρτυρία "
         "για τη σύλληψη δύο υπαλλήλων του προξενείου, ανακοίνωσε το υπουργείο."),
        ("Έκλεισαν τα σύνορα", "Το πέρασμα δεν λειτουργεί από τα μεσάνυχτα μέχρι νεωτέρας."),
    ],
    "ar": [
        ("وزارة الخارجية تستدعي سفير الدولة المجاورة", "سلمت الوزارة السفير مذكرة احتجاج على خلفية "
         "توقيف اثنين من موظفي القنصلية، بحسب بيان رسمي."),
        ("إغلاق الحدود بعد القصف", "أعلن حرس الحدود أن المعبر مغلق منذ منتصف الليل وحتى إشعار آخر."),
    ],
    "he": [
        ("משרד החוץ זימן את שגריר המדינה השכנה", "לשגריר נמסרה איגרת מחאה בעקבות מעצרם של שני עובדי "
         "הקונסוליה, כך נמסר מהמשרד."),
        ("הגבול נסגר אחרי ירי", "משמר הגבול הודיע כי המעבר סגור מחצות ועד להודעה חדשה."),
    ],
}  # fmt: skip
IN_USE = [
    ("windows-1251", "ru"), ("windows-1251", "uk"), ("koi8-r", "ru"), ("koi8-u", "uk"),
    ("iso-8859-5", "ru"), ("shift_jis", "ja"), ("euc-jp", "ja"), ("iso-2022-jp", "ja"),
    ("gb18030", "zh"), ("gbk", "zh"), ("gb2312", "zh"), ("big5", "zh-tw"), ("euc-kr", "ko"),
    ("iso-8859-9", "tr"), ("windows-1254", "tr"), ("iso-8859-2", "pl"), ("windows-1250", "pl"),
    ("iso-8859-1", "fr"), ("windows-1252", "fr"), ("iso-8859-7", "el"), ("windows-1256", "ar"),
    ("windows-1255", "he"), ("utf-8", "ru"), ("utf-16", "zh"), ("utf-16-le", "ru"),
    ("utf-16-be", "ja"), ("utf-32", "fr"), ("utf-32-le", "ko"), ("utf-32-be", "tr"),
]  # fmt: skip
# What is written under a label is often its superset.
WRITTEN = {"shift_jis": "cp932", "euc-jp": "euc_jis_2004", "iso-2022-jp": "iso2022_jp_2"}


def written(encoding: str, language: str, *, label: str = "") -> bytes:
    declaration = f' encoding="{label}"' if label else ""
    items = "".join(
        f"<item><title>{title}</title><description>{words}</description></item>"
        for title, words in STORIES[language]
    )
    text = f"""<?xml version="1.0"{declaration}?>
        <rss version="2.0"><channel><title>News</title>{items}</channel></rss>"""
    return text.encode(WRITTEN.get(encoding, encoding))


def read(body: bytes, charset: str = "") -> list[tuple[str, str]]:
    kind = f"application/rss+xml; charset={charset}" if charset else "application/rss+xml"
    document = Document(URL, 200, body, datetime(2024, 12, 12, tzinfo=UTC), {"content-type": kind})
    items, problem = read_all(feed("news", {"url": URL}), document)
    assert problem == ""
    return [(i.title, i.summary) for i in items]


@pytest.mark.parametrize("where", ["header", "xml", "both", "neither"])
@pytest.mark.parametrize(("encoding", "language"), IN_USE)
def test_text_is_right_wherever_its_encoding_is_declared(
    encoding: str, language: str, where: str
) -> None:
    label = encoding.removesuffix("-le").removesuffix("-be")
    body = written(encoding, language, label=label if where in ("xml", "both") else "")
    assert read(body, label if where in ("header", "both") else "") == STORIES[language]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("label", ["", "utf-8", "windows-1251"])
def test_a_byte_order_mark_outranks_every_label(mark: str, label: str) -> None:
    body = written(mark, "ru", label=label)
    marked = body if mark == "utf-8-sig" else "\ufeff".encode(mark) + body
    assert read(marked, label) == STORIES["ru"]


@pytest.mark.parametrize("header", ["", "utf-8", "ISO-8859-1", "us-ascii", "nonsense"])
def test_what_servers_say_by_default_does_not_outrank_the_body(header: str) -> None:
    assert read(written("koi8-r", "ru", label="koi8-r"), header) == STORIES["ru"]


@pytest.mark.parametrize(
    "label", ["koi8-r", "utf-16", "iso-8859-1", "ms-cyrl", "punycode", "utf-7"]
)
def test_valid_utf8_is_utf8_whatever_the_label(label: str) -> None:
    assert read(written("utf-8", "ru", label=label), label) == STORIES["ru"]


@pytest.mark.parametrize("label", ["utf-16", "punycode", "unicode_escape", "nonsense", "utf-8"])
def test_a_label_that_cannot_be_is_not_believed(label: str) -> None:
    assert read(written("windows-1251", "ru", label=label), label) == STORIES["ru"]


@pytest.mark.parametrize(("header", "label"), [("iso-8859-1", "utf-8"), ("", "iso-8859-1")])
@pytest.mark.parametrize(
    ("encoding", "language"), [("windows-1251", "ru"), ("koi8-u", "uk"), ("windows-1253", "el")]
)
def test_words_of_other_alphabets_are_not_latin_whatever_is_declared(
    encoding: str, language: str, header: str, label: str
) -> None:
    assert read(written(encoding, language, label=label), header) == STORIES[language]


@pytest.mark.parametrize(
    "title", ["¿Qué pasó? ¡Ñandú!", "Utanríkisráðuneytið þú Æði", "Öl für Ärzte"]
)
def test_latin_words_are_what_the_header_says(title: str) -> None:
    body = f"<rss><channel><item><title>{title}</title></item></channel></rss>"
    assert read(body.encode("latin-1"), "iso-8859-1") == [(title, "")]


@pytest.mark.parametrize(
    ("encoding", "language", "odd"),
    [("utf-8", "ru", b"\xff"), ("gb18030", "zh", b"\xff"), ("shift_jis", "ja", b"\x81")],
)
def test_one_broken_letter_does_not_cost_the_others(
    encoding: str, language: str, odd: bytes
) -> None:
    body = written(encoding, language, label=encoding)
    first, second = read(body.replace(b"</description>", odd + b"</description>", 1))
    assert first == (STORIES[language][0][0], STORIES[language][0][1] + "\ufffd")
    assert second == STORIES[language][1]


def test_letters_of_windows_under_an_older_label() -> None:
    body = "<rss><channel><item><title>“Don’t go” – €5</title></item></channel></rss>"
    assert read(body.encode("cp1252"), "iso-8859-1") == [("“Don’t go” – €5", "")]


def test_a_body_that_says_its_language_needs_few_letters() -> None:
    body = (
        "<rss><channel><language>he</language><item><title>משרד החוץ</title></item></channel></rss>"
    )
    assert read(body.encode("cp1255")) == [("משרד החוץ", "")]


def test_ebcdic_is_read_where_it_is_declared() -> None:
    body = '<?xml version="1.0" encoding="cp500"?><rss><channel><item><title>A!</title></item>'
    assert read(f"{body}</channel></rss>".encode("cp500")) == [("A!", "")]


def test_what_comes_out_says_that_it_is_utf8() -> None:
    body = '<?xml version="1.0" encoding="windows-1251"?><a>Киев</a>'
    made = body.replace("windows-1251", "utf-8").encode()
    assert to_utf8(body.encode("cp1251"), "text/xml") == made
    assert to_utf8(made, "text/xml; charset=windows-1251") == made
    assert to_utf8(b"", "") == b""

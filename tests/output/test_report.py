"""The report: inert whatever the sources sent, the same bytes twice, one file or a clear line."""

import base64
import hashlib
import re
import shlex
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from advisories.__main__ import run

from .conftest import BREAK, CANARY, LIVE, Ask, Told, advice, news

ABOUT = ("RU-US", "russia-usa", "RU", "RU-EU", "world")
# What loads, runs or leads elsewhere: none of it belongs in a report.
FORBIDDEN = {
    "script", "iframe", "frame", "object", "embed", "applet", "img", "image", "video", "audio",
    "source", "track", "link", "base", "form", "input", "button", "use", "foreignobject", "animate",
    "set", "portal",
}  # fmt: skip
LOADING = {"src", "srcset", "action", "formaction", "background", "poster", "ping", "style",
           "xlink:href", "srcdoc", "manifest"}  # fmt: skip


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.style = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            self.style += data
        else:
            self.text += data

    def metas(self) -> dict[str, str]:
        return {
            a.get("http-equiv", a.get("name", "")): a.get("content", "")
            for t, a in self.tags
            if t == "meta"
        }


@pytest.mark.parametrize("about", ABOUT)
def test_no_title_word_or_link_of_a_source_comes_alive(ask: Ask, harm: Path, about: str) -> None:
    code, out, err = ask("report", about, db=harm)
    assert (code, err) == (0, "")
    page = Page(out)
    assert page.open == []
    assert not FORBIDDEN & {tag for tag, _ in page.tags}
    for tag, attributes in page.tags:
        assert not LOADING & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        href = attributes.get("href")
        assert href is None or (tag == "a" and re.match(r"https?://[^/\s]", href)), href
    assert not re.search(r"url\(|@import|expression|javascript:", page.style)


def test_text_is_shown_letter_for_letter(ask: Ask, harm: Path) -> None:
    page = Page(ask("report", "RU-US", db=harm)[1])
    assert f"=1+1 Russia expels two US diplomats {BREAK}" in page.text
    assert f"+1 Russia condemns United States missile sale {LIVE}" in page.text


def test_the_policy_allows_this_style_sheet_and_nothing_else(ask: Ask) -> None:
    page = Page(ask("report", "RU-US")[1])
    rules = dict(
        part.strip().split(" ", 1) for part in page.metas()["Content-Security-Policy"].split(";")
    )
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert rules == {
        "default-src": "'none'", "style-src": f"'sha256-{digest}'", "img-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
    assert "width=device-width" in page.metas()["viewport"]


def test_no_control_character_is_in_the_page(ask: Ask) -> None:
    for about in ("RU-US", "world"):
        unsafe = "[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]"
        assert not re.search(unsafe, ask("report", about)[1])


@pytest.mark.parametrize("about", ABOUT)
def test_the_same_question_gives_the_same_bytes(ask: Ask, about: str) -> None:
    assert ask("report", about)[1] == ask("report", about)[1]


def test_a_past_day_is_the_same_report_at_any_later_time(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("report", "RU-US", "--as-of", "2024-12-10")
    first = ask(*asked)[1]
    monkeypatch.setenv("ADVISORIES_NOW", "2026-03-04T05:06:07Z")
    assert ask(*asked)[1] == first
    assert "threatens to break off" not in first
    assert "threatens to break off" in ask("report", "RU-US", "--since", "2024-12-01")[1]


@pytest.mark.parametrize(
    "more", [(), ("--as-of", "2024-12-12"), ("--since", "2w", "-n", "3", "--min-severity", "2")]
)
def test_the_command_in_the_page_makes_the_page_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("ADVISORIES_NOW", "2024-12-20T12:34:56Z")
    made = tmp_path / "first.html"
    assert run(["report", "RU-US", "--db", str(path), *more, "-o", str(made)]) == 0
    told = re.search(r"<pre[^>]*><code>([^<]+)</code>", made.read_text(encoding="utf-8"))
    assert told is not None
    words = shlex.split(told[1].replace("&#x27;", "'"))
    monkeypatch.delenv("ADVISORIES_NOW")
    while "=" in words[0]:
        monkeypatch.setenv(*words.pop(0).split("=", 1))
    assert words[0] == "advisories"
    again = tmp_path / "again.html"
    assert run([*words[1:-1], str(again)]) == 0
    assert again.read_bytes() == made.read_bytes()


def test_it_names_levels_acts_sources_and_terms(ask: Ask) -> None:
    page = Page(ask("report", "RU-US")[1])
    for words in ("level 4", "Tension stands at", "sanctions", "wire-a", "a licence", "Timeline",
                  "Standing levels", "How this was made", "advisories explain"):  # fmt: skip
        assert words in page.text, words
    charts = [a for t, a in page.tags if t == "svg" and a.get("role") == "img"]
    assert len(charts) == 2
    assert all("Tension RU-US from" in a["aria-label"] for a in charts)
    assert all("United States on Russia, 3→4" in a["aria-label"] for a in charts)


def test_an_unknown_level_is_a_question_mark(ask: Ask) -> None:
    page = Page(ask("report", "GE")[1])
    assert any(a.get("class") == "lvl lvl-0" and "unknown" in a["title"] for _, a in page.tags)


def test_a_stale_source_is_marked(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORIES_NOW", "2025-02-20T12:00:00Z")
    page = Page(ask("report", "RU-US", "--since", "2024-11-01")[1])
    assert any(a.get("class") == "stale" for _, a in page.tags)
    assert "stale" in page.text


def test_only_new_advice_is_called_new(own: Told, ask: Ask) -> None:
    old = advice("RU", 3, "2024-11-01")
    own.tell(("us-list", "2024-12-01T06:00:00Z", [old]),
             ("us-list", "2024-12-02T06:00:00Z", [old, advice("BY", 4, "2024-12-02")]))  # fmt: skip
    assert "new advice" not in Page(ask("report", "RU-US", db=own.path)[1]).text
    assert "new advice" in Page(ask("report", "BY-US", db=own.path)[1]).text


def test_an_empty_store_and_an_unknown_pair_make_a_page_that_says_so(own: Told, ask: Ask) -> None:
    own.tell(
        ("wire-a", "2024-12-02T06:00:00Z", [news("Nothing of note today", "2024-12-01T09:00:00Z")])
    )
    for about in ("RU-US", "IL", "world"):
        code, out, _ = ask("report", about, db=own.path)
        assert code == 0
        assert "Nothing is known to have happened" in Page(out).text


def test_a_file_is_written_whole_and_told(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "ru-us.html"
    code, out, err = ask("report", "RU-US", "-o", str(file))
    assert (code, out) == (0, "")
    assert re.fullmatch(r"wrote .*ru-us\.html \(one file, no scripts, \d+ kB\)\n", err)
    assert file.read_text(encoding="utf-8") == ask("report", "RU-US", "-o", "-")[1]
    assert [f.name for f in tmp_path.iterdir()] == ["ru-us.html"]


def test_a_terminal_gets_a_line_and_no_page(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, err = ask("report", "RU-US")
    assert (code, out) == (2, "")
    assert err == "advisories: a report is a file, not for a terminal; add -o FILE.html\n"


@pytest.mark.parametrize("target", ["/dev/full", "no/such/folder/a.html", "."])
@pytest.mark.parametrize("command", [("report", "RU-US"), ("export", "atom", "RU-US")])
def test_a_failed_write_is_exit_1_and_one_line(
    ask: Ask, command: tuple[str, ...], target: str
) -> None:
    code, out, err = ask(*command, "-o", target)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith(f"advisories: cannot write {target}: ")


def test_a_failed_write_keeps_what_was_there(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.html"
    file.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    code, _, err = ask("report", "RU-US", "-o", str(file))
    assert (code, err) == (1, f"advisories: cannot write {file}: No space left on device\n")
    assert [f.read_text() for f in tmp_path.iterdir()] == ["before"]


def test_without_the_extra_one_line_says_which(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, err = ask("report", "RU-US")
    assert (code, out) == (2, "")
    assert (
        err
        == "advisories: a report needs matplotlib for its chart: pip install 'advisories[report]'\n"
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Ruritania",), "no country"),
        (("RU-US", "--since", "2024-12-10", "--until", "2024-12-01"), "before it begins"),
        (("@mine",), "no list is called"),
    ],
)
def test_what_cannot_be_reported_is_usage(ask: Ask, asked: tuple[str, ...], said: str) -> None:
    code, out, err = ask("report", *asked)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_many_changes_are_listed_and_not_drawn(own: Told, ask: Ask) -> None:
    codes = ("AF AL DZ AO AR AM AZ BD BY BO BA BR BG KH CM TD CL CO CR HR CU CY CZ DK EC EG EE ET FI GR "
             "GT HN HU IS ID IR IQ IE IT JM JP KE").split()  # fmt: skip
    own.tell(("us-list", "2024-12-01T06:00:00Z", [advice(c, 2, "2024-11-01") for c in codes]))
    for n in range(14, len(codes) + 1, 14):
        answer = [advice(c, 3 if c in codes[:n] else 2, "2024-12-02") for c in codes]
        own.tell(("us-list", f"2024-12-{2 + n // 14:02}T06:00:00Z", answer))
    out = ask("report", "world", db=own.path)[1]
    assert out.count('kind-raised"') == len(codes)
    assert "<title>2024-12-02" not in out


def test_no_address_of_a_canary_is_anywhere_but_in_text_and_links(ask: Ask, harm: Path) -> None:
    for tag, attributes in Page(ask("report", "world", db=harm)[1]).tags:
        held = [k for k, v in attributes.items() if CANARY in v]
        assert set(held) <= {"href", "title", "lang"}, (tag, held)

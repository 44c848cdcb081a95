"""The report in a real browser: it asks for nothing, fits a phone, and is not blank.

Needs Chromium; without it these tests skip and say so.
"""

import http.server
import os
import re
import shutil
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import CANARY, Ask

pytestmark = pytest.mark.browser
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-default-apps --hide-scrollbars"
    " --disable-extensions --metrics-recording-only --disable-domain-reliability"
).split()
Browse = Callable[..., str]


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder, and is the proxy of the browser: whatever it is asked for is kept."""

    asked: list[str]
    folder: Path


class Answer(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        file = self.server.folder / self.path.rsplit("/", 1)[-1]
        found = self.path.startswith("http://report.example/") and file.is_file()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(file.read_bytes() if found else b"")

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Answer) as found:
        found.asked, found.folder = [], tmp_path
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def browse(server: Server, tmp_path: Path) -> Browse:
    """Open a page of the folder; what the browser prints."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")

    def opened(page: str, *flags: str) -> str:
        words = [program, *FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else []),
                 f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000",
                 f"--proxy-server=http://127.0.0.1:{server.server_port}",
                 "--proxy-bypass-list=<-loopback>", *flags, page]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return opened


def of_the_page(asked: list[str]) -> list[str]:
    """Requests that a page could have caused; a browser's own calls home are not its."""
    own = r"^(https?://)?[^/]*(google|gstatic|googleapis|chromium|chrome)[^/]*"
    return [url for url in asked if not re.match(own, url)]


def test_this_test_would_see_a_request(browse: Browse, server: Server, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(f"<img src={CANARY}/seen.png><script src={CANARY}/seen.js></script>")
    browse(page.as_uri(), "--dump-dom")
    assert {f"{CANARY}/seen.png", f"{CANARY}/seen.js"} <= set(server.asked)


@pytest.mark.parametrize("about", ["RU-US", "world"])
def test_a_hostile_report_asks_for_nothing(
    ask: Ask, harm: Path, browse: Browse, server: Server, tmp_path: Path, about: str
) -> None:
    page = tmp_path / "report.html"
    page.write_text(ask("report", about, db=harm)[1], encoding="utf-8")
    shown = browse(page.as_uri(), "--dump-dom")
    assert "Tension over time" in shown
    assert of_the_page(server.asked) == []


def test_even_live_markup_in_it_could_load_and_run_nothing(
    ask: Ask, browse: Browse, server: Server, tmp_path: Path
) -> None:
    live = (
        f"<img src={CANARY}/a.png><script>document.title='ran'</script>"
        f"<style>@import '{CANARY}/b.css'</style><iframe src={CANARY}/c></iframe>"
        f"<link rel=stylesheet href={CANARY}/d.css></main>"
    )
    page = tmp_path / "report.html"
    page.write_text(ask("report", "RU-US")[1].replace("</main>", live), encoding="utf-8")
    shown = browse(page.as_uri(), "--dump-dom")
    assert "<title>ran</title>" not in shown
    assert of_the_page(server.asked) == []


FRAME = """<!DOCTYPE html><iframe id=f src=report.html style="width:%dpx;height:900px;border:0"></iframe>
<script>document.getElementById('f').onload = e => {
  const page = e.target.contentDocument, wide = page.documentElement
  const css = (s) => e.target.contentWindow.getComputedStyle(page.querySelector(s))
  document.body.append(`wide=${wide.scrollWidth} narrow=${css('.narrow').display}`
    + ` ink=${css('h1').color} line=${css('.stroke-ink, .stroke-p1').stroke};`)
}</script>"""


@pytest.mark.parametrize("about", ["RU-US", "RU", "world"])
@pytest.mark.parametrize("width", [320, 400, 1200])
def test_it_fits_and_its_colours_reach_the_chart(
    ask: Ask, browse: Browse, tmp_path: Path, about: str, width: int
) -> None:
    (tmp_path / "report.html").write_text(ask("report", about)[1], encoding="utf-8")
    (tmp_path / "frame.html").write_text(FRAME % width)
    shown = browse(
        "http://report.example/frame.html", "--dump-dom", "--blink-settings=preferredColorScheme=1"
    )
    told = re.search(
        r"wide=(\d+) narrow=(\w+) ink=(.*?) line=(rgb.*?);", shown.rpartition("script>")[2]
    )
    assert told is not None, shown
    assert int(told[1]) <= width
    assert told[2] == ("none" if width == 1200 else "block")
    assert (told[3] == told[4]) == (about != "world")


@pytest.mark.parametrize("width", [400, 1200])
@pytest.mark.parametrize(("scheme", "dark"), [("1", False), ("0", True)])
def test_it_is_drawn_in_light_and_in_dark(
    ask: Ask, browse: Browse, tmp_path: Path, width: int, scheme: str, dark: bool
) -> None:
    page, picture = tmp_path / "report.html", tmp_path / "a.png"
    page.write_text(ask("report", "RU-US")[1], encoding="utf-8")
    browse(page.as_uri(), f"--screenshot={picture}", f"--window-size={width},1400",
           f"--blink-settings=preferredColorScheme={scheme}")  # fmt: skip
    colours = pixels(picture.read_bytes())
    background = max(colours, key=lambda c: colours[c])
    assert (sum(background) < 150) == dark
    assert len(colours) > 100, "the page is blank"


def pixels(png: bytes) -> dict[bytes, int]:
    """How often each colour stands in every tenth row of a PNG of 8 bits."""
    size, kind = int.from_bytes(png[16:20], "big"), png[25]
    deep = {2: 3, 6: 4}[kind]
    parts, at = b"", 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        parts += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    raw, step = zlib.decompress(parts), size * deep + 1
    counts: dict[bytes, int] = {}
    before = bytes(step - 1)
    for n, row in enumerate(raw[i : i + step] for i in range(0, len(raw), step)):
        before = unfiltered(row, before, deep)
        for x in range(0, step - 1, deep * 5) if n % 10 == 0 else ():
            colour = before[x : x + 3]
            counts[colour] = counts.get(colour, 0) + 1
    return counts


def unfiltered(row: bytes, above: bytes, deep: int) -> bytes:
    """A row of a PNG as it was before its filter."""
    out = bytearray(len(row) - 1)
    for n, value in enumerate(row[1:]):
        a, b = (out[n - deep] if n >= deep else 0), above[n]
        c = above[n - deep] if n >= deep else 0
        near = min((a, b, c), key=lambda v: abs(a + b - c - v))
        out[n] = (value + (0, a, b, (a + b) // 2, near)[row[0]]) % 256
    return bytes(out)

"""The story's store of the reading tests, and one whose titles and links want to do harm."""

from pathlib import Path

import pytest

from tests.reading.conftest import STORY, Ask, Told, advice, ask, news, own, path, store

__all__ = ["STORY", "Ask", "Told", "advice", "ask", "news", "own", "path", "store"]

CANARY = "http://canary.example"
BREAK = "</title></style></script><script>alert(1)</script>"
LIVE = f"<img src={CANARY}/a.png onerror=alert(2)>\"'><svg onload=alert(3)><b>&lt;i&gt;"
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\u200b=cmd|' /C calc'!A0",
    " =HYPERLINK(1)",
    "|calc",
    "%0A=1",
)
ACTS = ("Russia expels two US diplomats", "Russia condemns United States missile sale",
        "Russia threatens to break off relations with the United States",
        "Russia accuses the United States of lies", "US and Russia hold talks in Geneva",
        "Russia summons US ambassador over drone flights", "US bans Russian vodka imports",
        "United States condemns Russia over jailed journalist")  # fmt: skip
LINKS = (
    "javascript:alert(4)", "data:text/html,<script>alert(5)</script>", "//canary.example/x",
    "file:///etc/passwd", "https://", f'{CANARY}/" onclick="alert(6)', "JaVaScRiPt:alert(7)",
    "vbscript:x", f"{CANARY}/style.css",
)  # fmt: skip


def hostile(told: Told) -> Told:
    """Markup, formulas and bad links in every field that a source fills."""
    told.tell(
        ("us-list", "2024-12-01T06:00:00Z", [
            advice("RU", 3, "2024-11-01", title=f"Russia {LIVE}", level_text=LIVE, url=LINKS[0]),
            advice("FR", None, "2024-10-01", title="=1+1", unknown=LIVE, url=LINKS[1]),
        ]),
        ("us-list", "2024-12-05T06:00:00Z", [
            advice("RU", 4, "2024-12-04", title=f"Russia {BREAK}", level_text="=1+1", url=LINKS[5]),
            advice("FR", None, "2024-10-01", title="=1+1", unknown=LIVE, url=LINKS[1]),
        ]),
        ("wire-a", "2024-12-09T06:00:00Z", [
            *(news(f"{form} {ACTS[n]} {LIVE if n % 2 else BREAK}", f"2024-12-0{n + 1}T10:00:00Z",
                   url=LINKS[n], summary=f"{form} {LIVE}") for n, form in enumerate(FORMULAS)),
            news("=1+1 Russia and the US", "2024-12-08T11:00:00Z", lang=LIVE, url=LINKS[2]),
            news("United States imposes sanctions on Russia", "2024-12-08T10:00:00Z", url=LINKS[8]),
        ]),
    )  # fmt: skip
    return told


@pytest.fixture(scope="session")
def harm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the hostile store; read only by all tests."""
    return hostile(Told(tmp_path_factory.mktemp("harm") / "harm.db")).path

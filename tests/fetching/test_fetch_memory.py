"""P2: whatever the server sends, the process stays below 150 MiB."""

import subprocess
import sys
from pathlib import Path

import pytest
from fetchtest import TESTS, Hostile

CODE = """
import sys
from datetime import UTC, datetime
from advisories.errors import FetchError
from advisories.fetching import Request, check_document, fetch
from advisories.model import Source
origin, path = sys.argv[1:]
source = Source("x", "", "news", f"http://{origin}{path}", "en", "XX", iter, allow_origin=origin)
for outcome in fetch([Request(source)], clock=lambda: datetime.now(UTC)):
    print([f.reason for f in outcome.failures], len(outcome.documents))
# not getrusage: a child's maximum begins at that of the process it was forked from
print(next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmHWM")) // 1024)
"""


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory is read from /proc"
)


def peak(server: Hostile, path: str) -> tuple[str, int]:
    """What came of a fetch in a process of its own, and that process's peak in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, server.origin, path],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    outcome, mib = done.stdout.strip().splitlines()
    return outcome, int(mib)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gzip-bomb?mib=1024", "too-large"),
        ("/infinite", "too-large"),
        ("/huge-length", "too-large"),
        ("/infinite-headers", "too-large"),
        ("/gzip-inside", "encoding"),
    ],
)
def test_p2_memory_is_bounded(own: Hostile, path: str, reason: str) -> None:
    outcome, mib = peak(own, path)
    assert outcome == f"['{reason}'] 0"
    assert mib < 150


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gzip-bomb?mib=1024", "too-large"),
        ("/deflate-bomb?mib=512", "encoding"),
        ("/br-bomb", "encoding"),
        ("/gzip-chain?n=50", "encoding"),
        ("/gzip-bomb-file?mib=64", "encoding"),
        ("/infinite", "too-large"),
        ("/huge-item", "too-large"),
        ("/many-items", "too-large"),
    ],
)
def test_p2_memory_is_bounded_at_the_larger_server(shared: Hostile, path: str, reason: str) -> None:
    outcome, mib = peak(shared, path)
    assert outcome == f"['{reason}'] 0"
    assert mib < 150

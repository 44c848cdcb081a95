"""What a whole process costs, as a ratio to `python -c pass`; median of 9, all in one run.

The promise: `show RU-US --ndjson` costs at most 7.5 times a bare interpreter. Exit code 1 if not.
"""

import statistics
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROUNDS = 9
PROMISE = 7.5
RUN = [sys.executable, "-m", "advisories"]
CASES = {
    "show RU-US --ndjson": [*RUN, "show", "RU-US", "--ndjson"],
    "show russia-usa --ndjson": [*RUN, "show", "russia-usa", "--ndjson"],
    "levels --json": [*RUN, "levels", "--json"],
    "changes --ndjson": [*RUN, "changes", "--ndjson"],
    "--version": [*RUN, "--version"],
}


def build(folder: Path) -> Path:
    """A store of some hundred events."""
    from advisories.model import Document, Item, Source
    from advisories.pipeline.replay import replay
    from advisories.store import writable

    def parse(body: bytes, url: str):  # type: ignore[no-untyped-def]
        for n in range(300):
            title = f"Russia condemns United States plan {n} for {chr(97 + n % 26) * 9} {n * 7919}"
            yield Item(key=str(n), title=title, published=datetime(2024, 1 + n % 12, 1, tzinfo=UTC))

    source = Source("bench", "bench", "news", "https://bench.org/", "en", "US", parse)
    path = folder / "bench.db"
    with closing(writable(path)) as conn:
        replay(conn, [Document(source.url, 200, b"x", datetime(2024, 12, 31, tzinfo=UTC))],
               lambda url: source)  # fmt: skip
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def seconds(argv: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    with TemporaryDirectory() as folder:
        path = build(Path(folder))
        argv = {"python -c pass": [sys.executable, "-c", "pass"]}
        argv |= {name: [*words, "--db", str(path)] for name, words in CASES.items()}
        took: dict[str, list[float]] = {name: [] for name in argv}
        for _ in range(ROUNDS):  # in turn, so that a busy moment hits all alike
            for name, words in argv.items():
                took[name].append(seconds(words))
    bare = statistics.median(took["python -c pass"])
    for name, held in took.items():
        middle = statistics.median(held)
        print(f"{name:28} {middle * 1000:7.1f} ms   x {middle / bare:5.2f}")
    ratio = statistics.median(took["show RU-US --ndjson"]) / bare
    print(f"promise: at most x {PROMISE}; {'kept' if ratio <= PROMISE else 'BROKEN'}")
    return 0 if ratio <= PROMISE else 1


if __name__ == "__main__":
    sys.exit(main())

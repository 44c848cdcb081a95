"""Fetching: 200 loopback feeds of 20 kB with 100 ms of latency, as ratios to the latency bound.

    python benchmarks/bench_fetch.py

The bound is what latency alone costs: ceil(200 / connections) times 100 ms. A second figure is the
same when every feed answers 304. Medians of 5. The server is a bare program of its own.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from math import ceil

from advisories.fetching import Limits, Request, Validators, fetch
from advisories.model import Item, Source

FEEDS, LATENCY, ROUNDS, GOAL = 200, 0.1, 5, 1.15
FEED = b"<rss><channel>" + b"<item><title>a</title></item>" * 700 + b"</channel></rss>"
FULL = b'HTTP/1.1 200 X\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n%s' % (len(FEED), FEED)
SAME = b'HTTP/1.1 304 X\r\nETag: "1"\r\n\r\n'


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            asked = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(LATENCY)
            writer.write(SAME if b"if-none-match" in asked.lower() else FULL)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def serve() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.wait_for(server.serve_forever(), 120)


def nothing(body: bytes, url: str) -> Iterator[Item]:
    yield from ()


def requests(port: int, validators: Validators | None) -> list[Request]:
    origin = f"127.0.0.1:{port}"
    urls = [f"http://{origin}/{n}" for n in range(FEEDS)]
    return [
        Request(
            Source(u, u, "news", u, "en", "XX", nothing, allow_origin=origin),
            {u: validators} if validators else {},
        )
        for u in urls
    ]


def once(port: int, jobs: int, validators: Validators | None) -> float:
    """One fetch of all, as a ratio to what latency alone costs."""
    asked = requests(port, validators)
    started = time.perf_counter()
    limits = Limits(seconds=30)
    outcomes = list(fetch(asked, clock=lambda: datetime.now(UTC), jobs=jobs, limits=limits))
    taken = time.perf_counter() - started
    assert not any(o.failures for o in outcomes)
    return taken / (ceil(FEEDS / jobs) * LATENCY)


def main() -> None:
    server = subprocess.Popen(
        [sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        once(port, 32, None)  # imports
        for name, jobs, validators in (
            ("200 feeds, 8 connections", 8, None),
            ("200 feeds, 32 connections", 32, None),
            ("200 feeds not modified, 32 connections", 32, Validators('"1"')),
        ):
            ratio = statistics.median(once(port, jobs, validators) for _ in range(ROUNDS))
            goal = f"goal {GOAL}" if jobs == 32 else ""
            print(f"fetch: {name}: x{ratio:.2f} of the latency bound  {goal}".rstrip(), flush=True)
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    asyncio.run(serve()) if sys.argv[1:] == ["serve"] else main()

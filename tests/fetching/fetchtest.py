"""What the tests of fetching share: a running hostile server, and sources that point at it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

from advisories.fetching import Limits, Validators, place
from advisories.fetching.answers import Answer
from advisories.fetching.client import Client
from advisories.fetching.errand import ask
from advisories.model import Document, Item

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parent.parent / "shared" / "hostile" / "serve.py"
QUICK = Limits(seconds=1.5, wait=0.05)
DIRECT = build_opener(ProxyHandler({}))  # an environment proxy must not see the tests


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Hostile:
    """A running server: where it is, and what was asked of it."""

    name: str
    port: int
    canary: str = ""
    tls: int = 0

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.origin}{path}"

    def log(self) -> list[dict[str, Any]]:
        with DIRECT.open(self.url("/_log"), timeout=5) as answer:
            rows: list[dict[str, Any]] = json.load(answer)
        return rows

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The requests for a path with its query, in order."""
        return [r for r in self.log() if r.get("target", r.get("path")) == path]

    def canaries(self) -> list[dict[str, Any]]:
        return [r for r in self.log() if r.get("canary") or r.get("role") == "canary"]

    def ask(self, path: str, **options: Any) -> Answer:
        """One document by a client of its own that may reach this server."""
        url = path if "://" in path else self.url(path)
        with self.client(**options.pop("client", {})) as client:
            return ask(client, url, **{"limits": QUICK, **options})

    def client(self, **options: Any) -> Client:
        return Client(
            **{"user_agent": "test", "clock": clock, "allow_origin": self.origin, **options}
        )


def running(process: "subprocess.Popen[str]") -> Iterator[str]:
    """The process's first line; the process ends with the tests (or by itself)."""
    assert process.stdout is not None
    try:
        yield process.stdout.readline()
    finally:
        process.kill()
        process.wait()


def start(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)


def nothing(body: bytes, url: str) -> Iterator[Item]:
    yield from ()


def follow_index(body: bytes, url: str) -> Iterator[str]:
    """An index of the test server: {path: stamp}."""
    base = url.partition("/index")[0]
    for path, stamp in json.loads(body).items():
        yield f"{base}{path}#{stamp}"


def known(answer: Answer) -> Mapping[str, Validators]:
    assert isinstance(answer.result, Document)
    return {place(answer.result.url): Validators.of(answer.result)}

"""The project's own hostile server, and the larger one beside the checkout where it is present."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fetchtest import SHARED, TESTS, Hostile, nothing, running, start

from advisories.model import Source


@pytest.fixture(scope="session")
def own() -> Iterator[Hostile]:
    for line in running(start(str(TESTS / "hostile_server.py"), "300")):
        plain, canary, tls = map(int, line.split())
        yield Hostile("own", plain, f"http://127.0.0.2:{canary}", tls)


@pytest.fixture(scope="session")
def shared() -> Iterator[Hostile]:
    if not SHARED.exists():
        pytest.skip("the larger hostile server is not beside this checkout")
    process = start(str(SHARED), "--lifetime", "300")
    for line in running(process):
        assert process.stdout is not None
        yield Hostile("shared", int(line), process.stdout.readline().strip())


@pytest.fixture
def source(own: Hostile) -> Callable[..., Source]:
    """Makes a source at the project's server; any field can be given."""

    def make(path: str, **fields: Any) -> Source:
        url = path if "://" in path else own.url(path)
        return Source(
            **{
                "id": path, "name": path, "kind": "news", "url": url, "lang": "en",
                "country": "XX", "parse": nothing, "allow_origin": own.origin, **fields,
            }
        )  # fmt: skip

    return make

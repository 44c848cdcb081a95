"""Many sources at once: isolation, indexes with stamps, politeness, budgets, interrupts."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fetchtest import QUICK, TESTS, Hostile, clock, follow_index

from advisories.errors import Damaged, ParseError, Postponed
from advisories.fetching import (
    Limits,
    Outcome,
    Politeness,
    Progress,
    Request,
    Validators,
    fetch,
    place,
)
from advisories.fetching.politeness import Lanes
from advisories.model import Source

Make = Callable[..., Source]
FAST = Politeness(per_second=1000)


def run(*requests: Request | Source, **options: Any) -> dict[str, Outcome]:
    asked = [r if isinstance(r, Request) else Request(r) for r in requests]
    options = {"clock": clock, "limits": QUICK, "politeness": FAST, **options}
    return {o.source_id: o for o in fetch(asked, **options)}


def reasons(outcome: Outcome) -> list[str]:
    return [f.reason for f in outcome.failures]


def test_p16_one_failure_never_spoils_another(source: Make) -> None:
    paths = ["/good", "/reset", "/drip", "/gzip-bomb?mib=64", "/429", "/404", "/gzip"]
    outcomes = run(*map(source, paths))
    assert set(outcomes) == set(paths)
    assert [len(outcomes[p].documents) for p in paths] == [1, 0, 0, 0, 0, 0, 1]
    expected = [[], ["connection"], ["timeout"], ["too-large"], ["postponed"], ["gone"], []]
    assert [reasons(outcomes[p]) for p in paths] == expected


def test_each_outcome_comes_as_soon_as_it_is_done(source: Make) -> None:
    requests = [Request(source(p)) for p in ("/slow", "/good")]
    outcomes = fetch(requests, clock=clock, limits=QUICK)
    assert next(outcomes).source_id == "/good"
    assert next(outcomes).source_id == "/slow"
    assert next(outcomes, None) is None


def test_a_bug_in_one_source_is_its_own(source: Make) -> None:
    def broken(body: bytes, url: str) -> Iterator[str]:
        raise ZeroDivisionError("oops")

    outcomes = run(source("/good", follow=broken), source("/gzip"))
    assert reasons(outcomes["/good"]) == ["bug"]
    assert "ZeroDivisionError: oops" in str(outcomes["/good"].failures[0])
    assert len(outcomes["/good"].documents) == 1
    assert reasons(outcomes["/gzip"]) == []


@pytest.mark.parametrize("field", [{"url": "nonsense"}, {"allow_origin": "a:b:c"}])
def test_a_broken_table_is_a_failure_of_one_source(source: Make, field: dict[str, str]) -> None:
    outcomes = run(source("/good", **field), source("/gzip"))
    assert reasons(outcomes["/good"]) == ["address"]
    assert len(outcomes["/gzip"].documents) == 1


def test_p13_what_was_postponed_is_not_asked(own: Hostile, source: Make) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    outcome = run(Request(source("/good?later"), not_before=until))["/good?later"]
    assert isinstance(outcome.failures[0], Postponed)
    assert outcome.failures[0].not_before == until
    assert outcome.asked == 0
    assert own.asked("/good?later") == []


def test_p13_without_a_time_the_sources_own_interval(source: Make) -> None:
    outcome = run(source("/503", hours=5))["/503"]
    failure = outcome.failures[0]
    assert isinstance(failure, Postponed)
    assert failure.not_before - datetime.now(UTC) > timedelta(hours=4, minutes=59)
    assert outcome.asked == 1


def test_p11_conditional_requests(own: Hostile, source: Make) -> None:
    first = run(source("/good?many"))["/good?many"].documents[0]
    request = Request(source("/good?many"), {place(first.url): Validators.of(first)})
    second = run(request)["/good?many"]
    assert second.unchanged == (own.url("/good?many"),)
    assert second.documents == second.failures == ()


def test_p14_a_move_is_a_notice(source: Make) -> None:
    outcome = run(source("/301"))["/301"]
    assert len(outcome.documents) == 1
    assert "moved for good to" in outcome.notices[0]


def test_p34_the_clock_is_handed_on(source: Make) -> None:
    offset = run(source("/200?skew=900"))["/200?skew=900"].clock_skew
    assert offset is not None
    assert offset > timedelta(minutes=14)


def test_an_index_and_its_pages(own: Hostile, source: Make) -> None:
    path = "/index?n=4"
    outcome = run(source(path, follow=follow_index))[path]
    pages = [own.url(f"/page?i={i}#1") for i in range(4)]
    assert [d.url for d in outcome.documents] == [own.url(path), *pages]
    assert outcome.documents[1].body == b'{"page": 0}'
    assert outcome.failures == ()
    assert outcome.asked == 5


def test_only_the_pages_that_moved_are_asked(own: Hostile, source: Make) -> None:
    path = "/index?n=4&moved=2"
    known = frozenset(own.url(f"/page?i={i}#1") for i in range(4))
    outcome = run(Request(source(path, follow=follow_index), known=known))[path]
    assert [d.url for d in outcome.documents] == [own.url(path), own.url("/page?i=2#2")]
    assert set(outcome.unchanged) == known - {own.url("/page?i=2#1")}
    assert outcome.asked == 2


def test_an_index_is_always_asked_in_full(own: Hostile, source: Make) -> None:
    path = "/index?n=1&full"
    validators = {own.url(path): Validators('"index"'), own.url("/page?i=0"): Validators('"0"')}
    run(Request(source(path, follow=follow_index), validators))
    assert "if-none-match" not in own.asked(path)[-1]["headers"]
    assert own.asked("/page?i=0")[-1]["headers"]["if-none-match"] == '"0"'


def test_an_address_without_a_stamp_is_always_asked(own: Hostile, source: Make) -> None:
    page = own.url("/page?i=77")
    plain = source("/good", follow=lambda body, url: [page, page])
    outcome = run(Request(plain, known=frozenset({page})))["/good"]
    assert [d.url for d in outcome.documents[1:]] == [page]


def test_pages_that_fail_do_not_cost_the_others(own: Hostile, source: Make) -> None:
    paths = ["/page?i=1", "/page?i=2&status=404", "/reset", "/page?i=3"]
    index = source("/good", follow=lambda body, url: map(own.url, paths))
    outcome = run(index)["/good"]
    assert [d.url for d in outcome.documents[1:]] == [own.url(paths[0]), own.url(paths[3])]
    assert [(f.reason, f.url) for f in outcome.failures] == [
        ("gone", own.url(paths[1])),
        ("connection", own.url("/reset")),
    ]


def test_a_429_ends_the_source(own: Hostile, source: Make) -> None:
    paths = ["/page?i=1", "/429?after=60", "/page?i=404"]
    outcome = run(source("/good", follow=lambda body, url: map(own.url, paths)))["/good"]
    assert reasons(outcome) == ["postponed"]
    assert own.asked("/page?i=404") == []


def test_after_five_failures_in_a_row_the_rest_is_left_in_peace(own: Hostile, source: Make) -> None:
    pages = [own.url(f"/page?i={i}&status=500") for i in range(9)]
    outcome = run(source("/good", follow=lambda body, url: pages))["/good"]
    assert reasons(outcome) == ["status"] * 5
    assert outcome.notices == ("5 documents in a row failed; 4 were not asked",)


def test_pages_that_are_not_there_are_no_reason_to_stop(own: Hostile, source: Make) -> None:
    pages = [own.url(f"/page?i={i}&status=404") for i in range(9)]
    outcome = run(source("/good", follow=lambda body, url: pages))["/good"]
    assert reasons(outcome) == ["gone"] * 9


@pytest.mark.parametrize("error", [ParseError("no index"), Damaged("cut")])
def test_an_index_that_cannot_be_followed(own: Hostile, source: Make, error: ParseError) -> None:
    def follow(body: bytes, url: str) -> Iterator[str]:
        yield own.url("/page?i=1")
        raise error

    outcome = run(source("/good", follow=follow))["/good"]
    assert reasons(outcome) == ["follow"]
    assert len(outcome.documents) == 2


def test_p23_an_index_is_checked_before_it_is_followed(own: Hostile, source: Make) -> None:
    called: list[str] = []
    hostile = source("/page?i=" + "[" * 999, follow=lambda body, url: called.append(url) or ())
    outcome = run(hostile)[hostile.id]
    assert reasons(outcome) == ["follow"]
    assert "nested" in str(outcome.failures[0])
    assert called == []


def test_p1_a_source_has_a_budget(own: Hostile, source: Make) -> None:
    pages = [own.url(f"/slow?{i}") for i in range(9)]
    limits = Limits(seconds=0.4, source_seconds=1.0)
    started = time.monotonic()
    outcome = run(source("/good", follow=lambda body, url: pages), limits=limits)["/good"]
    assert time.monotonic() - started < 2
    assert set(reasons(outcome)) == {"timeout"}
    assert "for one source" in str(outcome.failures[-1])


def test_p2_a_source_has_a_bound_on_bytes_and_documents(own: Hostile, source: Make) -> None:
    pages = [own.url(f"/good?{i}") for i in range(9)]
    index = source("/good", follow=lambda body, url: pages)
    size = len(run(source("/good"))["/good"].documents[0].body)
    outcome = run(index, limits=Limits(source_bytes=size * 3))["/good"]
    assert len(outcome.documents) == 3
    assert reasons(outcome) == ["too-large"]
    outcome = run(index, limits=Limits(source_documents=2))["/good"]
    assert len(outcome.documents) == 3
    assert reasons(outcome) == ["too-large"]


def test_another_address_is_tried_and_told(own: Hostile, source: Make) -> None:
    outcome = run(source("/500", alternates=(own.url("/404"), own.url("/good"))))["/500"]
    assert [d.url for d in outcome.documents] == [own.url("/good")]
    assert outcome.failures == ()
    assert "the first address failed (status 500" in outcome.notices[0]


def test_if_no_address_answers_each_failure_is_told(own: Hostile, source: Make) -> None:
    outcome = run(source("/500", alternates=(own.url("/404"),)))["/500"]
    assert reasons(outcome) == ["status", "gone"]


def test_a_key_is_sent_and_told_to_nobody(own: Hostile, source: Make) -> None:
    keyed = source("/echo?key={key}", key_env="TEST_KEY", headers={"X-Key": "{key}"})
    outcome = run(keyed, environ={"TEST_KEY": "s3/cret"})[keyed.id]
    assert b'"x-key": "s3/cret"' in outcome.documents[0].body
    assert outcome.documents[0].url == own.url("/echo?key={key}")
    assert outcome.documents[0].final_url == own.url("/echo?key={key}")
    assert own.asked("/echo?key=s3/cret")
    failed = source("/404?key={key}", key_env="TEST_KEY")
    failure = run(failed, environ={"TEST_KEY": "s3/cret"})[failed.id].failures[0]
    assert "s3/cret" not in f"{failure} {failure.url}"


def test_without_its_key_a_source_is_not_asked(source: Make) -> None:
    outcome = run(source("/echo?nokey={key}", key_env="TEST_KEY"))["/echo?nokey={key}"]
    assert reasons(outcome) == ["key"]
    assert "TEST_KEY" in str(outcome.failures[0])
    assert outcome.asked == 0


def test_progress_is_told_in_the_callers_thread(source: Make) -> None:
    seen: list[tuple[Progress, bool]] = []
    main = threading.current_thread()
    run(
        source("/index?n=2", follow=follow_index),
        progress=lambda p: seen.append((p, threading.current_thread() is main)),
    )
    assert all(in_main for _, in_main in seen)
    assert [(p.done, p.total) for p, _ in seen if not p.finished] == [(1, 3), (2, 3)]
    assert [p.finished for p, _ in seen] == [False, False, True]


def test_at_most_so_many_connections(own: Hostile, source: Make) -> None:
    busy, most, lock = 0, 0, threading.Lock()

    def follow(body: bytes, url: str) -> Iterator[str]:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        yield from ()

    outcomes = run(*(source(f"/good?job{i}", follow=follow) for i in range(12)), jobs=3)
    assert len(outcomes) == 12
    assert 1 <= most <= 3


def test_politeness_places_at_a_host() -> None:
    lanes = Lanes(Politeness(connections=2, per_second=1000), threading.Event())
    assert lanes.try_enter("a.example")
    assert lanes.try_enter("a.example")
    assert not lanes.try_enter("a.example")
    assert lanes.try_enter("b.example")
    lanes.leave("a.example")
    waited = lanes.enter("a.example")
    assert waited is not None
    assert waited < 1


def test_politeness_pace_at_a_host(own: Hostile, source: Make) -> None:
    path = "/index?n=6&pace"
    started = time.monotonic()
    outcome = run(source(path, follow=follow_index), politeness=Politeness(per_second=20))[path]
    assert outcome.asked == 7
    assert time.monotonic() - started >= 6 / 20
    lanes = Lanes(Politeness(per_second=20), threading.Event())
    assert lanes.pace("a.example") == 0
    assert lanes.pace("b.example") == 0
    assert lanes.pace("a.example") > 0


def test_a_third_source_at_one_public_host_waits(own: Hostile, source: Make) -> None:
    """Behind a proxy of our own, so that a public host can be asked on loopback."""
    hosts = [
        source(f"http://busy.example/slow?{i}", id=str(i), allow_origin="") for i in range(3)
    ] + [source("http://free.example/good", id="free", allow_origin="")]
    environ = {"http_proxy": f"http://{own.origin}"}
    requests = [Request(s) for s in hosts]
    limits = Limits(seconds=0.5)
    order = [o.source_id for o in fetch(requests, clock=clock, limits=limits, environ=environ)]
    assert order[0] == "free", "a busy host holds up no other"
    assert order[-1] == "2"
    starts = [r for r in own.log() if str(r.get("target", "")).startswith("http://busy.example")]
    assert len(starts) == 3


def test_an_abandoned_fetch_ends_its_connections(own: Hostile, source: Make) -> None:
    requests = [Request(source(f"/drip?{i}")) for i in range(4)] + [Request(source("/good?a"))]
    outcomes = fetch(requests, clock=clock, limits=Limits(seconds=30))
    assert next(outcomes).source_id == "/good?a"
    outcomes.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and any(
        t.name.startswith("advisories-") for t in threading.enumerate()
    ):
        time.sleep(0.02)
    assert not [t for t in threading.enumerate() if t.name.startswith("advisories-")]


INTERRUPTED = """
import signal
import sys
from datetime import UTC, datetime
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
sys.path[:0] = [{here!r}]
from fetchtest import nothing
from advisories.fetching import Request, fetch
from advisories.model import Source
sources = [
    Source(str(i), "", "news", "http://{origin}" + p, "en", "XX", nothing, allow_origin="{origin}")
    for i, p in enumerate(["/good", "/drip", "/slow", "/slow-body", "/drip-headers"])
]
try:
    for outcome in fetch([Request(s) for s in sources], clock=lambda: datetime.now(UTC)):
        print(outcome.source_id, flush=True)
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_p48_an_interrupt_ends_the_process_at_once(own: Hostile) -> None:
    here = str(Path(__file__).parent)
    code = INTERRUPTED.format(here=here, origin=own.origin)
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=TESTS.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    started = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert time.monotonic() - started < 3  # 1 s on a quiet machine
    assert process.returncode == 130
    assert errors == ""


UNSEEN = """
import os, signal, threading, time
def tell():
    time.sleep(0.3)
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # does not end a wait of the main thread
threading.Thread(target=tell, daemon=True).start()
"""


def test_p48_an_interrupt_on_the_eve_of_a_wait_is_seen(own: Hostile) -> None:
    here = str(Path(__file__).parent)
    code = INTERRUPTED.format(here=here, origin=own.origin)
    at = code.index("try:")
    done = subprocess.run(
        [sys.executable, "-c", code[:at] + UNSEEN + code[at:]],
        cwd=TESTS.parent, capture_output=True, text=True, timeout=10, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "0\n", "")


def test_the_door_loads_no_network_library() -> None:
    code = (
        "import sys, advisories.fetching; "
        "print([m for m in ('httpx', 'httpcore', 'warcio', 'ssl') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""Recordings: read in order of time, by the rules of live answers; written so that they stay whole."""

import gzip
import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fetchtest import Hostile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisories.errors import AdvisoriesError, Postponed
from advisories.fetching import Limits, NotModified, Recorder, Unread, Validators, read
from advisories.fetching.recordings import Recorded
from advisories.model import Document

DAY = datetime(2024, 3, 1, 6, tzinfo=UTC)
BODY = b"<rss><channel><item/></channel></rss>"
URL = "https://feeds.example/news.xml"


def record(
    body: bytes = BODY,
    *,
    url: str = URL,
    at: datetime = DAY,
    kind: str = "response",
    status: str = "200 OK",
    warc: dict[str, str] | None = None,
    **headers: str,
) -> bytes:
    """One WARC record, as another program might write it."""
    lines = [f"HTTP/1.1 {status}", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
    block = "\r\n".join([*lines, "", ""]).encode() + body if kind != "resource" else body
    head = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Content-Length": str(len(block)),
    } | (warc or {})
    text = "WARC/1.0\r\n" + "".join(f"{n}: {v}\r\n" for n, v in head.items()) + "\r\n"
    return text.encode() + block + b"\r\n\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: bytes, name: str = "a.warc", packed: bool = False) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(map(gzip.compress, records) if packed else records))
        return path

    return write


def documents(*paths: Path, **options: Any) -> list[Document]:
    found = list(read(paths, **options))
    assert all(isinstance(d, Document) for d in found), found
    return [d for d in found if isinstance(d, Document)]


def only(found: list[Recorded]) -> Recorded:
    (one,) = found
    return one


@pytest.mark.parametrize("packed", [False, True])
def test_a_recorded_answer_is_a_document(file: Callable[..., Path], packed: bool) -> None:
    path = file(record(ETag='"1"', Content_Type="text/xml"), packed=packed)
    document = documents(path)[0]
    assert document == Document(URL, 200, BODY, DAY, document.headers, URL)
    assert document.headers == {"etag": '"1"', "content-type": "text/xml"}
    assert Validators.of(document).etag == '"1"'


def test_in_order_of_time_over_all_files(file: Callable[..., Path]) -> None:
    days = [DAY + timedelta(days=n) for n in range(6)]
    one = file(*(record(at=days[n]) for n in (5, 0, 2)), name="one.warc")
    two = file(*(record(at=days[n]) for n in (3, 4, 1)), name="two.warc.gz", packed=True)
    assert [d.received for d in documents(one, two)] == days


def test_at_the_same_time_in_the_order_of_the_file(file: Callable[..., Path]) -> None:
    records = [record(b"<a%d/>" % n) for n in range(20)]
    bodies = [d.body for d in documents(file(*records))]
    assert bodies == [b"<a%d/>" % n for n in range(20)]


def test_other_records_are_passed_over(file: Callable[..., Path]) -> None:
    path = file(
        record(kind="warcinfo", url=""),
        record(kind="request"),
        record(kind="metadata"),
        record(kind="response", url="dns:feeds.example"),
        record(kind="resource", url="metadata://gnu.org/software/wget/warc/wget.log"),
        record(kind="resource", warc={"Content-Type": "text/xml"}),
        record(),
    )
    assert [d.headers for d in documents(path)] == [{"content-type": "text/xml"}, {}]


def test_the_address_in_brackets_and_with_a_fragment(file: Callable[..., Path]) -> None:
    assert documents(file(record(url=f"<{URL}#top>")))[0].url == URL


CHUNKS = b"5\r\n" + BODY[:5] + b"\r\n%x;x=y\r\n" % (len(BODY) - 5) + BODY[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (CHUNKS, {"Transfer_Encoding": "chunked"}),
        (gzip.compress(BODY), {"Content_Encoding": "gzip"}),
        (BODY, {"Content_Length": str(len(BODY))}),
        # archives that unpacked the body and left the headers as they were
        (BODY, {"Transfer_Encoding": "chunked"}),
        (BODY, {"Content_Encoding": "gzip"}),
        (BODY, {"Content_Encoding": "br"}),
    ],
)
def test_bodies_in_their_wrappings(
    file: Callable[..., Path], body: bytes, headers: dict[str, str]
) -> None:
    assert documents(file(record(body, **headers)))[0].body == BODY


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (CHUNKS[:-5], {"Transfer_Encoding": "chunked"}, "incomplete"),
        (CHUNKS[:20], {"Transfer_Encoding": "chunked"}, "incomplete"),
        (gzip.compress(BODY)[:-4], {"Content_Encoding": "gzip"}, "incomplete"),
        (gzip.compress(gzip.compress(BODY)), {"Content_Encoding": "gzip"}, "encoding"),
        (gzip.compress(BODY), {"Content_Encoding": "gzip, gzip"}, "encoding"),
        (gzip.compress(BODY), {}, "encoding"),
        (b"\x0b\x02\x80", {"Content_Encoding": "br"}, "encoding"),
        (BODY, {"Content_Length": "9999"}, "incomplete"),
        (gzip.compress(b" " * 9_000_000), {"Content_Encoding": "gzip"}, "too-large"),
        (b" " * 9_000_000, {}, "too-large"),
        (b" " * 20_000_000, {}, "too-large"),
        (BODY, {"status": "404 Not Found"}, "gone"),
        (BODY, {"status": "500 Oops"}, "status"),
        (BODY, {"status": "206 Part"}, "status"),
        (BODY, {"status": "none"}, "http"),
        (b"", {"status": "302 Found"}, "redirect"),
        (BODY, {"warc": {"WARC-Truncated": "length"}}, "incomplete"),
    ],
)
def test_the_rules_of_live_answers(
    file: Callable[..., Path], body: bytes, headers: Any, reason: str
) -> None:
    found = only(list(read([file(record(body, **headers), record(at=DAY - timedelta(1)))]))[1:])
    assert isinstance(found, Unread)
    assert found.error.reason == reason
    assert (found.url, found.received, found.error.url) == (URL, DAY, URL)


def test_a_recorded_429_counts_from_its_own_time(file: Callable[..., Path]) -> None:
    found = only(list(read([file(record(status="429 Slow", Retry_After="120"))])))
    assert isinstance(found, Unread)
    assert isinstance(found.error, Postponed)
    assert found.error.not_before == DAY + timedelta(minutes=2)


def test_a_recorded_304_is_unchanged(file: Callable[..., Path]) -> None:
    found = only(list(read([file(record(b"", status="304 Not Modified"))])))
    assert isinstance(found, NotModified)
    assert (found.url, found.received) == (URL, DAY)


def test_a_redirect_gives_its_address_to_the_answer(file: Callable[..., Path]) -> None:
    hop, end = "https://www.feeds.example/", "https://cdn.example/news.xml"
    path = file(
        record(b"", status="301 Moved", Location=hop),
        record(b"", url=hop, status="302 Found", Location="//cdn.example/news.xml"),
        record(url=end),
        record(url=end, at=DAY + timedelta(hours=1)),
    )
    first, second = documents(path)
    assert (first.url, first.final_url) == (URL, end)
    assert (second.url, second.final_url) == (end, end)


def test_a_revisit_has_the_body_of_its_original(file: Callable[..., Path]) -> None:
    digest = {"WARC-Payload-Digest": "sha1:AAAA"}
    path = file(
        record(b"", kind="revisit", at=DAY + timedelta(days=1), warc=digest),
        record(b"<other/>", warc={"WARC-Payload-Digest": "sha1:BBBB"}),
        record(warc=digest, ETag='"1"'),
        record(b"", kind="revisit", at=DAY + timedelta(days=2), warc={"WARC-Profile": "x"}),
    )
    found = list(read([path]))
    assert [type(f) for f in found] == [Document, Document, Document, NotModified]
    again = found[2]
    assert isinstance(again, Document)
    assert (again.body, again.received) == (BODY, DAY + timedelta(days=1))
    assert again.headers["etag"] == '"1"'


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_file_gives_what_is_whole_and_then_says_where(
    file: Callable[..., Path], packed: bool
) -> None:
    records = [record(b"<a%d/>" % n, at=DAY + timedelta(hours=n)) for n in range(3)]
    path = file(*records, packed=packed)
    sizes = [len(gzip.compress(r)) if packed else len(r) for r in records]
    path.write_bytes(path.read_bytes()[: -sizes[2] // 2])
    found = []
    with pytest.raises(AdvisoriesError) as caught:
        for answer in read([path, file(record(at=DAY + timedelta(days=9)), name="b.warc")]):
            found.append(answer)
    assert len(found) == 3, "two of the cut file, one of the other"
    assert str(path) in str(caught.value)
    assert f"at byte {sum(sizes[:2])}; the 2 records before it were read" in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data(), st.booleans())
def test_cut_anywhere_it_never_gives_a_record_that_is_not_whole(
    tmp_path: Path, data: st.DataObject, packed: bool
) -> None:
    records = [record(b"<a%d/>" % n) for n in range(3)]
    blocks = [gzip.compress(r) if packed else r for r in records]
    whole = b"".join(blocks)
    end = data.draw(st.integers(1, len(whole) - 1))
    path = tmp_path / "cut.warc"
    path.write_bytes(whole[:end])
    margin = 0 if packed else 4  # the blank lines after a plain record may be missing
    complete = sum(end >= sum(map(len, blocks[: n + 1])) - margin for n in range(3))
    assert [d.body for d in documents_of(path)] == [b"<a%d/>" % n for n in range(complete)]


def documents_of(path: Path) -> list[Document]:
    found: list[Document] = []
    try:
        for answer in read([path]):
            assert isinstance(answer, Document)
            found.append(answer)
    except AdvisoriesError:
        pass
    return found


def test_rubbish_inside_a_file_ends_it_there(file: Callable[..., Path]) -> None:
    path = file(record(), b"GARBAGE" * 99, record())
    with pytest.raises(AdvisoriesError, match=f"at byte {len(record())}; the 1 records before it"):
        list(read([path]))


def test_a_flipped_bit_in_a_packed_record_is_noticed(file: Callable[..., Path]) -> None:
    path = file(record(), record(b"<x/>" * 999), packed=True)
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(bytes(data))
    assert len(documents_of(path)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<rss/>", b"\x1f\x8b", gzip.compress(b"hello"), b"WARC/1.0", b"WARC/9.9\r\n\r\n",
     b"\x89PNG" * 99, b"WARC/1.0\r\nContent-Length: -5\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_recording_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(content)
    with pytest.raises(AdvisoriesError, match=r"x\.warc: not a WARC recording") as caught:
        list(read([path]))
    assert str(caught.value).isprintable()


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.warc", tmp_path):
        with pytest.raises(AdvisoriesError, match="cannot be read"):
            list(read([path]))


def test_a_record_without_a_date_is_told_and_the_rest_read(file: Callable[..., Path]) -> None:
    path = file(record(warc={"WARC-Date": "yesterday"}), record())
    found = []
    with pytest.raises(AdvisoriesError, match="at byte 0 has no readable date"):
        for answer in read([path]):
            found.append(answer)
    assert len(found) == 1


def test_a_whole_recording_packed_as_one(tmp_path: Path) -> None:
    records = [record(b"<a%d/>" % n, at=DAY - timedelta(hours=n)) for n in range(9)]
    path = tmp_path / "solid.warc.gz"
    path.write_bytes(gzip.compress(b"".join(records)))
    assert [d.body for d in documents(path)] == [b"<a%d/>" % n for n in range(8, -1, -1)]


def answer(n: int = 0, **fields: Any) -> Document:
    url = f"{URL}?{n}"
    return Document(
        **{"url": url, "status": 200, "body": BODY, "received": DAY + timedelta(seconds=n),
           "headers": {"content-type": "text/xml", "etag": f'"{n}"'}, "final_url": url} | fields
    )  # fmt: skip


@pytest.mark.parametrize("name", ["r.warc", "r.warc.gz"])
def test_what_is_recorded_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    first = answer(1, received=DAY + timedelta(microseconds=123456))
    moved = answer(2, url=f"{URL}?2#stamp", final_url="https://cdn.example/2")
    packed = answer(3, headers={"content-encoding": "gzip", "content-length": "9", "x-a": "b"})
    with Recorder(path) as recorder:
        recorder.add(first)
        recorder.add(moved)
    with Recorder(path) as recorder:
        recorder.add(packed)
    one, two, three = documents(path)
    length = {"content-length": str(len(BODY))}
    assert one == answer(1, received=first.received, headers=one.headers)
    assert one.headers == first.headers | length
    assert (two.url, two.final_url) == (moved.url, moved.final_url)
    assert three.body == BODY
    assert three.headers == {"x-a": "b", "x-archive-orig-content-encoding": "gzip"} | length
    data = path.read_bytes()
    data = gzip.decompress(data) if name.endswith("gz") else data
    assert b"WARC-Target-URI: https://cdn.example/2\r\n" in data
    assert b"WARC-Type: warcinfo" in data
    assert data.count(b"WARC-Type: warcinfo") == 1


@pytest.mark.parametrize("name", ["r.warc", "r.warc.gz"])
def test_a_run_that_was_cut_off_leaves_a_file_to_go_on_with(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Recorder(path) as recorder:
        recorder.add(answer(1))
        whole = path.stat().st_size
        recorder.add(answer(2))
    path.write_bytes(path.read_bytes()[:-20])
    with Recorder(path) as recorder:
        assert recorder.removed > 0
        assert path.stat().st_size == whole
        recorder.add(answer(3))
    assert [d.url for d in documents(path)] == [f"{URL}?1", f"{URL}?3"]


def test_another_file_is_not_recorded_into(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("important")
    with pytest.raises(AdvisoriesError, match="is no recording"), Recorder(path):
        pass
    assert path.read_text() == "important"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AdvisoriesError, match="cannot be recorded to"), Recorder(tmp_path / "a/b"):
        pass
    with pytest.raises(AdvisoriesError, match="cannot be recorded to"), Recorder(tmp_path):
        pass


def test_p60_no_credentials_and_no_broken_headers_in_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "r.warc"
    url = "https://user:hunter2@feeds.example/news.xml"
    with Recorder(path) as recorder:
        recorder.add(answer(1, url=url, final_url=url, headers={"x-a": "b\r\nWARC-Type: x"}))
    assert b"hunter2" not in path.read_bytes()
    assert documents(path)[0].headers["x-a"] == "b WARC-Type: x"


def test_memory_holds_one_body_at_a_time(file: Callable[..., Path]) -> None:
    import tracemalloc

    path = file(*(record(b"<" + b"x" * 1_000_000, at=DAY - timedelta(n)) for n in range(20)))
    tracemalloc.start()
    try:
        for found in read([path]):
            assert isinstance(found, Document)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
@pytest.mark.parametrize("plain", [True, False])
def test_what_wget_records(own: Hostile, tmp_path: Path, plain: bool) -> None:
    paths = ["/good?wget", "/301", "/gzip", "/404", "/drip-none"]
    extra = ["--no-warc-compression"] if plain else []
    subprocess.run(
        ["wget", "-q", "-t1", "--no-proxy", "--warc-file=w", *extra, *map(own.url, paths)],
        cwd=tmp_path,
        check=False,
    )
    path = next(tmp_path.glob("w.warc*"))
    found = list(read([path]))
    assert [f.url for f in found] == list(map(own.url, paths))
    assert [type(f) for f in found] == [Document, Document, Document, Unread, Unread]
    assert all(a.received <= b.received for a, b in pairwise(found))


def test_limits_can_be_given(file: Callable[..., Path]) -> None:
    found = only(list(read([file(record())], limits=Limits(body_bytes=20))))
    assert isinstance(found, Unread)
    assert found.error.reason == "too-large"


def test_warcio_reads_what_is_recorded(tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    path = tmp_path / "r.warc.gz"
    with Recorder(path) as recorder:
        recorder.add(answer(1))
    with io.BytesIO(path.read_bytes()) as data:
        kinds = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(data)]
    assert kinds[1] == ("response", BODY)

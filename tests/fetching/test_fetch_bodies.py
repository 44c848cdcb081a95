"""P3 and P4: one layer of gzip, whole to its checksum, however the bytes arrive."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisories.errors import FetchError
from advisories.fetching.bodies import MEMBERS, coding_of, whole

CAP = 1 << 16


def cut(data: bytes, places: list[int]) -> list[bytes]:
    at = sorted({p % (len(data) + 1) for p in places})
    return [data[a:b] for a, b in zip([0, *at], [*at, len(data)], strict=True)]


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.lists(st.integers(0, 9999)))
def test_p3_any_members_in_any_pieces(parts: list[bytes], places: list[int]) -> None:
    body = b"<" + b"".join(parts)
    packed = gzip.compress(b"<") + b"".join(map(gzip.compress, parts))
    assert whole(cut(packed, places), "gzip", CAP) == body
    assert whole(cut(body, places), "identity", CAP) == body


@given(st.binary(min_size=1, max_size=500), st.data())
def test_p4_a_stream_that_is_cut_anywhere_is_a_failure(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(b"<" + body)
    end = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(FetchError) as caught:
        whole([packed[:end]], "gzip", CAP)
    assert caught.value.reason in ("incomplete", "encoding")


@given(st.binary(min_size=1, max_size=500), st.data())
def test_p4_a_bit_that_flipped_is_never_taken(body: bytes, data: st.DataObject) -> None:
    body = b"<" + body
    packed = bytearray(gzip.compress(body, mtime=0))
    place = data.draw(st.integers(10, len(packed) - 1))
    packed[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        assert whole([bytes(packed)], "gzip", CAP) == body
    except FetchError as exc:
        assert exc.reason in ("incomplete", "encoding", "too-large")  # noqa: PT017


@pytest.mark.parametrize(
    ("header", "coding"),
    [("", "identity"), ("identity", "identity"), ("gzip", "gzip"), (" X-GZip ", "gzip"),
     ("identity, gzip", "gzip"), (",", "identity")],
)  # fmt: skip
def test_p3_codings_that_are_read(header: str, coding: str) -> None:
    assert coding_of(header) == coding


@pytest.mark.parametrize("header", ["br", "deflate", "zstd", "gzip, gzip", "gzip, br", "\x1b[2J"])
def test_p3_codings_that_are_not(header: str) -> None:
    with pytest.raises(FetchError) as caught:
        coding_of(header)
    assert caught.value.reason == "encoding"
    assert str(caught.value).isprintable()


def test_p2_the_cap_is_exact() -> None:
    for chunks, coding in (([b"a" * CAP], "identity"), ([gzip.compress(b"a" * CAP)], "gzip")):
        assert len(whole(chunks, coding, CAP)) == CAP  # type: ignore[arg-type]
    for chunks, coding in (
        ([b"a" * CAP, b"b"], "identity"),
        ([gzip.compress(b"a" * CAP + b"b")], "gzip"),
    ):
        with pytest.raises(FetchError) as caught:
            whole(chunks, coding, CAP)  # type: ignore[arg-type]
        assert caught.value.reason == "too-large"


def test_p2_nothing_is_read_after_the_cap() -> None:
    def endless() -> object:
        yield from (b"x" * CAP for _ in range(3))
        raise AssertionError("read on after the cap")

    with pytest.raises(FetchError) as caught:
        whole(endless(), "identity", CAP)  # type: ignore[arg-type]
    assert caught.value.reason == "too-large"


def test_p2_empty_blocks_without_end_meet_the_cap() -> None:
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    blocks = pack.compress(b"x") + pack.flush(zlib.Z_FULL_FLUSH) * (CAP // 5 + 1)
    with pytest.raises(FetchError) as caught:
        whole([blocks], "gzip", CAP)
    assert caught.value.reason in ("too-large", "incomplete")


def test_p2_members_without_end() -> None:
    with pytest.raises(FetchError) as caught:
        whole([gzip.compress(b"") * (MEMBERS + 1)], "gzip", 1 << 20)
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize("tail", [b"x", b"<script>", gzip.compress(b"x")[:5]])
def test_p4_what_follows_the_end_is_no_part_of_a_whole_body(tail: bytes) -> None:
    with pytest.raises(FetchError) as caught:
        whole([gzip.compress(b"body") + tail], "gzip", CAP)
    assert caught.value.reason == "incomplete"

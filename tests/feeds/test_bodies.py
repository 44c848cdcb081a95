"""What a body can do to its reader: nothing beyond a ParseError or Damaged."""

from pathlib import Path

import pytest

from advisories.errors import ParseError
from advisories.sources.feeds import parse

FEED = b"<rss version='2.0'><channel><item><title>From a file</title></item></channel></rss>"


def test_a_body_that_is_the_name_of_a_file_does_not_open_it(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    with pytest.raises(ParseError, match="not a feed"):
        list(parse(str(tmp_path / "feed.xml").encode(), "https://news.example/feed"))

"""Addresses on a page made whole."""

from urllib.parse import urljoin


def absolute(base: str, link: str) -> str:
    """The address that a link on a page means; "" for what is no address at all."""
    try:
        return urljoin(base, link)
    except ValueError:  # such as an IPv6 address without its end
        return ""

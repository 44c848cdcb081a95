"""Which proxy the environment names for an address. Pure: the environment is a parameter."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from advisories.fetching.addresses import host_port
from advisories.fetching.guard import literal


def proxy_for(url: str, environ: Mapping[str, str]) -> str:
    """The proxy's URL, or "" for a direct connection.

    `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in lower case before upper case. A
    proxy without a scheme is an HTTP one.
    """
    scheme = urlsplit(url).scheme
    proxy = _named(environ, f"{scheme}_proxy") or _named(environ, "all_proxy")
    if not proxy or _excepted(url, _named(environ, "no_proxy")):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _named(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name) or environ.get(name.upper()) or ""


def _excepted(url: str, no_proxy: str) -> bool:
    host, port = host_port(url)
    for entry in filter(None, (e.strip().lower() for e in no_proxy.split(","))):
        name, _, at = entry.partition(":") if literal(entry) is None else (entry, "", "")
        name = name.lstrip("*").lstrip(".")
        if entry == "*" or (at in ("", str(port)) and (host == name or host.endswith("." + name))):
            return True
    return False

"""A small server that answers as badly as a feed can; for the tests, on loopback only.

    python hostile_server.py [SECONDS]

Prints three ports, then serves until SECONDS (60) are over: plain HTTP on 127.0.0.1, a canary on
127.0.0.2 that nothing may ever ask, and TLS on 127.0.0.1 with a certificate nobody vouches for.
`/_log` tells what was asked. Answers are raw bytes: what is wrong with them is meant.
"""

import gzip
import json
import socket
import ssl
import struct
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import parse_qsl, urlsplit

LONGEST = 20.0  # no answer takes longer
ITEMS = "".join(f"<item><title>Level {n}</title><guid>id-{n}</guid></item>" for n in (1, 2, 3))
BODY = f'<?xml version="1.0"?><rss version="2.0"><channel>{ITEMS}</channel></rss>'.encode()
LOG: list[dict[str, object]] = []
SEEN: Counter[str] = Counter()
PORTS: dict[str, int] = {}


class Wire(StreamRequestHandler):
    """One connection. Routes write to it what they like."""

    role = "plain"

    def handle(self) -> None:
        self.open = True
        try:
            while self.open and self.read_request():
                SEEN[self.target] += 1
                answer(self)
        except (OSError, ValueError):
            pass  # the other side had enough: often the very thing under test

    def read_request(self) -> bool:
        words = self.rfile.readline(65536).split()
        if len(words) != 3:
            return False
        self.target = words[1].decode("latin-1")
        parts = urlsplit(self.target)
        self.path, self.query = parts.path, dict(parse_qsl(parts.query))
        self.asked: dict[str, str] = {}
        while (line := self.rfile.readline(65536)).strip():
            name, _, value = line.decode("latin-1").partition(":")
            self.asked[name.lower()] = value.strip()
        if self.path != "/_log":
            LOG.append({"role": self.role, "target": self.target, "headers": self.asked})
        return True

    def head(self, status: int = 200, **headers: object) -> None:
        lines = [f"HTTP/1.1 {status} X", "Content-Type: application/rss+xml"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def say(self, body: bytes = BODY, status: int = 200, **headers: object) -> None:
        self.head(status, **{"Content_Length": len(body), **headers})
        self.wfile.write(body)

    def hang(self, pause: float, part: Callable[[int], bytes]) -> None:
        """Send a little, again and again."""
        end, n = time.monotonic() + LONGEST, 0
        while time.monotonic() < end:
            self.wfile.write(part(n))
            n += 1
            time.sleep(pause)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.open = False


def answer(w: Wire) -> None:
    if w.path in ACTS:
        ACTS[w.path](w)
    elif w.path in RAW:
        w.wfile.write(RAW[w.path])
        w.open = False
    elif w.path in ENDLESS:
        first, pause, part = ENDLESS[w.path]
        w.wfile.write(first)
        w.hang(pause, part)
    elif w.path in MOVED:
        status, target = MOVED[w.path]
        w.say(b"", status, Location=target.format_map(PORTS))
    elif w.path in CODED:
        encoding, body = CODED[w.path]
        w.say(body, **({"Content_Encoding": encoding} if encoding else {}))
    else:
        w.say(b"nothing here", int(w.path[1:]) if w.path[1:].isdigit() else 404)


def good(w: Wire) -> None:
    if w.asked.get("if-none-match") == '"one"':
        w.head(304, ETag='"one"')
    else:
        w.say(ETag='"one"', Last_Modified="Wed, 11 Dec 2024 09:00:00 GMT")


def bomb(w: Wire) -> None:
    """Blanks after a feed, packed a thousandfold by repeated blocks; the checksum is right."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    blank, mib = b" " * (1 << 20), int(w.query.get("mib", 256))
    start = pack.compress(BODY) + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(blank) + pack.flush(zlib.Z_FULL_FLUSH)
    crc = zlib.crc32(BODY)
    for _ in range(mib):
        crc = zlib.crc32(blank, crc)
    end = struct.pack("<II", crc, (len(BODY) + (mib << 20)) & 0xFFFFFFFF)
    body = gzip.compress(b"")[:10] + start + block * mib + pack.flush() + end
    w.say(body, Content_Encoding="gzip")


def busy(w: Wire) -> None:
    """Any Retry-After, as text or a date `in` seconds; `skew` is this clock's, `age` a cache's."""
    date = datetime.now(UTC) + timedelta(seconds=int(w.query.get("skew", 0)))
    after = w.query.get("after", "")
    if w.query.get("in"):
        after = format_datetime(date + timedelta(seconds=int(w.query["in"])), usegmt=True)
    headers = {"Age": w.query.get("age", "0")} | ({"Retry_After": after} if after else {})
    w.say(b"later", int(w.path[1:]), Date=format_datetime(date, usegmt=True), **headers)


def hops(w: Wire) -> None:
    n = int(w.query["n"])
    w.say(b"", 302, Location=f"/hops?n={n - 1}" if n > 1 else "/good")


def stale(w: Wire) -> None:
    """A kept connection that the server drops when it is used again."""
    w.say()
    if SEEN[w.target] == 1:
        w.read_request()
        w.reset()


def index(w: Wire) -> None:
    """An index of `n` pages with stamps; those in `moved` have a second one."""
    moved = w.query.get("moved", "").split("-")
    pages = {f"/page?i={i}": "2" if str(i) in moved else "1" for i in range(int(w.query["n"]))}
    w.say(json.dumps(pages).encode(), ETag='"index"')


def page(w: Wire) -> None:
    status = int(w.query.get("status", 200))
    w.say(b'{"page": %s}' % w.query["i"].encode(), status, ETag=f'"{w.query["i"]}"')


def reset_mid(w: Wire) -> None:
    w.head(Content_Length=len(BODY))
    w.wfile.write(BODY[:50])
    time.sleep(0.2)
    w.reset()


ZIPPED = gzip.compress(BODY)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n"
ACTS: dict[str, Callable[[Wire], object]] = {
    "/_log": lambda w: w.say(json.dumps(LOG).encode()),
    "/echo": lambda w: w.say(json.dumps(w.asked).encode(), Set_Cookie="a=b"),
    "/many-headers": lambda w: w.say(**{f"X_{n}": "y" * 900 for n in range(80)}),
    "/redirect-nowhere": lambda w: w.say(b"", 302),
    "/reset": Wire.reset,
    "/reset-mid": reset_mid,
    "/good": good, "/gzip-bomb": bomb, "/429": busy, "/503": busy, "/200": busy,
    "/hops": hops, "/stale": stale, "/index": index, "/page": page,
}  # fmt: skip
CODED = {
    "/gzip": ("gzip", ZIPPED), "/gzip-bomb-file": ("", ZIPPED), "/gzip-lie": ("gzip", BODY),
    "/gzip-two": ("gzip", gzip.compress(BODY[:80]) + gzip.compress(BODY[80:]) + bytes(9)),
    "/gzip-chain": ("gzip, gzip", gzip.compress(ZIPPED)),
    "/gzip-inside": ("gzip", gzip.compress(ZIPPED)), "/gzip-cut": ("gzip", ZIPPED[:90]),
    "/gzip-crc": ("gzip", ZIPPED[:-8] + bytes(8)), "/gzip-tail": ("gzip", ZIPPED + b"<script>"),
    "/deflate-bomb": ("deflate", zlib.compress(BODY)), "/br-bomb": ("br", BODY),
    "/encoding-unknown": ("rot13", BODY),
}  # fmt: skip
RAW = {
    "/close": b"", "/garbage": bytes(range(256)) * 9, "/short-body": LENGTH % b"9999" + BODY,
    "/length-word": LENGTH % b"long" + BODY, "/length-negative": LENGTH % b"-5" + BODY,
    "/length-two": LENGTH % b"10\r\nContent-Length: 20" + BODY,
    "/cut-chunk": CHUNKED + b"%x\r\n%s\r\n" % (len(BODY), BODY),
    "/bad-chunk": CHUNKED + b"no\r\n" + BODY,
}  # fmt: skip
ENDLESS: dict[str, tuple[bytes, float, Callable[[int], bytes]]] = {
    "/slow": (b"", 1, lambda n: b""),
    "/slow-body": (LENGTH % b"9999" + BODY, 1, lambda n: b""),
    "/huge-length": (LENGTH % b"9999999999999" + BODY, 1, lambda n: b""),
    "/drip": (CHUNKED, 0.2, lambda n: b"1\r\n%s\r\n" % BODY[n : n + 1]),
    "/drip-headers": (CHUNKED[:17], 0.2, lambda n: b"X-%d: 1\r\n" % n),
    "/infinite": (CHUNKED, 0, lambda n: b"%x\r\n%s\r\n" % (len(BODY) * 99, BODY * 99)),
    "/infinite-headers": (CHUNKED[:17], 0, lambda n: b"X: %s\r\n" % BODY[:9]),
    "/endless-continue": (b"", 0, lambda n: b"HTTP/1.1 100 Continue\r\n\r\n"),
}
OWN, CANARY = "http://127.0.0.1:{plain}", "http://127.0.0.2:{canary}/stolen"
MOVED = {
    "/301": (301, "/good"), "/308": (308, "/good"), "/302": (302, "/good"),
    "/301-then-302": (301, "/302"), "/redirect-loop": (302, "/redirect-loop"),
    "/redirect-private": (302, CANARY), "/redirect-private-308": (308, CANARY),
    "/redirect-hop": (302, "/redirect-private"), "/redirect-name": (302, "http://localhost:{plain}/"),
    "/redirect-decimal": (302, CANARY.replace("127.0.0.2", "2130706434")),
    "/redirect-v6": (302, CANARY.replace("127.0.0.2", "[::1]")),
    "/redirect-mapped": (302, CANARY.replace("127.0.0.2", "[::ffff:127.0.0.2]")),
    "/redirect-other-port": (302, "http://127.0.0.1:{canary}/good"),
    "/redirect-file": (302, "file:///etc/passwd"), "/redirect-nonsense": (302, "http://[::bad/"),
    "/redirect-down": (302, OWN + "/good"), "/redirect-userinfo": (302, "http://e:pw@127.0.0.1:{plain}/echo"),
}  # fmt: skip


class Server(ThreadingTCPServer):
    daemon_threads, request_queue_size = True, 64

    def handle_error(self, *_: object) -> None:
        """Broken connections are the subject here."""


def serve(role: str, host: str, context: ssl.SSLContext | None = None) -> None:
    server = Server((host, 0), type(role, (Wire,), {"role": role}))
    PORTS[role] = server.server_address[1]
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "fetching" / "loopback.pem")
    serve("plain", "127.0.0.1")
    serve("canary", "127.0.0.2")
    serve("tls", "127.0.0.1", context)
    print(*PORTS.values(), flush=True)
    time.sleep(float(sys.argv[1]) if len(sys.argv) > 1 else 60)


if __name__ == "__main__":
    main()

"""The nouns. Frozen values without behaviour beyond small derived facts, and without I/O.

A source turns bytes into items; the store remembers each change of an item as an observation; the
coder turns an observation into events. Codes of places are ISO 3166-1 alpha-2 plus EU, XN (NATO),
XU (UN), XK (Kosovo). All instants are aware and in UTC. `None` always means *unknown*.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SourceKind = Literal["advisory", "official", "news"]
ActKind = Literal["verbal_coop", "material_coop", "verbal_conflict", "material_conflict"]

REASONS = (
    "crime",
    "terrorism",
    "unrest",
    "armed-conflict",
    "kidnapping",
    "wrongful-detention",
    "health",
    "disaster",
    "legal",
    "diplomatic",
)
"""Why an issuer warns. The last of each pair below make an advisory a political act."""

POLITICAL_REASONS = frozenset({"wrongful-detention", "diplomatic"})


@dataclass(frozen=True, slots=True)
class Item:
    """What a source lists, as read from one body.

    `key` names the item within its source (an advisory: destination and scope; news: raw id, else
    canonical link, else title and date). For an advisory, `destination` is a code, or None with the
    reason in `unknown`. `level` and `regional_max` are 1..4 on the common scale or None (unknown);
    `level_text` keeps the issuer's own words. `listing` is true for an entry of an index that holds
    no state of its own (the page behind it does). `flags` are short words a person should see,
    such as "contradictory".
    """

    key: str
    title: str
    url: str = ""
    summary: str = ""
    published: datetime | None = None
    lang: str = ""
    destination: str | None = None
    level: int | None = None
    regional_max: int | None = None
    level_text: str = ""
    reasons: tuple[str, ...] = ()
    unknown: str = ""
    flags: tuple[str, ...] = ()
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an issuer's own scale: its words, our level, and why they are the same."""

    words: str
    level: int
    why: str = ""


Parse = Callable[[bytes, str], Iterator[Item]]
Follow = Callable[[bytes, str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where to ask, and how to read what comes.

    `parse(body, url)` yields items and raises ParseError (not this source's form) or Damaged (after
    the whole items of a broken body). `follow(body, url)` names further documents; a URL fragment is
    never sent and serves as a version stamp: a document whose stamp did not move is not asked again.
    `alternates` are other addresses of the same document; `pages` are the prefixes of the addresses
    that `follow` names, so that a recorded one finds its source.
    `whole_list`: the body lists every destination, so absence means something. `floor`: the least
    number of items of a sound body. `hours`: the source's own rhythm. `prose`: advice must be read
    out of the text by the coder (no level is printed). `status`: ok, unproven, blocked, retired.
    `facts`: known (destination, least level) pairs for the live check. `outlet`: wire, public, press,
    state, ministry. `tier` 1 (best) to 4.
    """

    id: str
    name: str
    kind: SourceKind
    url: str
    lang: str
    country: str
    parse: Parse
    issuer: str | None = None
    follow: Follow | None = None
    alternates: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    whole_list: bool = False
    floor: int = 1
    hours: int = 24
    prose: bool = False
    status: str = "ok"
    status_date: str = ""
    status_note: str = ""
    licence: str = ""
    attribution: str = ""
    outlet: str = ""
    tier: int = 3
    sets: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    key_env: str = ""
    scale: tuple[Step, ...] = ()
    scale_note: str = ""
    facts: tuple[tuple[str, int], ...] = ()
    allow_origin: str = ""
    ca_file: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One whole answer: exact bytes (one layer of gzip removed) and the facts around them.

    `url` is what was asked (with its version stamp), `final_url` what answered after redirects;
    header names are in lower case.
    """

    url: str
    status: int
    body: bytes
    received: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    final_url: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of evidence: `text` stands at `start:end` of `where` ("title", "summary", "text")."""

    text: str
    start: int
    end: int
    where: str = "title"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: code, the kind of word (name, people, capital, leader ...), where."""

    code: str
    by: str
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom.

    `act` is CATEGORY.mode of acts.toml; `score` -10..+10, `severity` 0..4, `confidence` 0..1
    (calibrated). `rule` names the rule or the features that decided.
    """

    actor: str
    target: str
    act: str
    kind: ActKind
    severity: int
    score: float
    confidence: float
    rule: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A reading that was considered and left out, and why (shown by `explain`)."""

    actor: str
    target: str
    act: str
    why: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Travel advice of one issuer to one destination, as printed or as read out of prose."""

    issuer: str
    destination: str
    level: int | None
    regional_max: int | None = None
    reasons: tuple[str, ...] = ()
    level_text: str = ""
    unknown: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """What the coder reads. `issuer` is set for the words of a government about travel."""

    title: str
    summary: str = ""
    body: str = ""
    lang: str = ""
    date: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """What the coder found in one text; `kind` is the main act's, whoever acts, or None."""

    lang: str
    kind: ActKind | None
    countries: tuple[str, ...]
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Rejected, ...] = ()

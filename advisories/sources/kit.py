"""What the module of an issuer is built from, for sources that live in packages of their own.

load, string, number, mappings    JSON bodies, whole or cut
items, document                   XML bodies, without DTDs, mended where broken
page, sections, section           HTML pages as a small tree
where, named                      a heading to destinations; the places that a title names
step, agreed                      the issuer's words on its scale; number and words together
read_prose, names_of              levels out of sentences, for the country or for its parts
advice, notice, part_above        items: one a destination, or one a statement
date_by                           a date in a fixed numeric form
"""

from advisories.sources._html import Element, page, section, sections
from advisories.sources._items import advice, date_by, notice, part_above
from advisories.sources._json import load, mappings, number, string
from advisories.sources._names import Where, named, where
from advisories.sources._prose import names_of
from advisories.sources._prose import read as read_prose
from advisories.sources._scale import agreed, step
from advisories.sources._xml import Node, document, items

__all__ = [
    "Element",
    "Node",
    "Where",
    "advice",
    "agreed",
    "date_by",
    "document",
    "items",
    "load",
    "mappings",
    "named",
    "names_of",
    "notice",
    "number",
    "page",
    "part_above",
    "read_prose",
    "section",
    "sections",
    "step",
    "string",
    "where",
]

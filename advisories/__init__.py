"""Travel advisories and diplomatic tension: who warned, expelled, sanctioned or talked to whom.

From Python: `advisories.open_store(path)`, see `advisories.api`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisories.api import Store, open_store

__version__ = "0.1.0"
__all__ = ["Store", "__version__", "open_store"]


def __getattr__(name: str) -> object:
    """The store's door, loaded when it is first asked for: the command line starts without it."""
    if name in ("Store", "open_store"):
        from advisories import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

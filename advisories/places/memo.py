"""What is worked out once for a word, and remembered."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """A function's answers by its argument, emptied when they grow too many.

    A dict, for `map(memo.__getitem__, words)` never comes back to Python for a word seen before.
    """

    __slots__ = ("_limit", "_make")

    def __init__(self, make: Callable[[K], V], limit: int) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, key: K) -> V:
        if len(self) >= self._limit:
            self.clear()
        self[key] = value = self._make(key)
        return value

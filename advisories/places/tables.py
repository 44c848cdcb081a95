"""Tables that come with the package: big, read once, and never garbage."""

import gc
import json
from importlib.resources import files
from typing import Any


def read(package: str, name: str) -> dict[str, Any]:
    """A table of the `data` folder of `package`, as its JSON says.

    The collector of garbage rests meanwhile, and passes over for good what is there afterwards: a
    table is some ten thousand lists, and to walk over them as they come, with every table after
    them and once more at the end took a third of a run. Only cycles that are garbage at this very
    moment are lost to it.
    """
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    running = gc.isenabled()
    gc.disable()
    try:
        table: dict[str, Any] = json.loads(text)
        gc.freeze()
    finally:
        if running:
            gc.enable()
    return table

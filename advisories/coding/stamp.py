"""Build step: the coder's version, a digest of all tables and weights it decides with.

Run `python -m advisories.coding.stamp` last, after the tables and the weights are written.
"""

import hashlib
from pathlib import Path

HERE = Path(__file__).parent
PLACES = HERE.parent / "places" / "data"


def digest() -> str:
    """Twelve hex digits that change with any table, weight or rule file."""
    tables = [*(HERE / "data").glob("*.json"), *PLACES.glob("aliases-*.json"), *HERE.glob("*.toml")]
    whole = hashlib.sha256()
    for path in sorted(tables, key=lambda p: p.name):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def main() -> None:
    """Write the version beside the tables."""
    (HERE / "data" / "version.txt").write_text(f"{digest()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

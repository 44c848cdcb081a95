"""Settings: flags over environment over the TOML file over defaults.

db = "~/advisories.db"                # ADVISORIES_DB, --db
contact = "desk@example.org"          # told to every server in the User-Agent
[tension]
half_life_days = 30
[watch]
mine = ["RU-US", "IL", "UA"]          # usable as @mine wherever a country or pair is
[feeds.my-ministry]                   # a source of one's own, see docs/adding-a-source.md
url = "https://example.org/feed.xml"
kind = "official"
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from advisories.errors import ConfigError

KNOWN = {"db", "contact", "tension", "watch", "feeds", "fetch", "second"}


@dataclass(frozen=True, slots=True)
class Config:
    """What the configuration says; `path` is the file it came from, if there is one."""

    db: Path
    contact: str = ""
    half_life_days: float = 30.0
    watch: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    feeds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fetch_set: str = "core"
    path: Path | None = None
    second: str = ""


def default_path(env: Mapping[str, str]) -> Path:
    """$ADVISORIES_CONFIG, else advisories/config.toml below $XDG_CONFIG_HOME or ~/.config."""
    if env.get("ADVISORIES_CONFIG"):
        return Path(env["ADVISORIES_CONFIG"]).expanduser()
    base = env.get("XDG_CONFIG_HOME") or str(Path(_home(env)) / ".config")
    return Path(base) / "advisories" / "config.toml"


def default_db(env: Mapping[str, str]) -> Path:
    """advisories/advisories.db below $XDG_DATA_HOME or ~/.local/share."""
    base = env.get("XDG_DATA_HOME") or str(Path(_home(env)) / ".local" / "share")
    return Path(base) / "advisories" / "advisories.db"


def _home(env: Mapping[str, str]) -> str:
    return env.get("HOME") or os.path.expanduser("~")


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file.

    Raises:
        ConfigError: it cannot be read or parsed; names the file and the line.
    """
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def load(path: Path | None, env: Mapping[str, str], *, db: Path | None = None) -> Config:
    """The settings in force. A file named by the user must exist; the default one may not.

    Raises:
        ConfigError: the file is missing, broken, or holds a key or type that we do not know.
    """
    chosen = path or default_path(env)
    named = path is not None or bool(env.get("ADVISORIES_CONFIG"))
    if not chosen.is_file():
        if named:
            raise ConfigError(f"{chosen}: no such configuration file")
        table: dict[str, Any] = {}
    else:
        table = read_toml(chosen)
    _known_keys(table, chosen)
    return Config(
        db=_db(db, env, table, chosen),
        contact=_text(table, "contact", chosen),
        half_life_days=_half_life(table, chosen),
        watch=_watch(table, chosen),
        feeds=_tables(table, "feeds", chosen),
        fetch_set=_fetch_set(table, chosen),
        path=chosen if chosen.is_file() else None,
        second=_text(table, "second", chosen),
    )


def _known_keys(table: Mapping[str, Any], path: Path) -> None:
    for key in table:
        if key not in KNOWN:
            raise ConfigError(f"{path}: unknown key {key!r}; known: {', '.join(sorted(KNOWN))}")


def _db(db: Path | None, env: Mapping[str, str], table: Mapping[str, Any], path: Path) -> Path:
    if db is not None:
        return db.expanduser()
    if env.get("ADVISORIES_DB"):
        return Path(env["ADVISORIES_DB"]).expanduser()
    text = _text(table, "db", path)
    return Path(text).expanduser() if text else default_db(env)


def _text(table: Mapping[str, Any], key: str, path: Path) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {key} must be text")
    return value


def _tables(table: Mapping[str, Any], key: str, path: Path) -> dict[str, Mapping[str, Any]]:
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
        raise ConfigError(f"{path}: [{key}] must hold tables, such as [{key}.name]")
    return dict(value)


def _half_life(table: Mapping[str, Any], path: Path) -> float:
    section = table.get("tension", {})
    value = section.get("half_life_days", 30.0) if isinstance(section, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 3650:
        raise ConfigError(f"{path}: tension.half_life_days must be a number of days above 0")
    return float(value)


def _fetch_set(table: Mapping[str, Any], path: Path) -> str:
    section = table.get("fetch", {})
    value = section.get("set", "core") if isinstance(section, dict) else None
    if not isinstance(value, str):
        raise ConfigError(f"{path}: fetch.set must be text")
    return value


def _watch(table: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    section = table.get("watch", {})
    if not isinstance(section, dict):
        raise ConfigError(f"{path}: [watch] must hold lists of countries or pairs")
    lists: dict[str, tuple[str, ...]] = {}
    for name, values in section.items():
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise ConfigError(f"{path}: watch.{name} must be a list of countries or pairs")
        lists[name] = tuple(values)
    return lists

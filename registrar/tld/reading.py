"""Small readers for `data/`: every one of them checks, and says where the mistake stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class DataError(ValueError):
    """The data contradict themselves or the format. The message names the file and the place."""


def demand(condition: bool, message: str) -> None:
    """Raise DataError with `message` unless `condition` holds."""
    if not condition:
        raise DataError(message)


def read(path: Path) -> dict[str, Any]:
    """The tables of a file. Raises DataError for a file that is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error


def only(where: str, table: Any, allowed: set[str]) -> None:
    """Refuse what is no table, and keys that nobody reads."""
    demand(isinstance(table, dict), f"{where}: must be a table")
    unknown = sorted(set(table) - allowed)
    demand(not unknown, f"{where}: unknown key {', '.join(unknown)}")


def text(where: str, table: Mapping[str, Any], key: str, *, optional: bool = False) -> str:
    """The text under `key`; empty only when it is optional and left out. Written and empty is a mistake."""
    if optional and key not in table:
        return ""
    value = table.get(key)
    demand(isinstance(value, str), f"{where}: {key} must be text")
    demand(bool(str(value).strip()), f"{where}: {key} is empty")
    return str(value)


def flag(where: str, table: Mapping[str, Any], key: str) -> bool:
    """The yes or no under `key`, no where it is left out."""
    value = table.get(key, False)
    demand(type(value) is bool, f"{where}: {key} must be true or false")
    return bool(value)


def whole(where: str, table: Mapping[str, Any], key: str, low: int, high: int) -> int:
    """The whole number under `key`, between `low` and `high`."""
    value = table.get(key)
    demand(type(value) is int, f"{where}: {key} must be a whole number")
    assert isinstance(value, int)
    demand(low <= value <= high, f"{where}: {key} out of range")
    return value


def names(
    where: str, table: Mapping[str, Any], key: str, allowed: Mapping[str, Any] | set[str]
) -> tuple[str, ...]:
    """The list of names under `key`, all of them `allowed` and none of them twice."""
    value = table.get(key, [])
    demand(
        isinstance(value, list) and all(isinstance(item, str) for item in value),
        f"{where}: {key} must be a list of names",
    )
    demand(len(set(value)) == len(value), f"{where}: {key} names one twice")
    for item in value:
        demand(item in allowed, f"{where}: {key} names the unknown {item}")
    return tuple(value)

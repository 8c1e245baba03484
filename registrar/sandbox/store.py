"""The state file: one JSON document, replaced as a whole."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FORMAT = 1


def read(path: Path) -> dict[str, Any] | None:
    """The saved world, or None where there is none; raises ValueError for a file that is not one."""
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not a sandbox state file: {error}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"{path} is not a sandbox state file of format {FORMAT}")
    return data


def write(path: Path, data: dict[str, Any]) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump({"format": FORMAT, **data}, stream, ensure_ascii=False, separators=(",", ":"))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)

"""Text from outside, made fit for storing."""

from __future__ import annotations


def storable(text: object, longest: int = 20_000) -> str:
    """`text` without NUL (PostgreSQL refuses it) and lone surrogates, cut to `longest` characters."""
    clean = str(text).replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"

"""Identifiers that may be shown and quoted: short, unguessable, readable aloud."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

# No vowels and no look-alikes: no words by chance, no 0/O or 1/l over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 12


def new_public_id(prefix: str) -> str:
    """A fresh identifier such as `op-7k2mc9d3hq4x` (57 bits of randomness)."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """A unique, never edited CharField that fills itself with a new public id."""

    def __init__(self, *, prefix: str = "id", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.setdefault("max_length", len(prefix) + LENGTH + 1)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["prefix"] = self.prefix
        return name, path, args, kwargs

    def get_default(self) -> str:
        """A new id for a new row."""
        return new_public_id(self.prefix)

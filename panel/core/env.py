"""Strict readers of environment variables: a value that cannot be read stops the start with one clear sentence."""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def positive_int(name: str, text: str) -> int:
    """The whole number above zero in `text`; `name` is the variable, for the message."""
    if not text.strip().isdecimal() or int(text) < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number above 0, not {text!r}.")
    return int(text)


def parse_field_keys(text: str) -> tuple[tuple[str, bytes], ...]:
    """Keys of encrypted fields from `id:base64[,id:base64...]`; the first encrypts, all decrypt."""
    keys: list[tuple[str, bytes]] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ImproperlyConfigured("FIELD_KEYS: the part after the colon must be base64.") from error
        if not key_id.isalnum() or len(raw) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"FIELD_KEYS: each key is id:base64 of {KEY_BYTES} bytes, id of letters and digits."
            )
        keys.append((key_id, raw))
    if not keys:
        raise ImproperlyConfigured(
            "Set FIELD_KEYS: one or more id:base64 keys of 32 bytes for the encrypted fields."
        )
    if len({key_id for key_id, _ in keys}) != len(keys):
        raise ImproperlyConfigured("FIELD_KEYS: two keys have the same id.")
    return tuple(keys)


def database_config(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's database settings for `url`; an empty one is SQLite in the data folder.

    SQLite's options make concurrent read-then-write transactions safe; PostgreSQL gets a connection pool, and compiles
    no queries.
    """
    config: dict[str, Any]
    if not url:
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "nameward.sqlite3")}
    else:
        try:
            config = dict(environ.Env.db_url_config(url))
        except (ValueError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(
                "DATABASE_URL must look like postgres://user:password@host:5432/name."
            ) from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        # A file, since threads that share SQLite in memory lock each other out where a file would wait.
        config["TEST"] = {"NAME": f"{tempfile.gettempdir()}/nameward-test-{os.getpid()}.sqlite3"}
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = 0
        # A server that was restarted leaves dead connections in the pool; nobody's page should be what finds them.
        config["CONN_HEALTH_CHECKS"] = True
        options = config.setdefault("OPTIONS", {})
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
        # Compiling a query of many conditions takes the server more than half a second, and running it a tenth of that.
        options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL: SQLite and PostgreSQL are the databases that Nameward knows."
        )
    return config

"""Environment variables are read strictly: a value that cannot be read stops the start with one clear sentence."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from panel.core.env import database_config, parse_field_keys, positive_int

ROOT = Path(__file__).resolve().parents[2]
KEY = base64.b64encode(b"k" * 32).decode()
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "qK7zR2mXv9TgLw4sYbN8dHc3fJp6aEu5" * 2,
    "FIELD_KEYS": f"k1:{KEY}",
    "OPERATOR_HOSTS": "panel.example.com",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


@pytest.mark.parametrize("text", ["", "0", "-3", "ten", "1.5", "1e3", " "])
def test_positive_int_refuses_what_is_not_one(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number above 0"):
        positive_int("PORT", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Set FIELD_KEYS"),
        ("k1:" + "A" * 7, "base64"),
        ("k1:" + base64.b64encode(b"short").decode(), "32 bytes"),
        (f"k-1:{KEY}", "letters and digits"),
        (KEY, "letters and digits"),
        (f"k1:{KEY},k1:{KEY}", "same id"),
    ],
)
def test_field_keys_refuse_what_cannot_be_a_key(text: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        parse_field_keys(text)


def test_field_keys_keep_their_order() -> None:
    assert [key_id for key_id, _key in parse_field_keys(f"k2:{KEY}, k1:{KEY}")] == ["k2", "k1"]


def test_database_is_sqlite_in_the_data_folder_unless_told(tmp_path: Path) -> None:
    config = database_config("", tmp_path)

    assert config["NAME"] == str(tmp_path / "nameward.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("query", "options"), [("", "-c jit=off"), ("?options=-c%20work_mem=64MB", "-c work_mem=64MB -c jit=off")]
)
def test_postgresql_gets_a_pool_and_compiles_no_queries(query: str, options: str, tmp_path: Path) -> None:
    config = database_config(f"postgres://u:p@h/n{query}", tmp_path)

    assert config["OPTIONS"]["pool"]["min_size"] == 1
    assert config["OPTIONS"]["options"] == options


@pytest.mark.parametrize("url", ["mysql://u:p@h/n", "oracle://u:p@h/n"])
def test_database_of_another_kind_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_config(url, tmp_path)


def run_manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`manage.py ...` in a process of its own, with nothing but the given environment."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**keep, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"FIELD_KEYS": ""}, "Set FIELD_KEYS"),
        ({"OPERATOR_HOSTS": ""}, "Set OPERATOR_HOSTS"),
        ({"DEMO": "1"}, "DEMO=1 is for a machine that nobody else reaches"),
        ({"OPERATION_POLL_SECONDS": "30"}, "OPERATION_POLL_SECONDS is at least 300"),
        ({"TWO_FACTOR_REQUIRED": "0"}, "TWO_FACTOR_REQUIRED=0 is allowed in demo mode only"),
        ({"PORT": "none"}, "PORT must be a whole number"),
    ],
)
def test_production_refuses_to_start_without_its_secrets(
    change: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    result = run_manage("check", **{**PRODUCTION, "DATA_DIR": str(tmp_path), **change})

    assert result.returncode != 0
    assert sentence in result.stderr
    assert KEY not in result.stderr
    assert PRODUCTION["SECRET_KEY"] not in result.stderr


def test_production_with_everything_set_passes_the_deployment_check(tmp_path: Path) -> None:
    result = run_manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, DATA_DIR=str(tmp_path))

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_demo_shows_the_products_error_pages_and_may_use_the_sandbox(tmp_path: Path) -> None:
    read = "from django.conf import settings as s; print(s.DEBUG, s.SANDBOX_ALLOWED, s.TWO_FACTOR_REQUIRED)"

    result = run_manage("shell", "-c", read, DEBUG="1", DEMO="1", DATA_DIR=str(tmp_path))

    assert result.stdout.splitlines()[-1] == "False True False"

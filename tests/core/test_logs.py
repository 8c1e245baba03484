"""Logs: one line an event, with the request's id, and no secret."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
import structlog
from celery.app.log import Logging
from django.test import Client

from panel.celery import app
from panel.core.logs import REDACTED, configure, redact

CANARY = "canary-0815"


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "Password",
        "apipasswd",
        "secret",
        "api_token",
        "auth_code",
        "authcode",
        "credentials",
        "private_key",
    ],
)
def test_redact_hides_what_is_named_like_a_secret(key: str) -> None:
    assert redact(None, "info", {key: CANARY, "domain": "a.test"}) == {key: REDACTED, "domain": "a.test"}


def test_redact_looks_into_what_is_nested() -> None:
    event = redact(None, "info", {"sent": {"user": "demo", "apipasswd": CANARY, "more": [{"token": CANARY}]}})

    assert CANARY not in json.dumps(event)
    assert "demo" in json.dumps(event)


@pytest.fixture
def lines() -> Any:
    """What is logged as JSON, line by line."""
    configure({"level": "INFO", "json": True})
    stream = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    configure({"level": "WARNING", "json": False})
    structlog.contextvars.clear_contextvars()


def test_line_is_json_with_time_level_and_no_secret(lines: Any) -> None:
    structlog.get_logger("test").info("sent", domain="a.test", apipasswd=CANARY)

    (line,) = lines()
    assert line["event"] == "sent"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")
    assert line["apipasswd"] == REDACTED


def test_request_is_logged_with_its_id_and_without_its_secrets(
    lines: Any, client: Client, owner: Any
) -> None:
    response = client.post(
        f"/accounts/login/?token={CANARY}", {"login": "owner@demo.test", "password": f"nameward-demo{CANARY}"}
    )

    logged = [line for line in lines() if line["event"] == "request"]
    assert [line["request_id"] for line in logged] == [response["X-Request-ID"]]
    assert logged[0]["path"] == "/accounts/login/"
    assert CANARY not in json.dumps(lines())


def test_health_is_not_logged(lines: Any, client: Client) -> None:
    client.get("/healthz")

    assert lines() == []


def test_invitation_link_is_not_logged(lines: Any, client: Client, operator: Any) -> None:
    client.get(f"/accounts/invitation/{CANARY}/")
    client.get(f"/accounts/password/reset/key/1-{CANARY}/")

    assert CANARY not in json.dumps(lines())


def test_worker_started_with_a_quiet_level_keeps_the_panels_own() -> None:
    before = logging.getLogger().level

    Logging(app).setup_logging_subsystem(loglevel=logging.CRITICAL)

    assert logging.getLogger().level == before

"""Health, readiness and metrics."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from panel.core import health


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The registered checks, replaced by the test's own."""
    mine: list[Any] = []
    monkeypatch.setattr(health, "_checks", mine)
    return mine


def test_healthz_says_that_the_process_lives_without_the_database(
    client: Client, django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.content == b"ok\n"


def test_readyz_is_ready_when_every_required_check_is_well(
    client: Client, db: None, checks: list[Any]
) -> None:
    checks += [
        lambda: health.Check("broker", True),
        lambda: health.Check("mail", False, "away", required=False),
    ]

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "checks": {
            "database": {"ok": True, "detail": ""},
            "broker": {"ok": True, "detail": ""},
            "mail": {"ok": False, "detail": "away"},
        },
    }


def test_readyz_is_not_ready_when_a_required_check_fails(client: Client, db: None, checks: list[Any]) -> None:
    checks.append(lambda: health.Check("broker", False, "refused"))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["ready"] is False


def test_readyz_without_a_database_says_so_and_no_more(client: Client, db: None, checks: list[Any]) -> None:
    def gone() -> health.Check:
        raise DatabaseError("canary: password=hunter2 host=10.0.0.1")

    checks.append(gone)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {"database": {"ok": False, "detail": "DatabaseError"}}


def test_readyz_of_the_product_names_what_matters(client: Client, operator: Any) -> None:
    names = set(client.get("/readyz").json()["checks"])

    assert {"database", "broker", "beat"} <= names


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Bearer ", "metrics-token"])
def test_metrics_do_not_exist_without_the_token(
    client: Client, operator: Any, settings: Any, header: str
) -> None:
    settings.METRICS_TOKEN = "metrics-token-1"

    response = client.get("/metrics", headers={"authorization": header} if header else {})

    assert response.status_code == 404


def test_metrics_do_not_exist_while_no_token_is_set(client: Client, operator: Any, settings: Any) -> None:
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_metrics_answer_to_the_token(client: Client, operator: Any, settings: Any) -> None:
    settings.METRICS_TOKEN = "metrics-token-1"

    response = client.get("/metrics", headers={"authorization": "Bearer metrics-token-1"})

    assert response.status_code == 200
    assert b"# HELP" in response.content


def test_favicon_at_its_old_address_leads_to_the_icon(client: Client, db: None) -> None:
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert response["Location"].endswith("img/favicon.svg")

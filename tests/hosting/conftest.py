"""Names whose registrar holds hosting for them too, and people signed in who may change it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Throttle
from panel.domain.models import Domain, to_unicode
from panel.hosting.reading import plan_reading
from tests.conftest import control
from tests.families.conftest import make_account  # noqa: F401

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """`sign_in(user)`: a browser in which the person is signed in."""

    def open_browser(user: Any) -> Client:
        browser = Client()
        browser.force_login(user, backend=BACKEND)
        return browser

    return open_browser


@pytest.fixture
def own(sign_in: Callable[[Any], Client], owner: Any) -> Client:
    """The browser of the owner of `customer`."""
    return sign_in(owner)


@pytest.fixture
def settle(sandbox: Any, run_due: Callable[..., int]) -> Callable[[], None]:
    """Let workers and registrar come to rest."""

    def rest() -> None:
        for _turn in range(4):
            # Tests read more often in a second than anybody may in a minute.
            Throttle.objects.all().delete()
            run_due(hurry=True)
            control(sandbox, "POST", "/settle")

    return rest


@pytest.fixture
def held(
    registrar_account: Any, customer: Any, owner: Any, settle: Callable[[], None]
) -> Callable[..., Domain]:
    """`held(name, account=..., read=True)`: a name of the customer, its hosting read."""

    def hold(name: str, *, account: Any = None, read: bool = True, **fields: Any) -> Domain:
        today = timezone.localdate()
        values: dict[str, Any] = {
            "unicode_name": to_unicode(name),
            "tld_name": name.partition(".")[2],
            "account": account or registrar_account,
            "customer": customer,
            "status": "active",
            "created_on": today - timedelta(days=300),
            "expires_on": today + timedelta(days=200),
            **fields,
        }
        domain = Domain.objects.create(name=name, **values)
        if read:
            plan_reading(domain, actor=owner)
            settle()
        return domain

    return hold


@pytest.fixture
def effects(sandbox: Any) -> Callable[[str], list[str]]:
    """`effects("mail")`: actions of which the name holds the word and that really took effect at a registrar."""

    def read(word: str) -> list[str]:
        journal = control(sandbox, "GET", "/journal")["journal"]
        return [row["action"] for row in journal if word in row["action"]]

    return read


@pytest.fixture
def faulty(sandbox: Any) -> Callable[..., None]:
    """`faulty("service/mailcreate", "lost_answer")`: the next call of the action goes wrong in this way."""

    def arm(action: str, kind: str, *, family: str = "mrdomain", times: int = 1) -> None:
        control(
            sandbox, "POST", "/faults", {"family": family, "action": action, "kind": kind, "times": times}
        )

    return arm

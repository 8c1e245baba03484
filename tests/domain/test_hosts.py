"""Hosts below names are read once a day, where there are any."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account
from panel.domain import tasks
from panel.domain.models import Domain, GlueRecord
from panel.domain.passes.hosts import read_hosts, with_hosts
from panel.operation.models import Operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    """An account, never called, at a registrar that shows glue records."""
    return Account.objects.create(
        label="Netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )


def make(account: Account, name: str, **fields: Any) -> Domain:
    defaults = {"unicode_name": name, "tld_name": "com", "account": account, "status": "active"}
    return Domain.objects.create(name=name, **{**defaults, **fields})


def asked() -> set[str]:
    return set(Operation.objects.filter(kind="domain.read_delegation").values_list("label", flat=True))


def test_names_that_serve_themselves_or_have_known_hosts_are_read(account: Account) -> None:
    make(account, "self.com", nameservers=["ns1.self.com", "ns2.other.net"])
    GlueRecord.objects.create(domain=make(account, "known.com"), name="ns1.known.com")
    make(account, "plain.com", nameservers=["ns1.other.net"])
    make(account, "lf.com", nameservers=["ns1.self.com"])
    make(account, "gone.com", nameservers=["ns1.gone.com"], status="deleted")

    tasks.read_hosts()

    assert asked() == {"self.com", "known.com"}


def test_what_was_read_today_is_left_alone(account: Account) -> None:
    for name, age in (("new.com", timedelta(hours=1)), ("old.com", timedelta(days=2))):
        make(account, name, nameservers=[f"ns1.{name}"], delegation_read_at=timezone.now() - age)

    read_hosts(account)

    assert asked() == {"old.com"}


def test_registrar_that_shows_no_hosts_is_not_asked(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(family="bookmyname")
    account.refresh_from_db()
    make(account, "self.com", nameservers=["ns1.self.com"])

    assert with_hosts(account).count() == 1
    assert read_hosts(account) == 0

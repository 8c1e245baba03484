"""Staff who act as a customer's person: how it begins, what they find, and what a test says again and again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.domain.models import Domain
from panel.people.models import Membership

BACKEND = "panel.people.backends.BrandAuthenticationBackend"
NAME = "acted-for.com"
PASSWORD = {"password": "nameward-demo"}


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Passwords may be typed again only so often; the count outlives a test."""
    cache.clear()


@pytest.fixture
def office(staff: Any) -> Client:
    """A member of the staff who has just typed the password."""
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    browser.post("/accounts/reauthenticate/", PASSWORD)
    return browser


@pytest.fixture
def name(registrar_account: Any, customer: Any) -> Domain:
    """A name of `customer`."""
    return Domain.objects.create(
        name=NAME, unicode_name=NAME, tld_name="com", account=registrar_account, customer=customer,
        status="active", transfer_lock=False, expires_on=timezone.localdate() + timedelta(days=200),
    )  # fmt: skip


def begin(browser: Client, person: Any, reason: str = "She asked on the phone") -> Any:
    """Act as the person from now on."""
    member = Membership.objects.get(user=person)
    address = reverse("office:member-act", args=[member.customer.public_id, member.pk])
    return browser.post(address, {"reason": reason})


@pytest.fixture
def acting(office: Client, owner: Any) -> Client:
    """The staff's browser, acting as the owner of `customer`."""
    assert begin(office, owner)["Location"] == "/"
    return office


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))

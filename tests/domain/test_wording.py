"""Domains in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.contact.models import Contact, ContactHandle
from panel.domain.models import Domain
from panel.domain.wording import people, renewal_label, renewal_opens, status_words
from panel.people.models import Customer


def domain(**fields: Any) -> Domain:
    return Domain(
        **{"name": "a.com", "unicode_name": "a.com", "tld_name": "com", "status": "active", **fields}
    )


@pytest.mark.parametrize("status", Domain.Status.values)
def test_every_status_has_whole_words_without_the_registrar(status: str) -> None:
    words = status_words(domain(status=status, raw_status="register-pending"))

    assert words.title
    assert words.text.endswith(".")
    assert words.tone in {"neutral", "info", "success", "warning", "danger", "pending"}
    assert "registrar" not in f"{words.title}{words.text}{words.next_step}".lower()
    assert "register-pending" not in words.text


@pytest.mark.parametrize(
    ("days", "mode", "title", "step"),
    [
        (-1, "manual", "Expired", "Renew it now."),
        (0, "manual", "Expires soon", "Renew it in time."),
        (30, "automatic", "Expires soon", "It renews by itself."),
        (31, "manual", "Active", ""),
    ],
)
def test_active_name_tells_of_its_coming_end(days: int, mode: str, title: str, step: str) -> None:
    words = status_words(domain(expires_on=timezone.localdate() + timedelta(days=days), renewal_mode=mode))

    assert words.title == title
    assert words.next_step == step


def test_unknown_renewal_mode_is_not_called_manual() -> None:
    assert renewal_label(domain(renewal_mode="unknown")) == "Not known"


def test_renewal_opens_only_within_the_names_life() -> None:
    today = timezone.localdate()

    assert renewal_opens(domain()) is None
    assert renewal_opens(domain(created_on=today, expires_on=today + timedelta(days=40))) is None
    opens = renewal_opens(domain(created_on=today, expires_on=today + timedelta(days=365)))
    assert opens == today + timedelta(days=305)


def test_people_are_shown_only_where_they_are_the_customers_own() -> None:
    customer, other = Customer(pk=1, name="Mine"), Customer(pk=2, name="Other")
    owner = ContactHandle(pk=1, handle="o", fingerprint="a", content={"first_name": "Ada", "country": "ES"})
    twin = ContactHandle(pk=2, handle="t", fingerprint="a", content={"first_name": "Ada"})
    mine = ContactHandle(
        pk=3, handle="m", fingerprint="b", content={"first_name": "Bea"}, contact=Contact(customer=customer)
    )
    foreign = ContactHandle(
        pk=4, handle="f", fingerprint="c", content={"first_name": "Eve"}, contact=Contact(customer=other)
    )

    shown = people(domain(owner=owner, admin=twin, tech=mine, billing=foreign), customer)

    assert [(person.name, person.managed) for person in shown] == [
        ("Ada", False),
        ("Ada", False),
        ("Bea", False),
        ("", True),
    ]
    assert shown[0].country == "Spain"

"""The page of a name's history, for its three audiences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.domain.models import Domain, RegistrarLine
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from tests.selfservice.bulk import words_of

NAME = "soler-estudio.com"
PAGE = f"/domains/{NAME}/history/"


@pytest.fixture
def domain(make_domain: Callable[..., Domain], catalogue: Any, settle: Callable[[], None]) -> Domain:
    """A name at a registrar that keeps a history of its own."""
    found = make_domain(NAME, owner=None)
    plan_refresh(NAME, found.account, key="first", customer=found.customer)
    settle()
    found.refresh_from_db()
    return found


def test_registrars_records_are_read_on_request_and_told_plainly(
    own: Client, domain: Domain, settle: Callable[[], None]
) -> None:
    before = words_of(own.get(PAGE))
    own.post(f"{PAGE}read/")
    during = words_of(own.get(PAGE))
    settle()
    after = words_of(own.get(PAGE))

    lines = RegistrarLine.objects.filter(domain=domain)
    assert "have not been read yet" in before
    assert "Being read" in during
    assert lines.exists()
    assert "Registration" in after
    assert "The registry's records were read" in after
    assert not any(line.who in after for line in lines)


def test_checking_a_name_reads_its_history_too(own: Client, domain: Domain) -> None:
    Domain.objects.update(detailed_at=None)

    own.post(f"/domains/{NAME}/refresh/")

    assert Operation.objects.filter(kind="domain.read_history", state="queued").count() == 1


def test_staff_read_who_wrote_what(
    domain: Domain, staff: Any, signed_in: Any, settle: Callable[[], None]
) -> None:
    office = signed_in(staff)
    office.post(f"/office{PAGE}read/")
    settle()

    page = words_of(office.get(f"/office{PAGE}"))

    line = RegistrarLine.objects.filter(domain=domain).first()
    assert line is not None
    assert f"Registrar: {line.title}" in page
    assert line.who in page


def test_brand_people_read_it_plainly(
    domain: Domain, make_user: Callable[..., Any], signed_in: Any, operator: Any, settle: Callable[[], None]
) -> None:
    brand = signed_in(make_user("brand@demo.test", brand=operator))
    brand.post(f"/brand{PAGE}read/")
    settle()

    page = words_of(brand.get(f"/brand{PAGE}"))

    assert "Registration" in page
    assert "Registrar:" not in page


def test_reader_sees_it_and_has_nothing_read(colleague: Client, domain: Domain) -> None:
    assert colleague.get(PAGE).status_code == 200
    assert "Read it now" not in words_of(colleague.get(PAGE))
    assert colleague.post(f"{PAGE}read/").status_code == 403
    assert not Operation.objects.filter(kind="domain.read_history").exists()


def test_history_is_its_customers_alone(stranger: Client, domain: Domain) -> None:
    assert stranger.get(PAGE).status_code == 404
    assert stranger.post(f"{PAGE}read/").status_code == 404


def test_reading_history_is_no_change_on_get(own: Client, domain: Domain) -> None:
    assert own.get(f"{PAGE}read/").status_code == 405


def test_page_of_the_name_leads_to_the_whole_history(own: Client, domain: Domain) -> None:
    assert f'href="{PAGE}"' in own.get(f"/domains/{NAME}/").content.decode()

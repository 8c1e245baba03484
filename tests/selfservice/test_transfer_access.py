"""Who may open the pages of transfers, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.domain.models import Domain, TransferBatch, TransferLine
from panel.operation.models import Operation

NAME = "northern-lanterns.com"


@pytest.fixture
def batch(customer: Any, owner: Any, catalogue: Any) -> TransferBatch:
    """A batch of the customer: one name that can be moved, and one without an answer."""
    found = TransferBatch.objects.create(customer=customer, actor=owner)
    for position, (name, state) in enumerate([(NAME, "possible"), ("southern-lanterns.com", "failed")]):
        TransferLine.objects.create(
            batch=found, position=position, name=name, tld_name="com", account=catalogue, code="Canary-Code-91",
            has_code=True, state=state,
        )  # fmt: skip
    return found


@pytest.fixture
def stuck(make_domain: Callable[..., Domain]) -> Domain:
    """A name of the customer whose transfer waits for a code."""
    return make_domain(
        NAME, status="transferring", transfer_status="auth_code_needed", expires_on=None, created_on=None
    )


@pytest.fixture
def addresses(batch: TransferBatch, stuck: Domain) -> dict[str, list[str]]:
    """Every route: those that show, and those that change something."""
    page = f"/transfers/{batch.public_id}/"
    return {
        "read": [page],
        "form": ["/transfers/new/", f"/domains/{NAME}/transfer/"],
        "change": [page + "order/", page + "again/", f"/domains/{NAME}/transfer/cancel/"],
    }


def test_owner_opens_every_page(own: Client, addresses: dict[str, list[str]]) -> None:
    for address in addresses["read"] + addresses["form"]:
        assert own.get(address).status_code == 200, address


def test_colleague_who_may_only_read_sees_the_batch_and_changes_nothing(
    colleague: Client, addresses: dict[str, list[str]]
) -> None:
    for address in addresses["read"]:
        page = colleague.get(address)
        assert page.status_code == 200
        assert "You can look, but not buy" in page.content.decode()
        assert "<button" not in page.content.decode().partition('id="batch"')[2].partition("</main>")[0]
    for address in addresses["form"] + addresses["change"]:
        assert colleague.post(address, {"names": "a.com x", "auth_code": "x"}).status_code == 403, address
    for address in addresses["form"]:
        assert colleague.get(address).status_code == 403
    assert not Operation.objects.exists()


def test_stranger_finds_nothing(
    stranger: Client, batch: TransferBatch, addresses: dict[str, list[str]]
) -> None:
    for address in addresses["read"] + addresses["form"][1:]:
        assert stranger.get(address).status_code == 404, address
    for address in addresses["change"] + addresses["form"][1:]:
        assert stranger.post(address, {"auth_code": "x"}).status_code == 404, address
    assert stranger.get(f"/transfers/new/?again={batch.public_id}").status_code == 404


def test_customer_of_another_brand_finds_nothing(
    addresses: dict[str, list[str]], alder: Any, make_customer: Any, make_user: Any, signed_in: Any
) -> None:
    away = make_customer("Away", brand=alder)
    browser = signed_in(make_user("away@demo.test", customer=away))

    for address in addresses["read"]:
        assert browser.get(address, headers={"Host": "alder.localhost"}).status_code == 404
    for address in addresses["change"]:
        assert browser.post(address, headers={"Host": "alder.localhost"}).status_code == 404


def test_staff_without_a_customer_finds_nothing(
    addresses: dict[str, list[str]], staff: Any, signed_in: Any
) -> None:
    browser = signed_in(staff)

    for address in addresses["read"] + addresses["form"]:
        assert browser.get(address).status_code in (302, 403, 404), address
    for address in addresses["change"]:
        assert browser.post(address).status_code in (403, 404), address


def test_nobody_is_sent_to_sign_in(client: Client, addresses: dict[str, list[str]]) -> None:
    for address in addresses["read"] + addresses["form"]:
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_changes_answer_to_post_only(own: Client, addresses: dict[str, list[str]]) -> None:
    for address in addresses["change"]:
        assert own.get(address).status_code == 405


def test_batch_takes_the_same_queries_with_1_and_with_100_names(
    own: Client, batch: TransferBatch, contact: Any
) -> None:
    page = f"/transfers/{batch.public_id}/"
    own.get(page)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert own.get(page).status_code == 200
        return len(seen)

    few = queries()
    TransferLine.objects.bulk_create(
        TransferLine(
            batch=batch, position=number, name=f"lamp-{number}.com", tld_name="com",
            account=batch.lines.first().account, code="x", has_code=True, state="possible",
        )
        for number in range(2, 101)
    )  # fmt: skip

    assert queries() == few


def test_text_of_names_takes_the_same_queries_with_1_and_with_100_names(own: Client, catalogue: Any) -> None:
    def queries(count: int) -> int:
        names = "\n".join(f"lamp-{count}-{number}.com x" for number in range(count))
        with CaptureQueriesContext(connection) as seen:
            assert own.post("/transfers/new/", {"names": names}).status_code == 302
        # How many rows fit into one INSERT is the database's affair.
        return len([query for query in seen.captured_queries if not query["sql"].startswith("INSERT")])

    queries(2)

    assert queries(1) == queries(100)

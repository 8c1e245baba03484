"""Brand people change the names of their own customers, and read nothing of the registrar or of costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from panel.billing import ledger
from panel.domain.models import AuthCode, Domain
from panel.operation.models import Operation
from tests.brandadmin.conftest import BACKEND
from tests.conftest import control

# One of the names in the sandbox's world.
NAME = "soler-estudio.com"
PAGE = f"/brand/domains/{NAME}/"
SETTINGS = ["", "refresh/", "turn/transfer-lock/", "nameservers/", "contacts/", "renew/", "auth-code/"]
GIVES_AWAY = re.compile(r"mrdomain|dondominio|sandbox", re.I)


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Passwords may be typed again only so often; the count outlives a test."""
    cache.clear()


@pytest.fixture
def name(make_domain: Any, rowan: Any, catalogue: Any) -> Domain:
    """A name of the brand's customer."""
    domain: Domain = make_domain(NAME, rowan)
    Domain.objects.filter(pk=domain.pk).update(transfer_lock=False, raw_status="active:mrdomain")
    domain.refresh_from_db()
    return domain


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def answer(client: Client, address: str) -> int:
    """The status of a post with what a switch needs, of a get where nothing is posted."""
    status: int = client.post(PAGE + address, {"to": "on"}).status_code
    return client.get(PAGE + address).status_code if status == 405 else status


def test_name_page_shows_whose_it_is_and_the_price_and_nothing_of_the_registrar(
    brand_client: Client, name: Domain
) -> None:
    page = brand_client.get(PAGE)

    assert "Rowan Books" in words_of(page)
    assert "12.90" in words_of(page)
    assert "10.00" not in words_of(page)
    assert not GIVES_AWAY.search(page.content.decode())


@pytest.mark.parametrize(
    "address",
    ["nameservers/", "contacts/", "renew/", "auth-code/", "owner/", "glue/", "dnssec/", "whois/", "delete/"],
)
def test_no_setting_names_the_registrar(brand_client: Client, name: Domain, address: str) -> None:
    brand_client.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    page = brand_client.get(PAGE + address)

    assert page.status_code == 200
    assert not GIVES_AWAY.search(page.content.decode())


def test_list_leads_to_the_page(brand_client: Client, name: Domain) -> None:
    assert f'href="{PAGE}"' in brand_client.get("/brand/domains/").content.decode()
    assert (
        f'href="{PAGE}"'
        in brand_client.get(
            f"/brand/customers/{name.customer.public_id}/"  # type: ignore[union-attr]
        ).content.decode()
    )


def test_switch_says_changing_and_is_planned_by_the_brands_person(
    brand_client: Client, name: Domain, runner: Any, rowan: Any, alder: Any
) -> None:
    assert brand_client.post(PAGE + "turn/transfer-lock/", {"to": "on"}).status_code == 302

    operation = Operation.objects.get(kind="domain.transfer_lock")
    assert (operation.actor, operation.customer, operation.brand) == (runner, rowan, alder)
    assert "Changing" in words_of(brand_client.get(PAGE))


def test_switch_that_is_so_already_says_so(brand_client: Client, name: Domain) -> None:
    refused = brand_client.post(PAGE + "turn/transfer-lock/", {"to": "off"})

    assert refused.status_code == 422
    assert "It is like this already" in words_of(refused)


def test_page_follows_what_is_done_until_it_is_over(
    brand_client: Client, name: Domain, run_due: Callable[..., int], sandbox: Any
) -> None:
    brand_client.post(PAGE + "turn/transfer-lock/", {"to": "on"})
    htmx = {"HX-Request": "true", "HX-Target": "domain"}
    first = brand_client.get(PAGE, headers=htmx)
    same = brand_client.get(f"{PAGE}?seen={first.context['mark']}", headers=htmx)

    for _turn in range(4):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
    over = brand_client.get(PAGE, headers=htmx)

    assert (first.status_code, same.status_code, over.status_code) == (200, 204, 286)


def test_nameservers_and_contacts_can_be_changed(
    brand_client: Client, name: Domain, contact: Any, rowan: Any
) -> None:
    contact.customer = rowan
    contact.save()
    servers = {"choice": "own", "servers": "ns1.harbor.test ns2.harbor.test"}

    assert brand_client.post(PAGE + "nameservers/", servers).status_code == 302
    assert brand_client.post(PAGE + "contacts/", {"tech": contact.public_id}).status_code == 302

    kinds = set(Operation.objects.values_list("kind", flat=True))
    assert {"domain.nameservers", "domain.contacts"} <= kinds


def test_contact_of_another_brands_customer_is_none_to_choose(
    brand_client: Client, name: Domain, contact: Any
) -> None:
    assert brand_client.post(PAGE + "contacts/", {"tech": contact.public_id}).status_code == 422


def test_renewal_is_paid_by_the_customer(brand_client: Client, name: Domain, rowan: Any) -> None:
    page = brand_client.get(PAGE + "renew/")
    hidden = dict(
        re.findall(r'<input type="hidden" name="(expires_on|key)" value="([^"]+)"', page.content.decode())
    )

    sent = brand_client.post(PAGE + "renew/", {**hidden, "term": "1@12.90"})

    assert sent.status_code == 302
    assert ledger.held(rowan) == Decimal("12.90")
    assert "Cost" not in words_of(page)
    assert not GIVES_AWAY.search(page.content.decode())


def test_auth_code_is_shown_once_after_the_password(
    brand_client: Client, name: Domain, run_due: Callable[..., int], sandbox: Any, runner: Any
) -> None:
    control(
        sandbox, "POST", "/world/mrdomain", {"domain": NAME, "set": {"authcode": "Canary-Of-Transfers-7"}}
    )
    assert "reauthenticate" in brand_client.get(PAGE + "auth-code/")["Location"]
    brand_client.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    brand_client.post(PAGE + "auth-code/")
    run_due(hurry=True)
    shown, again = (brand_client.post(PAGE + "auth-code/", {"show": "1"}) for _time in range(2))

    assert "Canary-Of-Transfers-7" in shown.content.decode()
    assert "Canary-Of-Transfers-7" not in again.content.decode()
    assert AuthCode.objects.get().shown_to == runner


@pytest.mark.parametrize("address", SETTINGS)
def test_nobody_else_has_these_pages(
    name: Domain, rowan: Any, owner: Any, staff: Any, make_user: Any, operator: Any, address: str
) -> None:
    customer = Client(headers={"host": "alder.localhost"})
    customer.force_login(make_user("rowan@demo.test", customer=rowan), backend=BACKEND)
    others = [customer]
    for person in (owner, staff, make_user("other@demo.test", brand=operator)):
        other = Client()
        other.force_login(person, backend=BACKEND)
        others.append(other)

    for other in others:
        other.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
        assert answer(other, address) == 404
    assert Client(headers={"host": "alder.localhost"}).get(PAGE + address).status_code in (302, 405)
    assert not Operation.objects.exists()


@pytest.mark.parametrize("address", SETTINGS)
def test_name_of_another_brands_customer_is_missing(
    brand_client: Client, name: Domain, customer: Any, address: str
) -> None:
    Domain.objects.update(customer=customer)
    brand_client.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    assert answer(brand_client, address) == 404


def test_name_page_takes_twelve_queries_whatever_was_done_before(
    brand_client: Client, name: Domain, registrar_account: Any, django_assert_max_num_queries: Any
) -> None:
    def done(number: int) -> None:
        Operation.objects.create(
            kind="domain.transfer_lock", subject=name.subject, label=NAME, state="planned",
            account=registrar_account, customer=name.customer, brand=name.customer.brand,  # type: ignore[union-attr]
            intent_key=f"test:{number}", payload={"name": NAME, "value": True},
        )  # fmt: skip
        Operation.objects.update(state="succeeded", finished_at="2026-01-01T00:00:00Z")

    done(0)
    brand_client.get(PAGE)
    with django_assert_max_num_queries(100) as few:
        brand_client.get(PAGE)
    for number in range(1, 12):
        done(number)
    with django_assert_max_num_queries(12) as many:
        brand_client.get(PAGE)

    assert len(many) == len(few)

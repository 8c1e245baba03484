"""Staff change what a name is set to: for its customer, from the customer's wallet, or for nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel.account.models import Cost
from panel.billing import ledger
from panel.contact.models import Contact, ContactHandle
from panel.domain.models import AuthCode, Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_renew import later
from panel.operation.models import Event, Operation
from tests.backoffice.conftest import sign_in
from tests.conftest import control

# One of the names in the sandbox's world.
NAME = "soler-estudio.com"
PAGE = f"/office/domains/{NAME}/"
SETTINGS = ["turn/transfer-lock/", "nameservers/", "contacts/", "renew/", "auth-code/"]


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Passwords may be typed again only so often; the count outlives a test."""
    cache.clear()


@pytest.fixture
def name(catalogue: Any, customer: Any) -> Domain:
    """A name of the customer that the registrar has too, not read yet."""
    today = timezone.localdate()
    return Domain.objects.create(
        name=NAME,
        unicode_name=NAME,
        tld_name="com",
        account=catalogue,
        customer=customer,
        status="active",
        created_on=today - timedelta(days=300),
        expires_on=today + timedelta(days=200),
        nameservers=["ns1.old.test", "ns2.old.test"],
        transfer_lock=False,
    )


@pytest.fixture
def read(name: Domain, settle: Callable[[], None]) -> Domain:
    """The same, as it was read at the registrar."""
    plan_refresh(NAME, name.account, key="first", customer=name.customer)
    settle()
    name.refresh_from_db()
    return name


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def renewal(office: Client) -> dict[str, str]:
    """What the browser sends from the renewal page as it is now, for the shortest term."""
    page = office.get(PAGE + "renew/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(expires_on|key)" value="([^"]+)"', page))
    term = re.search(r'value="(1@[\d.]*)"', page)
    assert term is not None
    return {**hidden, "term": term[1]}


def test_page_of_a_name_shows_its_life_its_costs_and_what_is_under_way(office: Client, name: Domain) -> None:
    office.post(PAGE + "turn/transfer-lock/", {"to": "on"})

    page = office.get(PAGE)

    words = words_of(page)
    assert "Lifecycle" in words
    assert "Under way" in words
    assert page.context["quote"].cost == Decimal("10.00")
    assert page.context["margin"][0] == page.context["quote"].price - Decimal("10.00")
    assert [item["row"].kind for item in page.context["under_way"]] == ["domain.transfer_lock"]
    assert "Changing" in words


def test_page_leads_to_every_setting_of_the_name(office: Client, name: Domain) -> None:
    page = office.get(PAGE)
    links = set(re.findall(rf'href="{re.escape(PAGE)}([a-z-]+)/"', page.content.decode()))

    assert links >= {
        "renew", "nameservers", "contacts", "auth-code", "owner", "glue", "dnssec", "whois", "delete",
    }  # fmt: skip
    office.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
    assert {link: office.get(f"{PAGE}{link}/").status_code for link in links} == dict.fromkeys(links, 200)


def test_switch_is_turned_for_the_customer_in_the_name_of_who_did_it(
    office: Client, read: Domain, settle: Callable[[], None], staff: Any, customer: Any
) -> None:
    before = read.transfer_lock

    assert office.post(PAGE + "turn/transfer-lock/", {"to": "off" if before else "on"}).status_code == 302

    operation = Operation.objects.get(kind="domain.transfer_lock")
    assert (operation.customer, operation.actor) == (customer, staff)
    settle()
    read.refresh_from_db()
    assert read.transfer_lock is not before


def test_switch_that_cannot_be_turned_says_it_with_the_registrars_note(office: Client, name: Domain) -> None:
    Domain.objects.update(whois_privacy=None, detailed_at=timezone.now())

    answer = office.post(PAGE + "turn/privacy/", {"to": "on"})

    assert answer.status_code == 422
    assert "the registrar shows no such flag" in words_of(answer)


def test_nameservers_are_changed_and_the_calls_stand_beside(
    office: Client, read: Domain, settle: Callable[[], None]
) -> None:
    form = {"choice": "own", "servers": "ns1.harbor.test ns2.harbor.test"}

    assert office.post(PAGE + "nameservers/", form).status_code == 302

    settle()
    read.refresh_from_db()
    page = office.get(PAGE + "nameservers/")
    assert read.nameservers == ["ns1.harbor.test", "ns2.harbor.test"]
    assert page.context["exchanges"]
    assert [row.operation for row in page.context["capabilities"]] == ["Nameservers"]


def test_wrong_nameservers_come_back_beside_the_field(office: Client, name: Domain) -> None:
    answer = office.post(PAGE + "nameservers/", {"choice": "own", "servers": "ns1.harbor.test"})

    assert answer.status_code == 422
    assert "Enter 2 to" in words_of(answer)


def test_contacts_to_choose_are_those_of_the_names_customer(
    office: Client, name: Domain, contact: Any, make_customer: Callable[..., Any]
) -> None:
    other = Contact.objects.get(pk=contact.pk)
    other.pk, other.public_id, other.customer = None, "co-other", make_customer("Somebody else")
    other.save()

    taken = office.post(PAGE + "contacts/", {"tech": other.public_id})
    own = office.post(PAGE + "contacts/", {"tech": contact.public_id})

    assert (taken.status_code, own.status_code) == (422, 302)


def test_staff_see_also_contacts_that_are_not_the_customers(office: Client, name: Domain) -> None:
    content = {"first_name": "Nora", "last_name": "Weber", "email": "tech@seller.test", "country": "DE"}
    name.tech = ContactHandle.objects.create(
        account=name.account, handle="T-1", fingerprint="t", content=content
    )
    name.save()

    page = words_of(office.get(PAGE + "contacts/"))

    assert "Nora Weber" in page
    assert "Looked after by us" not in page


def test_name_of_nobody_has_no_contacts_to_choose(office: Client, name: Domain, contact: Any) -> None:
    Domain.objects.update(customer=None)

    page = office.get(PAGE + "contacts/")

    assert "the name belongs to nobody yet" in words_of(page)
    assert office.post(PAGE + "contacts/", {"tech": contact.public_id}).status_code == 422


def test_renewal_is_paid_by_the_customer_at_the_list_price(
    office: Client, read: Domain, settle: Callable[[], None], customer: Any, staff: Any
) -> None:
    start, before, sent = read.expires_on, ledger.balance(customer), renewal(office)
    page = words_of(office.get(PAGE + "renew/"))

    assert office.post(PAGE + "renew/", sent).status_code == 302

    settle()
    read.refresh_from_db()
    assert start is not None
    assert read.expires_on == later(start, 1)
    price = Decimal(sent["term"].partition("@")[2])
    assert (ledger.balance(customer), ledger.held(customer)) == (before - price, Decimal(0))
    assert Operation.objects.get(kind="domain.renew").actor == staff
    assert "Cost and margin" in page
    assert "10.00" in page


def test_wallet_that_lacks_the_money_is_the_customers(office: Client, name: Domain) -> None:
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("900.00"))

    answer = office.post(PAGE + "renew/", renewal(office))

    assert answer.status_code == 422
    assert "The customer's wallet lacks" in words_of(answer).replace("&#x27;", "'")
    assert not Operation.objects.filter(kind="domain.renew").exists()


@pytest.mark.parametrize("costs", [True, False])
def test_name_of_nobody_is_renewed_without_a_price(office: Client, name: Domain, costs: bool) -> None:
    Domain.objects.update(customer=None)
    if not costs:
        Cost.objects.all().delete()

    sent = renewal(office)
    answer = office.post(PAGE + "renew/", sent)

    assert sent["term"] == "1@"
    assert answer.status_code == 302
    operation = Operation.objects.get(kind="domain.renew")
    assert (operation.price, operation.customer, operation.payload["years"]) == (None, None, 1)


def test_below_cost_is_no_price_and_says_so(office: Client, name: Domain, customer: Any) -> None:
    from panel.billing.models import PriceRule
    from panel.billing.pricing import price_list_of

    PriceRule.objects.create(
        price_list=price_list_of(customer.brand), tld_name="com", margin_percent=-50, margin_fixed=0
    )

    assert "below its cost" in words_of(office.get(PAGE + "renew/"))


def test_auth_code_asks_for_the_password_and_is_shown_once_to_a_name_that_is_kept(
    office: Client, name: Domain, run_due: Callable[..., int], sandbox: Any, staff: Any
) -> None:
    control(
        sandbox, "POST", "/world/mrdomain", {"domain": NAME, "set": {"authcode": "Canary-Of-Transfers-7"}}
    )
    assert "reauthenticate" in office.get(PAGE + "auth-code/")["Location"]
    office.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    assert office.post(PAGE + "auth-code/").status_code == 302
    run_due(hurry=True)
    shown, again = (office.post(PAGE + "auth-code/", {"show": "1"}) for _time in range(2))

    assert "Canary-Of-Transfers-7" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "Canary-Of-Transfers-7" not in again.content.decode()
    assert AuthCode.objects.get().shown_to == staff
    assert Operation.objects.get(kind="domain.read_auth_code").actor == staff


def test_customer_reads_that_our_staff_saw_the_code_and_not_who(
    office: Client, name: Domain, staff: Any, owner: Any
) -> None:
    AuthCode.objects.create(domain=name, read_at=timezone.now(), shown_at=timezone.now(), shown_to=staff)
    own = sign_in(owner)
    own.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    page = words_of(own.get(f"/domains/{NAME}/auth-code/"))

    assert "our staff" in page
    assert str(staff) not in page


def test_history_of_the_customer_does_not_name_the_staff(
    office: Client, name: Domain, staff: Any, owner: Any
) -> None:
    office.post(PAGE + "turn/transfer-lock/", {"to": "on"})

    page = sign_in(owner).get(f"/domains/{NAME}/").content.decode()

    assert Event.objects.filter(actor=staff).exists()
    assert f"By {staff}" not in page


@pytest.mark.parametrize("address", SETTINGS)
def test_settings_exist_for_staff_only(
    name: Domain, owner: Any, make_user: Any, operator: Any, client: Client, address: str
) -> None:
    for other in (sign_in(owner), sign_in(make_user("brand@demo.test", brand=operator))):
        other.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
        assert other.post(PAGE + address, {"to": "on"}).status_code == 404
    assert client.post(PAGE + address).status_code == 302
    assert not Operation.objects.exists()


@pytest.mark.parametrize("address", ["assign/", *SETTINGS])
def test_settings_of_a_name_that_is_not_here_are_missing(office: Client, db: None, address: str) -> None:
    office.post("/accounts/reauthenticate/", {"password": "nameward-demo"})

    assert office.post(f"/office/domains/nowhere.com/{address}", {"to": "on"}).status_code == 404


def test_portfolio_lists_the_customers_names_with_their_switches(
    office: Client, name: Domain, make_domains: Callable[..., Any], make_customer: Callable[..., Any]
) -> None:
    make_domains(2, customer=make_customer("Somebody else"))
    Domain.objects.filter(name=NAME).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert name.customer is not None

    page = office.get(f"/office/customers/{name.customer.public_id}/domains/?cols=transfer_lock")

    assert [row.record.name for row in page.context["listing"].rows] == [NAME]
    assert page.context["figures"].expired == 1
    assert "Transfer lock" in words_of(page)


def test_portfolio_as_a_spreadsheet(office: Client, name: Domain, customer: Any) -> None:
    answer = office.get(f"/office/customers/{customer.public_id}/domains/?format=csv")

    assert NAME.encode() in b"".join(answer.streaming_content)


def test_name_page_takes_twelve_queries_whatever_was_done_before(
    office: Client, name: Domain, make_operation: Callable[..., Operation], django_assert_max_num_queries: Any
) -> None:
    make_operation("succeeded", name=NAME)
    office.get(PAGE)
    with django_assert_max_num_queries(100) as few:
        office.get(PAGE)
    for _number in range(12):
        make_operation("succeeded", name=NAME)
    # Two more than a server needs: it keeps the host names of its brands.
    with django_assert_max_num_queries(14) as many:
        office.get(PAGE)

    assert len(many) == len(few)

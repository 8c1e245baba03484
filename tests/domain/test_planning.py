"""What can be planned about a name, what is refused with which reason, and what is held for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Cost, Tld
from panel.billing import ledger
from panel.contact.models import Contact, ContactHandle
from panel.dns.operations import plan_zone
from panel.domain import operations_settings as settings
from panel.domain.models import Domain
from panel.domain.operations_contacts import plan_contacts, plan_owner
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_end import plan_delete
from panel.domain.operations_glue import GlueChange, plan_glue
from panel.domain.operations_privacy import plan_buy_privacy
from panel.domain.operations_renew import plan_renew
from panel.domain.operations_transfer import plan_transfer
from panel.domain.refusals import BadValue, CannotDo, NoPrice, NotNow, NotOffered, Unchanged
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen, cancel
from panel.operation.states import State
from panel.operation.transition import move
from registrar import types

pytestmark = pytest.mark.django_db
NAME = "harbor-lights.com"
KEY = types.DnssecKey(key_tag=1, algorithm=13, digest_type=2, digest="AB" * 32)


@pytest.fixture
def account_of(db: None) -> Callable[..., Account]:
    """An account that is never called."""

    def make(family: str, cost: str = "10.00") -> Account:
        account, _created = Account.objects.get_or_create(
            label=family, family=family, endpoint="http://127.0.0.1:9/", is_sandbox=True, is_default=True
        )
        tld, _created = Tld.objects.get_or_create(
            account=account, name="com", defaults={"parent": "com", "seen_at": timezone.now()}
        )
        for action in ("create", "renew", "transfer"):
            Cost.objects.get_or_create(
                tld=tld, action=action, defaults={"amount": Decimal(cost), "currency": "EUR", "years": [1, 2]}
            )
        return account

    return make


@pytest.fixture
def domain_at(account_of: Callable[..., Account], customer: Any) -> Callable[..., Domain]:
    """`domain_at("netim", status="grace")`: the customer's name in the mirror."""

    def make(family: str = "mrdomain", **fields: Any) -> Domain:
        known: dict[str, Any] = {
            "status": "active",
            "expires_on": timezone.now().date() + timedelta(days=90),
            "detailed_at": timezone.now(),
            "transfer_lock": False,
            "modification_lock": False,
            "whois_privacy": False,
        }
        return Domain.objects.create(
            name=fields.pop("name", NAME),
            unicode_name=NAME,
            tld_name=fields.pop("tld_name", "com"),
            account=account_of(family),
            customer=fields.pop("customer", customer),
            **{**known, **fields},
        )

    return make


def renewed(domain: Domain, **changes: Any) -> Operation:
    values: dict[str, Any] = {"years": 1, "expires_on": domain.expires_on, "actor": None}
    return plan_renew(domain, **{**values, **changes})


# --- renewals and money ----------------------------------------------------------------------------------------------


def test_renewal_is_priced_at_the_registrar_that_holds_the_name(
    domain_at: Callable[..., Domain], account_of: Callable[..., Account], customer: Any
) -> None:
    account_of("netim", cost="4.00")
    domain = domain_at("mrdomain")

    operation = renewed(domain, years=2)

    # 10.00 a year and a quarter on top, up to .90
    assert operation.price == Decimal("25.80")
    assert ledger.held(customer) == Decimal("25.80")
    assert operation.starts_from["expires_on"] == domain.expires_on.isoformat()


def test_price_that_staff_gave_replaces_the_lists(domain_at: Callable[..., Domain]) -> None:
    assert renewed(domain_at(), price=Decimal("7.00")).price == Decimal("7.00")


def test_name_of_nobody_is_renewed_without_money(domain_at: Callable[..., Domain]) -> None:
    operation = renewed(domain_at(customer=None))

    assert operation.price is None
    assert not operation.entries.exists()


def test_wallet_that_is_too_small_leaves_nothing_behind(
    domain_at: Callable[..., Domain], make_customer: Callable[..., Any]
) -> None:
    domain = domain_at(customer=make_customer("Poor Studio", money="3.00"))

    with pytest.raises(ledger.NotEnoughMoney):
        renewed(domain)

    assert not Operation.objects.exists()


def test_double_click_is_one_renewal_held_once(domain_at: Callable[..., Domain], customer: Any) -> None:
    domain = domain_at()

    first, second = renewed(domain), renewed(domain)

    assert first == second
    assert ledger.held(customer) == first.price


def test_form_that_comes_back_after_the_renewal_is_over_is_the_same(domain_at: Callable[..., Domain]) -> None:
    domain = domain_at()
    first = renewed(domain, key="form-1")
    move(first.pk, State.CANCELLED, sources=[State.QUEUED])

    assert renewed(domain, key="form-1") == first
    assert renewed(domain, key="form-2") != first


def test_renewal_that_failed_can_be_ordered_again(domain_at: Callable[..., Domain], customer: Any) -> None:
    domain = domain_at()
    first = renewed(domain)
    move(first.pk, State.CANCELLED, sources=[State.QUEUED])

    again = renewed(domain)

    assert again != first
    assert ledger.held(customer) == again.price


def test_other_renewal_of_the_same_name_waits_for_the_first(
    domain_at: Callable[..., Domain], customer: Any
) -> None:
    domain = domain_at()
    first = renewed(domain)

    with pytest.raises(AlreadyOpen):
        renewed(domain, years=2)

    assert ledger.held(customer) == first.price


@pytest.mark.parametrize(
    ("believed", "asked", "reason"),
    [
        ({}, {"expires_on": timezone.now().date()}, "expiry_moved"),
        ({"expires_on": None}, {"expires_on": timezone.now().date()}, "expiry_unknown"),
        ({"status": "redemption"}, {}, "not_renewable"),
        ({"status": "transferring"}, {}, "not_renewable"),
        ({}, {"years": 3}, "bad_value"),
        ({}, {"years": 0}, "bad_value"),
        ({"tld_name": "club"}, {}, "no_price"),
    ],
)
def test_renewal_that_cannot_be_is_refused_with_its_reason(
    believed: dict[str, Any], asked: dict[str, Any], reason: str, domain_at: Callable[..., Domain]
) -> None:
    domain = domain_at(**believed)

    with pytest.raises(CannotDo) as refused:
        renewed(domain, **asked)

    assert refused.value.reason == reason
    assert refused.value.text.endswith(".")
    assert not Operation.objects.exists()


def test_transfer_is_priced_and_keeps_its_code_encrypted(
    account_of: Callable[..., Account], customer: Any, contact: Contact
) -> None:
    account_of("mrdomain")

    operation = plan_transfer(customer, NAME, auth_code=" se-cret ", registrant=contact, actor=None)

    assert operation.secrets == {"auth_code": "se-cret"}
    assert "se-cret" not in f"{operation.payload}{operation.starts_from}"
    assert (operation.price, operation.state) == (Decimal("12.90"), State.PLANNED)
    assert operation.payload["keep_nameservers"] is True


def test_transfer_of_an_extension_that_nobody_takes_is_refused(
    account_of: Callable[..., Account], customer: Any, contact: Contact
) -> None:
    account_of("namecom")

    with pytest.raises(NoPrice):
        plan_transfer(customer, NAME, auth_code="x", registrant=contact, actor=None)


# --- what a family cannot do -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "ask", "by_hand"),
    [
        (
            "bookmyname",
            lambda d: settings.plan_renewal_mode(d, types.RenewalMode.AUTOMATIC, actor=None),
            False,
        ),
        ("namecom", lambda d: settings.plan_renewal_mode(d, types.RenewalMode.AUTOMATIC, actor=None), False),
        ("bookmyname", lambda d: settings.plan_modification_lock(d, True, actor=None), True),
        ("netim", lambda d: settings.plan_modification_lock(d, True, actor=None), False),
        ("bookmyname", lambda d: settings.plan_whois_privacy(d, True, actor=None), False),
        ("mrdomain", lambda d: settings.plan_signing(d, True, actor=None), False),
        ("namecom", lambda d: plan_dnssec(d, [KEY], actor=None), False),
        ("netim", lambda d: plan_dnssec(d, [], actor=None), False),
        ("mrdomain", lambda d: plan_delete(d, actor=None), False),
        (
            "bookmyname",
            lambda d: plan_zone(d, [types.DnsRecord(NAME, types.RecordType.A, "192.0.2.1")], actor=None),
            False,
        ),
        ("namecom", lambda d: settings.plan_whois_privacy(d, False, actor=None), False),
        ("namecom", lambda d: settings.plan_whois_privacy(d, True, actor=None), False),
        ("bookmyname", lambda d: plan_buy_privacy(d, years=1, price=Decimal(5), actor=None), False),
    ],
)
def test_what_the_registrar_cannot_do_is_refused_before_anything_is_written(
    family: str, ask: Callable[[Domain], Operation], by_hand: bool, domain_at: Callable[..., Domain]
) -> None:
    domain = domain_at(family)

    with pytest.raises(NotOffered) as refused:
        ask(domain)

    assert refused.value.by_hand is by_hand
    assert refused.value.capability
    assert refused.value.text.endswith(".")
    assert not Operation.objects.exists()


def test_flag_that_the_registrar_does_not_show_for_this_name_is_not_offered(
    domain_at: Callable[..., Domain],
) -> None:
    with pytest.raises(NotOffered):
        settings.plan_transfer_lock(domain_at(transfer_lock=None), True, actor=None)


@pytest.mark.parametrize(
    ("family", "believed", "reason"),
    [
        ("mrdomain", {}, "privacy_included"),
        ("netim", {}, "privacy_included"),
        ("mrdomain", {"whois_privacy": None}, "not_offered"),
        ("namecom", {"whois_privacy": True}, "private"),
        ("namecom", {"whois_privacy": None}, "not_offered"),
        ("namecom", {"whois_privacy": None, "detailed_at": None}, "not_read"),
        ("namecom", {"status": "grace"}, "not_active"),
    ],
)
def test_privacy_that_cannot_be_bought_says_why(
    domain_at: Callable[..., Domain], family: str, believed: dict[str, Any], reason: str
) -> None:
    domain = domain_at(family, **believed)

    with pytest.raises(CannotDo) as refused:
        plan_buy_privacy(domain, years=1, price=Decimal("4.90"), actor=None)

    assert refused.value.reason == reason
    assert not Operation.objects.exists()


def test_privacy_that_is_sold_needs_a_price(domain_at: Callable[..., Domain], customer: Any) -> None:
    domain = domain_at("namecom")

    with pytest.raises(NoPrice):
        plan_buy_privacy(domain, years=1, price=None, actor=None)
    plan_buy_privacy(domain, years=1, price=Decimal("4.90"), actor=None)

    assert ledger.held(customer) == Decimal("4.90")


# --- what the state of the name forbids ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("believed", "reason"),
    [
        ({"status": "grace"}, "not_active"),
        ({"status": "deleted"}, "not_active"),
        ({"status": "unknown"}, "not_read"),
        ({"modification_lock": True}, "locked"),
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda d, c: settings.plan_transfer_lock(d, True, actor=None),
        lambda d, c: settings.plan_nameservers(d, ["ns1.lamps.example", "ns2.lamps.example"], actor=None),
        lambda d, c: plan_contacts(d, {"tech": c}, actor=None),
        lambda d, c: plan_owner(d, c, actor=None, price=Decimal(0)),
        lambda d, c: plan_dnssec(d, [KEY], actor=None),
        lambda d, c: plan_zone(d, [types.DnsRecord(NAME, types.RecordType.A, "192.0.2.1")], actor=None),
        lambda d, c: plan_glue(d, GlueChange.DELETE, types.GlueRecord(f"ns1.{NAME}"), actor=None),
    ],
)
def test_settings_are_changed_while_the_name_allows_it(
    ask: Callable[[Domain, Contact], Operation],
    believed: dict[str, Any],
    reason: str,
    domain_at: Callable[..., Domain],
    contact: Contact,
) -> None:
    with pytest.raises(NotNow) as refused:
        ask(domain_at(**believed), contact)

    assert refused.value.reason == reason
    assert not Operation.objects.exists()


def test_modification_lock_can_be_lifted_under_itself(domain_at: Callable[..., Domain]) -> None:
    operation = settings.plan_modification_lock(domain_at(modification_lock=True), False, actor=None)

    assert operation.payload["value"] is False


@pytest.mark.parametrize(
    ("believed", "ask"),
    [
        ({"transfer_lock": True}, lambda d: settings.plan_transfer_lock(d, True, actor=None)),
        (
            {"renewal_mode": "manual"},
            lambda d: settings.plan_renewal_mode(d, types.RenewalMode.MANUAL, actor=None),
        ),
        (
            {"nameservers": ["ns2.lamps.example", "ns1.lamps.example"]},
            lambda d: settings.plan_nameservers(d, ["ns1.lamps.example", "ns2.lamps.example"], actor=None),
        ),
    ],
)
def test_what_is_so_already_is_not_asked_for(
    believed: dict[str, Any], ask: Callable[[Domain], Operation], domain_at: Callable[..., Domain]
) -> None:
    with pytest.raises(Unchanged):
        ask(domain_at(**believed))


def test_owner_and_contacts_that_stay_are_not_asked_for(
    domain_at: Callable[..., Domain], contact: Contact
) -> None:
    from panel.contact.models import fingerprint

    domain = domain_at()
    handle = ContactHandle.objects.create(
        account=domain.account, contact=contact, handle="AM-1", fingerprint=fingerprint(contact.content())
    )
    domain.owner = domain.tech = handle
    domain.save()

    with pytest.raises(Unchanged):
        plan_owner(domain, contact, actor=None, price=Decimal(0))
    with pytest.raises(Unchanged):
        plan_contacts(domain, {"tech": contact}, actor=None)


def test_owner_and_contacts_of_a_name_are_changed_one_after_the_other(
    domain_at: Callable[..., Domain], contact: Contact
) -> None:
    # Registrars take all contacts of a name at once: each change would write back what the other replaces.
    domain = domain_at()
    first = plan_contacts(domain, {"tech": contact}, actor=None)

    with pytest.raises(AlreadyOpen) as refused:
        plan_owner(domain, contact, actor=None, price=Decimal(0))

    assert refused.value.operation == first
    assert cancel(first, actor=None, reason="changed my mind")
    assert plan_owner(domain, contact, actor=None, price=Decimal(0)).kind == "domain.owner"
    with pytest.raises(AlreadyOpen):
        plan_contacts(domain, {"tech": contact}, actor=None)


A_RECORD = types.DnsRecord(NAME, types.RecordType.A, "192.0.2.1")


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda d: settings.plan_nameservers(d, ["ns1.lamps.example"], actor=None), "nameservers"),
        (lambda d: settings.plan_renewal_mode(d, types.RenewalMode.UNKNOWN, actor=None), "mode"),
        (lambda d: plan_dnssec(d, [KEY, KEY], actor=None), "keys"),
        (lambda d: plan_zone(d, [A_RECORD, A_RECORD], actor=None), "records"),
        (
            lambda d: plan_zone(
                d, [types.DnsRecord("other.com", types.RecordType.A, "192.0.2.1")], actor=None
            ),
            "records",
        ),
        (
            lambda d: plan_zone(d, [types.DnsRecord(NAME, types.RecordType.A, "no address")], actor=None),
            "value",
        ),
        (
            lambda d: plan_glue(
                d, GlueChange.CREATE, types.GlueRecord("ns1.other.com", "192.0.2.1"), actor=None
            ),
            "name",
        ),
        (lambda d: plan_glue(d, GlueChange.CREATE, types.GlueRecord(f"ns1.{NAME}"), actor=None), "ipv4"),
        (
            lambda d: plan_glue(d, GlueChange.UPDATE, types.GlueRecord(f"ns1.{NAME}", "300.1"), actor=None),
            "ipv4",
        ),
        (lambda d: plan_contacts(d, {}, actor=None), "admin"),
        (lambda d: plan_contacts(d, {"owner": None}, actor=None), "owner"),
    ],
)
def test_wrong_value_is_named(
    ask: Callable[[Domain], Operation], field: str, domain_at: Callable[..., Domain]
) -> None:
    with pytest.raises(BadValue) as refused:
        ask(domain_at())

    assert refused.value.field == field
    assert refused.value.text.endswith(".")


def test_owner_change_that_would_be_a_trade_is_refused_where_there_is_none(
    domain_at: Callable[..., Domain], contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registrar.tld import Fact, Terms, Trade

    terms = Terms(trade=Fact(Trade.PRICED, "a manual"))
    monkeypatch.setattr("panel.domain.operations_contacts.terms_for", lambda *_: terms)

    with pytest.raises(NotOffered) as refused:
        plan_owner(domain_at("mrdomain"), contact, actor=None, price=Decimal(0))

    assert refused.value.capability == "domain.change_owner"
    domain = domain_at("netim", name="other-harbor.com")
    assert plan_owner(domain, contact, actor=None, price=Decimal(5)).price == Decimal(5)


def test_several_hosts_of_a_name_may_be_changed_at_once(domain_at: Callable[..., Domain]) -> None:
    domain = domain_at()
    hosts = [types.GlueRecord(f"ns{number}.{NAME}", f"192.0.2.{number}") for number in (1, 2)]

    planned = [plan_glue(domain, GlueChange.CREATE, host, actor=None) for host in hosts]

    assert [operation.subject for operation in planned] == [f"host:ns1.{NAME}", f"host:ns2.{NAME}"]


@pytest.mark.parametrize(("family", "waits"), [("bookmyname", True), ("mrdomain", False)])
def test_settings_are_changed_one_after_the_other_where_each_change_writes_all_of_them(
    domain_at: Callable[..., Domain], family: str, waits: bool
) -> None:
    domain = domain_at(family, transfer_lock=False)
    settings.plan_nameservers(domain, ["ns1.example.net", "ns2.example.net"], actor=None)

    if waits:
        with pytest.raises(AlreadyOpen):
            settings.plan_transfer_lock(domain, True, actor=None)
    else:
        settings.plan_transfer_lock(domain, True, actor=None)

    assert Operation.objects.filter(kind="domain.transfer_lock").exists() is not waits

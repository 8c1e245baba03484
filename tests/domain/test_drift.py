"""What a registrar shows and nobody agreed to: opened, closed by itself, put back, put aside, decided by rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from panel.account import runs, throttle
from panel.account.models import Account, SyncRun
from panel.account.runs import Listing
from panel.contact.models import ContactHandle
from panel.core.models import database_now
from panel.domain.drift import actions
from panel.domain.drift.models import Drift, DriftOutcome, DriftRule, DriftState
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_contacts import plan_contacts
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_settings import plan_nameservers, plan_transfer_lock
from panel.domain.passes.lines import Details
from panel.domain.passes.storing import Keeper
from panel.domain.refusals import CannotDo
from panel.domain.renewal.years import later
from panel.operation.models import Operation
from registrar import types
from tests.domain.passes import NAME, OTHER, change, domain, held, items, synced

FOREIGN = ["ns1.elsewhere.test", "ns2.elsewhere.test"]


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))


@pytest.fixture
def account(registrar_account: Account) -> Account:
    """The account after its first pass."""
    synced(registrar_account)
    return registrar_account


def another_handle(row: Domain) -> str:
    """A contact of the account with another content than the name's administrative one."""
    assert row.admin is not None
    others = ContactHandle.objects.filter(account=row.account).exclude(fingerprint=row.admin.fingerprint)
    found = others.exclude(fingerprint="").first()
    assert found is not None
    return found.handle


def test_first_reading_is_agreed(account: Account) -> None:
    assert not Drift.objects.exists()


@pytest.mark.parametrize(
    "field", ["transfer_lock", "whois_privacy", "renewal_mode", "nameservers", "expires_on", "admin"]
)
def test_change_at_the_registrar_opens_one_item_however_often_it_is_read(
    account: Account, sandbox: Any, field: str
) -> None:
    row = domain()
    assert row.expires_on is not None
    word = "letexpire" if row.renewal_mode != "let_expire" else "manual"
    moved = row.expires_on - timedelta(days=40)
    there: dict[str, Any] = {
        "transfer_lock": {"transferBlock": not row.transfer_lock},
        "whois_privacy": {"whoisPrivacy": not row.whois_privacy},
        "renewal_mode": {"renewalMode": word},
        "nameservers": {"nameservers": FOREIGN, "defaultNS": False},
        "expires_on": {"tsExpir": moved.isoformat()},
        "admin": {"adminContactID": another_handle(row)},
    }[field]
    change(sandbox, NAME, **there)

    synced(account)
    synced(account)

    (item,) = items()
    assert item.field == field
    assert item.agreed not in (None, item.observed)
    assert not items(OTHER)
    # The mirror, and so every page, shows what is true at the registrar.
    shown = domain()
    value = shown.admin.handle if field == "admin" and shown.admin else getattr(shown, field)
    assert item.observed == (value.isoformat() if isinstance(value, date) else value)


def test_item_closes_by_itself_when_it_is_as_agreed_again(account: Account, sandbox: Any) -> None:
    before = domain().transfer_lock
    change(sandbox, NAME, transferBlock=not before)
    synced(account)

    change(sandbox, NAME, transferBlock=before)
    synced(account)

    (item,) = items(NAME, DriftState.CLOSED)
    assert (item.outcome, item.decided_by) == (DriftOutcome.CAME_BACK, None)
    assert not items()


def test_refresh_opens_an_item_as_a_pass_does(
    account: Account, sandbox: Any, run_due: Callable[..., int]
) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    plan_refresh(NAME, account, key="asked")

    run_due()

    (item,) = items()
    assert (item.field, item.observed) == ("nameservers", FOREIGN)


def test_expiry_that_moves_by_a_year_is_news_and_no_alarm(account: Account, sandbox: Any) -> None:
    start = domain().expires_on
    assert start is not None
    change(sandbox, NAME, tsExpir=later(start, 1).isoformat())

    synced(account)

    assert not items()
    (item,) = items(NAME, DriftState.CLOSED)
    assert (item.field, item.outcome) == ("expires_on", DriftOutcome.RENEWED)
    assert domain().expires_on == later(start, 1)


def test_implausible_date_stays_out_of_the_mirror_and_is_shown_to_a_person(
    account: Account, sandbox: Any, staff: Any
) -> None:
    known, strange = domain().expires_on, "2077-01-01"
    assert known is not None
    change(sandbox, NAME, tsExpir=strange)

    synced(account)
    synced(account)

    (item,) = items()
    assert (item.field, item.implausible, item.observed) == ("expires_on", True, strange)
    assert domain().expires_on == known
    assert not actions.accept(item, staff)
    with pytest.raises(CannotDo):
        actions.push_back(item, staff)
    change(sandbox, NAME, tsExpir=known.isoformat())
    synced(account)
    assert not items()


def listed(account: Account, expires_on: date) -> None:
    """One line of a list that tells no more than a name and its date."""
    line = types.DomainSummary(NAME, "com", "", types.DomainStatus.ACTIVE, "active", expires_on)
    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)
    listing = Listing(items=(line,), total=1, is_last=True, asked_at=database_now())
    Keeper().store(run, listing, Details())


def test_date_before_any_domain_is_implausible(account: Account) -> None:
    known = domain().expires_on
    assert known is not None

    listed(account, date(1969, 12, 31))

    (item,) = items()
    assert (item.implausible, item.observed, domain().expires_on) == (True, "1969-12-31", known)
    listed(account, known)
    assert items(NAME, DriftState.CLOSED)[0].outcome == DriftOutcome.CAME_BACK


def test_same_person_under_another_handle_is_no_drift(account: Account, sandbox: Any) -> None:
    row = domain()
    assert row.admin is not None
    twin = ContactHandle.objects.create(
        account=account, handle="COPY-1", content=row.admin.content, fingerprint="of another writing"
    )
    Domain.objects.filter(pk=row.pk).update(admin=twin)

    synced(account)

    assert not items(NAME, *DriftState.values)


# --- operations of ours ---------------------------------------------------------------------------------------------


def test_own_change_is_agreed_and_opens_nothing(account: Account, settle: Callable[[], None]) -> None:
    row = domain()
    plan_transfer_lock(row, not row.transfer_lock, actor=None)
    plan_nameservers(row, FOREIGN, actor=None)

    settle()
    synced(account)

    assert domain().transfer_lock is not row.transfer_lock
    assert not items(NAME, *DriftState.values)


def test_name_under_an_open_operation_is_judged_when_that_is_over(
    account: Account, sandbox: Any, settle: Callable[[], None]
) -> None:
    row = domain()
    plan_transfer_lock(row, not row.transfer_lock, actor=None)
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)

    synced(account)

    assert not items(NAME, *DriftState.values)
    settle()
    (item,) = items()
    assert (item.field, item.observed) == ("nameservers", FOREIGN)


def test_own_change_settles_what_was_open_about_the_field(
    account: Account, sandbox: Any, settle: Callable[[], None]
) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    synced(account)
    operation = plan_nameservers(domain(), ["ns1.wanted.test", "ns2.wanted.test"], actor=None)

    settle()
    synced(account)

    (item,) = items(NAME, *DriftState.values)
    assert (item.outcome, item.operation) == (DriftOutcome.CHANGED, operation)


def test_reading_that_began_before_an_operation_ended_is_not_judged_yet(
    account: Account, sandbox: Any, run_due: Callable[..., int]
) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    reading = plan_refresh(NAME, account, key="early")
    earlier = Operation.objects.create(
        kind="domain.transfer_lock", subject=reading.subject, label=NAME, account=account, state="failed",
        intent_key="earlier", finished_at=Now() + timedelta(minutes=5),
    )  # fmt: skip

    run_due()

    assert [item.field for item in items(NAME, DriftState.HELD)] == ["nameservers"]
    assert not items()
    Operation.objects.filter(pk=earlier.pk).update(finished_at=Now() - timedelta(hours=1))
    synced(account)
    assert [item.field for item in items()] == ["nameservers"]


# --- what people decide ---------------------------------------------------------------------------------------------


def test_accepted_value_is_agreed_from_then_on(account: Account, sandbox: Any, staff: Any) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    synced(account)

    assert actions.accept(items()[0], staff, "the customer's own change")

    synced(account)
    (item,) = items(NAME, *DriftState.values)
    assert (item.state, item.outcome, item.decided_by) == (DriftState.CLOSED, DriftOutcome.ACCEPTED, staff)
    assert item.decided_at is not None


@pytest.mark.parametrize("field", ["transfer_lock", "renewal_mode", "nameservers", "whois_privacy"])
def test_pushing_back_changes_it_at_the_registrar(
    account: Account, sandbox: Any, staff: Any, settle: Callable[[], None], field: str
) -> None:
    row = domain()
    there: dict[str, tuple[str, Any]] = {
        "transfer_lock": ("transferBlock", not row.transfer_lock),
        "renewal_mode": ("renewalMode", "letexpire"),
        "nameservers": ("nameservers", FOREIGN),
        "whois_privacy": ("whoisPrivacy", not row.whois_privacy),
    }
    word, value = there[field]
    before = held(sandbox, NAME)[word]
    change(sandbox, NAME, **{word: value})
    synced(account)

    operation = actions.push_back(items()[0], staff)
    assert actions.push_back(items()[0], staff) == operation
    settle()

    assert getattr(domain(), field) == getattr(row, field)
    after = held(sandbox, NAME)[word]
    assert (set(after) if isinstance(after, list) else after) == (
        set(before) if isinstance(before, list) else before
    )
    synced(account)
    (item,) = items(NAME, *DriftState.values)
    assert (item.outcome, item.operation, item.decided_by) == (DriftOutcome.PUSHED_BACK, operation, staff)


def test_keys_that_somebody_removed_are_seen_and_put_back(
    account: Account, sandbox: Any, staff: Any, settle: Callable[[], None]
) -> None:
    key = types.DnssecKey(key_tag=2371, algorithm=13, digest_type=2, digest="AB" * 32)
    plan_dnssec(domain(), [key], actor=None)
    settle()
    assert not items(NAME, *DriftState.values)
    change(sandbox, NAME, dnssec=[])
    plan_refresh(NAME, account, key="later")
    settle()
    (item,) = items()
    assert (item.field, item.observed) == ("ds_keys", [])

    actions.push_back(item, staff)
    settle()

    assert len(held(sandbox, NAME)["dnssec"]) == 1
    item.refresh_from_db()
    assert item.outcome == DriftOutcome.PUSHED_BACK


def test_contact_is_put_back_where_the_contact_book_has_it(
    account: Account, sandbox: Any, staff: Any, settle: Callable[[], None], contact: Any
) -> None:
    foreign = another_handle(domain())
    plan_contacts(domain(), {"admin": contact}, actor=None)
    settle()
    wanted = held(sandbox, NAME)["contacts"]["admin"]
    assert not items(NAME, *DriftState.values)
    change(sandbox, NAME, adminContactID=foreign)
    synced(account)
    (item,) = items()

    actions.push_back(item, staff)
    settle()

    assert held(sandbox, NAME)["contacts"]["admin"] == wanted
    assert not items()


def test_contact_that_no_book_has_cannot_be_put_back(account: Account, sandbox: Any, staff: Any) -> None:
    change(sandbox, NAME, adminContactID=another_handle(domain()))
    synced(account)

    with pytest.raises(CannotDo) as refusal:
        actions.push_back(items()[0], staff)

    assert "no contact book" in refusal.value.text
    assert len(items()) == 1


def test_what_is_ignored_opens_again_with_another_change_or_when_its_day_comes(
    account: Account, sandbox: Any, staff: Any
) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    synced(account)
    assert actions.ignore(items()[0], staff, timezone.localdate() + timedelta(days=9), "they move")
    synced(account)
    assert not items()

    change(sandbox, NAME, nameservers=["ns1.third.test", "ns2.third.test"])
    synced(account)

    (item,) = items()
    assert actions.ignore(item, staff, timezone.localdate() + timedelta(days=9), "they move")
    Drift.objects.update(ignored_until=timezone.localdate())
    synced(account)
    assert len(items()) == 1


def test_decision_about_what_has_changed_since_is_none(account: Account, sandbox: Any, staff: Any) -> None:
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    synced(account)
    (seen,) = items()
    change(sandbox, NAME, nameservers=["ns1.third.test", "ns2.third.test"])
    synced(account)

    assert not actions.accept(seen, staff)

    assert len(items()) == 1


# --- rules ----------------------------------------------------------------------------------------------------------


def unlock(sandbox: Any, names: list[str]) -> None:
    for name in names:
        change(sandbox, name, nameservers=FOREIGN, defaultNS=False)


def test_rule_accepts_a_few_and_never_the_whole_portfolio(account: Account, sandbox: Any) -> None:
    names = list(Domain.objects.filter(status="active").values_list("name", flat=True)[:4])
    rule = DriftRule.objects.create(field="nameservers", action="accept", at_most=3, reason="agreed by phone")
    unlock(sandbox, names)
    synced(account)
    assert Drift.objects.filter(state=DriftState.OPEN).count() == 4

    # A pass later there is nothing new, and still more than the rule may decide.
    synced(account)
    assert Drift.objects.filter(state=DriftState.OPEN).count() == 4
    rule.at_most = 4
    rule.save()
    synced(account)

    decided = Drift.objects.get(domain__name=names[0])
    assert (decided.outcome, decided.rule, decided.reason) == (DriftOutcome.ACCEPTED, rule, rule.reason)
    assert not Drift.objects.filter(state=DriftState.OPEN).exists()


def test_rule_of_the_account_goes_before_the_rule_for_all(account: Account, sandbox: Any) -> None:
    DriftRule.objects.create(field="nameservers", action="accept", reason="all")
    DriftRule.objects.create(field="nameservers", account=account, action="ignore", days=5, reason="own")
    unlock(sandbox, [NAME])

    synced(account)

    (item,) = items(NAME, *DriftState.values)
    assert (item.state, item.reason) == (DriftState.IGNORED, "own")
    assert item.ignored_until == timezone.localdate() + timedelta(days=5)


def test_rule_decides_nothing_implausible(account: Account, sandbox: Any) -> None:
    DriftRule.objects.create(field="expires_on", action="accept", reason="any date")
    change(sandbox, NAME, tsExpir="2077-01-01")

    synced(account)

    assert len(items()) == 1

"""The drift inbox's pages: what is shown, each decision to its end, rules, and that decisions have reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.account import throttle
from panel.account.models import Account
from panel.domain.drift.models import Drift, DriftOutcome, DriftRule, DriftState
from tests.conftest import control
from tests.domain.passes import NAME, change, domain, held, items, synced

PAGE = "/office/domains/drift/"
RULES = "/office/domains/drift/rules/"
FOREIGN = ["ns1.elsewhere.test", "ns2.elsewhere.test"]


@pytest.fixture
def drifted(registrar_account: Account, sandbox: Any, monkeypatch: pytest.MonkeyPatch) -> Drift:
    """Nameservers that somebody changed at the registrar, as a pass found them."""
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))
    synced(registrar_account)
    change(sandbox, NAME, nameservers=FOREIGN, defaultNS=False)
    synced(registrar_account)
    return items()[0]


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def decide(client: Client, item: Drift, action: str, **more: str) -> Any:
    return client.post(PAGE, {"ids": [item.pk], "action": action, **more}, follow=True)


def soon(days: int = 10) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_page_shows_what_was_agreed_and_what_is_there(office: Client, drifted: Drift) -> None:
    words = words_of(office.get(PAGE))

    assert NAME in words
    assert "Nameservers · MrDomain sandbox 1" in words
    assert all(server in words for server in [*FOREIGN, *drifted.agreed])
    assert NAME in words_of(office.get(PAGE + "?field=nameservers"))
    assert NAME not in words_of(office.get(PAGE + "?field=transfer_lock"))
    assert NAME not in words_of(office.get(PAGE + "?state=closed"))
    assert b"ns1.elsewhere.test" in b"".join(office.get(PAGE + "?format=csv").streaming_content)


def test_overview_and_the_name_lead_to_it(office: Client, drifted: Drift) -> None:
    assert "1 thing is not as agreed at a registrar" in words_of(office.get("/office/"))


def test_empty_page_says_that_all_is_as_agreed(office: Client, db: None) -> None:
    assert "Everything is as agreed" in words_of(office.get(PAGE))


def test_accepting_closes_it_and_says_who(office: Client, drifted: Drift, staff: Any) -> None:
    page = decide(office, drifted, "accept")

    assert "1 item: accepted." in words_of(page)
    drifted.refresh_from_db()
    assert (drifted.outcome, drifted.decided_by) == (DriftOutcome.ACCEPTED, staff)


def test_putting_back_changes_the_registrar_and_closes_it(
    office: Client, drifted: Drift, sandbox: Any, run_due: Callable[..., int], registrar_account: Account
) -> None:
    page = decide(office, drifted, "push-back")

    assert "1 item: being put back." in words_of(page)
    assert "Being put back" in words_of(office.get(PAGE))
    for _turn in range(4):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")
    assert {server.lower() for server in held(sandbox, NAME)["nameservers"]} == set(drifted.agreed)
    drifted.refresh_from_db()
    assert drifted.outcome == DriftOutcome.PUSHED_BACK
    assert "Pushed back" in words_of(office.get(PAGE + "?state=closed"))


def test_what_cannot_be_put_back_says_why(office: Client, drifted: Drift, sandbox: Any) -> None:
    expires_on = domain().expires_on
    assert expires_on is not None
    change(sandbox, NAME, tsExpir=(expires_on - timedelta(days=40)).isoformat())
    synced(domain().account)
    item = Drift.objects.get(field="expires_on", state=DriftState.OPEN)

    page = decide(office, item, "push-back")

    assert "No registrar can be told to set this." in words_of(page)
    item.refresh_from_db()
    assert item.state == DriftState.OPEN


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [
        ("", "soon", "Say why"),
        ("they move", "", "Choose a day within the next year."),
        ("they move", "2001-01-01", "Choose a day within the next year."),
        ("they move", "never", "Enter a valid date."),
    ],
)
def test_ignoring_needs_a_reason_and_a_day(
    office: Client, drifted: Drift, reason: str, until: str, said: str
) -> None:
    page = decide(office, drifted, "ignore", reason=reason, until=soon() if until == "soon" else until)

    assert page.status_code == 422
    assert said in words_of(page)
    # What was chosen and typed is kept.
    assert re.search(rf'value="{drifted.pk}" checked', page.content.decode())
    assert f'name="reason" maxlength="500" value="{reason}"' in page.content.decode()


def test_what_is_ignored_shows_under_its_filter_with_its_reason(
    office: Client, drifted: Drift, staff: Any
) -> None:
    decide(office, drifted, "ignore", reason="they move", until=soon())

    assert NAME not in words_of(office.get(PAGE))
    words = words_of(office.get(PAGE + "?state=ignored&cols=decision&cols=state"))
    assert "Ignored until" in words
    assert f"{staff}: they move" in words


def test_nothing_selected_changes_nothing(office: Client, drifted: Drift) -> None:
    page = office.post(PAGE, {"action": "accept"}, follow=True)

    assert "Nothing was selected." in words_of(page)
    drifted.refresh_from_db()
    assert drifted.state == DriftState.OPEN


def test_item_that_is_only_held_is_nobodys_business(office: Client, drifted: Drift) -> None:
    Drift.objects.update(state=DriftState.HELD)

    decide(office, drifted, "accept")

    drifted.refresh_from_db()
    assert drifted.state == DriftState.HELD
    assert NAME not in words_of(office.get(PAGE + "?state=all"))


def test_rule_is_made_shown_and_deleted(office: Client, registrar_account: Account, staff: Any) -> None:
    given = {
        "field": "nameservers", "account": registrar_account.pk, "action": "accept", "at_most": 5, "days": 30,
        "reason": "they host elsewhere",
    }  # fmt: skip

    page = office.post(RULES, given, follow=True)

    rule = DriftRule.objects.get()
    assert (rule.at_most, rule.account, rule.made_by) == (5, registrar_account, staff)
    assert "they host elsewhere" in words_of(page)
    office.post(f"{RULES}{rule.pk}/delete/")
    assert not DriftRule.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"at_most": "0"}, {"field": "presence"}, {"account": "999"}]
)
def test_rule_without_sense_is_refused_and_kept_as_typed(
    office: Client, registrar_account: Account, wrong: dict[str, str]
) -> None:
    given = {
        "field": "nameservers", "account": "", "action": "accept", "at_most": "5", "days": "30", "reason": "why",
    }  # fmt: skip

    page = office.post(RULES, {**given, **wrong})

    assert page.status_code == 422
    assert not DriftRule.objects.exists()


def test_second_rule_for_the_same_thing_is_refused(office: Client, registrar_account: Account) -> None:
    given = {
        "field": "nameservers",
        "account": "",
        "action": "accept",
        "at_most": 5,
        "days": 30,
        "reason": "a",
    }

    office.post(RULES, given)

    assert office.post(RULES, given).status_code == 422
    assert DriftRule.objects.count() == 1


def test_list_takes_the_same_queries_with_1_and_30_items(
    office: Client, registrar_account: Account, make_domains: Callable[..., list[Any]], customer: Any
) -> None:
    def queries(address: str) -> int:
        office.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert office.get(address).status_code == 200
        return len(captured)

    def add(count: int, prefix: str) -> None:
        Drift.objects.bulk_create(
            Drift(
                domain=row,
                field="nameservers",
                agreed=["a.test"],
                observed=["b.test"],
                opened_at=timezone.now(),
            )
            for row in make_domains(count, customer=customer, prefix=prefix)
        )

    pages = [PAGE, PAGE + "?state=all", RULES, "/office/"]
    add(1, "one")
    one = {page: queries(page) for page in pages}
    add(29, "more")

    assert {page: queries(page) for page in pages} == one

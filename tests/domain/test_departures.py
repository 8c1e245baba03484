"""Names that went: noted whatever ended them, closed when they are back, and told to whose they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.account.models import Account
from panel.domain import tasks
from panel.domain.assignment import assign
from panel.domain.departure.noting import keep_list, note
from panel.domain.drift.models import Drift
from panel.domain.models import Departure, Domain
from panel.domain.passes.gone import end
from panel.operation.models import Heartbeat, Operation
from panel.operation.states import State
from panel.operation.transition import move
from registrar import types
from tests.selfservice.bulk import words_of

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture
def account(db: None) -> Account:
    """An account, never called, at a registrar that deletes and restores."""
    return Account.objects.create(
        label="Netim", family="netim", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )


@pytest.fixture
def make(account: Account, customer: Any) -> Callable[..., Domain]:
    """`make("a.com", status=...)`: a name of the customer."""

    def build(name: str = "away.com", **fields: Any) -> Domain:
        defaults = {
            "unicode_name": name, "tld_name": "com", "account": account, "customer": customer,
            "status": "active", "expires_on": timezone.localdate() + timedelta(days=100),
        }  # fmt: skip
        return Domain.objects.create(name=name, **{**defaults, **fields})

    return build


def sign_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def deleted(name: str, day: date, info: str = "Domain expired") -> types.DeletedDomain:
    return types.DeletedDomain(name=name, tld="com", deleted_on=day, info=info)


def delete_by_order(domain: Domain) -> Operation:
    """A deletion of ours that succeeded."""
    operation = Operation.objects.create(
        kind="domain.delete", subject=domain.subject, label=domain.name, account=domain.account,
        customer=domain.customer, intent_key=f"delete:{Operation.objects.count()}", state=State.QUEUED,
        payload={"name": domain.name, "tld": "com"},
    )  # fmt: skip
    Domain.objects.filter(pk=domain.pk).update(status="deleted")
    move(operation.pk, State.SENDING)
    move(operation.pk, State.SUCCEEDED)
    return operation


# --- noting -----------------------------------------------------------------------------------------------------------


def test_deletion_of_ours_is_noted_as_it_ends(make: Callable[..., Domain]) -> None:
    operation = delete_by_order(make())

    row = Departure.objects.get()
    assert (row.why, row.left_on, row.operation) == ("asked", timezone.localdate(), operation)


@pytest.mark.parametrize(
    ("was", "why"), [("active", "moved"), ("grace", "expired"), ("redemption", "expired")]
)
def test_name_that_lists_lack_is_noted_with_why(make: Callable[..., Domain], was: str, why: str) -> None:
    domain = make(status=was)
    end([domain])

    assert note() == (1, 0)

    assert Departure.objects.get().why == why


def test_deletion_that_nobody_here_asked_for_is_told_as_that(make: Callable[..., Domain]) -> None:
    make(status="deleted")

    note()

    assert Departure.objects.get().why == "deleted"


def test_name_is_noted_once_however_often(make: Callable[..., Domain]) -> None:
    make(status="redemption")

    assert [note(), note()] == [(1, 0), (0, 0)]


def test_name_that_is_back_closes_its_row_and_may_go_again(make: Callable[..., Domain]) -> None:
    domain = make()
    delete_by_order(domain)
    Domain.objects.update(status="active")
    assert note() == (0, 1)
    end([Domain.objects.get()])

    note()

    assert list(Departure.objects.order_by("pk").values_list("why", flat=True)) == ["asked", "moved"]
    assert Departure.objects.filter(came_back_at=None).count() == 1


def test_registration_that_came_to_nothing_is_no_name_that_went(make: Callable[..., Domain]) -> None:
    make(status="registration_cancelled")

    assert note() == (0, 0)


def test_beat_notes_and_tells_how_many(make: Callable[..., Domain]) -> None:
    make(status="deleted")

    tasks.note_departures()

    assert Departure.objects.count() == 1
    assert Heartbeat.objects.filter(name="gone").exists()


# --- the registrar's list ---------------------------------------------------------------------------------------------


def test_list_tells_the_day_and_the_reason(make: Callable[..., Domain], account: Account) -> None:
    make(status="deleted", expires_on=timezone.localdate() - timedelta(days=20))
    note()
    day = timezone.localdate() - timedelta(days=3)

    assert keep_list(account, [deleted("away.com", day)]) == 0

    row = Departure.objects.get()
    assert (row.left_on, row.told, row.why) == (day, "Domain expired", "expired")


def test_entry_about_an_earlier_end_changes_nothing(make: Callable[..., Domain], account: Account) -> None:
    make(status="deleted")
    note()

    keep_list(account, [deleted("away.com", date(2015, 11, 26))])

    assert Departure.objects.get().left_on == timezone.localdate()


def test_name_that_was_never_here_is_kept_once(account: Account) -> None:
    entries = [deleted("before.com", date(2019, 1, 2)), deleted("before.com", date(2019, 1, 2))]

    assert keep_list(account, entries) == 1
    assert keep_list(account, entries) == 0
    assert Departure.objects.get().domain is None


def test_name_that_lives_here_is_an_old_story(make: Callable[..., Domain], account: Account) -> None:
    make()

    assert keep_list(account, [deleted("away.com", date(2019, 1, 2))]) == 0
    assert not Departure.objects.exists()


# --- the pages --------------------------------------------------------------------------------------------------------


def test_customer_reads_when_why_and_what_can_be_done(make: Callable[..., Domain], owner: Any) -> None:
    make("lost.com", status="redemption", expires_on=timezone.localdate() - timedelta(days=40))
    make("moved.com", status="transferred_away")
    note()

    page = words_of(sign_in(owner).get("/domains/gone/"))

    assert "lost.com" in page
    assert "Not renewed in time" in page
    assert "Can be brought back" in page
    assert "With another provider" in page
    assert "Netim" not in page


def test_what_can_be_brought_back_is_one_click_away(
    make: Callable[..., Domain], owner: Any, staff: Any, make_user: Callable[..., Any], customer: Any
) -> None:
    make("lost.com", status="redemption")
    make("moved.com", status="transferred_away")
    note()
    reader = make_user("colleague@demo.test", customer=customer, role="reader")

    pages = {user: sign_in(user).get("/domains/gone/").content.decode() for user in (owner, reader)}
    office = sign_in(staff).get("/office/domains/gone/").content.decode()

    assert 'href="/domains/lost.com/restore/"' in pages[owner]
    assert "/restore/" not in pages[reader]
    assert "/domains/moved.com/restore/" not in pages[owner]
    assert 'href="/office/domains/lost.com/restore/"' in office


def test_only_what_can_be_brought_back_is_one_filter_away(make: Callable[..., Domain], owner: Any) -> None:
    make("lost.com", status="redemption")
    make("moved.com", status="transferred_away")
    note()

    page = sign_in(owner).get("/domains/gone/?state=back")

    assert [row.name for row in page.context["listing"].page.rows] == ["lost.com"]


def test_others_read_nothing_of_it(
    make: Callable[..., Domain], make_customer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    make("lost.com", status="redemption")
    note()
    stranger = make_user("stranger@demo.test", customer=make_customer("Strange Ltd"))

    assert "lost.com" not in words_of(sign_in(stranger).get("/domains/gone/"))


def test_gone_name_that_is_given_away_goes_with_its_row(
    make: Callable[..., Domain], owner: Any, staff: Any, make_customer: Callable[..., Any]
) -> None:
    make("lost.com", status="redemption")
    note()

    assign(Domain.objects.all(), make_customer("Other"), staff)

    assert "lost.com" not in words_of(sign_in(owner).get("/domains/gone/"))


def test_staff_read_what_the_registrar_says_also_of_names_from_before(
    make: Callable[..., Domain], account: Account, staff: Any
) -> None:
    make("lost.com", status="redemption")
    note()
    keep_list(account, [deleted("before.com", date(2019, 1, 2), "Expired long ago")])

    page = words_of(sign_in(staff).get("/office/domains/gone/"))

    assert "before.com" in page
    assert "Expired long ago" in page
    assert "lost.com" in page


def test_brand_people_read_of_their_customers(
    make: Callable[..., Domain], make_user: Callable[..., Any], operator: Any, account: Account
) -> None:
    make("lost.com", status="redemption")
    note()
    keep_list(account, [deleted("before.com", date(2019, 1, 2))])
    client = sign_in(make_user("brand@demo.test", brand=operator))

    page = words_of(client.get("/brand/domains/gone/"))

    assert "lost.com" in page
    assert "before.com" not in page


def test_spreadsheet_says_the_same(make: Callable[..., Domain], owner: Any) -> None:
    make("lost.com", status="transferred_away")
    note()

    answer = sign_in(owner).get("/domains/gone/?format=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "lost.com,Moved to another provider," in text


@pytest.mark.parametrize("address", ["/domains/gone/", "/office/domains/gone/"])
def test_list_takes_the_same_queries_with_1_and_20_rows(
    make: Callable[..., Domain], owner: Any, staff: Any, address: str
) -> None:
    client = sign_in(staff if "office" in address else owner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    make("gone-0.com", status="redemption")
    note()
    queries()
    one = queries()
    for number in range(1, 21):
        make(f"gone-{number}.com", status="redemption")
    note()

    assert queries() == one


# --- what is decided is forgotten -------------------------------------------------------------------------------------


def test_differences_that_were_decided_long_ago_are_dropped(make: Callable[..., Domain]) -> None:
    domain = make()
    long_ago = timezone.now() - timedelta(days=181)
    for field, state, at in (
        ("nameservers", "closed", long_ago),
        ("ds_keys", "closed", timezone.now() - timedelta(days=179)),
        ("transfer_lock", "ignored", long_ago),
        ("whois_privacy", "open", None),
    ):
        Drift.objects.create(domain=domain, field=field, state=state, decided_at=at, opened_at=long_ago)

    tasks.forget_drift()

    assert set(Drift.objects.values_list("field", flat=True)) == {"ds_keys", "transfer_lock", "whois_privacy"}

"""Reminders of the end of a name's term: the right days, settled state only, once, in one mail a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from panel.billing.pricing import price_list_of
from panel.domain.models import Domain, Reminder
from panel.domain.renewal import reminders
from panel.domain.tasks import remind
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.people.models import Membership

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 1, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    """Every test begins at noon, and time stands still."""
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def make_name(catalogue: Any, customer: Any, owner: Any) -> Callable[..., Domain]:
    """`make_name("a.com", 30, renewal_mode="manual")`: a name that expires in so many days, read just now."""

    def make(name: str = "a.com", days: int = 30, **fields: Any) -> Domain:
        defaults: dict[str, Any] = {
            "unicode_name": name,
            "tld_name": name.partition(".")[2],
            "account": catalogue,
            "customer": customer,
            "status": "active",
            "renewal_mode": "manual",
            "expires_on": TODAY + timedelta(days=days),
            "detailed_at": timezone.now(),
        }
        return Domain.objects.create(name=name, **{**defaults, **fields})

    return make


def under_way(domain: Domain, kind: str = "domain.renew") -> Operation:
    """Something open about the name."""
    return plan(
        kind, subject=domain.subject, label=domain.name, account=domain.account, intent_key=f"{kind}:{domain.name}",
        payload={"name": domain.name, "years": 1},
    )  # fmt: skip


# --- which days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "kind"),
    [(30, "month"), (14, "month"), (7, "week"), (1, "week"), (0, "week"), (-3, "after"), (-5, "after")],
)
def test_name_is_told_of_in_its_days(make_name: Any, mailoutbox: list[Any], days: int, kind: str) -> None:
    name = make_name(days=days, status="grace" if days < 0 else "active")

    assert reminders.run() == (0, 1)

    row = Reminder.objects.get()
    assert (row.domain, row.kind, row.expires_on) == (name, kind, name.expires_on)
    assert row.sent_at == NOON
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("days", [31, 13, 8, -1, -2, -15])
def test_name_is_not_told_of_between(make_name: Any, mailoutbox: list[Any], days: int) -> None:
    make_name(days=days)

    assert reminders.run()[1] == 0
    assert mailoutbox == []


def test_name_is_told_of_a_month_before_a_week_before_and_within_five_days_after(
    make_name: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    make_name(days=40)
    sent = []
    for day in range(60):
        time_machine.move_to(NOON + timedelta(days=day), tick=False)
        Domain.objects.update(detailed_at=timezone.now())
        if reminders.run()[1]:
            sent.append(40 - day)

    assert sent == [30, 7, -3]
    assert len(mailoutbox) == 3


def test_days_count_over_a_leap_day(make_name: Any, mailoutbox: list[Any], time_machine: Any) -> None:
    make_name(expires_on=date(2028, 3, 1))

    time_machine.move_to(datetime(2028, 1, 30, 12, tzinfo=UTC), tick=False)
    Domain.objects.update(detailed_at=timezone.now())
    assert reminders.run()[1] == 0
    time_machine.move_to(datetime(2028, 1, 31, 12, tzinfo=UTC), tick=False)
    Domain.objects.update(detailed_at=timezone.now())
    assert reminders.run()[1] == 1


def test_mails_go_out_by_day_and_names_are_read_at_night(
    make_name: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    make_name("a.com", 30)
    make_name("b.com", 31, detailed_at=None)

    time_machine.move_to(NOON.replace(hour=0, minute=10), tick=False)
    assert reminders.run() == (1, 0)
    assert mailoutbox == []
    time_machine.move_to(NOON.replace(hour=7), tick=False)
    assert reminders.run()[1] == 1


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        (datetime(2027, 6, 1, 23, 59, 59, tzinfo=UTC), []),
        (datetime(2027, 6, 2, 7, 0, 0, tzinfo=UTC), ["month"]),
        # The same day began in Auckland while it was yesterday here.
        (datetime(2027, 6, 2, 3, 0, 0, tzinfo=ZoneInfo("Pacific/Auckland")), []),
        (datetime(2027, 6, 2, 4, 0, 0, tzinfo=ZoneInfo("America/Los_Angeles")), ["month"]),
    ],
)
def test_days_are_those_of_utc_whatever_the_clock_says_elsewhere(
    make_name: Any, time_machine: Any, moment: datetime, kinds: list[str]
) -> None:
    make_name(expires_on=date(2027, 7, 2))
    time_machine.move_to(moment, tick=False)
    Domain.objects.update(detailed_at=timezone.now())

    reminders.run()

    assert [row.kind for row in Reminder.objects.all()] == kinds


# --- settled state only ---------------------------------------------------------------------------------------------


def test_name_that_was_not_read_lately_is_read_first_and_told_of_then(
    make_name: Any, mailoutbox: list[Any]
) -> None:
    name = make_name(detailed_at=NOON - timedelta(hours=25))

    assert reminders.run() == (1, 0)
    assert reminders.run() == (1, 0)

    assert Operation.objects.get().kind == "domain.refresh"
    Operation.objects.all().delete()
    Domain.objects.filter(pk=name.pk).update(detailed_at=timezone.now())
    assert reminders.run() == (0, 1)


@pytest.mark.parametrize("kind", ["domain.renew", "domain.refresh", "domain.renewal_mode", "domain.transfer"])
def test_name_about_which_something_is_under_way_has_to_wait(
    make_name: Any, mailoutbox: list[Any], kind: str
) -> None:
    operation = under_way(make_name(), kind)
    Operation.objects.filter(pk=operation.pk).update(created_at=NOON - timedelta(days=4))

    assert reminders.run()[1] == 0

    Operation.objects.filter(pk=operation.pk).update(state="failed", finished_at=NOON)
    assert reminders.run()[1] == 1


def test_what_does_not_concern_the_term_holds_a_reminder_back_for_a_day_only(
    make_name: Any, mailoutbox: list[Any]
) -> None:
    operation = under_way(make_name(), "domain.nameservers")
    Operation.objects.filter(pk=operation.pk).update(created_at=NOON - timedelta(hours=1))
    assert reminders.run()[1] == 0

    Operation.objects.filter(pk=operation.pk).update(created_at=NOON - timedelta(hours=25))
    assert reminders.run()[1] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "transferred_away"},
        {"status": "deleted"},
        {"status": "transferring"},
        {"missing_since": NOON},
        {"customer": None},
        {"expires_on": None},
    ],
)
def test_name_that_is_not_the_customers_to_keep_is_not_told_of(
    make_name: Any, mailoutbox: list[Any], fields: dict[str, Any]
) -> None:
    make_name(**fields)

    assert reminders.run()[1] == 0


def test_closed_customer_is_told_nothing(make_name: Any, customer: Any, mailoutbox: list[Any]) -> None:
    make_name()
    customer.is_active = False
    customer.save()

    assert reminders.run()[1] == 0


def test_name_that_renewed_between_planning_and_sending_is_not_told_of(
    make_name: Any, mailoutbox: list[Any]
) -> None:
    name, other = make_name("a.com"), make_name("b.com")
    (waiting,) = reminders.customers_to_tell()
    Domain.objects.filter(pk=name.pk).update(expires_on=TODAY + timedelta(days=395))

    assert reminders.tell(waiting)

    assert "b.com" in mailoutbox[0].body
    assert "a.com" not in mailoutbox[0].body
    assert Reminder.objects.get().domain == other


def test_customer_of_whom_nothing_is_left_to_be_told_gets_no_mail(
    make_name: Any, mailoutbox: list[Any]
) -> None:
    name = make_name()
    (waiting,) = reminders.customers_to_tell()
    under_way(name)

    assert not reminders.tell(waiting)
    assert mailoutbox == []


def test_renewed_name_is_told_of_again_when_its_new_date_comes(
    make_name: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    name = make_name(days=7)
    reminders.run()
    Domain.objects.filter(pk=name.pk).update(expires_on=TODAY + timedelta(days=372))

    time_machine.move_to(NOON + timedelta(days=365), tick=False)
    Domain.objects.update(detailed_at=timezone.now())
    reminders.run()

    assert [row.kind for row in Reminder.objects.order_by("pk")] == ["week", "week"]
    assert len(mailoutbox) == 2


# --- once -----------------------------------------------------------------------------------------------------------


def test_job_that_runs_again_tells_nothing_twice(make_name: Any, mailoutbox: list[Any]) -> None:
    make_name()

    for _run in range(3):
        remind()

    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 1


def test_what_another_worker_is_sending_is_left_to_it(make_name: Any, mailoutbox: list[Any]) -> None:
    name = make_name()
    Reminder.objects.create(
        domain=name, customer=name.customer, expires_on=name.expires_on, kind="month", claim="other", claimed_at=Now()
    )  # fmt: skip

    assert reminders.customers_to_tell() == []
    assert not reminders.tell(name.customer.pk)
    assert mailoutbox == []


def test_what_a_worker_left_when_it_died_is_sent_an_hour_later(make_name: Any, mailoutbox: list[Any]) -> None:
    name = make_name()
    Reminder.objects.create(
        domain=name, customer=name.customer, expires_on=name.expires_on, kind="month", claim="dead",
        claimed_at=from_now(-reminders.CLAIM_SECONDS - 1),
    )  # fmt: skip

    assert reminders.run()[1] == 1
    assert Reminder.objects.get().sent_at == NOON


def test_mail_that_cannot_be_sent_is_tried_again(
    make_name: Any, settings: Any, mailoutbox: list[Any]
) -> None:
    make_name()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert reminders.run()[1] == 0
    assert Reminder.objects.get().sent_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminders.run()[1] == 1
    assert len(mailoutbox) == 1


def test_names_of_one_day_are_one_mail_and_what_settles_later_is_told_tomorrow(
    make_name: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    make_name("a.com", 30)
    make_name("b.com", 7)
    make_name("c.com", -3, status="grace")
    late = make_name("d.com", 20, detailed_at=None)

    reminders.run()
    Operation.objects.all().delete()
    Domain.objects.filter(pk=late.pk).update(detailed_at=timezone.now())
    reminders.run()

    assert len(mailoutbox) == 1
    assert all(name in mailoutbox[0].body for name in ("a.com", "b.com", "c.com"))
    time_machine.move_to(NOON + timedelta(days=1), tick=False)
    assert reminders.run()[1] == 1
    assert "d.com" in mailoutbox[1].body
    assert "a.com" not in mailoutbox[1].body


def test_each_customer_gets_an_own_mail(make_name: Any, make_customer: Any, mailoutbox: list[Any]) -> None:
    make_name("a.com")
    make_name("b.com", customer=make_customer("Birch Bakery"))

    assert reminders.run()[1] == 2

    assert ["b.com" in mail.body for mail in mailoutbox] == [False, True]
    assert mailoutbox[1].to == ["birch-bakery@customers.test"]


# --- the mail -------------------------------------------------------------------------------------------------------


def test_mail_goes_to_those_who_can_act_and_to_the_address_for_notices(
    make_name: Any, make_user: Any, customer: Any, owner: Any, mailoutbox: list[Any]
) -> None:
    make_name()
    make_user("manager@demo.test", customer=customer, role="manager")
    make_user("reader@demo.test", customer=customer, role="reader")
    gone = make_user("gone@demo.test", customer=customer)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    reminders.run()

    assert mailoutbox[0].to == [customer.email, owner.email, "manager@demo.test"]
    assert Reminder.objects.get().sent_to == mailoutbox[0].to


def test_mail_tells_date_price_end_and_where_to_renew(make_name: Any, mailoutbox: list[Any]) -> None:
    make_name("xn--caf-dma.com", 7)

    reminders.run()

    (mail,) = mailoutbox
    html = mail.alternatives[0][0]
    assert mail.subject == "Nameward: café.com expires on 8 Jun 2027"
    for text in ("café.com, 8 Jun 2027, €12.90", "It can stop working from 8 Jun 2027 on."):
        assert text in mail.body
    for text in ("/domains/xn--caf-dma.com/renew/", "/renewals/"):
        assert text in mail.body
        assert text in html
    assert "MrDomain" not in mail.subject + mail.body + html


def test_name_that_renews_by_itself_is_told_otherwise(make_name: Any, mailoutbox: list[Any]) -> None:
    make_name(days=30, renewal_mode="automatic")

    reminders.run()

    (mail,) = mailoutbox
    assert mail.subject == "Nameward: a.com renews by itself by 1 Jul 2027"
    assert "It renews by itself, by 1 Jul 2027, for €12.90." in mail.body
    assert "unless you renew them" not in mail.body
    assert Reminder.objects.get().renews


def test_name_that_should_have_renewed_by_itself_is_not_offered_for_renewal(
    make_name: Any, mailoutbox: list[Any]
) -> None:
    make_name(days=-3, renewal_mode="automatic")

    reminders.run()

    (mail,) = mailoutbox
    assert "that does not show yet: we look into it" in mail.body
    assert "/domains/a.com/renew/" not in mail.body


def test_deleted_name_leads_to_its_page(make_name: Any, mailoutbox: list[Any]) -> None:
    make_name(days=-4, status="redemption")

    reminders.run()

    assert "a.com, 28 May 2027. It has stopped working." in mailoutbox[0].body
    assert "/domains/a.com/\n" in mailoutbox[0].body


def test_subject_tells_what_matters_most(make_name: Any, mailoutbox: list[Any]) -> None:
    make_name("a.com", 30, renewal_mode="automatic")
    make_name("b.com", 7)
    make_name("c.com", 7)

    reminders.run()

    assert mailoutbox[0].subject == "Nameward: 2 names expire soon"


def test_mail_speaks_the_customers_language(make_name: Any, owner: Any, mailoutbox: list[Any]) -> None:
    type(owner).objects.filter(pk=owner.pk).update(language="fr")
    make_name(days=7)

    reminders.run()

    assert mailoutbox[0].body.startswith("Bonjour Cedar Studio")


def test_customer_without_people_is_told_in_the_brands_language(
    make_name: Any, customer: Any, operator: Any, mailoutbox: list[Any]
) -> None:
    Membership.objects.all().delete()
    type(operator).objects.update(default_language="es")
    make_name(days=7)

    reminders.run()

    assert mailoutbox[0].body.startswith("Hola")


def test_white_label_customer_is_told_by_the_brand(
    make_name: Any, alder: Any, make_customer: Any, mailoutbox: list[Any]
) -> None:
    make_name(customer=make_customer("Rowan Books", brand=alder))

    reminders.run()

    (mail,) = mailoutbox
    assert mail.from_email.startswith("Alder Hosting <")
    assert "http://alder.localhost" in mail.body
    assert "Nameward" not in mail.body + mail.alternatives[0][0] + mail.subject + mail.from_email


# --- size -----------------------------------------------------------------------------------------------------------


def test_turn_takes_the_same_queries_with_1_and_30_names(
    make_name: Any, operator: Any, django_assert_max_num_queries: Any
) -> None:
    make_name("a.com", 30)
    price_list_of(operator)
    with django_assert_max_num_queries(100) as one:
        reminders.run()
    Reminder.objects.all().delete()
    for number in range(29):
        make_name(f"name-{number}.com", 30)
    with django_assert_max_num_queries(100) as many:
        reminders.run()

    assert Reminder.objects.filter(sent_at__isnull=False).count() == 30
    assert len(many) == len(one)


def test_mail_about_very_many_names_lists_the_first_and_counts_the_rest(
    make_name: Any, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.domain.renewal.mail.MOST_LISTED", 3)
    for number in range(5):
        make_name(f"name-{number}.com")

    reminders.run()

    assert "name-2.com" in mailoutbox[0].body
    assert "name-3.com" not in mailoutbox[0].body
    assert "And 2 more names." in mailoutbox[0].body
    assert Reminder.objects.filter(sent_at__isnull=False).count() == 5

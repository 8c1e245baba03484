"""Several workers that run the job of reminders at the same moment, on connections of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.domain.models import Domain, Reminder
from panel.domain.renewal import reminders
from tests.operation.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 5


def test_workers_that_run_the_job_at_once_send_one_mail(
    catalogue: Any, customer: Any, make_customer: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now().replace(hour=12), tick=True)
    others = [make_customer(f"Customer {number}") for number in range(3)]
    for number, owner in enumerate([customer, customer, *others]):
        Domain.objects.create(
            name=f"name-{number}.com",
            unicode_name=f"name-{number}.com",
            tld_name="com",
            account=catalogue,
            customer=owner,
            status="active",
            renewal_mode="manual",
            expires_on=timezone.localdate() + timedelta(days=7),
            detailed_at=timezone.now(),
        )

    results = at_once(*[reminders.run] * WORKERS)

    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(mailed for _read, mailed in results) == 4
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(one.email for one in [customer, *others])
    assert Reminder.objects.filter(sent_at__isnull=False).count() == 5


def test_workers_that_tell_one_customer_at_once_send_one_mail(
    catalogue: Any, customer: Any, mailoutbox: list[Any], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now().replace(hour=12), tick=True)
    for number in range(40):
        Domain.objects.create(
            name=f"name-{number}.com",
            unicode_name=f"name-{number}.com",
            tld_name="com",
            account=catalogue,
            customer=customer,
            status="active",
            expires_on=timezone.localdate() + timedelta(days=7),
            detailed_at=timezone.now(),
        )

    results = at_once(*[lambda: reminders.tell(customer.pk)] * WORKERS)

    assert sorted(results) == [False] * (WORKERS - 1) + [True]
    assert len(mailoutbox) == 1

"""A change of many names by their customer: choosing, preview, start, progress, results, and trying again."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Cost
from panel.billing import ledger
from panel.billing.models import Entry
from panel.domain.bulk.work import work
from panel.domain.models import BulkJob, Domain
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import State
from panel.operation.transition import move
from tests.selfservice.bulk import NEW, START, end, ids, started, ticket_of, words_of

# --- choosing -------------------------------------------------------------------------------------------------------


def test_list_offers_changes_of_the_chosen_names(own: Client, names: list[Domain]) -> None:
    page = own.get("/domains/").content.decode()

    assert f'name="ids" value="{names[0].pk}"' in page
    assert f'action="{NEW}"' in page


def test_list_offers_nothing_to_who_may_only_look(colleague: Client, names: list[Domain]) -> None:
    page = colleague.get("/domains/").content.decode()

    assert 'name="ids"' not in page
    assert "/jobs/new/?" not in page


def test_preview_counts_and_changes_nothing(own: Client, names: list[Domain]) -> None:
    Domain.objects.filter(pk=names[1].pk).update(transfer_lock=True)
    Domain.objects.filter(pk=names[2].pk).update(modification_lock=True)

    page = own.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"})

    assert page.context["numbers"] == {"ready": 1, "unchanged": 1, "refused": 1}
    assert "The name is locked against changes." in words_of(page)
    assert "name-2.com" in words_of(page)
    assert not BulkJob.objects.exists()
    assert not Operation.objects.exists()


def test_name_that_is_being_changed_already_is_told_before_the_start(
    own: Client, names: list[Domain], customer: Any
) -> None:
    plan(
        "domain.transfer_lock", subject=names[0].subject, label=names[0].name, account=names[0].account,
        intent_key="another", payload={"name": names[0].name, "tld": "com", "value": True}, customer=customer,
    )  # fmt: skip

    page = own.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"})

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "It is being changed already." in words_of(page)


def test_whole_list_is_what_its_filter_shows(own: Client, names: list[Domain]) -> None:
    page = own.post(NEW, {"all": "1", "filter": "expires=30&q=name", "action": "auto-renew:on"})

    assert page.context["total"] == 2


def test_filter_that_the_list_does_not_know_chooses_nothing(own: Client, names: list[Domain]) -> None:
    answer = own.post(NEW, {"all": "1", "filter": "state=bogus", "action": "auto-renew:on"})

    assert answer.status_code == 302
    assert answer["Location"] == "/domains/?state=bogus"


@pytest.mark.parametrize(
    "data",
    [
        {"action": "transfer-lock:on"},
        {"ids": ["x"], "action": "transfer-lock:on"},
        {"all": "1", "filter": "", "action": "delete"},
        {"all": "1", "filter": "", "action": "move"},
        {"selection": "forged", "action": "renew"},
        {"all": "1", "filter": "cols=name&" * 200 + "state=expired", "action": "renew"},
    ],
)
def test_nonsense_leads_back_to_the_list(own: Client, names: list[Domain], data: dict[str, Any]) -> None:
    answer = own.post(NEW, data)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/domains/")


def test_due_names_are_one_link_away(own: Client, names: list[Domain]) -> None:
    link = re.search(r'href="(/jobs/new/\?[^"]+expires%3D30)"', own.get("/domains/").content.decode())
    assert link is not None

    page = own.get(html.unescape(link[1]))

    assert page.context["first"] == ["name-2.com", "name-1.com"]


def test_names_of_others_are_never_among_the_chosen(stranger: Client, names: list[Domain]) -> None:
    answer = stranger.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"})

    assert answer.status_code == 302
    assert stranger.post(NEW, {"all": "1", "filter": "", "action": "renew"}).status_code == 302


def test_nameservers_are_asked_for_and_checked(own: Client, names: list[Domain]) -> None:
    asked = own.post(NEW, {"ids": ids(names), "action": "nameservers"})
    selection = re.search(r'name="selection" value="([^"]+)"', asked.content.decode())
    assert selection is not None
    form = {"selection": selection[1], "action": "nameservers", "answered": "1", "choice": "own"}

    wrong = own.post(NEW, {**form, "servers": "not a host"})
    right = own.post(NEW, {**form, "servers": "ns1.mine.example\nns2.mine.example"})

    assert wrong.status_code == 422
    assert "not a host" in wrong.content.decode()
    assert right.context["numbers"]["ready"] == 3
    assert "ns1.mine.example, ns2.mine.example" in words_of(right)


# --- starting -------------------------------------------------------------------------------------------------------


def test_start_plans_nothing_in_the_request(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")

    assert job.items.filter(state="pending").count() == 3
    assert not Operation.objects.exists()


def test_second_click_finds_the_first_job(own: Client, names: list[Domain]) -> None:
    ticket = ticket_of(own.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"}))

    first = own.post(START, {"ticket": ticket})
    work(BulkJob.objects.get().pk)
    second = own.post(START, {"ticket": ticket})

    assert first["Location"] == second["Location"]
    assert BulkJob.objects.count() == 1
    assert Operation.objects.count() == 3


def test_what_has_changed_since_is_shown_again_instead_of_started(own: Client, names: list[Domain]) -> None:
    ticket = ticket_of(own.post(NEW, {"ids": ids(names), "action": "renew"}))
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("20.00"))

    answer = own.post(START, {"ticket": ticket})

    assert answer.status_code == 409
    assert "Something has changed since you saw this" in words_of(answer)
    assert not BulkJob.objects.exists()
    assert own.post(START, {"ticket": ticket_of(answer)}).status_code == 302


def test_ticket_of_somebody_else_starts_nothing(own: Client, stranger: Client, names: list[Domain]) -> None:
    ticket = ticket_of(own.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"}))

    answer = stranger.post(START, {"ticket": ticket})

    assert answer["Location"] == "/domains/"
    assert not BulkJob.objects.exists()


def test_nothing_to_do_cannot_be_started(own: Client, names: list[Domain]) -> None:
    Domain.objects.update(transfer_lock=True)

    page = own.post(NEW, {"ids": ids(names), "action": "transfer-lock:on"})

    assert 'name="ticket"' not in page.content.decode()
    assert "There is nothing to start" in words_of(page)


# --- renewals -------------------------------------------------------------------------------------------------------


def test_renewals_are_held_at_the_price_that_was_shown(
    own: Client, names: list[Domain], customer: Any
) -> None:
    page = own.post(NEW, {"ids": ids(names), "action": "renew"})
    total = page.context["purse"]["total"]

    job = started(own, names, "renew")
    work(job.pk)

    assert ledger.held(customer) == total > 0
    assert [item.price for item in job.items.all()] == [total / 3] * 3
    assert Operation.objects.filter(kind="domain.renew", price=total / 3).count() == 3


def test_money_that_does_not_suffice_goes_to_the_most_urgent(
    own: Client, names: list[Domain], customer: Any
) -> None:
    page = own.post(NEW, {"ids": ids(names), "action": "renew"})
    each = page.context["purse"]["total"] / 3
    ledger.top_up(customer, each - ledger.balance(customer), reason="for the test", actor=None)

    short = own.post(NEW, {"ids": ids(names), "action": "renew"})
    job = started(own, names, "renew")
    work(job.pk)

    assert "Your wallet lacks" in words_of(short)
    assert list(job.items.values_list("name", "state", "reason")) == [
        ("name-2.com", "planned", ""),
        ("name-1.com", "refused", "not_enough_money"),
        ("name-0.com", "refused", "not_enough_money"),
    ]
    assert Entry.objects.filter(kind=Entry.Kind.HOLD).count() == 1
    assert "The wallet did not cover it." in words_of(own.get(f"/jobs/{job.public_id}/"))


def test_price_that_rose_after_the_start_is_not_paid(own: Client, names: list[Domain], customer: Any) -> None:
    job = started(own, names, "renew")
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("20.00"))

    work(job.pk)

    assert set(job.items.values_list("state", "reason")) == {("refused", "price_changed")}
    assert ledger.held(customer) == 0


def test_expiry_that_moved_after_the_start_is_not_renewed_twice(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "renew")
    Domain.objects.filter(pk=names[0].pk).update(expires_on=timezone.localdate() + timedelta(days=400))

    work(job.pk)

    assert job.items.get(name="name-0.com").reason == "expiry_moved"
    assert job.items.filter(state="planned").count() == 2


# --- progress -------------------------------------------------------------------------------------------------------


def test_page_follows_until_nothing_moves_any_more(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")
    here = f"/jobs/{job.public_id}/"
    poll = {"HX-Request": "true", "HX-Target": "job-progress"}

    assert "Being started" in words_of(own.get(here))
    work(job.pk)
    moved = own.get(here, headers=poll)
    same = own.get(f"{here}?seen={moved.context['mark']}", headers=poll)
    end("domain.transfer_lock", State.SUCCEEDED)
    last = own.get(f"{here}?seen={moved.context['mark']}", headers=poll)

    assert (moved.status_code, same.status_code, last.status_code) == (200, 204, 286)
    assert moved["HX-Trigger"] == "job-moved"
    assert "Every name is as you wanted it." in words_of(last)
    assert "hx-trigger" not in last.content.decode()


def test_list_fragment_comes_alone(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")

    part = own.get(f"/jobs/{job.public_id}/", headers={"HX-Request": "true", "HX-Target": "listing"})

    assert "<html" not in part.content.decode()
    assert "name-1.com" in words_of(part)


def test_results_follow_the_operations_and_can_be_filtered(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")
    work(job.pk)
    first = Operation.objects.get(label="name-0.com")
    move(first.pk, State.SENDING)
    move(first.pk, State.FAILED, reason="refused")

    page = own.get(f"/jobs/{job.public_id}/?result=failed")

    assert [row.record.name for row in page.context["listing"].rows] == ["name-0.com"]
    assert page.context["again"] == 1


def test_spreadsheet_has_every_result(own: Client, names: list[Domain]) -> None:
    Domain.objects.filter(pk=names[1].pk).update(transfer_lock=True)
    Domain.objects.filter(pk=names[2].pk).update(modification_lock=True)
    job = started(own, names, "transfer-lock:on")
    work(job.pk)

    answer = own.get(f"/jobs/{job.public_id}/?format=csv")

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["name-0.com", "Under way"],
        ["name-1.com", "Already so"],
        ["name-2.com", "Cannot be done"],
    ]


def test_only_what_came_to_nothing_is_tried_again(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")
    work(job.pk)
    failed = Operation.objects.get(label="name-1.com")
    move(failed.pk, State.SENDING)
    move(failed.pk, State.FAILED, reason="refused")
    end("domain.transfer_lock", State.SUCCEEDED)

    page = own.get(f"{NEW}?of={job.public_id}")
    answer = own.post(START, {"ticket": ticket_of(page)})

    again = BulkJob.objects.exclude(pk=job.pk).get()
    assert answer.status_code == 302
    assert again.retry_of == job
    assert [item.name for item in again.items.all()] == ["name-1.com"]
    work(again.pk)
    assert again.items.get().operation != failed


def test_what_has_not_begun_is_left_alone_on_demand(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")

    own.post(f"/jobs/{job.public_id}/cancel/")
    work(job.pk)

    assert set(job.items.values_list("state", flat=True)) == {"cancelled"}
    assert not Operation.objects.exists()
    assert "Stopped" in words_of(own.get(f"/jobs/{job.public_id}/"))


def test_what_has_begun_goes_on(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")
    work(job.pk)

    page = own.post(f"/jobs/{job.public_id}/cancel/", follow=True)

    assert "Nothing was left to stop" in words_of(page)
    assert job.items.filter(state="planned").count() == 3


def test_list_of_jobs_says_how_far_they_are(own: Client, names: list[Domain]) -> None:
    job = started(own, names, "transfer-lock:on")
    work(job.pk)
    end("domain.transfer_lock", State.SUCCEEDED)

    page = own.get("/jobs/")

    assert f'href="/jobs/{job.public_id}/"' in page.content.decode()
    assert "Turn the transfer lock on" in words_of(page)
    assert page.context["listing"].rows[0].record.found["done"] == 3


def test_customers_read_nothing_of_registrars(
    own: Client, names: list[Domain], registrar_account: Account
) -> None:
    Domain.objects.filter(pk=names[0].pk).update(whois_privacy=None)
    page = own.post(NEW, {"ids": ids(names), "action": "privacy:on"})
    job = started(own, names, "privacy:on")
    work(job.pk)

    for shown in (page, own.get(f"/jobs/{job.public_id}/"), own.get("/jobs/")):
        assert "mrdomain" not in shown.content.decode().lower()
        assert "shows no such flag" not in shown.content.decode()


# --- contacts -------------------------------------------------------------------------------------------------------


def test_contacts_are_changed_for_all_of_them(own: Client, names: list[Domain], contact: Any) -> None:
    values = {"answered": "1", "tech": contact.public_id}

    job = started(own, names, "contacts", **values)
    work(job.pk)

    assert set(job.items.values_list("state", flat=True)) == {"planned"}
    assert Operation.objects.filter(kind="domain.contacts").count() == 3
    assert Operation.objects.filter(kind="contact.create").count() == 1


def test_contact_that_is_gone_by_then_is_the_reason(own: Client, names: list[Domain], contact: Any) -> None:
    job = started(own, names, "contacts", answered="1", tech=contact.public_id)
    contact.delete()

    work(job.pk)

    assert set(job.items.values_list("reason", flat=True)) == {"contact_gone"}

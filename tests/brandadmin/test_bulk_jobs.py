"""Changes of many names by those who run a brand: of its customers' names, each paid by its own customer."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.billing import ledger
from panel.domain.bulk.work import work
from panel.domain.models import BulkJob, Domain
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.transition import move
from tests.brandadmin.conftest import BACKEND

JOBS = "/brand/domains/jobs/"
NEW, START = f"{JOBS}new/", f"{JOBS}start/"
GIVES_AWAY = re.compile(r"mrdomain|dondominio|sandbox", re.I)


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def start(client: Client, page: Any) -> BulkJob:
    """Press the start button of a preview."""
    found = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert found is not None, words_of(page)
    answer = client.post(START, {"ticket": found[1]})
    return BulkJob.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.fixture
def hazel(alder: Any, make_customer: Any) -> Any:
    """Another customer of the brand, whose wallet is nearly empty."""
    return make_customer("Hazel Press", brand=alder, money="5.00")


@pytest.fixture
def names(make_domain: Any, rowan: Any, hazel: Any, customer: Any, catalogue: Any) -> dict[str, Domain]:
    """Two names of one customer of the brand, one of another, and one of another brand's."""
    holders = {"rowan-0.com": rowan, "rowan-1.com": rowan, "hazel-0.com": hazel, "cedar-0.com": customer}
    found = {name: make_domain(name, holder, days=20) for name, holder in holders.items()}
    Domain.objects.update(transfer_lock=False, detailed_at=timezone.now())
    return found


@pytest.fixture
def job(brand_client: Client, names: dict[str, Domain]) -> BulkJob:
    """A job about all names of the brand that no worker has taken up."""
    page = brand_client.post(NEW, {"all": "1", "filter": "", "action": "transfer-lock:on"})
    return start(brand_client, page)


# --- from the list to the results -----------------------------------------------------------------------------------


def test_list_offers_what_can_be_done_to_one_name_and_leads_to_the_jobs(
    brand_client: Client, names: dict[str, Domain]
) -> None:
    page = brand_client.get("/brand/domains/").content.decode()

    offered = set(re.findall(r'<option value="([a-z:-]+)">', page.partition('name="action"')[2]))
    assert offered == {
        "renew", "auto-renew:on", "auto-renew:off", "nameservers", "contacts", "owner", "transfer-lock:on",
        "transfer-lock:off", "privacy:on", "privacy:off", "tag", "untag",
    }  # fmt: skip
    assert f'action="{NEW}"' in page
    assert f'name="ids" value="{names["rowan-0.com"].pk}"' in page
    assert f'href="{JOBS}"' in page
    assert f'href="{NEW}?action=renew' in page
    moved = brand_client.post(NEW, {"all": "1", "filter": "", "action": "move"})
    assert moved["Location"] == "/brand/domains/"


def test_renewals_are_seen_started_paid_by_each_customer_and_tried_again(
    brand_client: Client, names: dict[str, Domain], rowan: Any, hazel: Any, runner: Any, alder: Any
) -> None:
    page = brand_client.post(NEW, {"all": "1", "filter": "expires=30", "action": "renew"})
    job = start(brand_client, page)
    work(job.pk)
    for operation in Operation.objects.filter(kind="domain.renew"):
        move(operation.pk, State.SENDING)
        move(operation.pk, State.SUCCEEDED)
        ledger.settle(Operation.objects.get(pk=operation.pk))
    here = f"{JOBS}{job.public_id}/"
    over = brand_client.get(here)
    ledger.top_up(hazel, Decimal(20), reason="for the test", actor=None)
    second = start(brand_client, brand_client.get(f"{NEW}?of={job.public_id}"))
    work(second.pk)

    assert page.context["numbers"] == {"ready": 3, "unchanged": 0, "refused": 0}
    assert "Rowan Books 25.80" in words_of(page).replace("€", "").replace("EUR ", "")
    assert "Hazel Press lacks" in words_of(page)
    assert "Rowan Books lacks" not in words_of(page)
    assert (job.brand, job.customer, job.actor) == (alder, None, runner)
    assert ledger.balance(rowan) == Decimal("184.20")
    assert list(job.items.values_list("name", "state", "reason")) == [
        ("hazel-0.com", "refused", "not_enough_money"),
        ("rowan-0.com", "planned", ""),
        ("rowan-1.com", "planned", ""),
    ]
    assert {(made.actor, made.brand) for made in Operation.objects.all()} == {(runner, alder)}
    assert "The wallet did not cover it." in words_of(over)
    assert "Try again: 1 name" in words_of(over)
    assert (second.retry_of, second.items.get().name, second.items.get().state) == (
        job, "hazel-0.com", "planned",
    )  # fmt: skip
    assert ledger.held(hazel) == Decimal("12.90")
    sheet: Any = brand_client.get(f"{here}?format=csv")
    text = b"".join(sheet.streaming_content).decode()
    assert "rowan-1.com" in text
    assert "Hazel Press" in text
    for shown in (page, over, brand_client.get(JOBS), brand_client.get(f"{JOBS}{second.public_id}/")):
        assert not GIVES_AWAY.search(shown.content.decode())


def test_what_a_registrar_cannot_do_is_told_without_naming_it(
    brand_client: Client, names: dict[str, Domain]
) -> None:
    Domain.objects.filter(name="rowan-0.com").update(transfer_lock=None)

    page = brand_client.post(NEW, {"all": "1", "filter": "", "action": "transfer-lock:on"})

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "rowan-0.com" in words_of(page)
    assert not GIVES_AWAY.search(page.content.decode())


def test_names_of_another_brand_in_the_selection_are_not_touched(
    brand_client: Client, names: dict[str, Domain], customer: Any
) -> None:
    foreign = names["cedar-0.com"]
    chosen = {"ids": [foreign.pk, names["rowan-0.com"].pk], "action": "transfer-lock:on"}

    page = brand_client.post(NEW, chosen)
    job = start(brand_client, page)
    work(job.pk)
    alone = brand_client.post(NEW, {"ids": [foreign.pk], "action": "renew"})
    filtered = brand_client.post(NEW, {"all": "1", "filter": f"customer={customer.pk}", "action": "renew"})

    assert page.context["total"] == 1
    assert [item.name for item in job.items.all()] == ["rowan-0.com"]
    assert Operation.objects.get().label == "rowan-0.com"
    assert (alone.status_code, filtered.status_code) == (302, 302)
    assert not BulkJob.objects.exclude(pk=job.pk).exists()


def test_contacts_are_chosen_from_the_book_of_one_customer_of_the_brand(
    brand_client: Client, names: dict[str, Domain], contact: Any, rowan: Any, customer: Any
) -> None:
    customer.contacts.create(last_name="Elsewhere", country="FR")
    contact.customer = rowan
    contact.save()
    chosen = {"all": "1", "filter": f"customer={rowan.pk}", "action": "contacts"}

    several = brand_client.post(NEW, {"all": "1", "filter": "", "action": "contacts"}, follow=True)
    asked = brand_client.post(NEW, chosen)
    job = start(brand_client, brand_client.post(NEW, {**chosen, "answered": "1", "tech": contact.public_id}))
    work(job.pk)

    assert "choose names of one customer" in words_of(several)
    assert contact.public_id in asked.content.decode()
    assert "Elsewhere" not in asked.content.decode()
    planned = Operation.objects.filter(kind="domain.contacts")
    assert sorted(operation.label for operation in planned) == ["rowan-0.com", "rowan-1.com"]


# --- who may --------------------------------------------------------------------------------------------------------


def browser(person: Any, host: str) -> Client:
    """A browser of somebody on a host."""
    client = Client(headers={"host": host})
    client.force_login(person, backend=BACKEND)
    return client


def answers(client: Client, job: BulkJob) -> list[int]:
    """What somebody is answered on every route, those about this job last."""
    here = f"{JOBS}{job.public_id}/"
    return [
        client.get(JOBS).status_code,
        client.get(NEW).status_code,
        client.post(NEW, {"all": "1", "filter": "", "action": "renew"}).status_code,
        client.post(START, {"ticket": "x"}).status_code,
        client.get(f"{NEW}?of={job.public_id}").status_code,
        client.get(here).status_code,
        client.get(f"{here}?format=csv").status_code,
        client.post(f"{here}cancel/").status_code,
    ]


def test_job_is_everybodys_who_runs_the_brand(
    job: BulkJob, make_user: Any, alder: Any, brand_client: Client
) -> None:
    colleague = browser(make_user("second@demo.test", brand=alder), "alder.localhost")

    assert "Turn the transfer lock on" in words_of(colleague.get(JOBS))
    assert brand_client.get(f"{JOBS}{job.public_id}/cancel/").status_code == 405
    # Nothing is chosen, and the ticket is invented: back to the list.
    assert answers(colleague, job) == [200, 302, 200, 302, 302, 200, 200, 302]
    assert set(job.items.values_list("state", flat=True)) == {"cancelled"}


def test_customers_of_the_brand_and_people_of_the_operators_find_no_such_pages(
    job: BulkJob, rowan: Any, owner: Any, staff: Any, make_user: Any
) -> None:
    people = [
        browser(make_user("rowan@demo.test", customer=rowan), "alder.localhost"),
        browser(make_user("reader@demo.test", customer=rowan, role="reader"), "alder.localhost"),
        browser(owner, "testserver"),
        browser(staff, "testserver"),
    ]

    assert [answers(person, job) for person in people] == [[404] * 8] * 4
    # Nor is it a job of the customer whose names it is about.
    assert [person.get(f"/jobs/{job.public_id}/").status_code for person in people[:2]] == [404, 404]
    assert job.items.filter(state="pending").count() == 3


def test_who_runs_another_brand_neither_sees_nor_stops_it(
    job: BulkJob, make_user: Any, operator: Any, names: dict[str, Domain]
) -> None:
    other = browser(make_user("other@demo.test", brand=operator), "testserver")

    assert job.public_id not in other.get(JOBS).content.decode()
    assert answers(other, job) == [200, 302, 200, 302, 404, 404, 404, 404]
    assert job.items.filter(state="pending").count() == 3


def test_nobody_signed_in_is_asked_to(job: BulkJob) -> None:
    anonymous = Client(headers={"host": "alder.localhost"})

    assert answers(anonymous, job) == [302] * 8
    assert "/accounts/login/" in anonymous.post(f"{JOBS}{job.public_id}/cancel/")["Location"]
    assert job.items.filter(state="pending").count() == 3


def test_staff_see_whose_job_it_is_and_stop_it(job: BulkJob, staff: Any) -> None:
    office = browser(staff, "testserver")

    assert "Alder Hosting" in words_of(office.get("/office/domains/jobs/"))
    assert office.get(f"/office/domains/jobs/{job.public_id}/").status_code == 200
    office.post(f"/office/domains/jobs/{job.public_id}/cancel/")
    assert job.items.filter(state="cancelled").count() == 3

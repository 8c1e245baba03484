"""Changes of many names by the staff: of whatever customer, with what registrars say, and moving them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account
from panel.domain.bulk.work import work
from panel.domain.models import BulkJob, Domain, Tag
from panel.operation.models import Operation

NEW, START = "/office/domains/jobs/new/", "/office/domains/jobs/start/"


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def start(office: Client, page: Any) -> BulkJob:
    """Press the start button of a preview."""
    found = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert found is not None, words_of(page)
    answer = office.post(START, {"ticket": found[1]})
    return BulkJob.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.fixture
def held(make_domains: Callable[..., Any], customer: Any, catalogue: Account) -> list[Domain]:
    """Two names of a customer and one of nobody."""
    names = [*make_domains(2, customer=customer), *make_domains(1, prefix="free")]
    Domain.objects.update(
        transfer_lock=False, detailed_at=timezone.now(), expires_on=timezone.localdate() + timedelta(days=20)
    )
    return names


def test_list_offers_changes_and_moving(office: Client, held: list[Domain]) -> None:
    page = office.get("/office/domains/").content.decode()

    assert f'action="{NEW}"' in page
    assert '<option value="move">' in page
    for action in ("contacts", "owner", "tag", "untag", "renew", "nameservers"):
        assert f'<option value="{action}">' in page


def test_staff_read_which_registrar_cannot_do_it_and_why(office: Client, held: list[Domain]) -> None:
    Domain.objects.filter(name="held-0.com").update(transfer_lock=None)

    page = office.post(NEW, {"all": "1", "filter": "", "action": "transfer-lock:on"})

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "MrDomain sandbox" in words_of(page)
    assert "the registrar shows no such flag for this name" in words_of(page)


def test_renewals_are_paid_by_each_names_customer_and_free_for_nobodys(
    office: Client, held: list[Domain], customer: Any
) -> None:
    page = office.post(NEW, {"all": "1", "filter": "expires=30", "action": "renew"})

    job = start(office, page)
    work(job.pk)

    totals = dict(page.context["totals"])
    assert list(totals) == [customer]
    prices = dict(Operation.objects.values_list("label", "price"))
    assert prices == {
        "free-0.com": None,
        "held-0.com": totals[customer] / 2,
        "held-1.com": totals[customer] / 2,
    }


def to_move(office: Client, names: list[Domain]) -> dict[str, str]:
    """The form that asks to whom the chosen names go."""
    asked = office.post(NEW, {"ids": [name.pk for name in names], "action": "move"})
    selection = re.search(r'name="selection" value="([^"]+)"', asked.content.decode())
    assert selection is not None
    return {"selection": selection[1], "action": "move", "answered": "1"}


def test_chosen_names_move_to_a_customer_after_a_preview(
    office: Client, held: list[Domain], make_customer: Any
) -> None:
    other = make_customer("Birch")
    page = office.post(NEW, {**to_move(office, held[:2]), "customer": other.pk})
    assert not other.domains.exists()

    job = start(office, page)
    work(job.pk)

    assert "Move to Birch" in words_of(page)
    assert {name.name for name in other.domains.all()} == {"held-0.com", "held-1.com"}
    assert "Every name is as you wanted it." in words_of(office.get(f"/office/domains/jobs/{job.public_id}/"))


def test_move_without_a_customer_takes_nothing_away(
    office: Client, held: list[Domain], customer: Any
) -> None:
    answer = office.post(NEW, {**to_move(office, held), "customer": ""})

    assert answer.status_code == 422
    assert customer.domains.count() == 2
    assert not BulkJob.objects.exists()


def test_staff_see_the_jobs_of_everybody_and_stop_them(
    office: Client, held: list[Domain], customer: Any
) -> None:
    job = BulkJob.objects.create(
        customer=customer, action="transfer-lock", values={"on": True}, key="theirs", total=1
    )
    job.items.create(domain=held[0], customer=customer, name=held[0].name)

    assert customer.name in words_of(office.get("/office/domains/jobs/"))
    office.post(f"/office/domains/jobs/{job.public_id}/cancel/")

    assert job.items.get().state == "cancelled"


def test_job_of_the_staff_is_none_of_its_customers(office: Client, held: list[Domain], owner: Any) -> None:
    job = start(office, office.post(NEW, {"all": "1", "filter": "", "action": "transfer-lock:on"}))
    client = Client()
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    assert job.customer is None
    assert client.get(f"/jobs/{job.public_id}/").status_code == 404
    assert job.public_id not in client.get("/jobs/").content.decode()


def test_spreadsheet_for_staff_names_the_customers(office: Client, held: list[Domain], customer: Any) -> None:
    job = start(office, office.post(NEW, {"all": "1", "filter": "", "action": "transfer-lock:on"}))

    answer = office.get(f"/office/domains/jobs/{job.public_id}/?format=csv")

    text = b"".join(answer.streaming_content).decode()
    assert customer.name in text
    assert "held-1.com" in text


def test_contacts_are_chosen_from_the_book_of_the_names_customer(
    office: Client, held: list[Domain], contact: Any, make_customer: Any
) -> None:
    make_customer("Birch").contacts.create(last_name="Elsewhere", country="FR")
    chosen = {"ids": [name.pk for name in held[:2]], "action": "contacts"}

    asked = office.post(NEW, chosen)
    page = office.post(NEW, {**chosen, "answered": "1", "tech": contact.public_id})
    job = start(office, page)
    work(job.pk)

    assert contact.public_id in asked.content.decode()
    assert "Elsewhere" not in asked.content.decode()
    assert page.context["numbers"]["ready"] == 2
    assert Operation.objects.filter(kind="domain.contacts").count() == 2


def test_names_of_nobody_are_refused_contacts(office: Client, held: list[Domain], contact: Any) -> None:
    page = office.post(
        NEW, {"all": "1", "filter": "", "action": "contacts", "answered": "1", "tech": contact.public_id}
    )

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "The contact is of another customer's book." in words_of(page)


def test_contacts_for_names_of_several_customers_are_not_asked_for(
    office: Client, held: list[Domain], make_customer: Any
) -> None:
    Domain.objects.filter(pk=held[0].pk).update(customer=make_customer("Birch"))

    answer = office.post(NEW, {"ids": [name.pk for name in held], "action": "owner"}, follow=True)

    assert "choose names of one customer" in words_of(answer)


def test_each_customers_names_bear_its_own_tags(
    office: Client, held: list[Domain], make_customer: Any
) -> None:
    other = make_customer("Birch")
    Domain.objects.filter(pk=held[0].pk).update(customer=other)
    page = office.post(NEW, {"all": "1", "filter": "", "action": "tag", "answered": "1", "tags": "VIP"})

    work(start(office, page).pk)

    assert page.context["numbers"] == {"ready": 2, "unchanged": 0, "refused": 1}
    assert "The name belongs to nobody yet" in words_of(page)
    assert {tag.customer for tag in Tag.objects.all()} == {other, held[1].customer}
    shown = office.get("/office/domains/?tag=vip&cols=tags")
    assert len(shown.context["listing"].page.rows) == 2
    assert "VIP" in words_of(shown)

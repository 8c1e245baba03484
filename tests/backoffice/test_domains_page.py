"""Staff's list of domains: filters, bulk assignment, the list of name,customer, and brands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from panel.brand.models import Brand
from panel.domain.models import Domain
from panel.operation.models import Operation

FILE = "/office/domains/assign/file/"


def shown(client: Client, query: str) -> set[str]:
    return {row.record.name for row in client.get(f"/office/domains/?{query}").context["listing"].rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("customer=null", {"free-0.com"}),
        ("q=HELD", {"held-0.com", "held-1.com"}),
        ("status=missing", {"held-0.com"}),
        ("status=active", {"free-0.com", "held-0.com", "held-1.com"}),
        ("tld_name=com", {"free-0.com", "held-0.com", "held-1.com"}),
    ],
)
def test_filters(
    office: Client, customer: Any, make_domains: Callable[..., Any], query: str, expected: set[str]
) -> None:
    make_domains(2, customer=customer)
    make_domains(1, prefix="free")
    Domain.objects.filter(name="held-0.com").update(missing_since=timezone.now())

    assert shown(office, query) == expected


def test_one_is_assigned_on_its_page(office: Client, customer: Any, make_domains: Callable[..., Any]) -> None:
    make_domains(1, prefix="free")

    office.post("/office/domains/free-0.com/assign/", {"customer": customer.pk})

    assert customer.domains.get().name == "free-0.com"


def test_roles_of_contacts_are_said_in_the_persons_language(
    office: Client, make_domains: Callable[..., Any]
) -> None:
    make_domains(1)

    response = office.get("/office/domains/held-0.com/", headers={"Accept-Language": "fr"})

    roles = [role for role, _contact in response.context["contacts"]]
    assert roles == ["Titulaire", "Administratif", "Technique", "Facturation"]


def test_file_is_shown_first_and_applied_after(
    office: Client, customer: Any, make_domains: Callable[..., Any]
) -> None:
    make_domains(1, prefix="free")
    upload = SimpleUploadedFile("list.csv", b"free-0.com,Cedar Studio\nnope.com,Cedar Studio\n")

    page = office.post(FILE, {"file": upload})
    assert (page.context["good"], page.context["bad"]) == (1, 1)
    assert not customer.domains.exists()
    office.post(FILE, {"text": page.context["text"], "apply": "1"})

    assert customer.domains.get().name == "free-0.com"


def test_empty_list_is_422(office: Client, db: None) -> None:
    assert office.post(FILE, {"text": " "}).status_code == 422


def test_read_now_plans_a_refresh(office: Client, make_domains: Callable[..., Any]) -> None:
    make_domains(1)

    response = office.post("/office/domains/held-0.com/refresh/")

    operation = Operation.objects.get(kind="domain.refresh")
    assert operation.label == "held-0.com"
    assert operation.public_id in response["Location"]


def brand_form(**changes: str) -> dict[str, str]:
    return {
        "name": "Maple", "slug": "maple", "monogram": "M", "hue": "20", "chroma": "10", "sender_name": "",
        "support_email": "help@maple.test", "currency": "EUR", "default_language": "en", "hosts": "panel.maple.test",
        **changes,
    }  # fmt: skip


def test_brand_is_made_with_its_hosts_and_answers_there(office: Client, db: None) -> None:
    office.post("/office/customers/brands/new/", brand_form())

    brand = Brand.objects.get(slug="maple")
    assert [host.name for host in brand.hosts.all()] == ["panel.maple.test"]
    assert Client(HTTP_HOST="panel.maple.test").get("/theme.css").status_code == 200


def test_brand_with_anothers_host_is_422(office: Client, alder: Any) -> None:
    response = office.post("/office/customers/brands/new/", brand_form(hosts="alder.localhost"))

    assert response.status_code == 422
    assert not Brand.objects.filter(slug="maple").exists()


def test_brand_preview_saves_nothing(office: Client, alder: Any) -> None:
    form = brand_form(name="Alder Hosting", slug="alder", hue="300", preview="1", hosts="alder.localhost")

    response = office.post("/office/customers/brands/alder/", form, HTTP_HX_REQUEST="true")

    alder.refresh_from_db()
    assert response.status_code == 200
    assert alder.hue == 150

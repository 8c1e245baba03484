"""What the people who run a brand see and change: their own brand's, never the operator's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.billing.models import PriceRule
from panel.billing.pricing import PriceBook, price_list_of
from panel.brand.models import Brand
from panel.people.models import Customer, Invitation

PAGES = [
    "/brand/",
    "/brand/customers/",
    "/brand/customers/new/",
    "/brand/domains/",
    "/brand/prices/",
    "/brand/look/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_for_the_runner_and_exists_for_nobody_else(
    brand_client: Client, client: Client, owner: Any, rowan: Any, make_user: Any, catalogue: Any, path: str
) -> None:
    make_user("rowan@demo.test", customer=rowan)
    stranger = Client(headers={"host": "alder.localhost"})
    stranger.post("/accounts/login/", {"login": "rowan@demo.test", "password": "nameward-demo"})
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    assert brand_client.get(path).status_code == 200
    assert stranger.get(path).status_code == 404
    assert client.get(path).status_code == 404


def test_lists_show_the_own_brands_customers_and_names_only(
    brand_client: Client, rowan: Any, customer: Any, make_domain: Any
) -> None:
    make_domain("rowan-books.com", rowan)
    make_domain("cedar-studio.com", customer)

    customers = brand_client.get("/brand/customers/").content.decode()
    names = brand_client.get("/brand/domains/").content.decode()
    foreign = brand_client.get(f"/brand/customers/{customer.public_id}/")

    assert "Rowan Books" in customers
    assert "210.00" in customers
    assert "Cedar Studio" not in customers
    assert "rowan-books.com" in names
    assert "cedar-studio.com" not in names
    assert foreign.status_code == 404


@pytest.mark.parametrize("path", ["/brand/customers/", "/brand/domains/", "/brand/"])
def test_list_takes_the_same_number_of_queries_with_1_and_with_30_rows(
    brand_client: Client,
    rowan: Any,
    alder: Any,
    make_customer: Any,
    make_domain: Any,
    django_assert_max_num_queries: Any,
    path: str,
) -> None:
    make_domain("name0.com", rowan, days=5)
    brand_client.get(path)
    with django_assert_max_num_queries(100) as with_one:
        brand_client.get(path)
    for number in range(1, 30):
        make_domain(f"name{number}.com", make_customer(f"Customer {number}", brand=alder), days=5)
    with django_assert_max_num_queries(100) as with_many:
        brand_client.get(path)

    # The number of rows is counted in a query of its own once there is a second page.
    assert len(with_many) <= len(with_one) + 1


def test_customers_as_a_spreadsheet(brand_client: Client, rowan: Any) -> None:
    response = brand_client.get("/brand/customers/?format=csv")

    assert b"Rowan Books" in b"".join(response.streaming_content)


def test_new_customer_belongs_to_the_brand_and_its_first_person_is_invited(
    brand_client: Client, alder: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    data = {"name": "Hazel Cycling", "email": "club@hazel.test", "owner_email": "hazel@hazel.test"}

    with django_capture_on_commit_callbacks(execute=True):
        response = brand_client.post("/brand/customers/new/", data)

    made = Customer.objects.get(name="Hazel Cycling")
    assert response["Location"] == f"/brand/customers/{made.public_id}/"
    assert made.brand == alder
    assert Invitation.objects.get(customer=made).role == "owner"
    assert mailoutbox[0].to == ["hazel@hazel.test"]
    assert "http://alder.localhost/accounts/invitation/" in mailoutbox[0].body
    assert "Nameward" not in mailoutbox[0].body


def test_new_customer_of_a_taken_name_comes_back_with_the_error(brand_client: Client, rowan: Any) -> None:
    response = brand_client.post(
        "/brand/customers/new/", {"name": "rowan books", "email": "a@b.test", "owner_email": "a@b.test"}
    )

    assert response.status_code == 422
    assert "There is a customer of this name already." in response.content.decode()


def test_customer_page_invites_and_says_who_is_in_already(
    brand_client: Client, rowan: Any, make_user: Any
) -> None:
    make_user("rowan@demo.test", customer=rowan)
    page = f"/brand/customers/{rowan.public_id}/"

    refused = brand_client.post(page, {"email": "ROWAN@demo.test", "role": "reader"})
    done = brand_client.post(page, {"email": "second@demo.test", "role": "reader"})

    assert refused.status_code == 422
    assert done.status_code == 302
    assert "second@demo.test" in brand_client.get(page).content.decode()


def test_prices_follow_the_margins_and_hide_the_costs(
    brand_client: Client, alder: Any, catalogue: Any
) -> None:
    before = brand_client.get("/brand/prices/").content.decode()
    brand_client.post("/brand/prices/", {"percent": "50", "fixed": "0", "rounding": ".99"})
    after = brand_client.get("/brand/prices/").content.decode()

    assert "12.90" in before
    assert "15.99" in after
    assert "10.00" not in after.replace("10.00 into 12.50", "")
    assert "MrDomain" not in after


def test_margin_under_cost_is_refused_and_names_what_not_what_it_costs(
    brand_client: Client, alder: Any, catalogue: Any
) -> None:
    response = brand_client.post("/brand/prices/", {"percent": "-50", "fixed": "0", "rounding": "0.01"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Ask the operator if you want that." in page
    assert ".com" in page
    assert price_list_of(alder).margin_percent == Decimal(25)


def test_extension_with_its_own_margin_and_back_to_the_list(
    brand_client: Client, alder: Any, catalogue: Any
) -> None:
    brand_client.post(
        "/brand/prices/com/", {"is_sold": "on", "percent": "100", "fixed": "", "rounding": "1.00"}
    )
    special = PriceBook(alder).quote("com")
    brand_client.post("/brand/prices/com/", {"is_sold": "on", "percent": "", "fixed": "", "rounding": ""})
    plain = PriceBook(alder).quote("com")

    assert special is not None
    assert special.price == Decimal("20.00")
    assert plain is not None
    assert plain.price == Decimal("12.90")
    assert not PriceRule.objects.exists()


def test_extension_taken_from_sale_can_be_put_back(brand_client: Client, alder: Any, catalogue: Any) -> None:
    brand_client.post("/brand/prices/com/", {"percent": "", "fixed": "", "rounding": ""})
    listed = brand_client.get("/brand/prices/").content.decode()
    shown = brand_client.get("/brand/prices/com/")

    assert "com" not in PriceBook(alder).tlds()
    assert ".com" in listed
    assert shown.status_code == 200


def test_extension_under_cost_is_refused_even_where_staff_once_agreed(
    brand_client: Client, alder: Any, catalogue: Any, staff: Any
) -> None:
    PriceRule.objects.create(
        price_list=price_list_of(alder), tld_name="com", margin_percent=-10, below_cost_approved_by=staff
    )

    response = brand_client.post(
        "/brand/prices/com/", {"is_sold": "on", "percent": "-60", "fixed": "", "rounding": ""}
    )

    assert response.status_code == 422
    rule = PriceRule.objects.get()
    assert rule.margin_percent == Decimal(-10)
    assert rule.below_cost_approved_by == staff


def test_extension_that_nobody_offers_is_not_found(brand_client: Client, catalogue: Any) -> None:
    assert brand_client.get("/brand/prices/nonsense/").status_code == 404


def look_of(**changes: str) -> dict[str, str]:
    """The look form as a browser posts it."""
    data = {"name": "Alder Hosting", "monogram": "A", "hue": "150", "chroma": "12"}
    return {**data, "support_email": "help@alder.test", "sender_name": "", **changes}


def test_look_is_saved_and_seen_at_once(brand_client: Client, alder: Any) -> None:
    response = brand_client.post("/brand/look/", look_of(name="Alder & Sons", hue="20"))

    page = brand_client.get("/brand/").content.decode()
    assert response.status_code == 302
    assert "Alder &amp; Sons" in page
    assert "/theme.css?v=20-12" in page


def test_look_preview_shows_and_does_not_save(brand_client: Client, alder: Any) -> None:
    response = brand_client.post(
        "/brand/look/",
        look_of(name="Birch", hue="20", preview="1"),
        headers={"HX-Request": "true", "HX-Target": "preview"},
    )

    page = response.content.decode()
    assert page.lstrip().startswith('<section class="card" id="preview"')
    assert "Birch" in page
    assert "style=" not in page
    assert Brand.objects.get(pk=alder.pk).name == "Alder Hosting"


def test_look_refuses_a_name_that_is_taken_and_colors_out_of_range(brand_client: Client, alder: Any) -> None:
    response = brand_client.post("/brand/look/", look_of(name="Nameward", hue="400"))

    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"name", "hue"}


def test_look_cannot_change_hosts_or_become_the_operator(brand_client: Client, alder: Any) -> None:
    brand_client.post("/brand/look/", look_of(is_operator="on", slug="nameward", hosts="evil.test"))

    alder.refresh_from_db()
    assert not alder.is_operator
    assert alder.slug == "alder"
    assert list(alder.hosts.values_list("name", flat=True)) == ["alder.localhost"]

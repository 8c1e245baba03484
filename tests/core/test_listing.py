"""A list page: pages by key, sorting, filters, columns, spreadsheet, the same on every database."""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from panel.billing.models import Entry
from panel.core import keyset
from panel.core.csv import safe_cell
from panel.core.keyset import Order
from panel.core.listing import COUNT_LIMIT, Listing, chosen
from panel.core.tables import BadgeColumn, Column, DateColumn, DomainColumn, Table
from panel.domain.models import Domain

pytestmark = pytest.mark.django_db


class SampleTable(Table):
    name = DomainColumn("Name", title=True, sort="name", link=lambda row: f"/d/{row.name}/")
    status = BadgeColumn("State", badge=lambda row: ("success", row.get_status_display()))
    expires = DateColumn("Expires", accessor="expires_on", sort="expires_on")
    tag = Column("Tag", shown=False)


class SampleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains")
    tld = django_filters.ChoiceFilter(
        field_name="tld_name",
        choices=[("com", ".com"), ("fr", ".fr")],
        empty_label="All extensions",
        label="TLD",
    )


@pytest.fixture
def make_domains(registrar_account: Any, customer: Any) -> Callable[..., list[Domain]]:
    def make(count: int, **fields: Any) -> list[Domain]:
        today = date(2030, 1, 1)
        rows = [
            Domain(
                name=f"name-{number:04}.com",
                unicode_name=f"name-{number:04}.com",
                tld_name="com",
                account=registrar_account,
                customer=customer,
                status="active",
                # Dates repeat and every fifth is missing: ties and empty values must not lose a row.
                expires_on=None if number % 5 == 0 else today + timedelta(days=number % 7),
                **fields,
            )
            for number in range(count)
        ]
        return Domain.objects.bulk_create(rows)

    return make


def ask(**params: Any) -> HttpRequest:
    request = RequestFactory().get("/domains/", params)
    request.user = AnonymousUser()
    return request


def listing(request: HttpRequest, **options: Any) -> Listing:
    options.setdefault("table", SampleTable)
    options.setdefault("filterset", SampleFilter)
    options.setdefault("default_sort", "name")
    return Listing(request, Domain.objects.all(), **options)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", ["name", "expires_on", "pk"])
def test_walk_visits_every_row_once_in_both_directions(
    make_domains: Callable[..., Any], field: str, descending: bool
) -> None:
    make_domains(23)
    order = Order(field, descending)
    whole = [row.pk for row in keyset.ordered(Domain.objects.all(), order)]

    forward, page = [], keyset.page(Domain.objects.all(), order, size=4)
    while True:
        forward.append([row.pk for row in page.rows])
        if not page.after:
            break
        page = keyset.page(Domain.objects.all(), order, size=4, after=page.after)
    back = [[row.pk for row in page.rows]]
    while page.before:
        page = keyset.page(Domain.objects.all(), order, size=4, before=page.before)
        back.append([row.pk for row in page.rows])

    assert [key for rows in forward for key in rows] == whole
    assert len(whole) == len(set(whole)) == 23
    assert {key for rows in back for key in rows} == set(whole)
    assert back[0] == forward[-1]


def test_empty_values_come_last_ascending_and_first_descending(make_domains: Callable[..., Any]) -> None:
    make_domains(10)

    ascending = [row.expires_on for row in keyset.ordered(Domain.objects.all(), Order("expires_on"))]
    descending = [row.expires_on for row in keyset.ordered(Domain.objects.all(), Order("expires_on", True))]

    assert ascending[-2:] == [None, None]
    assert descending == ascending[::-1]


def test_walk_by_a_related_field_and_by_a_decimal(make_customer: Callable[..., Any]) -> None:
    for amount in ("3.10", "20.00", "3.10", "100.05"):
        make_customer(f"C{amount}-{Entry.objects.count()}", money=amount)
    seen: list[Decimal] = []
    page = keyset.page(Entry.objects.all(), Order("amount"), size=1)
    while True:
        seen += [row.amount for row in page.rows]
        if not page.after:
            break
        page = keyset.page(Entry.objects.all(), Order("amount"), size=1, after=page.after)

    assert seen == [Decimal("3.10"), Decimal("3.10"), Decimal("20.00"), Decimal("100.05")]
    related = Entry.objects.select_related("customer")
    first = keyset.page(related, Order("customer__name"), size=2)
    second = keyset.page(related, Order("customer__name"), size=2, after=first.after)
    names = [row.customer.name for row in [*first.rows, *second.rows]]
    assert names == sorted(names)
    assert len(set(names)) == 4


@pytest.mark.parametrize("cursor", ["garbage", "::", "a" * 5000, "Wzk5OSwgMV0:forged", "\x00"])
def test_garbage_cursor_gives_the_first_page(make_domains: Callable[..., Any], cursor: str) -> None:
    make_domains(60)

    shown = listing(ask(after=cursor))

    assert shown.page.rows[0].name == "name-0000.com"
    assert shown.previous_url == ""


def test_cursor_of_another_order_gives_the_first_page(make_domains: Callable[..., Any]) -> None:
    make_domains(60)
    cursor = listing(ask()).page.after

    shown = listing(ask(after=cursor, sort="expires"))

    assert shown.previous_url == ""


def test_cursor_past_the_last_row_gives_the_first_page(make_domains: Callable[..., Any]) -> None:
    make_domains(51)
    cursor = listing(ask()).page.after
    Domain.objects.filter(name="name-0050.com").delete()

    assert len(listing(ask(after=cursor)).page.rows) == 50


@pytest.mark.parametrize(("asked", "size"), [("25", 25), ("100", 100), ("7", 50), ("x", 50), ("", 50)])
def test_page_size_is_one_of_three(make_domains: Callable[..., Any], asked: str, size: int) -> None:
    make_domains(110)

    assert len(listing(ask(size=asked)).page.rows) == size


def test_sort_by_an_unknown_or_unsortable_column_is_the_default(make_domains: Callable[..., Any]) -> None:
    make_domains(3)

    assert listing(ask(sort="tag")).sort == "name"
    assert listing(ask(sort="account__credentials")).sort == "name"
    assert listing(ask(sort="-expires")).order == Order("expires_on", True)


def test_columns_follow_the_url_and_always_name_the_row(make_domains: Callable[..., Any]) -> None:
    make_domains(1)

    assert listing(ask()).shown == ["name", "status", "expires"]
    assert listing(ask(cols="tag,nonsense")).shown == ["name", "tag"]
    assert listing(ask(cols=["status", "tag"])).shown == ["name", "status", "tag"]


def test_filters_and_what_the_urls_keep(make_domains: Callable[..., Any]) -> None:
    make_domains(60)
    shown = listing(ask(q="name-000", tld="com", sort="-name", size="25", after="x"))

    assert shown.is_filtered
    assert [row.record.name for row in shown.rows] == [f"name-000{number}.com" for number in range(9, -1, -1)]
    assert shown.headings[0].aria == "descending"
    assert shown.headings[0].url == "/domains/?q=name-000&tld=com&size=25&sort=name"
    assert "q=" not in shown.reset_url
    assert "size=25" in shown.reset_url
    assert "after" not in shown.csv_url
    assert "format=csv" in shown.csv_url


def test_invalid_filter_is_ignored(make_domains: Callable[..., Any]) -> None:
    make_domains(2)

    assert len(listing(ask(tld="'; drop table", q="a\x00b")).rows) == 2


def test_count_stops_at_its_limit(
    make_domains: Callable[..., Any], django_assert_num_queries: Callable[..., Any]
) -> None:
    make_domains(COUNT_LIMIT + 5)
    shown = listing(ask())

    with django_assert_num_queries(2) as queries:
        text = shown.count_text

    assert text == "More than 1,000 results"
    assert f"LIMIT {COUNT_LIMIT + 1}" in queries.captured_queries[-1]["sql"]


def test_count_of_a_single_page_needs_no_query(
    make_domains: Callable[..., Any], django_assert_num_queries: Callable[..., Any]
) -> None:
    make_domains(1)
    shown = listing(ask())

    with django_assert_num_queries(1):
        assert shown.count_text == "1 result"


def test_rows_cost_the_same_queries_with_1_and_30(
    make_domains: Callable[..., Any], django_assert_num_queries: Callable[..., Any]
) -> None:
    make_domains(30)
    with django_assert_num_queries(1):
        assert len(listing(ask()).rows) == 30
    Domain.objects.exclude(name="name-0000.com").delete()
    with django_assert_num_queries(1):
        assert len(listing(ask()).rows) == 1


def test_csv_has_every_filtered_row_in_order(make_domains: Callable[..., Any]) -> None:
    make_domains(120, tag="=cmd|' /C calc'!A0")
    request = ask(sort="-name", cols="status,tag,expires", format="csv", q="name-", size="25")
    shown = listing(request)

    assert shown.wants_csv
    response = shown.csv("domains")
    text = b"".join(response.streaming_content).decode()

    assert response["Content-Disposition"].startswith('attachment; filename="domains-')
    rows = list(csv_module.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Name", "State", "Expires", "Tag"]
    assert [row[0] for row in rows[1:]] == [f"name-{number:04}.com" for number in range(119, -1, -1)]
    assert rows[1] == ["name-0119.com", "Active", "2030-01-01", "'=cmd|' /C calc'!A0"]
    assert rows[-1][2] == ""


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+34.600", "'+34.600"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("-x", "'-x"),
        ("\tx", "'\tx"),
        ("\uff1d1", "'\uff1d1"),
        (Decimal("-3.50"), "-3.50"),
        (None, ""),
        ("Ada", "Ada"),
        (date(2030, 1, 2), "2030-01-02"),
    ],
)
def test_cell_is_never_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_chosen_rows_stay_inside_the_scope(make_domains: Callable[..., Any]) -> None:
    rows = make_domains(3)
    keys = [row.pk for row in Domain.objects.order_by("name")]
    scope = Domain.objects.exclude(pk=keys[2])
    request = RequestFactory().post("/", {"ids": [str(keys[0]), str(keys[2]), "x", "9" * 40, "-1"]})

    assert [row.pk for row in chosen(request, scope)] == [keys[0]]
    assert len(rows) == 3


def test_template_shows_labels_sorting_boxes_and_pages(make_domains: Callable[..., Any]) -> None:
    make_domains(60)
    request = ask()
    response = listing(request, bulk="listing/toolbar.html", row_actions="listing/toolbar.html").render(
        "listing/listing.html"
    )
    page = response.content.decode()

    assert 'data-label="Expires"' in page
    assert '<th scope="row" class="cell-title" data-label="Name">' in page
    assert 'href="/d/name-0000.com/"' in page
    assert page.count("data-bulk-item") == 50
    assert 'aria-sort="ascending"' in page
    assert "60 results" in page
    assert 'rel="next"' in page
    assert "HX-Target" in response["Vary"]


def test_nothing_found_offers_everything(make_domains: Callable[..., Any]) -> None:
    make_domains(1)

    page = listing(ask(q="zzz")).render("listing/listing.html").content.decode()

    assert "Nothing matches" in page
    assert "Show everything" in page

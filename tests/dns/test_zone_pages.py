"""The zone's page for each audience: what it shows, what it finds, and what it says where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.dns import mirror
from panel.dns.models import Comment, Zone
from panel.dns.records import row_of
from panel.domain.models import Domain
from panel.operation.models import Operation
from tests.dns.zone_rows import APEX, MAIL, NAME, ZONE, an_operation, kept, rec
from tests.selfservice.pages import words_of

PAGE = f"/domains/{NAME}/dns/"


def htmx(browser: Client, address: str, target: str) -> Any:
    return browser.get(address, headers={"HX-Request": "true", "HX-Target": target})


def test_records_are_grouped_by_name_and_type_and_told_in_words(own: Client, zone: Zone) -> None:
    text = words_of(own.get(PAGE))

    assert "6 records" in text
    assert f"www .{NAME} CNAME" in text
    assert "priority 10" in text
    assert "1 hour" in text
    assert "set with the name" in text


def test_several_of_a_set_are_ranked_by_priority(own: Client, domain: Domain) -> None:
    kept(domain, [rec("@", "MX", "a.else.example", 300, 20), rec("@", "MX", "b.else.example", 300, 10)])

    text = words_of(own.get(PAGE))

    assert text.index("priority 10, tried first") < text.index("priority 20, tried later")


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("q=www", "www", "192.0.2.5"),
        ("q=192.0.2.5", "mail", "www ."),
        ("type=TXT", "v=spf1", "www ."),
        ("q=old+printer", "192.0.2.5", "www ."),
        ("q=nothing-like-it", "No record fits", "www ."),
    ],
)
def test_search_finds_names_values_types_and_comments(
    own: Client, zone: Zone, query: str, there: str, missing: str
) -> None:
    Comment.objects.create(zone=zone, customer=zone.domain.customer, row=row_of(MAIL), text="The old printer")

    whole, part = own.get(f"{PAGE}?{query}"), htmx(own, f"{PAGE}?{query}", "records")

    for response in (whole, part):
        assert there in words_of(response)
        assert missing not in words_of(response)
    assert "<html" not in part.content.decode()


def test_reader_looks_and_is_offered_nothing_to_change(reader: Client, zone: Zone) -> None:
    response = reader.get(PAGE)

    assert response.status_code == 200
    assert "192.0.2.5" in words_of(response)
    assert "record/?" not in response.content.decode()
    assert reader.get(f"{PAGE}record/").status_code == 403


def test_zone_of_somebody_else_does_not_exist(
    make_customer: Callable[..., Any], make_user: Callable[..., Any], signed_in: Any, zone: Zone
) -> None:
    stranger = signed_in(make_user("stranger@demo.test", customer=make_customer("Strange Ltd")))

    assert stranger.get(PAGE).status_code == 404
    assert stranger.post(f"{PAGE}drop/", {"row": row_of(APEX)}).status_code == 404


def test_staff_and_brand_people_see_the_same_zone_each_in_their_place(
    staff: Any, signed_in: Any, zone: Zone, alder: Any, make_user: Any, make_customer: Any, make_name: Any
) -> None:
    theirs = make_name("birch.example", customer=make_customer("Birch", brand=alder))
    kept(theirs, [rec("@", "A", "192.0.2.44")])
    runner = signed_in(make_user("runner@demo.test", brand=alder), HTTP_HOST="alder.localhost")

    office = signed_in(staff).get(f"/office/domains/{NAME}/dns/")
    brand = runner.get("/brand/domains/birch.example/dns/")

    assert "192.0.2.5" in words_of(office)
    assert "192.0.2.44" in words_of(brand)
    assert runner.get(f"/brand/domains/{NAME}/dns/").status_code == 404


def test_zone_that_was_never_read_offers_to_read_it(own: Client, domain: Domain) -> None:
    before = own.get(PAGE)
    answer = own.post(PAGE, {"read": "1"})
    meanwhile = own.get(PAGE)

    assert "have not been read yet" in words_of(before)
    assert answer.status_code == 302
    assert "Being read" in words_of(meanwhile)
    assert Operation.objects.filter(kind="dns.read", subject=domain.subject).count() == 1


def test_browser_asks_by_itself_once_for_a_zone_that_was_never_read(
    own: Client, reader: Client, domain: Domain
) -> None:
    for_reader, first = reader.get(PAGE), own.get(PAGE)
    own.post(PAGE)
    Operation.objects.filter(kind="dns.read").update(state="failed", finished_at=timezone.now())
    after_it_failed = own.get(PAGE)

    assert 'hx-trigger="load"' in first.content.decode()
    assert 'hx-trigger="load"' not in for_reader.content.decode()
    assert 'hx-trigger="load"' not in after_it_failed.content.decode()
    assert "Read it now" in words_of(after_it_failed)


def test_page_is_swapped_only_when_something_new_has_come(own: Client, domain: Domain, zone: Zone) -> None:
    an_operation(domain)
    page = own.get(PAGE)
    mark = page.context["mark"]

    same = htmx(own, f"{PAGE}?seen={mark}", "zone")
    Zone.objects.update(read_at=timezone.now(), serial=2)
    other = htmx(own, f"{PAGE}?seen={mark}", "zone")

    assert same.status_code == 204
    assert other.status_code == 200


@pytest.mark.parametrize("family", ["bookmyname", "namecom"])
def test_name_whose_records_are_kept_elsewhere_says_who_answers(
    own: Client, make_name: Callable[..., Domain], family: str
) -> None:
    domain = make_name(
        "hives.example", family=family, nameservers=["ns1.lantern-dns.net", "ns2.lantern-dns.net"]
    )
    if family == "namecom":
        kept(domain, None)

    response = own.get("/domains/hives.example/dns/")
    text = words_of(response)

    assert "lantern-dns.net answers for this name" in text
    assert "ns1.lantern-dns.net, ns2.lantern-dns.net" in text
    assert "Choose other nameservers" in text
    assert own.get("/domains/hives.example/dns/review/").status_code == 404


def test_zone_that_nobody_asks_says_so_and_can_be_prepared(
    own: Client, make_name: Callable[..., Domain]
) -> None:
    kept(make_name("moved.example", nameservers=["ns1.lantern-dns.net"]), [rec("@", "A", "192.0.2.1")])

    text = words_of(own.get("/domains/moved.example/dns/"))

    assert "At present lantern-dns.net answers for this name" in text
    assert "192.0.2.1" in text


@pytest.mark.parametrize(
    ("family", "greyed"), [("mrdomain", {"ANAME"}), ("netim", {"ANAME", "CAA"}), ("namecom", {"CAA"})]
)
def test_types_that_the_zone_cannot_have_are_shown_with_the_reason(
    own: Client, make_name: Callable[..., Domain], family: str, greyed: set[str]
) -> None:
    kept(make_name("some.example", family=family), [rec("@", "A", "192.0.2.1")])

    response = own.get("/domains/some.example/dns/")

    told = {choice.kind for choice in response.context["types"] if choice.why_not}
    assert told == greyed
    assert all(choice.why_not in response.content.decode() for choice in response.context["types"])
    for kind in greyed:
        assert own.get(f"/domains/some.example/dns/record/?new={kind}").status_code == 404


def test_page_of_the_name_leads_to_its_records(own: Client, staff: Any, signed_in: Any, zone: Zone) -> None:
    assert f'href="{PAGE}"' in own.get(f"/domains/{NAME}/").content.decode()
    office = signed_in(staff).get(f"/office/domains/{NAME}/").content.decode()
    assert f'href="/office/domains/{NAME}/dns/"' in office


def test_large_zone_comes_in_pages_at_a_constant_number_of_queries(
    own: Client, domain: Domain, django_assert_max_num_queries: Any
) -> None:
    kept(domain, [rec(f"host-{number:03}", "A", "192.0.2.1") for number in range(250)])
    own.get(PAGE)

    with django_assert_max_num_queries(30) as counted:
        first = own.get(PAGE)
        most = len(counted)
    last = own.get(f"{PAGE}?page=3")
    beyond = own.get(f"{PAGE}?page=99")

    assert "1–100 of 250" in words_of(first)
    assert "201–250 of 250" in words_of(last)
    assert "201–250 of 250" in words_of(beyond)
    kept(domain, ZONE)
    with django_assert_max_num_queries(most):
        own.get(PAGE)


def test_next_customer_of_a_name_reads_neither_comments_nor_who_changed_the_zone_before(
    own: Client, domain: Domain, zone: Zone, owner: Any, make_customer: Any, make_user: Any, signed_in: Any
) -> None:
    Comment.objects.create(zone=zone, customer=domain.customer, row=row_of(MAIL), text="The old printer")
    change = an_operation(domain, "dns.zone", state="succeeded", finished_at=timezone.now(), actor=owner)
    mirror.record_applied(change, domain, ZONE[:-1])
    versions = words_of(own.get(f"{PAGE}versions/"))
    next_one = make_customer("Next Ltd")
    Domain.objects.update(customer=next_one)
    browser = signed_in(make_user("next@demo.test", customer=next_one))

    assert "Applied from here by Owner" in versions
    assert "The old printer" not in words_of(browser.get(PAGE))
    assert "by Owner" not in words_of(browser.get(f"{PAGE}versions/"))

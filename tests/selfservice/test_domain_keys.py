"""Glue records, DNSSEC keys and the public text of a name by its customer: page, operation, registrar, mirror, page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.domain.models import Domain, GlueRecord
from panel.domain.operations import plan_refresh
from panel.operation.models import Operation
from tests.conftest import control
from tests.selfservice.pages import words_of

# In the sandbox's world: with glue and keys, and without.
RICH, PLAIN = "alder-hosting.com", "soler-estudio.com"
DIGEST = "AB" * 32


@pytest.fixture
def held(make_domain: Callable[..., Any], settle: Callable[[], None]) -> Callable[..., Domain]:
    """`held(name)`: a name of the customer that the registrar has too, as it was read there."""

    def hold(name: str, **fields: Any) -> Domain:
        domain: Domain = make_domain(name, **fields)
        plan_refresh(name, domain.account, key="first", customer=domain.customer)
        settle()
        domain.refresh_from_db()
        return domain

    return hold


def page(name: str, setting: str) -> str:
    return f"/domains/{name}/{setting}/"


def entry(**fields: Any) -> dict[str, Any]:
    """What a browser sends to add a key."""
    return {"key_tag": 4711, "algorithm": 13, "digest_type": 2, "digest": DIGEST, **fields}


# --- glue records ---------------------------------------------------------------------------------------------------


def test_glue_page_begins_by_offering_to_read_and_shows_what_was_read(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    domain = held("alder-hosting.net")
    Domain.objects.filter(pk=domain.pk).update(modification_lock=False)
    before = words_of(own.get(page(domain.name, "glue")))

    own.post(page(domain.name, "glue"), {"read": "1"})
    meanwhile = words_of(own.get(page(domain.name, "glue")))
    settle()
    after = words_of(own.get(page(domain.name, "glue")))

    assert "Not read yet" in before
    assert "Being read" in meanwhile
    hosts = set(GlueRecord.objects.filter(domain=domain).values_list("name", flat=True))
    assert hosts
    assert all(host in after for host in hosts)


def test_glue_record_is_made_changed_and_removed_at_the_registrar(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    domain = held(PLAIN)

    made = own.post(page(PLAIN, "glue"), {"host": "ns1", "ipv4": "192.0.43.10", "ipv6": ""})
    meanwhile = words_of(own.get(page(PLAIN, "glue")))
    settle()
    first = GlueRecord.objects.get(domain=domain)
    own.post(
        page(PLAIN, "glue"),
        {"host": "NS1.soler-estudio.com.", "ipv4": "192.0.43.11", "ipv6": "2606:2800:220::1"},
    )
    settle()
    second = GlueRecord.objects.get(domain=domain)
    own.post(page(PLAIN, "glue"), {"remove": "ns1.soler-estudio.com"})
    settle()

    assert made.status_code == 302
    assert "Changing" in meanwhile
    assert (first.name, first.addresses) == ("ns1.soler-estudio.com", ["192.0.43.10"])
    assert set(second.addresses) == {"192.0.43.11", "2606:2800:220::1"}
    assert not GlueRecord.objects.filter(domain=domain).exists()
    journal = [
        row["action"] for row in control(sandbox, "GET", "/journal")["journal"] if "glue" in row["action"]
    ]
    assert journal == ["domain/gluerecordcreate", "domain/gluerecordupdate", "domain/gluerecorddelete"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"host": "ns1"}, "at least one address"),
        ({"host": "ns 1!", "ipv4": "192.0.43.10"}, "not a host name"),
        ({"host": "ns1", "ipv4": "300.1.1.1"}, "Write it like 192.0.2.10"),
        ({"host": "ns1", "ipv4": "127.0.0.1"}, "cannot be reached from the internet"),
        ({"host": "ns1", "ipv6": "fe80::1"}, "cannot be reached from the internet"),
    ],
    ids=["no-address", "no-host", "no-ipv4", "loopback", "link-local"],
)
def test_wrong_glue_record_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], data: dict[str, str], text: str
) -> None:
    held(PLAIN)

    response = own.post(page(PLAIN, "glue"), data)

    assert response.status_code == 422
    assert text in words_of(response)
    assert f'value="{data["host"]}"' in response.content.decode()
    assert not Operation.objects.filter(kind="domain.glue").exists()


def test_glue_page_of_a_locked_name_says_what_stands_in_the_way(
    own: Client, held: Callable[..., Domain]
) -> None:
    domain = held(RICH)
    assert domain.modification_lock

    response = own.post(page(RICH, "glue"), {"host": "ns9", "ipv4": "192.0.43.10"})

    assert response.status_code == 422
    assert "Lift the lock first" in words_of(response)


def test_nameserver_below_the_name_without_glue_is_warned_of(
    own: Client, make_domain: Callable[..., Any]
) -> None:
    make_domain(PLAIN, nameservers=["ns1.soler-estudio.com", "ns2.example.net"])

    text = words_of(own.get(page(PLAIN, "glue")))

    assert "Nobody can find it without one: ns1.soler-estudio.com" in text


# --- DNSSEC ---------------------------------------------------------------------------------------------------------


def test_key_is_added_and_removed_one_by_one_and_others_stay(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    domain = held("garcons-et-fils.com")
    own.post(page(domain.name, "dnssec"), {"read": "1"})
    settle()
    domain.refresh_from_db()
    before = domain.ds_keys

    added = own.post(page(domain.name, "dnssec"), entry(digest=DIGEST.lower() + " "))
    settle()
    domain.refresh_from_db()
    both = domain.ds_keys
    own.post(page(domain.name, "dnssec"), {"remove": f"4711-13-2-{DIGEST}"})
    settle()
    domain.refresh_from_db()

    assert added.status_code == 302
    assert before
    assert len(both) == len(before) + 1
    assert DIGEST in {key["digest"] for key in both}
    assert DIGEST not in {key["digest"] for key in domain.ds_keys}
    assert len(domain.ds_keys) == len(before)


def test_key_is_not_added_while_nobody_knows_which_there_are(
    own: Client, held: Callable[..., Domain]
) -> None:
    held(PLAIN)
    Domain.objects.update(ds_keys=None)

    response = own.post(page(PLAIN, "dnssec"), entry())

    assert response.status_code == 422
    assert "Have them read first" in words_of(response)
    assert not Operation.objects.filter(kind="domain.dnssec").exists()


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"digest": "xyz"}, "digits 0 to 9"),
        ({"digest": "AB"}, "has 64 characters; this one has 2"),
        ({"key_tag": 70000}, "65535"),
        ({"algorithm": 99}, "Select a valid choice"),
    ],
    ids=["no-hexadecimal", "too-short", "tag-too-large", "unknown-algorithm"],
)
def test_wrong_key_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], fields: dict[str, Any], text: str
) -> None:
    held(PLAIN)

    response = own.post(page(PLAIN, "dnssec"), entry(**fields))

    assert response.status_code == 422
    assert text in words_of(response)


# --- the public text ------------------------------------------------------------------------------------------------


def test_public_text_is_read_on_request(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    domain = held(PLAIN)

    before = words_of(own.get(page(PLAIN, "whois")))
    own.post(page(PLAIN, "whois"), {"read": "1"})
    settle()
    domain.refresh_from_db()
    after = words_of(own.get(page(PLAIN, "whois")))

    assert "Not read yet" in before
    assert domain.publicity.whois
    assert domain.publicity.whois.splitlines()[0].split(":")[0] in after


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["glue", "dnssec", "whois"])
def test_pages_of_a_name_are_its_customers_alone(
    own: Client, stranger: Client, colleague: Client, held: Callable[..., Domain], setting: str
) -> None:
    held(PLAIN)

    assert own.get(page(PLAIN, setting)).status_code == 200
    assert stranger.get(page(PLAIN, setting)).status_code == 404
    assert colleague.post(page(PLAIN, setting), {"read": "1"}).status_code == 403
    assert not Operation.objects.filter(kind__startswith="domain.read_").exists()

"""What nameservers serve after a change: asked by a worker, told by a page that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from panel.core import nameservers
from panel.dns import mirror, served
from panel.dns.models import Zone
from panel.dns.operations import plan_zone
from panel.dns.operations_read import plan_read_zone
from panel.domain.asking import asking, checks
from panel.domain.asking.checks import Purpose
from panel.domain.asking.models import NameserverAnswer, NameserverCheck
from panel.domain.models import Domain
from registrar.types import DnsRecord, RecordType
from tests.conftest import control
from tests.dns.zone_rows import APEX, MX, NAME, WWW, ZONE, kept, rec
from tests.selfservice.pages import words_of

FAMILIES = {
    "mrdomain": "soler-estudio.com",
    "netim": "bastienroux-photo.com",
    "namecom": "byrne-ceramics.com",
}


@pytest.fixture(autouse=True)
def _played(sandbox: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox plays the nameservers, and silence does not take long. Its clock stands still."""
    settings.SANDBOX_DNS = sandbox.dns_address
    monkeypatch.setattr(nameservers, "UDP_SECONDS", 0.3)
    monkeypatch.setattr(nameservers, "TCP_SECONDS", 0.3)


@pytest.fixture
def hosted(stage: Any, settle: Callable[[], None], owner: Any) -> Callable[[str], tuple[Domain, Zone]]:
    """`hosted("netim")`: a name with its zone at the family's sandbox, as the mirror has read it."""

    def make(family: str) -> tuple[Domain, Zone]:
        name = FAMILIES[family]
        zone_there = stage.sandbox.world.families[family].zone(name)
        domain = stage.domain(family, name, nameservers=list(zone_there.servers), hosts_zone=True)
        plan_read_zone(domain, actor=owner)
        settle()
        return domain, Zone.objects.get(domain=domain)

    return make


def asked(domain: Domain) -> dict[str, str]:
    """What the worker finds when it asks for the name's last check: state by server."""
    check = NameserverCheck.objects.get(domain=domain, purpose=Purpose.SERVED)
    asking.answer(check.pk)
    return dict(check.answers.values_list("server", "state"))


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_change_is_looked_for_at_every_nameserver_of_the_name(
    hosted: Any, settle: Callable[[], None], owner: Any, sandbox: Any, family: str
) -> None:
    domain, zone = hosted(family)
    before = mirror.records_of(zone)
    new = DnsRecord(f"lantern.{domain.name}", RecordType.A, "203.0.113.77", 600)
    control(sandbox, "POST", "/nameservers", {"lag": 3600})

    plan_zone(domain, [*before, new], actor=owner, seen=before, base=zone.serial)
    settle()
    first, *others = domain.nameservers
    at_first = asked(domain)
    control(sandbox, "POST", "/advance", {"seconds": 3600})
    later = asked(domain)

    (item,) = checks.latest(domain, Purpose.SERVED).sets
    assert (item.name, item.type, item.old, item.new) == (new.name, "A", (), ("203.0.113.77",))
    assert at_first == {first: "new", **dict.fromkeys(others, "old")}
    assert later == dict.fromkeys(domain.nameservers, "new")


def test_who_serves_is_told_apart(hosted: Any, sandbox: Any, owner: Any) -> None:
    domain, zone = hosted("mrdomain")
    domain.nameservers = [
        "ns1.mrdomain.com",
        "lame.host.example",
        "silent.host.example",
        "broken.host.example",
    ]
    domain.save()
    served.check_zone(domain, zone, actor=owner)

    assert asked(domain) == {
        "ns1.mrdomain.com": "new",
        "lame.host.example": "refused",
        "silent.host.example": "silent",
        "broken.host.example": "refused",
    }


def test_sets_of_which_some_are_there_are_partly_served(hosted: Any, owner: Any) -> None:
    domain, zone = hosted("mrdomain")
    now = mirror.records_of(zone)
    sets = served.sets_between(
        [], [*now[:1], DnsRecord(f"gone.{domain.name}", RecordType.A, "203.0.113.1"), now[-1]]
    )
    checks.begin(domain, Purpose.SERVED, ["ns1.mrdomain.com"], sets, actor=owner, about="version 2")

    assert asked(domain) == {"ns1.mrdomain.com": "partly"}
    words = NameserverAnswer.objects.get().sets
    assert sorted(set(words)) == ["new", "old"] or sorted(set(words)) == ["new", "other"]


def test_what_is_served_already_is_not_asked_again(hosted: Any, owner: Any, sandbox: Any) -> None:
    domain, zone = hosted("mrdomain")
    served.check_zone(domain, zone, actor=owner)
    assert set(asked(domain).values()) == {"new"}
    control(sandbox, "POST", "/nameservers", {"ns1.mrdomain.com": "servfail"})

    assert set(asked(domain).values()) == {"new"}


def test_two_workers_do_not_ask_at_the_same_time(hosted: Any, owner: Any) -> None:
    domain, zone = hosted("mrdomain")
    check = served.check_zone(domain, zone, actor=owner)
    NameserverCheck.objects.filter(pk=check.pk).update(busy_until=timezone.now() + timedelta(minutes=1))

    asking.answer(check.pk)

    assert set(check.answers.values_list("state", flat=True)) == {"pending"}


def test_check_that_is_gone_is_no_error(domain: Domain, db: None) -> None:
    asking.answer(987654)

    assert not NameserverCheck.objects.exists()


def test_another_check_takes_the_place_of_the_last_one(domain: Domain, zone: Zone, owner: Any) -> None:
    first = served.check_zone(domain, zone, actor=owner)
    second = served.check_zone(domain, zone, actor=owner)

    assert list(NameserverCheck.objects.all()) == [second]
    assert first.pk != second.pk


def test_check_that_cannot_begin_does_not_keep_a_change_from_ending(
    hosted: Any, settle: Callable[[], None], owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain, zone = hosted("namecom")
    before = mirror.records_of(zone)

    def broken(*_arguments: Any) -> None:
        raise RuntimeError("nobody expected this")

    monkeypatch.setattr(served, "sets_between", broken)
    new = DnsRecord(f"lantern.{domain.name}", RecordType.A, "203.0.113.77", 600)
    operation = plan_zone(domain, [*before, new], actor=owner, seen=before, base=zone.serial)
    settle()

    operation.refresh_from_db()
    assert operation.state == "succeeded"
    assert not NameserverCheck.objects.exists()


def test_of_two_checks_that_begin_at_once_one_counts(
    domain: Domain, zone: Zone, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = served.check_zone(domain, zone, actor=owner)
    # As if the other one had been written after we had looked for it.
    monkeypatch.setattr(QuerySet, "delete", lambda _rows: (0, {}))

    assert served.check_zone(domain, zone, actor=owner) == first


# --- what is asked for -----------------------------------------------------------------------------------------------


def test_sets_of_a_change_are_whole_ones() -> None:
    second = rec("@", "MX", "backup.else.example", 3600, 20)
    after = [row for row in ZONE if row != WWW] + [second]

    sets = {(item.name, item.type): item for item in served.sets_between(ZONE, after)}

    assert set(sets) == {(NAME, "MX"), (f"www.{NAME}", "CNAME")}
    assert sets[NAME, "MX"].old == ("10 mail.lamps.example",)
    assert sets[NAME, "MX"].new == ("10 mail.lamps.example", "20 backup.else.example")
    assert sets[f"www.{NAME}", "CNAME"].new == ()


def test_other_time_to_live_is_a_change_and_tells_them_apart() -> None:
    (item,) = served.sets_between([APEX], [rec("@", "A", "192.0.2.1", 60)])

    assert (item.old, item.new, item.ttl) == (("192.0.2.1",), ("192.0.2.1",), 60)
    words = [
        asking._word(item, nameservers.Reply("NOERROR", True, ("192.0.2.1",), ttl)) for ttl in (60, 3600)
    ]
    assert words == ["new", "old"]


def test_wildcard_answers_where_there_is_nothing_else() -> None:
    wild, shop = rec("*", "CNAME", "all.else.example"), rec("shop", "CNAME", "stores.else.example")

    (added,) = served.sets_between([APEX, wild], [APEX, wild, shop])
    (other,) = served.sets_between([APEX, wild], [APEX, wild, rec("shop", "A", "192.0.2.3")])
    (gone,) = served.sets_between(
        [rec("x.shop", "A", "192.0.2.1"), shop, wild], [rec("x.shop", "A", "192.0.2.1"), wild]
    )
    same = served.sets_between([APEX, wild], [APEX, wild, rec("any", "CNAME", "all.else.example")])

    assert (added.old, added.new) == (("all.else.example",), ("stores.else.example",))
    assert (other.old, other.new) == ((), ("192.0.2.3",))
    assert (gone.old, gone.new) == (("stores.else.example",), ())
    assert same == []


def test_record_that_is_served_as_something_else_is_not_asked_for() -> None:
    assert served.sets_between([], [rec("@", "ANAME", "else.example")]) == []
    assert served.sets_between([APEX], [rec("@", "ANAME", "else.example")]) == []


def test_sample_begins_with_what_people_notice() -> None:
    rows = [rec(f"a{number}", "A", "192.0.2.9") for number in range(20)]

    sets = served.sample([*rows, *ZONE], NAME)

    assert [(item.name, item.type) for item in sets[:4]] == [
        (NAME, "A"), (NAME, "MX"), (NAME, "TXT"), (NAME, "NS"),
    ]  # fmt: skip
    assert len(sets) == checks.MOST_SETS
    assert all(item.old == item.new for item in sets)


@pytest.mark.parametrize(
    ("fields", "reason"), [({"nameservers": []}, "servers"), ({"hosts_zone": False}, "elsewhere")]
)
def test_nobody_is_asked_where_nobody_can_have_the_zone(
    domain: Domain, zone: Zone, owner: Any, fields: dict[str, Any], reason: str
) -> None:
    for name, value in fields.items():
        setattr(domain, name, value)

    with pytest.raises(served.NotAsked) as caught:
        served.check_zone(domain, zone, actor=owner)

    assert caught.value.reason == reason
    assert not NameserverCheck.objects.exists()


# --- the page --------------------------------------------------------------------------------------------------------

PAGE = f"/domains/{NAME}/dns/served/"


def test_page_asks_says_so_and_shows_each_answer(own: Client, domain: Domain, zone: Zone) -> None:
    assert "not been asked yet" in words_of(own.get(PAGE))

    assert own.post(PAGE).status_code == 302
    waiting = words_of(own.get(PAGE))
    answers = domain.nameserver_checks.get().answers
    answers.update(state="new", sets=["new"] * 6, asked_at=timezone.now())
    done = words_of(own.get(PAGE))

    assert "are being asked" in waiting
    assert "ns1.mrdomain.com" in waiting
    assert "The nameservers serve these records" in done
    assert "6 / 6" in done


def test_page_names_what_is_not_served_yet(own: Client, domain: Domain, zone: Zone) -> None:
    sets = served.sets_between([MX], [rec("@", "MX", "mx.else.example", 3600, 5), WWW])
    check = checks.begin(
        domain, Purpose.SERVED, ["ns1.a.example", "ns2.a.example"], sets, actor=None, about="v"
    )
    check.answers.filter(position=0).update(state="new", sets=["new", "new"], asked_at=timezone.now())
    check.answers.filter(position=1).update(state="partly", sets=["old", "new"], asked_at=timezone.now())

    text = words_of(own.get(PAGE))

    assert "1 of 2 nameservers serve the records as they should be" in text
    assert "Not yet: lamps.example MX" in text
    assert "5 mx.else.example" in text


def test_page_that_waits_gets_news_once_and_stops_when_nothing_can_come(
    own: Client, domain: Domain, zone: Zone
) -> None:
    own.post(PAGE)
    page = own.get(PAGE).content.decode()
    address = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    headers = {"HX-Request": "true", "HX-Target": "servers"}

    assert own.get(address, headers=headers).status_code == 204
    domain.nameserver_checks.get().answers.update(state="new", sets=["new"])
    assert own.get(address, headers=headers).status_code == 286


def test_those_that_are_late_are_asked_again_for_a_while(
    domain: Domain, zone: Zone, monkeypatch: Any
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(checks, "send_nameserver_check", sent.append)
    check = served.check_zone(domain, zone, actor=None)
    check.answers.update(state="old")
    long_ago = timezone.now() - timedelta(minutes=1)
    NameserverCheck.objects.filter(pk=check.pk).update(woken_at=long_ago)
    found = checks.latest(domain, Purpose.SERVED)

    assert found is not None
    assert checks.wake_if_due(found)
    assert not checks.wake_if_due(found)
    NameserverCheck.objects.filter(pk=check.pk).update(
        woken_at=long_ago, created_at=timezone.now() - timedelta(minutes=11)
    )
    found = checks.latest(domain, Purpose.SERVED)
    assert found is not None
    assert not found.live
    assert not checks.wake_if_due(found)


def test_page_belongs_to_the_zone(own: Client, reader: Client, domain: Domain, make_name: Any) -> None:
    kept(make_name("other.example", customer=None))

    assert own.get("/domains/other.example/dns/served/").status_code == 404
    assert own.get(PAGE).status_code == 404
    kept(domain)
    assert reader.get(PAGE).status_code == 200


def test_nameservers_are_not_asked_faster_than_anybody_reads(own: Client, domain: Domain, zone: Zone) -> None:
    own.post(PAGE)
    first = NameserverCheck.objects.get()

    again = own.post(PAGE, follow=True)

    assert NameserverCheck.objects.get() == first
    assert "asked just now" in words_of(again)
    NameserverCheck.objects.update(created_at=timezone.now() - timedelta(seconds=checks.PAUSE_SECONDS))
    own.post(PAGE)
    assert NameserverCheck.objects.get() != first

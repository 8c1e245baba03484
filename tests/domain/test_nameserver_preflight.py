"""Before nameservers are changed the proposed ones can be asked; whatever they say, they can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.core import nameservers
from panel.domain.asking import asking
from panel.domain.asking.models import NameserverCheck
from panel.domain.models import Domain
from panel.operation.models import Operation
from tests.conftest import control
from tests.operation.stage import Stage
from tests.selfservice.pages import words_of

BACKEND = "panel.people.backends.BrandAuthenticationBackend"
NAME = "soler-estudio.com"
PAGE = f"/domains/{NAME}/nameservers/"
GOOD = "ns1.host.example\nns2.host.example"


@pytest.fixture(autouse=True)
def _played(sandbox: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox plays all nameservers, and silence does not take long."""
    settings.SANDBOX_DNS = sandbox.dns_address
    monkeypatch.setattr(nameservers, "UDP_SECONDS", 0.3)
    monkeypatch.setattr(nameservers, "TCP_SECONDS", 0.3)


@pytest.fixture
def make_domain(sandbox: Any, customer: Any, contact: Any) -> Callable[..., Domain]:
    """`make_domain("netim", "phare-numerique.fr")`: a name of the customer at the family's sandbox."""

    def make(family: str = "mrdomain", name: str = NAME) -> Domain:
        return Stage(sandbox, customer, contact).domain(family, name)

    return make


@pytest.fixture
def own(owner: Any) -> Client:
    """The browser of the owner of `customer`."""
    browser = Client()
    browser.force_login(owner, backend=BACKEND)
    return browser


def ask(browser: Client, servers: str, page: str = PAGE) -> Any:
    """Post the servers to be asked, and let a worker ask them; the page as it is then."""
    answer = browser.post(page, {"choice": "own", "servers": servers, "check": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{page}?proposed=1")
    asking.answer(NameserverCheck.objects.get().pk)
    return browser.get(f"{page}?proposed=1")


def test_servers_that_have_the_name_are_good(own: Client, make_domain: Any) -> None:
    make_domain()

    page = ask(own, GOOD)

    text = words_of(page)
    assert "All of them answer for the name" in text
    assert text.count("Answers for the name") == 2
    assert "The registry's conditions Fulfilled" in text.replace("&#x27;", "'").replace("  ", " ")
    assert "ns1.host.example\nns2.host.example" in page.content.decode()
    assert not Operation.objects.filter(kind="domain.nameservers").exists()


def test_each_server_that_does_not_answer_is_told_apart(own: Client, make_domain: Any) -> None:
    make_domain()

    text = words_of(ask(own, "ns1.host.example\nlame.host.example\nsilent.host.example"))

    assert "Not all of them answer for the name yet" in text
    assert "lame.host.example Does not have the zone" in text
    assert "add the zone there first" in text
    assert "silent.host.example Does not answer" in text
    assert "Not fulfilled" in text


def test_bad_servers_can_be_chosen_all_the_same(own: Client, make_domain: Any) -> None:
    domain = make_domain()
    servers = "lame1.host.example\nlame2.host.example"
    ask(own, servers)

    answer = own.post(PAGE, {"choice": "own", "servers": servers})

    assert answer.status_code == 302
    assert Operation.objects.filter(subject=domain.subject, payload__icontains="lame1").count() == 1


def test_registrar_without_a_check_of_its_own_is_not_asked(own: Client, make_domain: Any) -> None:
    make_domain("netim", "phare-numerique.fr")

    text = words_of(ask(own, GOOD, "/domains/phare-numerique.fr/nameservers/"))

    assert "All of them answer for the name" in text
    assert "conditions" not in text


def test_registrar_that_does_not_answer_leaves_the_check_open(
    own: Client, make_domain: Any, sandbox: Any
) -> None:
    make_domain()
    control(
        sandbox,
        "POST",
        "/faults",
        {"family": "mrdomain", "action": "tool/zonecheck", "kind": "reset_before", "rate": 1},
    )

    text = words_of(ask(own, GOOD))

    assert "All of them answer for the name" in text
    assert "No answer" in text


def test_report_is_for_staff(own: Client, make_domain: Any, staff: Any) -> None:
    make_domain()
    ask(own, "ns1.host.example\nbroken.host.example")
    office = Client()
    office.force_login(staff, backend=BACKEND)

    theirs, ours = own.get(f"{PAGE}?proposed=1"), office.get(f"/office{PAGE}?proposed=1")

    report = NameserverCheck.objects.get().zone_report
    assert report
    assert "preflight-report" not in theirs.content.decode()
    assert "preflight-report" in ours.content.decode()


def test_page_waits_until_all_have_been_asked(own: Client, make_domain: Any) -> None:
    make_domain()
    own.post(PAGE, {"choice": "own", "servers": GOOD, "check": "1"})
    page = own.get(f"{PAGE}?proposed=1").content.decode()
    part = page.partition('id="preflight"')[2]
    address = part.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    headers = {"HX-Request": "true", "HX-Target": "preflight"}

    waiting = own.get(address, headers=headers)
    asking.answer(NameserverCheck.objects.get().pk)
    done = own.get(address, headers=headers)

    assert (waiting.status_code, done.status_code) == (204, 286)
    assert "All of them answer for the name" in words_of(done)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"choice": "own", "servers": "not a host"}, "not a host"),
        ({"choice": "parking", "servers": ""}, "need no check"),
    ],
)
def test_what_cannot_be_asked_is_told(
    own: Client, make_domain: Any, data: dict[str, str], words: str
) -> None:
    make_domain()

    answer = own.post(PAGE, {**data, "check": "1"})

    assert answer.status_code == 422
    assert words in words_of(answer) or words in answer.content.decode()
    assert not NameserverCheck.objects.exists()


def test_page_without_a_question_shows_no_check(own: Client, make_domain: Any) -> None:
    make_domain()
    ask(own, GOOD)

    assert "All of them answer" not in words_of(own.get(PAGE))


def test_servers_are_not_asked_faster_than_anybody_types(own: Client, make_domain: Any) -> None:
    make_domain()
    ask(own, GOOD)

    answer = own.post(PAGE, {"choice": "own", "servers": "ns3.host.example\nns4.host.example", "check": "1"})

    assert answer.status_code == 422
    assert "asked just now" in words_of(answer)
    assert NameserverCheck.objects.get().answers.filter(server="ns1.host.example").exists()

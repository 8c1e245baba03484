"""Beginning a zone anew: a draft without records, or the default ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.dns import drafts
from panel.dns.models import Draft, Zone
from panel.domain.models import Domain
from panel.operation.models import Operation
from tests.dns.zone_rows import NAME, ZONE, an_operation, kept
from tests.selfservice.pages import words_of

PAGE = f"/domains/{NAME}/dns/"
RESET = f"{PAGE}reset/"


def test_zones_menu_leads_to_the_page(own: Client, zone: Zone) -> None:
    assert f'href="{RESET}"' in own.get(PAGE).content.decode()
    assert "Start over" in words_of(own.get(RESET))


def test_all_records_but_the_nameservers_go_into_a_draft(own: Client, zone: Zone, owner: Any) -> None:
    answer = own.post(RESET, {"way": "empty"})

    now = drafts.working(zone, owner)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}review/")
    assert [change.kind for change in now.changes] == ["delete"] * (len(ZONE) - 1)
    assert [record.type for record in now.wanted] == ["NS"]
    assert not Operation.objects.filter(kind="dns.zone").exists()


def test_zone_without_records_has_nothing_to_delete(own: Client, domain: Domain) -> None:
    kept(domain, ZONE[:1])

    answer = own.post(RESET, {"way": "empty"}, follow=True)

    assert "no record that could be deleted" in words_of(answer)
    assert not Draft.objects.exists()


def test_default_records_are_restored_after_a_yes_from_what_was_seen(
    own: Client, domain: Domain, zone: Zone, owner: Any
) -> None:
    mark = own.get(RESET).context["zone"].mark

    once = own.post(RESET, {"way": "defaults", "mark": mark})
    answer = own.post(RESET, {"way": "defaults", "mark": mark, "sure": "yes"})

    operation = Operation.objects.get(kind="dns.restore")
    assert once.status_code == 422
    assert "Say that this is what you want" in words_of(once)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (operation.subject, operation.actor) == (domain.subject, owner)
    assert operation.payload["seen"] == zone.mark
    assert "Changing" in words_of(own.get(PAGE))


def test_zone_that_moved_since_it_was_shown_is_shown_again(own: Client, zone: Zone) -> None:
    answer = own.post(RESET, {"way": "defaults", "mark": "another", "sure": "yes"})

    assert answer.status_code == 422
    assert "not as you saw them" in words_of(answer)
    assert not Operation.objects.filter(kind="dns.restore").exists()


def test_nothing_begins_while_the_records_are_being_changed(own: Client, domain: Domain, zone: Zone) -> None:
    an_operation(domain, "dns.zone", state="waiting")

    answers = [
        own.post(RESET, {"way": way, "mark": zone.mark, "sure": "yes"}) for way in ("empty", "defaults")
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("family", ["netim", "namecom"])
def test_registrar_without_default_records_is_said_kindly(
    own: Client, make_name: Callable[..., Domain], family: str
) -> None:
    zone = kept(make_name(NAME, family=family))

    page = own.get(RESET)
    answer = own.post(RESET, {"way": "defaults", "mark": zone.mark, "sure": "yes"})

    assert "There are none for this name" in words_of(page)
    assert answer.status_code == 422


def test_reader_of_the_account_begins_nothing(reader: Client, zone: Zone) -> None:
    assert reader.get(RESET).status_code == 403
    assert reader.post(RESET, {"way": "empty"}).status_code == 403


def test_change_that_failed_is_told_on_the_zones_page(own: Client, domain: Domain, zone: Zone) -> None:
    from django.utils import timezone

    an_operation(
        domain, "dns.restore", state="failed", reason="zone_moved", sends=1, finished_at=timezone.now(),
        payload={"name": NAME, "seen": "x"},
    )  # fmt: skip

    assert "Default DNS records not restored" in words_of(own.get(PAGE))

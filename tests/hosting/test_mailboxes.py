"""Mailboxes from the page to the registrar and back: each made once, however often it is asked for or lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from panel.account.models import Exchange
from panel.domain.models import Domain
from panel.hosting.models import Mailbox
from panel.operation.models import Operation
from tests.conftest import control
from tests.hosting.scenes import BARE, BASIC, REDIRECTS_ONLY, RUN_OUT, SECRET, last, page
from tests.selfservice.pages import words_of

BOXES = page(BASIC, "mailboxes")


def names(name: str = BASIC) -> set[str]:
    """The mailboxes that the mirror shows."""
    return set(Mailbox.objects.present().filter(domain__name=name).values_list("name", flat=True))


def at_registrar(sandbox: Any, name: str = BASIC) -> list[dict[str, Any]]:
    """The mailboxes that the registrar has."""
    services = control(sandbox, "GET", "/state/mrdomain")["services"]
    rows: list[dict[str, Any]] = next(row for row in services if row["name"] == name)["mail"]
    return rows


def test_reading_brings_what_the_registrar_has(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC)

    shown = words_of(own.get(BOXES))

    assert names() == {f"{local}@{BASIC}" for local in ("hola", "marta", "facturas")}
    assert f"marta@{BASIC}" in shown
    assert "3 of 50" in shown
    assert f"imap.{BASIC}" in shown


def test_mailbox_is_created_at_the_registrar_and_shown(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any, effects: Any
) -> None:
    held(BASIC)

    answer = own.post(BOXES, {"name": "Ventas", "password": SECRET, "form": "a"})
    meanwhile = words_of(own.get(BOXES))
    settle()
    after = words_of(own.get(BOXES))

    assert (answer.status_code, answer["Location"]) == (302, BOXES)
    assert f"New mailbox: ventas@{BASIC}" in meanwhile
    assert f"ventas@{BASIC}" in names()
    assert "4 of 50" in after
    assert effects("mail") == ["service/mailcreate"]
    assert last("hosting.create_mailbox").subject == f"mailbox:ventas@{BASIC}"
    assert [row["password"] for row in at_registrar(sandbox) if row["name"].startswith("ventas")] == [SECRET]


def test_password_that_is_left_empty_is_made_and_shown_once(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)

    first = own.post(BOXES, {"name": "nueva", "password": "", "form": "same"})
    made = last("hosting.create_mailbox").secrets["password"]
    again = own.post(BOXES, {"name": "nueva", "password": "", "form": "same"})
    settle()
    late = own.post(BOXES, {"name": "nueva", "password": "", "form": "same"})

    assert first.status_code == again.status_code == 200
    assert len(made) >= 18
    assert made in first.content.decode()
    assert made in again.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert made not in late.content.decode()
    assert "It was shown already" in words_of(late)
    assert Operation.objects.filter(kind="hosting.create_mailbox").count() == 1


def test_password_is_nowhere_to_be_read(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    own.post(BOXES, {"name": "ventas", "password": SECRET, "form": "a"})
    operation = last("hosting.create_mailbox")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM operation_operation WHERE id = %s", [operation.pk])
        stored = str(cursor.fetchone()[0])

    settle()

    operation.refresh_from_db()
    assert operation.state == "succeeded"
    assert SECRET not in stored
    assert operation.secrets == {}
    told = [operation.payload, operation.result, operation.starts_from, operation.intent_key]
    told += list(operation.events.values()) + list(Exchange.objects.values())
    assert SECRET not in repr(told)
    assert SECRET not in own.get(BOXES).content.decode()


def test_lost_answer_is_looked_into_and_nothing_is_made_twice(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    faulty: Callable[..., None],
    sandbox: Any,
    effects: Any,
) -> None:
    held(BASIC)
    faulty("service/mailcreate", "reset_after")

    own.post(BOXES, {"name": "ventas", "password": SECRET, "form": "a"})
    settle()

    operation = last("hosting.create_mailbox")
    assert operation.state == "succeeded"
    assert next(attempt.outcome for attempt in operation.attempts.all()) == "OutcomeUnknown"
    assert effects("mailcreate") == ["service/mailcreate"]
    assert Mailbox.objects.get(name=f"ventas@{BASIC}").remote_id in {
        row["entityID"] for row in at_registrar(sandbox)
    }


def test_request_that_never_arrived_is_sent_again_after_two_looks(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(BASIC)
    faulty("service/mailcreate", "reset_before")

    own.post(BOXES, {"name": "ventas", "password": SECRET, "form": "a"})
    settle()
    settle()

    operation = last("hosting.create_mailbox")
    assert operation.state == "succeeded"
    assert operation.sends == 2
    assert effects("mailcreate") == ["service/mailcreate"]


def test_mailbox_that_somebody_made_before_is_not_taken_for_ours(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)
    Mailbox.objects.filter(name=f"marta@{BASIC}").delete()

    own.post(BOXES, {"name": "marta", "password": SECRET, "form": "a"})
    settle()
    shown = words_of(own.get(BOXES))

    operation = last("hosting.create_mailbox")
    assert (operation.state, operation.reason) == ("failed", "already_there")
    assert "There is one with this name already" in shown
    assert effects("mail") == []
    assert f"marta@{BASIC}" in names()


def test_password_whose_answer_is_lost_is_set_again(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    faulty: Callable[..., None],
    effects: Any,
    sandbox: Any,
) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    faulty("service/mailupdate", "reset_after")

    own.post(page(BASIC, "mailboxes", box.public_id), {"password": SECRET, "form": "a"})
    settle()
    settle()

    operation = last("hosting.mailbox_password")
    assert (operation.state, operation.sends) == ("succeeded", 2)
    assert effects("mail") == ["service/mailupdate", "service/mailupdate"]


def test_mailbox_is_deleted_once_its_name_is_typed(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    where = page(BASIC, "mailboxes", box.public_id)

    unsure = own.post(where, {"delete": "marta"})
    sure = own.post(where, {"delete": f"marta@{BASIC}"})
    settle()

    assert unsure.status_code == 422
    assert "Type the name exactly" in words_of(unsure)
    assert sure.status_code == 302
    assert f"marta@{BASIC}" not in names()
    assert effects("mail") == ["service/maildelete"]
    assert own.get(where).status_code == 404


def test_mailbox_whose_identifier_means_another_by_now_is_not_deleted(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)
    box, other = (Mailbox.objects.get(name=f"{local}@{BASIC}") for local in ("marta", "hola"))
    Mailbox.objects.filter(pk=box.pk).update(remote_id=other.remote_id)

    own.post(page(BASIC, "mailboxes", box.public_id), {"delete": box.name})
    settle()
    settle()

    operation = last("hosting.delete_mailbox")
    assert (operation.state, operation.reason) == ("failed", "conflict")
    assert effects("mail") == []


def test_deletion_whose_answer_is_lost_is_done_once(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    faulty("service/maildelete", "reset_after")

    own.post(page(BASIC, "mailboxes", box.public_id), {"delete": box.name})
    settle()

    assert last("hosting.delete_mailbox").state == "succeeded"
    assert effects("mail") == ["service/maildelete"]


def test_several_mailboxes_may_change_at_once_and_one_only_once(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    box = Mailbox.objects.get(name=f"marta@{BASIC}")
    where = page(BASIC, "mailboxes", box.public_id)

    own.post(BOXES, {"name": "uno", "password": SECRET, "form": "a"})
    own.post(BOXES, {"name": "dos", "password": SECRET, "form": "b"})
    own.post(where, {"password": SECRET, "form": "c"})
    rival = own.post(where, {"delete": box.name})
    settle()

    assert rival.status_code == 409
    assert "being changed already" in words_of(rival)
    assert {f"uno@{BASIC}", f"dos@{BASIC}", box.name} <= names()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": "", "password": SECRET}, "Write what stands before the @"),
        ({"name": "a b", "password": SECRET}, "Use letters without accents"),
        ({"name": "x@elsewhere.com", "password": SECRET}, f"must end with @{BASIC}"),
        ({"name": "hola", "password": SECRET}, "There is one with this name already"),
        ({"name": "ventas", "password": "Short-1"}, "at least 10 characters"),
        ({"name": "ventas", "password": "aaaaaaaaaaaaaa"}, "too easy to guess"),
        ({"name": "ventas", "password": "Ventas-92-kQz-77"}, "must not hold the name"),
        ({"name": "ventas", "password": "Ñandú-verde-77-kq"}, "letters without accents"),
    ],
    ids=["no-name", "space", "elsewhere", "there", "short", "same", "name-in-it", "accents"],
)
def test_wrong_mailbox_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], data: dict[str, str], text: str
) -> None:
    held(BASIC)

    answer = own.post(BOXES, {**data, "form": "a"})

    assert answer.status_code == 422
    assert text in words_of(answer)
    assert not data["password"] or data["password"] not in answer.content.decode()
    assert not Operation.objects.filter(kind="hosting.create_mailbox").exists()


def test_full_plan_says_so_before_the_button_is_pressed(
    own: Client, held: Callable[..., Domain], effects: Any
) -> None:
    domain = held(BASIC)
    plan = domain.hosting_plan
    plan.meters["mailboxes"]["maximum"] = 3
    plan.save()

    shown = own.get(BOXES)
    pressed = own.post(BOXES, {"name": "ventas", "password": SECRET, "form": "a"})

    assert "3 of 3" in words_of(shown)
    assert "larger plan" in words_of(shown)
    assert 'name="password"' not in shown.content.decode()
    assert pressed.status_code == 422
    assert effects("mail") == []


@pytest.mark.parametrize("name", [RUN_OUT, BARE], ids=["run-out", "no-plan"])
def test_without_a_working_plan_nothing_can_be_added(
    own: Client, held: Callable[..., Domain], name: str
) -> None:
    held(name)

    shown, pressed = own.get(page(name, "mailboxes")), own.post(page(name, "mailboxes"), {"name": "a"})

    assert "no hosting plan that works" in words_of(shown)
    assert pressed.status_code == 422
    assert not Operation.objects.filter(kind="hosting.create_mailbox").exists()


def test_mailbox_that_two_readings_lack_is_gone(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    held(BASIC)
    gone = next(row for row in at_registrar(sandbox) if row["name"].startswith("marta"))
    control(sandbox, "POST", "/world/mrdomain", {"service": BASIC, "set": {"drop": gone["entityID"]}})

    own.post(BOXES, {"read": "1"})
    settle()
    once = names()
    own.post(BOXES, {"read": "1"})
    settle()

    assert f"marta@{BASIC}" in once
    assert f"marta@{BASIC}" not in names()


def test_others_find_nothing(
    held: Callable[..., Domain], sign_in: Any, make_user: Any, make_customer: Any
) -> None:
    held(BASIC)
    stranger = sign_in(make_user("stranger@demo.test", customer=make_customer("Strange Ltd")))

    assert stranger.get(BOXES).status_code == 404
    assert stranger.post(BOXES, {"name": "ventas", "password": SECRET}).status_code == 404


def test_reader_sees_and_changes_nothing(
    held: Callable[..., Domain], sign_in: Any, make_user: Any, customer: Any
) -> None:
    held(BASIC)
    reader = sign_in(make_user("reader@demo.test", customer=customer, role="reader"))

    shown = reader.get(BOXES)

    assert shown.status_code == 200
    assert 'name="password"' not in shown.content.decode()
    assert reader.post(BOXES, {"name": "ventas", "password": SECRET}).status_code == 403


def test_staff_and_brand_have_the_same_pages(
    held: Callable[..., Domain], sign_in: Any, make_user: Any, staff: Any, operator: Any, settle: Any
) -> None:
    held(BASIC)
    office, brand = sign_in(staff), sign_in(make_user("brand@demo.test", brand=operator))

    office.post(
        f"/office/domains/{BASIC}/hosting/mailboxes/", {"name": "uno", "password": SECRET, "form": "a"}
    )
    brand.post(f"/brand/domains/{BASIC}/hosting/mailboxes/", {"name": "dos", "password": SECRET, "form": "b"})
    settle()

    assert {f"uno@{BASIC}", f"dos@{BASIC}"} <= names()
    assert f"uno@{BASIC}" in words_of(brand.get(f"/brand/domains/{BASIC}/hosting/mailboxes/"))


def test_list_costs_the_same_number_of_queries_however_long(
    own: Client, held: Callable[..., Domain], django_assert_max_num_queries: Any
) -> None:
    domain = held(BASIC)
    own.get(BOXES)
    Mailbox.objects.bulk_create(
        Mailbox(domain=domain, name=f"box{number}@{BASIC}", quota=100, usage=50) for number in range(60)
    )

    with django_assert_max_num_queries(40):
        own.get(BOXES)


def test_plan_for_redirects_alone_has_no_room_for_mailboxes(own: Client, held: Callable[..., Domain]) -> None:
    held(REDIRECTS_ONLY)

    shown = words_of(own.get(page(REDIRECTS_ONLY, "mailboxes")))

    assert "0 of 0" in shown

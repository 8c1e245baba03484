"""FTP users and databases: what is set together, what never shows, and the one that is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.account.models import Exchange
from panel.domain.models import Domain
from panel.hosting.models import Database, FtpAccount
from panel.operation.models import Operation
from tests.conftest import control
from tests.hosting.scenes import BASIC, SECRET, last, page
from tests.selfservice.pages import words_of

FTP, DATABASES = page(BASIC, "ftp"), page(BASIC, "databases")


def at_registrar(sandbox: Any, kind: str) -> list[dict[str, Any]]:
    """What the registrar has of a kind, passwords in clear."""
    services = control(sandbox, "GET", "/state/mrdomain")["services"]
    rows: list[dict[str, Any]] = next(row for row in services if row["name"] == BASIC)[kind]
    return rows


# --- FTP ------------------------------------------------------------------------------------------------------------


def test_ftp_user_is_created_changed_and_deleted(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any, effects: Any
) -> None:
    held(BASIC)

    own.post(FTP, {"name": "Blog", "path": "public/blog/", "password": SECRET, "form": "a"})
    settle()
    made = FtpAccount.objects.get(name=f"blog.{BASIC}")
    where = page(BASIC, "ftp", made.public_id)
    own.post(where, {"path": "public/news/", "password": SECRET + "x", "form": "b"})
    settle()
    changed = next(row for row in at_registrar(sandbox, "ftp") if row["name"] == made.name)
    own.post(where, {"delete": made.name})
    settle()

    made.refresh_from_db()
    assert (changed["ftpPath"], changed["password"]) == ("public/news/", SECRET + "x")
    assert made.path == "public/news/"
    assert made.gone_at is not None
    assert effects("ftp") == ["service/ftpcreate", "service/ftpupdate", "service/ftpdelete"]


def test_ftp_page_shows_where_to_connect(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC)

    shown = words_of(own.get(FTP))

    assert f"ftp.{BASIC}" in shown
    assert f"/var/www/{BASIC}/" in shown
    assert "1 of 10" in shown


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": "", "path": "public/"}, "Give the user a name"),
        ({"name": "a.b", "path": "public/"}, "Use letters without accents, digits, _ and -"),
        ({"name": "blog", "path": ""}, "Write a folder"),
        ({"name": "blog", "path": "public/../../etc"}, "Write a folder such as"),
    ],
    ids=["no-name", "dot", "no-folder", "climbs-out"],
)
def test_wrong_ftp_user_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], data: dict[str, str], text: str
) -> None:
    held(BASIC)

    answer = own.post(FTP, {**data, "password": SECRET, "form": "a"})

    assert answer.status_code == 422
    assert text in words_of(answer)


def test_lost_answer_to_an_ftp_change_sets_the_same_again(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, sandbox: Any
) -> None:
    held(BASIC)
    main = FtpAccount.objects.get(name=f"ftp.{BASIC}")
    faulty("service/ftpupdate", "reset_after")

    own.post(page(BASIC, "ftp", main.public_id), {"path": "/", "password": SECRET, "form": "a"})
    settle()
    settle()

    (row,) = [row for row in at_registrar(sandbox, "ftp") if row["name"] == main.name]
    assert (last("hosting.change_ftp").state, last("hosting.change_ftp").sends) == ("succeeded", 2)
    assert row["password"] == SECRET


def test_user_that_belongs_to_the_plan_cannot_be_deleted_and_the_page_says_why(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)
    main = FtpAccount.objects.get(name=f"ftp.{BASIC}")

    own.post(page(BASIC, "ftp", main.public_id), {"delete": main.name})
    settle()
    settle()

    assert last("hosting.delete_ftp").state == "failed"
    assert "does not allow it" in words_of(own.get(FTP))
    assert FtpAccount.objects.present().filter(pk=main.pk).exists()


# --- databases ------------------------------------------------------------------------------------------------------


def test_database_is_named_by_the_registrar_and_its_password_made_here(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    held(BASIC)
    before = set(Database.objects.values_list("name", flat=True))

    answer = own.post(DATABASES, {"password": "", "external_access": "on", "form": "a"})
    made = last("hosting.create_database").secrets["password"]
    settle()

    (new,) = Database.objects.present().exclude(name__in=before)
    (row,) = [row for row in at_registrar(sandbox, "ddbb") if row["name"] == new.name]
    assert made in answer.content.decode()
    assert (row["password"], row["externalAccess"]) == (made, True)
    assert (new.user, new.external_access) == (new.name, True)
    assert new.name in words_of(own.get(DATABASES))


def test_lost_database_is_found_as_the_one_more_than_before(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(BASIC)
    faulty("service/ddbbcreate", "reset_after")

    own.post(DATABASES, {"password": SECRET, "form": "a"})
    settle()

    assert last("hosting.create_database").state == "succeeded"
    assert effects("ddbb") == ["service/ddbbcreate"]
    assert Database.objects.present().count() == 2


def test_only_one_database_is_made_at_a_time(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)

    own.post(DATABASES, {"password": SECRET, "form": "a"})
    second = own.post(DATABASES, {"password": SECRET, "form": "b"})
    settle()
    third = own.post(DATABASES, {"password": SECRET, "form": "c"})
    settle()

    assert (second.status_code, third.status_code) == (409, 302)
    assert effects("ddbb") == ["service/ddbbcreate"] * 2


def test_access_from_outside_is_read_and_changed(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    held(BASIC)
    base = Database.objects.get()
    known = base.external_access

    own.post(
        page(BASIC, "databases", base.public_id), {"password": SECRET, "external_access": "on", "form": "a"}
    )
    settle()

    base.refresh_from_db()
    assert (known, base.external_access) == (False, True)
    assert at_registrar(sandbox, "ddbb")[0]["password"] == SECRET


def test_passwords_that_the_registrar_returns_stay_at_its_door(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], sandbox: Any
) -> None:
    held(BASIC)
    own.post(FTP, {"name": "blog", "path": "public/", "password": SECRET, "form": "a"})
    own.post(DATABASES, {"password": SECRET, "form": "b"})
    settle()
    own.post(FTP, {"read": "1"})
    settle()

    secrets = {row["password"] for kind in ("ftp", "ddbb", "mail") for row in at_registrar(sandbox, kind)}
    told = repr([
        list(Exchange.objects.values()),
        list(Operation.objects.values("payload", "result", "starts_from", "note")),
        list(FtpAccount.objects.values()),
        list(Database.objects.values()),
        own.get(FTP).content,
        own.get(DATABASES).content,
    ])  # fmt: skip
    assert len(secrets) > 3
    assert [word for word in secrets if word in told] == []

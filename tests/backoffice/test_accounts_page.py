"""Adding an account, replacing its credentials, pausing it, importing what it holds."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from panel.account import tasks
from panel.account.models import Account, AccountState, ConnectionTest, SyncRun
from panel.domain.models import Domain
from panel.domain.tasks import sync_contacts, sync_domains

HTMX = {"HTTP_HX_REQUEST": "true"}


def entered(sandbox: Any, **changes: str) -> dict[str, str]:
    return {
        "label": "Second account",
        "place": "custom",
        "address": sandbox.mrdomain_url,
        "is_sandbox": "on",
        "credential_apiuser": "demo",
        "credential_apipasswd": "demo",
        "threshold": "25.00",
        **changes,
    }


def test_new_account_is_tested_before_it_exists(office: Client, sandbox: Any, db: None) -> None:
    response = office.post("/office/accounts/new/?family=mrdomain", entered(sandbox))

    test = ConnectionTest.objects.get()
    address = reverse("office:connection-test", args=[test.public_id])
    assert response["Location"] == address
    assert not Account.objects.exists()
    assert office.get(address, **HTMX).status_code == 200
    tasks.test_connection(test.pk)
    ended = office.get(address, **HTMX)
    assert ended.status_code == 286
    assert Account.objects.get().public_id in ended.content.decode()


def test_refused_credentials_keep_everything_but_the_secret(office: Client, sandbox: Any, db: None) -> None:
    office.post(
        "/office/accounts/new/?family=mrdomain", entered(sandbox, credential_apipasswd="wrong-secret")
    )
    test = ConnectionTest.objects.get()
    tasks.test_connection(test.pk)

    page = office.get(reverse("office:connection-test", args=[test.public_id])).content.decode()

    assert "refuses these credentials" in page
    assert 'value="Second account"' in page
    assert 'value="demo"' in page
    assert 'value="25.00"' in page
    assert "wrong-secret" not in page


def test_new_account_with_mistakes_is_422_and_shows_no_secret(
    office: Client, registrar_account: Account, sandbox: Any
) -> None:
    response = office.post(
        "/office/accounts/new/?family=mrdomain",
        entered(
            sandbox,
            label=registrar_account.label,
            address="http://example.com",
            is_sandbox="",
            credential_apipasswd="s3cr3t",
        ),
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"label", "address"}
    assert "s3cr3t" not in response.content.decode()


def test_replacing_credentials_keeps_the_old_ones_until_they_pass(
    office: Client, registrar_account: Account
) -> None:
    address = reverse("office:account-credentials", args=[registrar_account.public_id])

    office.post(address, {"credential_apiuser": "demo", "credential_apipasswd": "wrong"})
    tasks.test_connection(ConnectionTest.objects.get().pk)

    registrar_account.refresh_from_db()
    assert registrar_account.credentials["apipasswd"] == "demo"


def test_account_page_never_shows_credentials(office: Client, registrar_account: Account) -> None:
    registrar_account.credentials = {"apiuser": "visible-user", "apipasswd": "hidden-word"}
    registrar_account.save()

    page = office.get(reverse("office:account", args=[registrar_account.public_id])).content.decode()

    assert "hidden-word" not in page
    assert "visible-user" not in page


def test_pause_needs_a_reason_and_resume_ends_it(office: Client, registrar_account: Account) -> None:
    pause = reverse("office:account-action", args=[registrar_account.public_id, "pause"])

    office.post(pause, {"reason": " "})
    registrar_account.refresh_from_db()
    assert registrar_account.state == AccountState.ACTIVE

    office.post(pause, {"reason": "audit"})
    registrar_account.refresh_from_db()
    assert registrar_account.state == AccountState.PAUSED
    assert "audit" in registrar_account.state_note

    office.post(reverse("office:account-action", args=[registrar_account.public_id, "resume"]))
    registrar_account.refresh_from_db()
    assert registrar_account.state == AccountState.ACTIVE


def test_settings_are_saved(office: Client, registrar_account: Account) -> None:
    address = reverse("office:account", args=[registrar_account.public_id])

    office.post(address, {"label": "Renamed", "threshold": "", "is_default": ""})

    registrar_account.refresh_from_db()
    assert (registrar_account.label, registrar_account.threshold) == ("Renamed", None)
    assert not registrar_account.is_default


def test_import_shows_progress_and_ends_with_what_to_assign(
    office: Client, registrar_account: Account
) -> None:
    address = reverse("office:import", args=[registrar_account.public_id])

    office.post(address)

    runs = {run.kind: run for run in SyncRun.objects.all()}
    assert set(runs) == {"domains", "contacts"}
    assert office.get(address, **HTMX).status_code == 200
    sync_domains(runs["domains"].pk)
    SyncRun.objects.filter(kind="contacts").update(state="done")
    sync_contacts(runs["contacts"].pk)
    ended = office.get(address, **HTMX)
    assert ended.status_code == 286
    assert f"{Domain.objects.count()} names have no customer yet" in ended.content.decode()


def test_import_twice_at_once_is_one(office: Client, registrar_account: Account) -> None:
    address = reverse("office:import", args=[registrar_account.public_id])

    office.post(address)
    office.post(address)

    assert SyncRun.objects.count() == 2


def test_import_of_a_stopped_account_is_not_started(office: Client, registrar_account: Account) -> None:
    Account.objects.update(state=AccountState.STOPPED)

    office.post(reverse("office:import", args=[registrar_account.public_id]))

    assert not SyncRun.objects.exists()

"""Accounts of every family: what the form asks, where the sandbox is, and what a test proves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from panel.account import services, tasks
from panel.account.families import SANDBOX_PLACES, sandbox_address, sandbox_credentials
from panel.account.forms import AccountForm, AccountSettingsForm, ReplaceCredentialsForm
from panel.account.models import Account, ConnectionTest, SyncRun
from panel.account.queries import low_accounts
from registrar import FAMILIES

GOOD = {
    "mrdomain": {"apiuser": "demo", "apipasswd": "demo"},
    "netim": {"reseller": "DEMO01", "password": "demo"},
    "bookmyname": {"dist_id": "13490", "dist_passwd": "demo"},
    "namecom": {"username": "demo-ote", "api_token": "demo"},
}


@pytest.fixture
def office(staff: Any) -> Client:
    client = Client()
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")
    return client


def entered(family: str, **changes: str) -> dict[str, str]:
    credentials = {f"credential_{name}": value for name, value in GOOD[family].items()}
    return {"label": f"{family} account", "place": "sandbox", **credentials, **changes}


def address(sandbox: Any, family: str) -> str:
    return str(sandbox.url(family)).rstrip("/") + SANDBOX_PLACES[family][1]


@pytest.mark.parametrize("family", FAMILIES)
def test_form_asks_what_the_family_needs(office: Client, family: str) -> None:
    page = office.get(f"{reverse('office:account-new')}?family={family}")

    form = page.context["form"]
    asked = {name for name in form.fields if name.startswith("credential_")}
    assert asked == {f"credential_{field.name}" for field in FAMILIES[family].credential_fields}
    for field in FAMILIES[family].credential_fields:
        assert form.fields[f"credential_{field.name}"].required == field.required


def test_registrar_is_chosen_first(office: Client) -> None:
    page = office.get(reverse("office:account-new")).content.decode()

    for family in FAMILIES.values():
        assert f"?family={family.name}" in page
        assert family.label in page


def test_form_of_an_unknown_registrar_is_404(office: Client) -> None:
    assert office.get(f"{reverse('office:account-new')}?family=nobody").status_code == 404


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("mrdomain", "http://127.0.0.1:8701"),
        ("netim", "http://127.0.0.1:8702/2.0/"),
        ("bookmyname", "http://127.0.0.1:8703/apis.cgi"),
        ("namecom", "http://127.0.0.1:8704/api"),
    ],
)
@override_settings(SANDBOX_PORT=8700)
def test_sandbox_of_each_family_has_its_address(family: str, expected: str) -> None:
    assert sandbox_address(family) == expected


@override_settings(SANDBOX_PORT=8700)
@pytest.mark.django_db
def test_bookmyname_on_the_sandbox_asks_the_sandboxs_das() -> None:
    form = AccountForm(entered("bookmyname"), family="bookmyname")

    assert form.is_valid(), form.errors
    assert form.credentials == {**GOOD["bookmyname"], "das": "127.0.0.1:8705"}


@pytest.mark.django_db
def test_optional_credential_that_is_left_empty_is_not_kept() -> None:
    form = AccountForm(entered("bookmyname", place="production"), family="bookmyname")

    assert form.is_valid(), form.errors
    assert form.credentials == GOOD["bookmyname"]


@pytest.mark.parametrize(
    ("family", "typed", "kept"),
    [
        ("netim", "https://test.netim.test/2.0", "https://test.netim.test/2.0/"),
        ("netim", "https://test.netim.test/2.0/", "https://test.netim.test/2.0/"),
        ("namecom", "https://api.dev.test/api/", "https://api.dev.test/api"),
        ("mrdomain", "https://simple.test:443/", "https://simple.test:443"),
    ],
)
@pytest.mark.django_db
def test_address_ends_as_the_family_writes_it(family: str, typed: str, kept: str) -> None:
    form = AccountForm(entered(family, place="custom", address=typed), family=family)

    assert form.is_valid(), form.errors
    assert form.target == (kept, False)


@pytest.mark.django_db
def test_form_that_failed_comes_back_with_its_place() -> None:
    test = ConnectionTest(
        label="x", family="netim", endpoint=sandbox_address("netim"), is_sandbox=True, credentials={}
    )

    assert AccountForm.again(test).initial["place"] == "sandbox"


@pytest.mark.parametrize("family", FAMILIES)
def test_account_is_tested_at_its_registrar_and_then_kept(db: None, sandbox: Any, family: str) -> None:
    test = ConnectionTest.objects.create(
        label="New",
        family=family,
        endpoint=address(sandbox, family),
        is_sandbox=True,
        credentials=GOOD[family],
    )

    tasks.test_connection(test.pk)

    account = Account.objects.get()
    can = FAMILIES[family].capabilities.find
    assert account.currency == FAMILIES[family].currency
    assert (account.balance is not None) == can("account.info").usable
    kinds = set(SyncRun.objects.values_list("kind", flat=True))
    assert kinds == ({"catalogue"} if can("account.zones").usable else set())


@pytest.mark.parametrize("family", FAMILIES)
def test_wrong_credentials_become_no_account(db: None, sandbox: Any, family: str) -> None:
    secret = next(field.name for field in FAMILIES[family].credential_fields if field.secret)
    test = ConnectionTest.objects.create(
        label="New",
        family=family,
        endpoint=address(sandbox, family),
        is_sandbox=True,
        credentials={**GOOD[family], secret: "hunter2-not-it"},
    )

    tasks.test_connection(test.pk)

    test.refresh_from_db()
    assert test.state == ConnectionTest.State.FAILED
    assert "refuses these credentials" in test.message
    assert "hunter2" not in test.message + str(test.credentials)
    assert not Account.objects.exists()


@pytest.fixture
def silent(db: None, sandbox: Any) -> Account:
    """An account whose API tells no balance."""
    return Account.objects.create(
        label="BookMyName",
        family="bookmyname",
        endpoint=address(sandbox, "bookmyname"),
        is_sandbox=True,
        credentials={**GOOD["bookmyname"], "das": "127.0.0.1:9"},
    )


def test_account_without_a_balance_says_so(office: Client, silent: Account) -> None:
    page = office.get(reverse("office:account", args=[silent.public_id])).content.decode()
    listing = office.get(reverse("office:accounts")).content.decode()

    assert "does not tell it" in page
    assert "Not told by its API" in listing
    assert "0.00" not in page + listing
    assert "€0" not in page + listing


def test_account_without_a_balance_is_never_low(silent: Account) -> None:
    Account.objects.update(threshold=100)

    assert not low_accounts().exists()
    assert "threshold" not in AccountSettingsForm(instance=silent).fields
    assert "threshold" not in AccountForm(family="bookmyname").fields


def test_account_without_a_balance_is_greeted_instead(silent: Account) -> None:
    assert services.refresh(silent)

    silent.refresh_from_db()
    assert silent.refreshed_at is not None
    assert silent.balance is None


def test_replacing_credentials_keeps_what_is_optional(silent: Account) -> None:
    assert ReplaceCredentialsForm.initial_for(silent) == {"credential_das": "127.0.0.1:9"}


def test_sandbox_knows_nothing_more_of_other_families() -> None:
    assert sandbox_credentials("netim") == {}


def test_account_whose_costs_are_kept_by_hand_reads_none(office: Client, silent: Account) -> None:
    tasks.refresh_catalogues()
    office.post(reverse("office:account-action", args=[silent.public_id, "catalogue"]))

    assert not SyncRun.objects.exists()

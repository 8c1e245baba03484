"""Encrypted fields: what is stored, what cannot be read, and how keys are changed."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection

from panel.account.models import Account
from panel.core.encryption import DUMPED, DecryptionFailed, decrypt, encrypt
from panel.core.rotation import encrypted_fields

OLD, NEW = ("old", b"o" * 32), ("new", b"n" * 32)
SECRET = "canary-4711"


@pytest.fixture
def account(db: None) -> Account:
    """An account with a secret."""
    return Account.objects.create(
        label="Main", family="mrdomain", endpoint="https://registrar.test", credentials={"apipasswd": SECRET}
    )


def stored(account: Account, column: str = "credentials") -> str:
    """The column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Account._meta.db_table} WHERE id = %s", [account.pk])
        return str(cursor.fetchone()[0])


def store(account: Account, value: str) -> None:
    """Put something into the column behind the model's back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Account._meta.db_table} SET credentials = %s WHERE id = %s", [value, account.pk]
        )


def test_field_stores_ciphertext_with_its_keys_id_and_reads_the_value(
    account: Account, settings: Any
) -> None:
    settings.FIELD_KEYS = (NEW, OLD)
    account.save()

    assert SECRET not in stored(account)
    assert stored(account).startswith("new:")
    assert Account.objects.get(pk=account.pk).credentials == {"apipasswd": SECRET}


def test_same_value_twice_is_stored_differently() -> None:
    assert encrypt(SECRET, context="a.b") != encrypt(SECRET, context="a.b")


def test_unknown_key_raises_instead_of_handing_out_ciphertext(account: Account, settings: Any) -> None:
    settings.FIELD_KEYS = (NEW,)

    with pytest.raises(DecryptionFailed, match="no key"):
        Account.objects.get(pk=account.pk)


def test_another_key_under_the_same_id_raises(settings: Any) -> None:
    settings.FIELD_KEYS = (("k", b"a" * 32),)
    token = encrypt(SECRET, context="a.b")
    settings.FIELD_KEYS = (("k", b"b" * 32),)

    with pytest.raises(DecryptionFailed):
        decrypt(token, context="a.b")


def test_ciphertext_copied_into_another_column_raises(account: Account) -> None:
    token = encrypt('{"apipasswd": "x"}', context="billing.cart.tld_fields")
    store(account, token)

    with pytest.raises(DecryptionFailed):
        Account.objects.get(pk=account.pk)


@pytest.mark.parametrize("damage", ["plain text", "dev:", "dev:AAAA", "dev:not base64 at all!"])
def test_damaged_value_raises(account: Account, damage: str) -> None:
    store(account, damage)

    with pytest.raises(DecryptionFailed):
        Account.objects.get(pk=account.pk)


def test_changed_ciphertext_raises() -> None:
    token = encrypt(SECRET, context="a.b")
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]

    with pytest.raises(DecryptionFailed):
        decrypt(changed, context="a.b")


def test_encrypted_field_cannot_be_searched(account: Account) -> None:
    with pytest.raises(FieldError):
        Account.objects.filter(credentials__contains=SECRET).exists()


def test_secret_is_in_no_text_of_the_row(account: Account) -> None:
    assert SECRET not in f"{account} {account!r}"


def test_rotation_puts_everything_under_the_first_key(account: Account, owner: Any, settings: Any) -> None:
    settings.FIELD_KEYS = (OLD,)
    account.save()
    secret = encrypt("TOTPSECRET", context="mfa.secret")
    row = Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": secret})
    settings.FIELD_KEYS = (NEW, OLD)
    said = StringIO()

    call_command("rotate_field_keys", stdout=said)

    settings.FIELD_KEYS = (NEW,)
    row.refresh_from_db()
    assert Account.objects.get(pk=account.pk).credentials == {"apipasswd": SECRET}
    assert decrypt(row.data["secret"], context="mfa.secret") == "TOTPSECRET"
    assert "registrar_account.account.credentials: 1 renewed" in said.getvalue()
    assert "second factors: 1 renewed" in said.getvalue()
    assert SECRET not in said.getvalue()


def test_rotation_twice_changes_nothing_the_second_time(account: Account) -> None:
    before = stored(account)
    said = StringIO()

    call_command("rotate_field_keys", stdout=said)

    assert stored(account) == before
    assert "account.credentials: 0 renewed" in said.getvalue()


def test_rotation_without_the_old_key_says_so_and_keeps_the_value(account: Account, settings: Any) -> None:
    before = stored(account)
    settings.FIELD_KEYS = (NEW,)

    with pytest.raises(CommandError, match="Keep the key"):
        call_command("rotate_field_keys", stdout=StringIO())
    assert stored(account) == before


def test_rotation_goes_through_more_than_one_batch(db: None, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("panel.core.rotation.BATCH", 2)
    settings.FIELD_KEYS = (OLD,)
    for number in range(5):
        Account.objects.create(
            label=f"A{number}", family="mrdomain", endpoint="https://r.test", credentials={"n": number}
        )
    settings.FIELD_KEYS = (NEW, OLD)

    call_command("rotate_field_keys", stdout=StringIO())

    settings.FIELD_KEYS = (NEW,)
    assert sorted(row.credentials["n"] for row in Account.objects.all()) == [0, 1, 2, 3, 4]


def test_rotation_knows_every_encrypted_field() -> None:
    contexts = {field.context for _model, field in encrypted_fields()}

    assert {"registrar_account.account.credentials", "billing.cart.tld_fields"} <= contexts


def test_dump_holds_ciphertext_and_loads_as_the_value(account: Account) -> None:
    out = StringIO()

    call_command("dumpdata", "registrar_account.account", stdout=out)

    assert SECRET not in out.getvalue()
    assert DUMPED in out.getvalue()
    account.delete()
    for loaded in serializers.deserialize("json", out.getvalue()):
        loaded.save()
    assert Account.objects.get().credentials == {"apipasswd": SECRET}
    assert SECRET not in stored(Account.objects.get())


def test_dump_of_another_key_is_refused_instead_of_loaded(account: Account, settings: Any) -> None:
    out = StringIO()
    call_command("dumpdata", "registrar_account.account", stdout=out)
    settings.FIELD_KEYS = [("other", b"o" * 32)]

    with pytest.raises(serializers.base.DeserializationError):
        list(serializers.deserialize("json", out.getvalue()))

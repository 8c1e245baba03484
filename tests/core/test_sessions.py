"""Sessions at rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from panel.core.sessions import EncryptedSerializer

pytestmark = pytest.mark.django_db


def test_session_is_not_readable_in_the_database(client: Any, owner: Any) -> None:
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
    session = client.session
    session["mfa.totp.secret"] = "CANARYSECRET"
    session.save()

    stored = Session.objects.get().session_data

    assert "CANARY" not in EncryptedSerializer().dumps({"secret": "CANARYSECRET"}).decode()
    assert "CANARY" not in stored
    assert client.session["mfa.totp.secret"] == "CANARYSECRET"


def test_session_under_a_key_that_is_gone_is_empty(settings: Any) -> None:
    data = EncryptedSerializer().dumps({"a": 1})

    settings.FIELD_KEYS = (("other", b"x" * 32),)

    assert EncryptedSerializer().loads(data) == {}


def test_totp_code_is_drawn_only_while_one_is_set_up(client: Any, owner: Any) -> None:
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
    assert client.get("/accounts/2fa/totp/code.svg").status_code == 404

    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()

    answer = client.get("/accounts/2fa/totp/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert "no-store" in answer["Cache-Control"]

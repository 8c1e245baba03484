"""E-mails about accounts: in the brand's name, to people who have business there, to nobody else."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client


def test_reset_mail_is_in_the_brands_name_and_leads_to_its_host(
    client: Client, alder: Any, make_customer: Any, make_user: Any, mailoutbox: list[Any]
) -> None:
    make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder))

    client.post(
        "/accounts/password/reset/", {"email": "rowan@demo.test"}, headers={"host": "alder.localhost"}
    )

    (mail,) = mailoutbox
    assert mail.subject == "Alder Hosting: Set a new password"
    assert mail.from_email == "Alder Hosting <help@alder.test>"
    assert "http://alder.localhost/accounts/password/reset/key/" in mail.body
    assert "Nameward" not in mail.body


def test_reset_link_sets_a_password_once(client: Client, owner: Any, mailoutbox: list[Any]) -> None:
    client.post("/accounts/password/reset/", {"email": "owner@demo.test"})
    link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)
    assert link
    form = client.get(link[1], follow=True)
    new = {"password1": "four unrelated words", "password2": "four unrelated words"}

    client.post(form.request["PATH_INFO"], new)
    again = client.get(link[1], follow=True)

    owner.refresh_from_db()
    assert owner.check_password("four unrelated words")
    assert "This link has been used" in again.content.decode()
    assert mailoutbox[-1].subject == "Nameward: Your password was changed"


def test_reset_for_an_unknown_address_sends_nothing_and_looks_the_same(
    client: Client, owner: Any, alder: Any, mailoutbox: list[Any]
) -> None:
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@demo.test"})
    elsewhere = client.post(
        "/accounts/password/reset/", {"email": "owner@demo.test"}, headers={"host": "alder.localhost"}
    )
    sent = len(mailoutbox)
    known = client.post("/accounts/password/reset/", {"email": "owner@demo.test"})

    assert sent == 0
    assert len(mailoutbox) == 1
    assert unknown["Location"] == elsewhere["Location"] == known["Location"]


def test_a_changed_password_is_told_by_mail(client: Client, owner: Any, mailoutbox: list[Any]) -> None:
    client.post("/accounts/login/", {"login": "owner@demo.test", "password": "nameward-demo"})
    new = {"password1": "four unrelated words", "password2": "four unrelated words"}

    client.post("/accounts/password/change/", {"oldpassword": "nameward-demo", **new})

    (mail,) = mailoutbox
    assert mail.subject == "Nameward: Your password was changed"
    assert "127.0.0.1" in mail.body
    assert "sign the other sessions out" in mail.body

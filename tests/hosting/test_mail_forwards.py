"""Mail forwards at both registrars that have them: with identifiers and without, at once and after a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.domain.models import Domain
from panel.hosting.models import Alias
from panel.operation.models import Operation
from tests.conftest import control
from tests.hosting.scenes import BASIC, last, page
from tests.selfservice.pages import words_of

FORWARDS = page(BASIC, "aliases")
# At Netim in the sandbox's world: a name with mail forwards, and one without.
WITH, WITHOUT = "phare-numerique.fr", "carnets-de-garonne.org"


@pytest.fixture
def at_netim(make_account: Callable[..., Any], held: Callable[..., Domain]) -> Callable[..., Domain]:
    """`at_netim(name)`: a name of the customer that Netim holds, its hosting read."""
    account = make_account("netim")

    def hold(name: str, **fields: Any) -> Domain:
        return held(name, account=account, **fields)

    return hold


def targets(name: str) -> list[str] | None:
    """Where the mirror says that mail to an address goes; None where there is no such forward."""
    row = Alias.objects.present().filter(name=name).first()
    return row.targets if row is not None else None


def test_forward_is_created_changed_and_deleted(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)

    own.post(FORWARDS, {"name": "equipo", "targets": "ada@cedar.test\nbob@cedar.test", "form": "a"})
    settle()
    made = Alias.objects.get(name=f"equipo@{BASIC}")
    where = page(BASIC, "aliases", made.public_id)
    filled = own.get(where).content.decode()
    own.post(where, {"targets": "carla@cedar.test", "form": "b"})
    settle()
    changed = targets(made.name)
    own.post(where, {"delete": made.name})
    settle()

    assert made.targets == ["ada@cedar.test", "bob@cedar.test"]
    assert "ada@cedar.test\nbob@cedar.test" in filled
    assert changed == ["carla@cedar.test"]
    assert targets(made.name) is None
    assert effects("alias") == [
        "service/mailaliascreate",
        "service/mailaliasupdate",
        "service/mailaliasdelete",
    ]


@pytest.mark.parametrize("action", ["service/mailaliascreate", "service/mailaliasupdate"])
def test_lost_answer_is_found_in_the_list_and_nothing_is_sent_twice(
    own: Client,
    held: Callable[..., Domain],
    settle: Callable[[], None],
    faulty: Any,
    effects: Any,
    action: str,
) -> None:
    held(BASIC)
    existing = Alias.objects.get(name=f"info@{BASIC}")
    faulty(action, "reset_after")

    if action.endswith("create"):
        own.post(FORWARDS, {"name": "equipo", "targets": "ada@cedar.test", "form": "a"})
    else:
        own.post(page(BASIC, "aliases", existing.public_id), {"targets": "ada@cedar.test", "form": "a"})
    settle()

    assert Operation.objects.exclude(kind="hosting.read").get().state == "succeeded"
    assert effects("alias") == [action]
    assert ["ada@cedar.test"] in [row.targets for row in Alias.objects.present()]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": "equipo", "targets": ""}, "Give at least one address"),
        ({"name": "equipo", "targets": "ada@cedar.test\nnobody"}, "nobody is not an e-mail address"),
        ({"name": "equipo", "targets": f"equipo@{BASIC}"}, "It cannot lead to itself"),
        ({"name": "info", "targets": "ada@cedar.test"}, "There is one with this name already"),
        ({"name": "-x-", "targets": "ada@cedar.test"}, "Use letters without accents"),
    ],
    ids=["none", "no-address", "itself", "there", "no-name"],
)
def test_wrong_forward_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], data: dict[str, str], text: str
) -> None:
    held(BASIC)

    answer = own.post(FORWARDS, {**data, "form": "a"})

    assert answer.status_code == 422
    assert text in words_of(answer)
    assert data["targets"].split("\n")[0] in answer.content.decode()


def test_targets_with_accented_domains_are_kept_as_a_labels(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    held(BASIC)

    own.post(FORWARDS, {"name": "equipo", "targets": "Petra@müller-bau.com, ada@cedar.test", "form": "a"})
    settle()

    assert targets(f"equipo@{BASIC}") == ["Petra@xn--mller-bau-q9a.com", "ada@cedar.test"]


# --- where there are no plans and no identifiers --------------------------------------------------------------------


def test_netim_shows_forwards_and_no_mailboxes(own: Client, at_netim: Callable[..., Domain]) -> None:
    at_netim(WITH)

    overview = words_of(own.get(page(WITH)))
    shown = words_of(own.get(page(WITH, "aliases")))

    assert "This name can forward mail and web addresses" in overview
    assert "Mailboxes" not in overview.replace("Mailboxes and web space", "")
    assert f"contact@{WITH}" in shown
    assert "everything else" in shown


def test_netim_forward_waits_until_the_registrar_has_it(
    own: Client,
    at_netim: Callable[..., Domain],
    run_due: Callable[..., int],
    settle: Callable[[], None],
    settings: Any,
) -> None:
    at_netim(WITH)
    where = page(WITH, "aliases")
    # So short that the registrar's own time, a second or more, does not fit into a call.
    settings.OPERATION_CALL_SECONDS = 4

    own.post(where, {"name": "presse", "targets": "ada@cedar.test", "form": "a"})
    run_due(hurry=True)
    accepted = last("hosting.create_alias").state
    meanwhile = words_of(own.get(where))
    settle()

    assert accepted == "waiting"
    assert "Being carried out" in meanwhile
    assert last("hosting.create_alias").state == "succeeded"
    assert targets(f"presse@{WITH}") == ["ada@cedar.test"]


def test_netim_lost_answer_makes_no_second_forward(
    own: Client, at_netim: Callable[..., Domain], settle: Callable[[], None], faulty: Any, sandbox: Any
) -> None:
    at_netim(WITH)
    faulty("domainMailFwdCreate", "reset_after", family="netim")

    own.post(page(WITH, "aliases"), {"name": "*", "targets": "ada@cedar.test", "form": "a"})
    own.post(page(WITH, "aliases"), {"name": "presse", "targets": "ada@cedar.test", "form": "b"})
    settle()
    settle()

    created = [
        row
        for row in control(sandbox, "GET", "/requests")["requests"]
        if row["action"] == "domainMailFwdCreate"
    ]
    assert last("hosting.create_alias").state == "succeeded"
    assert targets(f"presse@{WITH}") == ["ada@cedar.test"]
    assert len(created) == 1


def test_netim_forward_is_deleted_and_cannot_be_changed(
    own: Client, at_netim: Callable[..., Domain], settle: Callable[[], None]
) -> None:
    at_netim(WITH)
    row = Alias.objects.get(name=f"contact@{WITH}")
    where = page(WITH, "aliases", row.public_id)

    shown = words_of(own.get(where))
    changed = own.post(where, {"targets": "ada@cedar.test", "form": "a"})
    own.post(where, {"delete": row.name})
    settle()

    assert "Delete it, and create another in its place" in shown
    assert changed.status_code == 422
    assert targets(row.name) is None


def test_registrar_without_hosting_says_so_kindly(
    own: Client, held: Callable[..., Domain], make_account: Callable[..., Any]
) -> None:
    name = "harbor.com"
    held(name, account=make_account("bookmyname"), read=False)

    shown, list_, pressed = (
        own.get(page(name)),
        own.get(page(name, "mailboxes")),
        own.post(page(name), {"read": "1"}),
    )

    assert "There is no hosting for this name here" in words_of(shown)
    assert list_.status_code == 200
    assert pressed.status_code == 302
    assert not Operation.objects.exists()

"""What proves a change of a name's settings, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from panel.billing import ledger
from panel.contact.models import Contact
from panel.dns.operations import plan_zone, read_zone
from panel.domain import operations_settings as settings
from panel.domain.models import Domain
from panel.domain.operations_code import plan_auth_code
from panel.domain.operations_contacts import plan_contacts, plan_owner
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_glue import GlueChange, plan_glue
from panel.operation import registry
from panel.operation.looks import MOST_UNCLEAR
from panel.operation.models import Operation
from panel.operation.services import it_happened
from panel.operation.states import MOST_SENDS, State
from registrar import types
from tests.operation.crashing import work
from tests.operation.lives import handing_over
from tests.operation.settings_of_names import AT_NAMECOM, AT_NETIM, KEY, SIGNED, SWITCHES
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db


def after(operation: Operation, rounds: int = 2) -> Operation:
    for _ in range(rounds):
        work()
    operation.refresh_from_db()
    return operation


# --- every kind ------------------------------------------------------------------------------------------------------


def test_final_no_to_a_second_send_is_looked_into(
    order_name: Callable[..., Any], registrar_account: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name("quiet-harbor-lights.com")
    work()
    world = World(sandbox, "mrdomain")
    world.plant("domain/create", "late_effect", 1)
    after(operation, 3)
    assert (operation.state, operation.reason) == (State.QUEUED, "did_not_happen")
    world.settle()
    world.plant("domain/create", "code:2009", 1)

    after(operation, 2)

    assert operation.state == State.SUCCEEDED
    assert len(world.executed("domain/create")) == 1


def test_final_no_to_a_second_send_fails_when_nothing_is_found(
    order_name: Callable[..., Any], registrar_account: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name("quiet-harbor-lights.com")
    work()
    world = World(sandbox, "mrdomain")
    world.plant("domain/create", "reset_before", 1)
    after(operation, 3)
    world.plant("domain/create", "code:2009", 1)

    after(operation, 3)

    assert (operation.state, operation.reason) == (State.FAILED, "create_failed")
    assert operation.sends == 2
    assert ledger.held(customer) == 0


@pytest.mark.parametrize("story", SWITCHES, ids=str)
def test_person_vouches_for_a_switch_and_the_mirror_follows(story: Any, stage: Stage, staff: Any) -> None:
    operation = story.arrange(stage)
    Operation.objects.filter(pk=operation.pk).update(state=State.ATTENTION)

    assert it_happened(operation, actor=staff, reason="seen there")

    field = operation.kind.partition(".")[2].removeprefix("buy_")
    if field != "signing":
        domain = Domain.objects.get()
        wanted = operation.payload.get("value", operation.payload.get("nameservers", True))
        assert getattr(domain, field) == wanted


def test_registrar_that_does_not_tell_proves_nothing(stage: Stage) -> None:
    domain = stage.domain("bookmyname", "horizon-reseau.com")
    glue = types.GlueRecord("ns7.horizon-reseau.com", "192.0.2.7")
    operation = plan_glue(domain, GlueChange.CREATE, glue, actor=None)
    World(stage.sandbox, "bookmyname").plant("host_create", "reset_after", 1)

    after(operation, MOST_UNCLEAR + 2)

    assert (operation.state, operation.reason) == (State.ATTENTION, "nothing_proved")
    assert operation.sends == 1
    assert operation.note == "the registrar does not show hosts"


def test_finished_transaction_proves_what_the_registrar_does_not_show(stage: Stage) -> None:
    domain = stage.domain("bookmyname", "horizon-reseau.com")
    glue = types.GlueRecord("ns7.horizon-reseau.com", "192.0.2.7")
    operation = plan_glue(domain, GlueChange.CREATE, glue, actor=None)
    after(operation, 1)
    assert (operation.state, operation.subject) == (State.WAITING, "host:ns7.horizon-reseau.com")
    World(stage.sandbox, "bookmyname").settle()

    assert after(operation, 1).state == State.SUCCEEDED


def test_unfinished_operation_without_a_telling_word_proves_nothing(stage: Stage) -> None:
    domain = stage.domain("netim", AT_NETIM)
    operation = settings.plan_whois_privacy(domain, False, actor=None)
    world = World(stage.sandbox, "netim")
    world.plant("domainSetPreference", "reset_before", 1)
    work()
    with stage.driver("netim") as driver:
        driver.client.call("sessionSetPreference", "sync", "0")
        driver.domains.set_tag(AT_NETIM, "lanterns")
        driver.client.call("sessionSetPreference", "sync", "1")

    after(operation, 1)

    assert operation.attempts.order_by("-number").first().outcome == "unclear"
    assert "domainSetPreference" in operation.note


# --- nameservers -----------------------------------------------------------------------------------------------------


def test_order_and_letters_of_nameservers_do_not_matter(stage: Stage) -> None:
    wanted = ["ns1.lamps.example", "ns2.lamps.example"]
    operation = settings.plan_nameservers(stage.domain("namecom", AT_NAMECOM), wanted, actor=None)
    world = World(stage.sandbox, "namecom")
    world.plant("domain/update_nameservers", "reset_before", 1)
    work()
    world.change(domain=AT_NAMECOM, set={"nameservers": ["NS2.lamps.example", "ns1.lamps.example"]})

    assert after(operation, 1).state == State.SUCCEEDED


@pytest.mark.parametrize("wanted", [[], ["ns1.name.com", "ns2.name.com", "ns3.name.com", "ns4.name.com"]])
def test_registrars_own_nameservers_are_known_though_they_get_letters(
    wanted: list[str], stage: Stage
) -> None:
    domain = stage.domain("namecom", "bluestem-studio.com")
    operation = settings.plan_nameservers(domain, wanted, actor=None)
    World(stage.sandbox, "namecom").plant("domain/update_nameservers", "reset_after", 1)

    assert after(operation, 2).state == State.SUCCEEDED


# --- owner and contacts ----------------------------------------------------------------------------------------------


def test_owner_whom_somebody_else_set_is_not_paid_for(stage: Stage) -> None:
    operation = handing_over("netim")(stage)
    world = World(stage.sandbox, "netim")
    world.change(domain=AT_NETIM, set={"idOwner": operation.payload["owner"]})
    world.plant("domainTransferOwner", "code:E15-M1502", 9)

    after(operation, 3)

    assert operation.state == State.FAILED
    assert ledger.balance(stage.customer) == 500


def test_owner_at_a_registrar_without_handles_is_compared_by_content(stage: Stage) -> None:
    domain = stage.domain("namecom", AT_NAMECOM)
    operation = plan_owner(domain, stage.contact, actor=None, price=Decimal(0))
    World(stage.sandbox, "namecom").plant("domain/update_contacts", "reset_after", 1)

    after(operation, 2)

    assert (operation.state, operation.sends, operation.price) == (State.SUCCEEDED, 1, None)


def test_new_owner_is_copied_to_the_registrar_first(stage: Stage) -> None:
    operation = plan_owner(stage.domain("netim", AT_NETIM), stage.contact, actor=None, price=Decimal("9.90"))
    assert operation.state == State.PLANNED

    after(operation, 2)
    World(stage.sandbox, "netim").settle()
    after(operation, 1)

    assert operation.state == State.SUCCEEDED
    assert Domain.objects.get().owner.contact == stage.contact


def test_contacts_beside_the_owner_get_copies_of_their_own(stage: Stage) -> None:
    other = Contact.objects.create(
        customer=stage.customer,
        first_name="Brice",
        last_name="Lantern",
        email="brice@cedar.test",
        phone="+33.142000000",
        address="1 rue du Port",
        postal_code="75001",
        city="Paris",
        state="Paris",
        country="FR",
    )
    domain = stage.domain("netim", AT_NETIM)
    operation = plan_contacts(domain, {"admin": other, "tech": stage.contact}, actor=None)
    assert Operation.objects.filter(kind="contact.create", payload__is_owner=False).count() == 2

    after(operation, 4)

    assert (operation.state, operation.note) == (State.SUCCEEDED, operation.note)
    domain.refresh_from_db()
    assert (domain.admin.contact, domain.tech.contact) == (other, stage.contact)


def test_account_that_stands_where_a_contact_was_wanted_proves_that_it_was_not_changed(stage: Stage) -> None:
    world = World(stage.sandbox, "netim")
    world.change(add_domain={"domain": "lantern-at-dusk.com"})
    world.plant("domainChangeContact", "reset_before", 1)
    domain = stage.domain("netim", "lantern-at-dusk.com")
    operation = plan_contacts(domain, {"tech": stage.contact}, actor=None)

    after(operation, 6)

    assert (operation.state, operation.sends) == (State.SUCCEEDED, 2)


def test_contacts_wait_for_the_copy_that_takes_longer(stage: Stage) -> None:
    other = Contact.objects.create(
        customer=stage.customer, first_name="B", last_name="Lantern", email="b@cedar.test"
    )
    for name in ("phone", "address", "postal_code", "city", "state", "country"):
        setattr(other, name, getattr(stage.contact, name))
    other.save()
    operation = plan_contacts(
        stage.domain("netim", AT_NETIM), {"admin": other, "tech": stage.contact}, actor=None
    )
    slow = Operation.objects.get(kind="contact.create", pk=operation.payload["roles"]["admin"]["made_by"])
    Operation.objects.filter(pk=slow.pk).update(state=State.PLANNED)

    after(operation, 2)

    assert (operation.state, operation.sends, operation.waiting_for) == (State.QUEUED, 0, "registrar")
    Operation.objects.filter(pk=slow.pk).update(state=State.QUEUED)
    assert after(operation, 2).state == State.SUCCEEDED


# --- step by step ----------------------------------------------------------------------------------------------------


def test_steps_that_were_made_are_not_made_again(stage: Stage) -> None:
    other = types.DnssecKey(key_tag=12, algorithm=13, digest_type=2, digest="CD" * 32)
    operation = plan_dnssec(stage.domain("mrdomain", SIGNED), [KEY, other], actor=None)
    world = World(stage.sandbox, "mrdomain")
    world.plant("domain/dnssecdelete", "reset_before", 1)

    after(operation, 4)

    assert (operation.state, operation.sends) == (State.SUCCEEDED, 2)
    assert len(world.executed("domain/dnsseccreate")) == 2
    assert len(world.executed("domain/dnssecdelete")) == 1


def test_step_that_is_refused_behind_others_goes_to_a_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panel.account.throttle.take", lambda *_: None)
    operation = plan_dnssec(stage.domain("mrdomain", SIGNED), [KEY], actor=None)
    World(stage.sandbox, "mrdomain").plant("domain/dnssecdelete", "code:2201", 99)

    after(operation, 4 * MOST_SENDS)

    assert operation.state == State.ATTENTION
    assert operation.attempts.filter(message__contains="1 of 2 changes were made, then").exists()


def test_zone_that_moved_since_it_was_shown_is_left_alone(stage: Stage) -> None:
    domain = stage.domain("namecom", AT_NAMECOM)
    with stage.driver("namecom") as driver:
        shown = read_zone(driver, AT_NAMECOM)
        operation = plan_zone(domain, shown[1:], actor=None, seen=shown)
        driver.dns.delete(AT_NAMECOM, shown[-1])
    before = len(World(stage.sandbox, "namecom").executed())

    after(operation, 3)

    assert (operation.state, operation.reason) == (State.FAILED, "zone_moved")
    assert len(World(stage.sandbox, "namecom").executed()) == before


def test_zone_is_set_record_by_record_where_each_is_an_operation(stage: Stage) -> None:
    name = "walshboatyard.pro"
    domain = stage.domain("netim", name)
    with stage.driver("netim") as driver:
        shown = read_zone(driver, name)
    cname = next(record for record in shown if record.type == types.RecordType.CNAME)
    instead = types.DnsRecord(cname.name, types.RecordType.A, "192.0.2.80", ttl=3600)
    wanted = [record for record in shown if record != cname] + [instead]
    operation = plan_zone(domain, wanted, actor=None, seen=shown)

    after(operation, 1)

    assert (operation.state, operation.note) == (State.SUCCEEDED, operation.note)
    actions = [row["action"] for row in World(stage.sandbox, "netim").effects(name)]
    assert actions == ["domainZoneDelete", "domainZoneCreate"]


# --- auth code -------------------------------------------------------------------------------------------------------


def test_auth_code_never_enters_the_operation(stage: Stage) -> None:
    operation = plan_auth_code(stage.domain("bookmyname", "ruches-du-leman.com"), actor=None)
    with stage.driver("bookmyname") as driver:
        old = driver.domains.auth_code("ruches-du-leman.com")
        after(operation, 1)
        World(stage.sandbox, "bookmyname").settle()
        after(operation, 1)
        new = driver.domains.auth_code("ruches-du-leman.com")

    assert operation.state == State.SUCCEEDED
    assert old != new
    kept = f"{operation.payload}{operation.starts_from}{operation.result}{operation.note}"
    assert old not in kept
    assert new not in kept


def test_every_kind_of_a_name_is_registered_with_a_bound() -> None:
    for name, kind in registry.kinds().items():
        assert kind.deadline.days <= 31, name
        assert kind.calls >= 1, name

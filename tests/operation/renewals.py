"""Renewals and transfers in, at every family that has them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from panel.domain.operations_renew import plan_renew
from panel.domain.operations_transfer import plan_transfer
from panel.domain.operations_transfer_cancel import plan_call_off
from panel.domain.operations_transfer_restart import plan_transfer_restart
from panel.operation.models import Operation
from panel.operation.states import State
from tests.operation.crashing import work
from tests.operation.stage import Stage
from tests.operation.stories import POINTS, Story
from tests.operation.worlds import World

PRICE = Decimal("12.90")
# Names of which the registrar does not renew any by itself.
RENEWED = {
    "mrdomain": "soler-estudio.com",
    "netim": "bastienroux-photo.com",
    "bookmyname": "ruches-du-leman.com",
    "namecom": "byrne-ceramics.com",
}
# Of a registry that is too slow for Netim to wait for.
SLOW = "bastienroux-photo.fr"
COMING = "northern-lanterns.com"
# As often as it takes until a transfer has failed.
FIRST_ROUNDS = 4
# Where a second transfer could be taken for the first one.
AGAIN = ("before the send", "after the send", "after the answer", "in the look", "in the poll")


def fail_at_netim(*functions: str) -> Any:
    """The registry refuses what Netim has accepted."""

    def fail(world: World) -> None:
        for row in world.state()["operations"]:
            if row["STATUS"] == "Pending" and row["TYPE"] in functions:
                world.change(operation=int(row["ID_OPE"]), set={"status": "Failed", "message": "Refused"})

    return fail


def fail_at_bookmyname(action: str) -> Any:
    """BookMyName's transaction of this function is going to end in an error."""

    def doom(stage: Stage) -> None:
        World(stage.sandbox, "bookmyname").change(fail={action: 9})

    return doom


# --- renew ----------------------------------------------------------------------------------------------------------


def renewal(family: str, name: str = "") -> Any:
    """Arranges the renewal of the family's name by a year."""

    def arrange(stage: Stage) -> Operation:
        domain = stage.domain(family, name or RENEWED[family])
        assert domain.expires_on is not None
        return plan_renew(domain, years=1, expires_on=domain.expires_on, actor=None, price=PRICE)

    return arrange


RENEWALS = [
    Story(
        kind="domain.renew",
        family="mrdomain",
        arrange=renewal("mrdomain"),
        steps={"domain/renew": 1},
        subject=RENEWED["mrdomain"],
        refused="105",
        looked_into="2100",
    ),
    Story(
        kind="domain.renew",
        family="netim",
        arrange=renewal("netim"),
        steps={"domainRenew": 1},
        subject=RENEWED["netim"],
        refused="E13",
        looked_into="E15-M1502",
        unguarded=True,
    ),
    Story(
        kind="domain.renew",
        family="netim",
        variant="pending",
        arrange=renewal("netim", SLOW),
        steps={"domainRenew": 1},
        subject=SLOW,
        refused="E13",
        pends=True,
        unguarded=True,
        nothing=fail_at_netim("domainRenew"),
        points=tuple(POINTS[3:]),
    ),
    Story(
        kind="domain.renew",
        family="bookmyname",
        arrange=renewal("bookmyname"),
        doomed=fail_at_bookmyname("domain_renew"),
        steps={"domain_renew": 1},
        subject=RENEWED["bookmyname"],
        refused="-3",
        looked_into="-2",
        pends=True,
        unguarded=True,
    ),
    Story(
        kind="domain.renew",
        family="namecom",
        arrange=renewal("namecom"),
        steps={"domain/renew": 1},
        sent=("order",),
        subject=RENEWED["namecom"],
        refused="203",
        looked_into="240",
        unguarded=True,
    ),
]


# --- transfer -------------------------------------------------------------------------------------------------------


def transfer_in(family: str, owner: str) -> Any:
    """Arranges the transfer of a name that somebody else holds."""

    def arrange(stage: Stage) -> Operation:
        world = World(stage.sandbox, family)
        world.change(take_name=COMING)
        stage.handle(family, owner or next(own_contacts(world)))
        return ordered_in(stage, family)

    return arrange


def ordered_in(stage: Stage, family: str) -> Operation:
    """The order of the transfer, by a code that is right unless it is spoiled."""
    return plan_transfer(
        stage.customer,
        COMING,
        auth_code="wrong-code" if stage.spoiled else "Canary-Code-91",
        registrant=stage.contact,
        actor=None,
        account=stage.account(family),
        nameservers=["ns1.lamps.example", "ns2.lamps.example"] if family == "netim" else (),
        price=PRICE,
    )


def transfer_again(family: str) -> Any:
    """Arranges the transfer of a name, by its new code, which had failed by a wrong one."""

    def arrange(stage: Stage) -> Operation:
        world, spoiled = World(stage.sandbox, family), stage.spoiled
        stage.spoil(True)
        failed = transfer_in(family, "")(stage)
        for _ in range(FIRST_ROUNDS):
            work()
            world.settle()
        failed.refresh_from_db()
        assert failed.state == State.FAILED, failed.state
        stage.spoil(spoiled)
        return ordered_in(stage, family)

    return arrange


def own_contacts(world: World) -> Any:
    """Handles of contacts that may be registrants."""
    for row in world.state()["contacts"]:
        if row.get("isOwner", 1) in (1, "1"):
            yield str(row.get("contactID") or row.get("idContact") or row.get("id"))


def arrives_before(world: World) -> None:
    """The name is in the account already: somebody used the registrar's own panel."""
    world.change(free_name=COMING)
    world.change(add_domain={"domain": COMING})


def waits_for_a_code(stage: Stage) -> Operation:
    """Arranges another code for a transfer that stands still without one."""
    wanted = {"status": "transfer-pending", "transferStatus": "pending-auth", "tsExpir": ""}
    World(stage.sandbox, "mrdomain").change(add_domain={"domain": COMING, "set": wanted})
    domain = stage.domain("mrdomain", COMING, transfer_status="auth_code_needed")
    return plan_transfer_restart(domain, "Canary-Code-91", actor=None)


def handed_in_at_netim(stage: Stage) -> Operation:
    """Arranges calling a transfer off that waits for its approval."""
    transfer = transfer_in("netim", "")(stage)
    work()
    transfer.refresh_from_db()
    assert transfer.state == State.WAITING, transfer.note
    return plan_call_off(transfer, actor=None)


RESTARTS = [
    Story(
        kind="domain.transfer_restart",
        family="mrdomain",
        arrange=waits_for_a_code,
        steps={"domain/transferrestart": 1},
        subject=COMING,
        refused="2005",
        looked_into="2202",
        looks_first=True,
        same_twice=True,
    ),
    Story(
        kind="domain.transfer_cancel",
        family="netim",
        arrange=handed_in_at_netim,
        steps={"cancelOpe": 1},
        subject=COMING,
        refused="E13",
        same_twice=True,
        # A crash before it is sent, or a second send, leave the registry the time to be done with it: too late then.
        answers=("yes", "refused", "lost after"),
        points=tuple(POINTS[3:7]),
    ),
]

TRANSFERS = [
    Story(
        kind="domain.transfer",
        family="mrdomain",
        arrange=transfer_in("mrdomain", ""),
        doomed=lambda stage: stage.spoil(True),
        steps={"domain/transfer": 1},
        subject=COMING,
        refused="2005",
        looked_into="2010",
        taken=arrives_before,
        looks_first=True,
        pends=True,
    ),
    Story(
        kind="domain.transfer",
        family="netim",
        arrange=transfer_in("netim", ""),
        steps={"domainTransferIn": 1},
        subject=COMING,
        refused="E13",
        pends=True,
        nothing=fail_at_netim("domainTransferIn"),
    ),
    Story(
        kind="domain.transfer",
        family="bookmyname",
        arrange=transfer_in("bookmyname", ""),
        doomed=fail_at_bookmyname("domain_transfer"),
        steps={"domain_transfer": 1},
        subject=COMING,
        refused="-7",
        looked_into="-6",
        taken=arrives_before,
        looks_first=True,
        pends=True,
    ),
]
# What failed leaves the name in the account, as something that never came: it must not count as the new order's effect.
TRANSFERS += [
    replace(story, variant="again", arrange=transfer_again(story.family), points=AGAIN, taken=None)
    for story in TRANSFERS
]

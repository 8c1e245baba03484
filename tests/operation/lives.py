"""Deleting, restoring and handing over names, on the sandboxes of the families that suit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from panel.domain.operations_contacts import plan_owner
from panel.domain.operations_end import plan_delete, plan_restore
from panel.operation.models import Operation
from tests.operation.renewals import fail_at_bookmyname, fail_at_netim, own_contacts
from tests.operation.stage import Stage
from tests.operation.stories import Story
from tests.operation.worlds import World

Arrangement = Callable[[Stage], Operation]
PRICE = Decimal("42.80")
GIVEN_UP = {"bookmyname": "ruches-du-leman.eu", "netim": "carnets-de-garonne.org"}
RESTORED = "walsh-chandlery.com"
HANDED_OVER = {
    "netim": "bastienroux-photo.com",
    "mrdomain": "soler-estudio.com",
    "bookmyname": "ruches-du-leman.com",
}
# What a change that goes the common way has of its own: the moments about the answer.
ABOUT_THE_ANSWER = ("after the send", "after the answer", "in the look")


def deletion(family: str) -> Arrangement:
    """Arranges that the family's name is given up."""

    def arrange(stage: Stage) -> Operation:
        return plan_delete(stage.domain(family, GIVEN_UP[family]), actor=None)

    return arrange


def restoration(stage: Stage) -> Operation:
    """Arranges that a deleted name is brought back."""
    return plan_restore(stage.domain("netim", RESTORED), actor=None, price=PRICE)


def handing_over(family: str) -> Arrangement:
    """Arranges that a name gets another registrant, whom the registrar knows."""

    def arrange(stage: Stage) -> Operation:
        name = HANDED_OVER[family]
        with stage.driver(family) as driver:
            owner = driver.domains.contacts(name).owner.handle
        others = (key for key in own_contacts(World(stage.sandbox, family)) if key != owner)
        stage.handle(family, next(others))
        price = PRICE if family == "netim" else Decimal(0)
        return plan_owner(stage.domain(family, name), stage.contact, actor=None, price=price)

    return arrange


LIVES = [
    Story(
        kind="domain.restore",
        family="netim",
        arrange=restoration,
        steps={"domainRestore": 1},
        subject=RESTORED,
        refused="E13",
        looked_into="E15-M1502",
    ),
    Story(
        kind="domain.delete",
        family="bookmyname",
        arrange=deletion("bookmyname"),
        doomed=fail_at_bookmyname("domain_delete"),
        steps={"domain_delete": 1},
        subject=GIVEN_UP["bookmyname"],
        refused="-4",
        looked_into="-2",
        pends=True,
    ),
    Story(
        kind="domain.delete",
        family="netim",
        arrange=deletion("netim"),
        steps={"domainDelete": 1},
        subject=GIVEN_UP["netim"],
        refused="E13",
        looked_into="E15-M1502",
    ),
    Story(
        kind="domain.owner",
        family="netim",
        arrange=handing_over("netim"),
        steps={"domainTransferOwner": 1},
        subject=HANDED_OVER["netim"],
        refused="E13",
        looked_into="E15-M1502",
        pends=True,
        unguarded=True,
        nothing=fail_at_netim("domainTransferOwner"),
    ),
    Story(
        kind="domain.owner",
        family="mrdomain",
        arrange=handing_over("mrdomain"),
        steps={"domain/updatecontacts": 1},
        subject=HANDED_OVER["mrdomain"],
        refused="2201",
        looked_into="2200",
        same_twice=True,
        points=ABOUT_THE_ANSWER,
    ),
    Story(
        kind="domain.owner",
        family="bookmyname",
        arrange=handing_over("bookmyname"),
        doomed=fail_at_bookmyname("domain_update"),
        steps={"domain_update": 1},
        subject=HANDED_OVER["bookmyname"],
        refused="-3",
        looked_into="-2",
        pends=True,
        unfollowed=True,
        same_twice=True,
    ),
]

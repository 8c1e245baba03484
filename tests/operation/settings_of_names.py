"""Wanted states of names: switches, nameservers, contacts, keys, hosts, codes and zones, each where it suits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from panel.dns.operations import plan_restore, plan_zone, read_zone
from panel.domain import operations_settings as settings
from panel.domain.operations_code import plan_auth_code
from panel.domain.operations_contacts import plan_contacts
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_glue import GlueChange, plan_glue
from panel.domain.operations_privacy import plan_buy_privacy
from panel.operation.models import Operation
from registrar import types
from tests.operation.lives import ABOUT_THE_ANSWER
from tests.operation.renewals import fail_at_bookmyname, fail_at_netim, own_contacts
from tests.operation.stage import Stage
from tests.operation.stories import Story
from tests.operation.worlds import World

Arrangement = Callable[[Stage], Operation]
AT_NETIM, AT_NAMECOM, AT_MRDOMAIN = "bastienroux-photo.com", "byrne-ceramics.com", "soler-estudio.com"
AT_BOOKMYNAME, VISIBLE, SIGNED, BOUGHT = (
    "ruches-du-leman.eu",
    "camille-fournier.fr",
    "garcons-et-fils.com",
    "okafor-dental.org",
)
KEY = types.DnssecKey(key_tag=4711, algorithm=13, digest_type=2, digest="AB" * 32)
# What put in place twice is the same: requests that take effect later than that only repeat it.
COMMON = ("yes", "refused", "looked into", "lost before", "lost after", "late between the looks")


def on(family: str, name: str, plan: Callable[..., Operation], *values: Any, **named: Any) -> Arrangement:
    """Arranges one plan about the family's name."""

    def arrange(stage: Stage) -> Operation:
        return plan(stage.domain(family, name), *values, actor=None, **named)

    return arrange


def bought_by_somebody_else(world: World) -> None:
    """The name's privacy was bought on the registrar's own web site."""
    world.change(domain=BOUGHT, set={"whois_privacy": "2031-01-01"})


def contacts(stage: Stage) -> Operation:
    """Another technical contact, whose content travels along."""
    domain = stage.domain("namecom", AT_NAMECOM)
    return plan_contacts(domain, {"tech": stage.contact}, actor=None)


def contacts_by_handle(stage: Stage) -> Operation:
    """Another technical contact, whom the registrar knows."""
    with stage.driver("netim") as driver:
        shown = driver.domains.contacts(AT_NETIM)
    known = (key for key in own_contacts(World(stage.sandbox, "netim")) if key != shown.tech.handle)
    stage.handle("netim", next(known))
    return plan_contacts(stage.domain("netim", AT_NETIM), {"tech": stage.contact}, actor=None)


def glue(stage: Stage) -> Operation:
    """A host below the name."""
    record = types.GlueRecord(f"ns9.{AT_NAMECOM}", "192.0.2.9", "2001:db8::9")
    return plan_glue(stage.domain("namecom", AT_NAMECOM), GlueChange.CREATE, record, actor=None)


def zone_in_its_own_time(stage: Stage) -> Operation:
    """A zone's records at Netim, which in this session does not keep its caller waiting for any of them."""
    operation = zone("netim", AT_NETIM, without="MX")(stage)
    with stage.driver("netim") as driver:
        driver.client.call("sessionSetPreference", type="syncDelay", value="0")
    return operation


def defaults(stage: Stage) -> Operation:
    """The registrar's own records, in a zone that somebody has changed."""
    domain = stage.domain("mrdomain", AT_MRDOMAIN)
    with stage.driver("mrdomain") as driver:
        driver.dns.create(
            AT_MRDOMAIN, types.DnsRecord(f"old.{AT_MRDOMAIN}", types.RecordType.A, "192.0.2.66")
        )
        shown = read_zone(driver, AT_MRDOMAIN)
    return plan_restore(domain, actor=None, seen=shown)


def zone(family: str, name: str, *, without: str = "") -> Arrangement:
    """One record more than there are, and without one of a type."""

    def arrange(stage: Stage) -> Operation:
        domain = stage.domain(family, name)
        with stage.driver(family) as driver:
            shown = read_zone(driver, name)
        less = next((record for record in shown if record.type == without), None)
        new = types.DnsRecord(f"lantern.{name}", types.RecordType.A, "192.0.2.77", ttl=600)
        wanted = [record for record in shown if record != less] + [new]
        return plan_zone(domain, wanted, actor=None, seen=shown)

    return arrange


SWITCHES = [
    Story(
        kind="domain.transfer_lock",
        family="bookmyname",
        arrange=on("bookmyname", AT_BOOKMYNAME, settings.plan_transfer_lock, True),
        doomed=fail_at_bookmyname("domain_update"),
        steps={"domain_update": 1},
        subject=AT_BOOKMYNAME,
        refused="-3",
        looked_into="-2",
        pends=True,
        unfollowed=True,
        same_twice=True,
    ),
    Story(
        kind="domain.nameservers",
        family="namecom",
        arrange=on(
            "namecom", AT_NAMECOM, settings.plan_nameservers, ["ns1.lamps.example", "ns2.lamps.example"]
        ),
        steps={"domain/update_nameservers": 1},
        subject=AT_NAMECOM,
        refused="203",
        same_twice=True,
    ),
    Story(
        kind="domain.renewal_mode",
        family="mrdomain",
        arrange=on("mrdomain", AT_MRDOMAIN, settings.plan_renewal_mode, types.RenewalMode.AUTOMATIC),
        steps={"domain/update": 1},
        subject=AT_MRDOMAIN,
        refused="2201",
        looked_into="2200",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="domain.modification_lock",
        family="mrdomain",
        arrange=on("mrdomain", AT_MRDOMAIN, settings.plan_modification_lock, True),
        steps={"domain/update": 1},
        subject=AT_MRDOMAIN,
        refused="2201",
        looked_into="2200",
        same_twice=True,
        answers=COMMON,
        points=ABOUT_THE_ANSWER,
    ),
    Story(
        kind="domain.whois_visible",
        family="mrdomain",
        arrange=on("mrdomain", VISIBLE, settings.plan_whois_visible, False),
        steps={"domain/update": 1},
        subject=VISIBLE,
        refused="2201",
        looked_into="2200",
        same_twice=True,
        answers=COMMON,
        points=ABOUT_THE_ANSWER,
    ),
    Story(
        kind="domain.whois_privacy",
        family="netim",
        arrange=on("netim", AT_NETIM, settings.plan_whois_privacy, False),
        steps={"domainSetPreference": 1},
        subject=AT_NETIM,
        refused="E13",
        looked_into="E15-M1502",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="domain.buy_whois_privacy",
        family="namecom",
        arrange=on("namecom", BOUGHT, plan_buy_privacy, years=1, price=Decimal("4.90")),
        steps={"whois_privacy/create": 1},
        sent=("order",),
        subject=BOUGHT,
        refused="203",
        looked_into="240",
        looks_first=True,
        taken=bought_by_somebody_else,
        points=ABOUT_THE_ANSWER,
    ),
    Story(
        kind="domain.signing",
        family="netim",
        arrange=on("netim", AT_NETIM, settings.plan_signing, True),
        steps={"domainSetDNSsec": 1},
        subject=AT_NETIM,
        refused="E13",
        looked_into="E15-M1502",
        same_twice=True,
        answers=COMMON,
    ),
]

SETS = [
    Story(
        kind="domain.contacts",
        family="namecom",
        arrange=contacts,
        steps={"domain/update_contacts": 1},
        subject=AT_NAMECOM,
        refused="203",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="domain.contacts",
        family="netim",
        arrange=contacts_by_handle,
        steps={"domainChangeContact": 1},
        subject=AT_NETIM,
        refused="E13",
        looked_into="E15-M1502",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="domain.dnssec",
        family="mrdomain",
        arrange=on("mrdomain", SIGNED, plan_dnssec, [KEY]),
        steps={"domain/dnsseccreate": 1, "domain/dnssecdelete": 1},
        subject=SIGNED,
        refused="2201",
        looked_into="2200",
        answers=COMMON,
    ),
    Story(
        kind="domain.glue",
        family="namecom",
        arrange=glue,
        steps={"host/create": 1},
        subject=AT_NAMECOM,
        refused="203",
        looked_into="240",
        answers=COMMON,
    ),
    Story(
        kind="domain.auth_code",
        family="netim",
        arrange=on("netim", AT_NETIM, plan_auth_code),
        steps={"domainAuthID": 1},
        subject=AT_NETIM,
        refused="E13",
        looked_into="E15-M1502",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="dns.zone",
        family="mrdomain",
        arrange=zone("mrdomain", AT_MRDOMAIN, without="CNAME"),
        steps={"service/dnssetzone": 1},
        subject=AT_MRDOMAIN,
        refused="4003",
        looked_into="4005",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="dns.zone",
        family="mrdomain",
        variant="one record",
        arrange=zone("mrdomain", AT_MRDOMAIN),
        steps={"service/dnscreate": 1},
        subject=AT_MRDOMAIN,
        refused="4003",
        looked_into="4005",
        answers=("looked into", "lost after", "late between the looks"),
    ),
    Story(
        kind="dns.restore",
        family="mrdomain",
        arrange=defaults,
        steps={"service/dnsrestore": 1},
        subject=AT_MRDOMAIN,
        refused="4003",
        looked_into="4005",
        same_twice=True,
        answers=COMMON,
    ),
    Story(
        kind="dns.zone",
        family="namecom",
        arrange=zone("namecom", AT_NAMECOM, without="MX"),
        steps={"dns/create": 1, "dns/delete": 1},
        subject=AT_NAMECOM,
        refused="203",
        looked_into="240",
        answers=COMMON,
    ),
    Story(
        kind="dns.zone",
        family="netim",
        variant="pending",
        arrange=zone_in_its_own_time,
        steps={"domainZoneCreate": 1, "domainZoneDelete": 1},
        subject=AT_NETIM,
        refused="E13",
        looked_into="E15-M1502",
        pends=True,
        nothing=fail_at_netim("domainZoneCreate", "domainZoneDelete"),
    ),
]

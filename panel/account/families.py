"""The registrars' families as staff see them: names, addresses, and what their APIs tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registrar import FAMILIES, Family

if TYPE_CHECKING:
    from panel.account.models import Account

# The sandbox serves each family at a fixed distance from its control port, under the path that the manual names.
SANDBOX_PLACES = {
    "mrdomain": (1, ""),
    "netim": (2, "/2.0/"),
    "bookmyname": (3, "/apis.cgi"),
    "namecom": (4, "/api"),
}
SANDBOX_DAS = 5
# The labels of registrar.FAMILIES, which knows no gettext.
_CREDENTIAL_LABELS = (
    gettext_noop("API user"),
    gettext_noop("API password"),
    gettext_noop("Reseller ID"),
    gettext_noop("DAS address (host:port)"),
    gettext_noop("User name"),
    gettext_noop("API token"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a family's API does, or does not."""

    holds: bool
    text: str


def family_choices() -> list[tuple[str, str]]:
    """Registrars that the panel can talk to."""
    return [(family.name, family.label) for family in FAMILIES.values()]


def family_label(name: str) -> str:
    """A registrar's name for people."""
    return FAMILIES[name].label if name in FAMILIES else name


def can(account: Account, operation: str, tld: str | None = None) -> bool:
    """Whether the account's API does something, such as "account.info"."""
    return FAMILIES[account.family].capabilities.find(operation, tld).usable


def facts(family: Family) -> list[Fact]:
    """What to know before adding an account."""
    told = family.capabilities
    balance, zones = told.find("account.info").usable, told.find("account.zones").usable
    listed = told.find("domain.list").usable
    currency = {"currency": family.currency}
    return [
        Fact(balance, _("Tells its balance") if balance else _("Tells no balance")),
        Fact(
            zones, _("Tells what it sells and at what cost") if zones else _("Its costs are entered by you")
        ),
        Fact(listed, _("Lists the names that it holds") if listed else _("Does not list its names")),
        Fact(True, _("Costs in %(currency)s") % currency),
    ]


def sandbox_address(family: str) -> str:
    """Where this machine's own sandbox imitates the family."""
    offset, path = SANDBOX_PLACES[family]
    return f"http://127.0.0.1:{settings.SANDBOX_PORT + offset}{path}"


def sandbox_credentials(family: str) -> dict[str, str]:
    """What is known of this machine's own sandbox besides the address: where it answers BookMyName's line protocol."""
    if family != "bookmyname":
        return {}
    return {"das": f"127.0.0.1:{settings.SANDBOX_PORT + SANDBOX_DAS}"}


def tidy_address(family: str, address: str) -> str:
    """An address as the family writes its own: Netim's ends with a slash that counts, the others' with none."""
    bare = address.rstrip("/")
    return f"{bare}/" if FAMILIES[family].default_endpoint.endswith("/") else bare

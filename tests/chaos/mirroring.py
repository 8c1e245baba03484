"""(5): the mirror shows what the registrars hold, each name its customer's, nothing lost, every change as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.chaos.holdings import Holding
from tests.chaos.plan import PLACES

Effects = Mapping[tuple[str, str, str], int]
States = Mapping[str, Mapping[str, Holding]]
# Kinds by which a name comes into an account.
ARRIVALS = ("domain.create", "domain.transfer")


@dataclass(frozen=True)
class Setting:
    """What an operation of a kind wanted, as the registrar holds it, and as the mirror shows it if it does."""

    wanted: Callable[[Any], Any]
    held: Callable[[Holding], Any]
    shown: Callable[[Any], Any] | None = None
    # Where a registrar has no handles, the mirror shows nobody.
    by_handle: bool = False


SETTINGS = {
    "domain.nameservers": Setting(
        wanted=lambda operation: frozenset(operation.payload["nameservers"]),
        held=lambda holding: holding.nameservers,
        shown=lambda domain: frozenset(domain.nameservers),
    ),
    "domain.transfer_lock": Setting(
        wanted=lambda operation: operation.payload["value"],
        held=lambda holding: holding.transfer_lock,
        shown=lambda domain: domain.transfer_lock,
    ),
    "domain.renewal_mode": Setting(
        wanted=lambda operation: operation.payload["value"],
        held=lambda holding: holding.renewal_mode,
        shown=lambda domain: domain.renewal_mode,
    ),
    "domain.owner": Setting(
        wanted=lambda operation: operation.payload["registrant"]["email"],
        held=lambda holding: holding.owner,
        shown=lambda domain: _address(domain.owner),
        by_handle=True,
    ),
    "domain.contacts": Setting(
        wanted=lambda operation: operation.payload["roles"]["tech"]["contact"]["email"],
        held=lambda holding: holding.tech,
        shown=lambda domain: _address(domain.tech),
        by_handle=True,
    ),
    "domain.dnssec": Setting(
        wanted=lambda operation: frozenset(key["digest"] for key in operation.payload["keys"]),
        held=lambda holding: holding.digests,
    ),
    "dns.zone": Setting(
        wanted=lambda operation: frozenset(record["name"] for record in operation.payload["records"]),
        held=lambda holding: holding.zone,
    ),
}


def _address(handle: Any) -> str:
    return str(handle.content.get("email", "")) if handle is not None else ""


def differences(effects: Effects, states: States) -> Iterator[str]:
    """Each as a line for the report."""
    from panel.domain.models import Domain
    from panel.operation.models import Operation

    people = ("account", "owner", "tech")
    rows = {domain.name: domain for domain in Domain.objects.select_related(*people)}
    undecided = set(Operation.objects.filter(state="attention").values_list("label", flat=True))
    yield from _arrivals(effects, states, rows)
    for family, names in states.items():
        unseen = set(names) - set(rows)
        if unseen:
            yield f"{family} holds what the mirror does not: {sorted(unseen)[:5]}"
    yield from _strangers(effects, rows, undecided)
    changes = Operation.objects.filter(kind__in=list(SETTINGS), state="succeeded").select_related("account")
    for operation in changes.exclude(label__in=undecided):
        yield from _change(operation, states[operation.account.family].get(operation.label), rows)


def _arrivals(effects: Effects, states: States, rows: Mapping[str, Any]) -> Iterator[str]:
    """Every name that came, as it stands now."""
    from panel.operation.models import Operation

    came = Operation.objects.filter(kind__in=ARRIVALS, state="succeeded")
    buyers = dict(came.values_list("label", "customer_id"))
    for (family, kind, name), count in effects.items():
        if kind not in ARRIVALS or count < 1 or name not in buyers:
            continue
        domain, held = rows.get(name), states[family].get(name)
        if _is_gone(effects, family, name):
            yield from _departed(name, family, domain, held)
        elif domain is None or domain.missing_since or domain.customer_id != buyers[name]:
            yield f"{name} at {family} is not, or not rightly, in the mirror: {domain}"
        elif held is None or held.gone or str(domain.expires_on) not in held.expiry:
            yield f"{name}: the mirror says {domain.expires_on}, {family} {held}"
        elif domain.status not in ("active", "unknown"):
            # Unknown: what was read last was a word of no table, and it says so until it is read again.
            yield f"{name}: {family} holds it, the mirror says {domain.status}"


def _is_gone(effects: Effects, family: str, name: str) -> bool:
    back = effects.get((family, "domain.restore", name), 0)
    return effects.get((family, "domain.delete", name), 0) > back


def _departed(name: str, family: str, domain: Any, held: Holding | None) -> Iterator[str]:
    """A name that was given up: the registrar may show it for a while as one that can be brought back."""
    if held is not None and not held.gone:
        yield f"{name} was given up, and {family} holds it"
    # Unknown: what was read last was a word of no table.
    elif domain is None or domain.status not in ("deleted" if held is None else "redemption", "unknown"):
        yield f"{name} was given up, and the mirror says {domain.status if domain else None}"


def _strangers(effects: Effects, rows: Mapping[str, Any], undecided: set[str]) -> Iterator[str]:
    from panel.domain.models import ENDED

    for name, domain in rows.items():
        living = domain.customer_id is not None and domain.status not in ENDED and name not in undecided
        came = [effects.get((domain.account.family, kind, name)) for kind in ARRIVALS]
        if living and not any(came):
            yield f"{name} is a customer's without having been registered: {domain.status}"


def _change(operation: Any, held: Holding | None, rows: Mapping[str, Any]) -> Iterator[str]:
    """A change that succeeded is as it was wanted, there and here."""
    setting, family = SETTINGS[operation.kind], operation.account.family
    wanted = setting.wanted(operation)
    there = setting.held(held) if held is not None else None
    if there != wanted:
        yield f"{operation}: wanted {wanted}, {family} holds {there}"
    if setting.shown is None or (setting.by_handle and not PLACES[family].takes_handles):
        return
    domain = rows.get(operation.label)
    here = setting.shown(domain) if domain is not None else None
    if here != wanted:
        yield f"{operation}: wanted {wanted}, the mirror says {here}"

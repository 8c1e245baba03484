"""Names and hosts as people type them, and as zones have them."""

from __future__ import annotations

from panel.domain.models import Domain, to_unicode
from panel.domain.names import ImpossibleName, to_a_label

APEX = "@"


def full_name(typed: str, domain: Domain) -> str:
    """The full name, as A-labels without a final dot, of what was typed into the zone of `domain`.

    Nothing and "@" mean the domain itself; what ends with the domain, or with a dot, is whole already. Raises
    ImpossibleName.
    """
    text = typed.strip().lower()
    if text in ("", APEX, "."):
        return domain.name
    name = _ascii(text.rstrip("."))
    if text.endswith(".") or name == domain.name or name.endswith(f".{domain.name}"):
        return name
    return f"{name}.{domain.name}"


def host_name(typed: str, domain: Domain) -> str:
    """The host that a record points at, as A-labels without a final dot; "@" is the domain itself, "." is none.

    Raises ImpossibleName.
    """
    text = typed.strip().lower()
    if text == APEX:
        return domain.name
    return _ascii(text.rstrip(".")) or text


def relative(name: str, zone: str) -> str:
    """What stands before the zone's name, as U-labels; "@" for the zone itself."""
    if name == zone:
        return APEX
    return to_unicode(name.removesuffix(f".{zone}"))


def _ascii(text: str) -> str:
    """Letters of other scripts become A-labels; all else is left to the checks of records."""
    return ".".join(label if label.isascii() else to_a_label(label) for label in text.split("."))


__all__ = ["APEX", "ImpossibleName", "full_name", "host_name", "relative"]

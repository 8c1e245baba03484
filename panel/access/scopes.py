"""What every scope starts from: the right audience, or nothing at all."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from panel.access.actor import Actor
from panel.people.models import Customer


def customer_of(actor: Actor) -> Customer:
    """The customer for whom the actor asks. Raises PermissionDenied for somebody who acts for none."""
    if actor.customer is None:
        raise PermissionDenied("this scope is a customer's")
    return actor.customer


def require_brand_admin(actor: Actor) -> None:
    """Raises PermissionDenied unless the actor runs the brand."""
    if not actor.is_brand_admin:
        raise PermissionDenied("this scope is a brand's")


def require_staff(actor: Actor) -> None:
    """Raises PermissionDenied unless the actor is of the operator's staff."""
    if not actor.is_staff:
        raise PermissionDenied("this scope is the staff's")

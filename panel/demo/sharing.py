"""People to whom the demo's customers lend parts of names."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from panel.access.models import Grant, GrantEvent
from panel.access.parts import Level
from panel.demo.people import demo_user
from panel.domain.models import Domain
from panel.people.models import Customer, Role
from panel.sharing.presets import BY_KEY

# e-mail | name | customer | part of the names | preset | days, or 0 for no last day | note
LENT = (
    ("agency@demo.test", "Marta Vidal", "Cedar Studio", "soler", "agency", 90, "Relaunch in spring"),
    ("agency@demo.test", "Marta Vidal", "Cedar Studio", "bluestem", "auditor", 0, ""),
)


def lend_names(customers: dict[str, Customer]) -> None:
    """Names that an agency looks after; it has accepted. Nothing is mailed, and nothing is made twice."""
    for email, name, customer_name, part, preset, days, note in LENT:
        customer = customers[customer_name]
        owner = customer.memberships.get(role=Role.OWNER).user
        person = demo_user(email, name)
        levels = {
            part.value: level.value
            for part, level in BY_KEY[preset].levels.items()
            if level != Level.DISABLED
        }
        for domain in Domain.objects.filter(customer=customer, name__contains=part):
            grant, created = Grant.objects.get_or_create(
                domain=domain,
                email=email,
                revoked_at=None,
                defaults={
                    "customer": customer,
                    "user": person,
                    "levels": levels,
                    "until": timezone.localdate() + timedelta(days=days) if days else None,
                    "note": note,
                    "granted_by": owner,
                    "accepted_at": timezone.now(),
                },
            )
            if created:
                for what, by in (
                    (GrantEvent.What.INVITED, owner),
                    (GrantEvent.What.ACCEPTED, person),
                ):
                    GrantEvent.objects.create(
                        grant=grant, what=what, actor=by, levels=levels, until=grant.until
                    )

"""Telling customers by e-mail how an order ended: once, from settled state only, in the brand's name."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panel.billing.models import Order, OrderLine
from panel.brand.services import address_of
from panel.operation.states import OPEN, State

log = structlog.get_logger(__name__)

AT_ONCE = 100


def ended_orders() -> list[Order]:
    """Orders of which nothing is under way any more and whose customers were not told."""
    running = OrderLine.objects.filter(order=OuterRef("pk"), operation__state__in=sorted(OPEN))
    rows = Order.objects.filter(told_at=None).exclude(Exists(running)).order_by("pk")
    return list(
        rows.select_related("customer__brand", "placed_by").prefetch_related("lines__operation")[:AT_ONCE]
    )


def tell_customers() -> int:
    """Mail the customers of ended orders. Returns how many were mailed; what cannot be sent is tried again."""
    return sum(_tell(order) for order in ended_orders())


def _tell(order: Order) -> bool:
    # Noted before it is sent: with two beats a customer is told once, not twice.
    if Order.objects.filter(pk=order.pk, told_at=None).update(told_at=timezone.now()) != 1:
        return False
    try:
        _message(order).send()
    except (SMTPException, OSError) as error:
        Order.objects.filter(pk=order.pk).update(told_at=None)
        log.warning("customer_not_told", order=order.public_id, error=type(error).__name__)
        return False
    return True


def _message(order: Order) -> EmailMultiAlternatives:
    brand = order.customer.brand
    done = [line for line in order.lines.all() if line.operation.state == State.SUCCEEDED]
    failed = [line for line in order.lines.all() if line.operation.state != State.SUCCEEDED]
    language = (order.placed_by.language if order.placed_by else "") or brand.default_language
    with translation.override(language):
        context = {
            "brand": brand,
            "recipient_name": order.placed_by.get_full_name() if order.placed_by else order.customer.name,
            "order": order,
            "done": done,
            "failed": failed,
            "url": address_of(brand) + reverse("order", args=[order.public_id], urlconf="panel.urls"),
        }
        if failed:
            subject = _("%(brand)s: not every name of your order could be registered") % {"brand": brand.name}
        else:
            subject = _("%(brand)s: your names are registered") % {"brand": brand.name}
        message = EmailMultiAlternatives(
            subject,
            render_to_string("email/order.txt", context),
            brand.sender,
            [order.placed_by.email if order.placed_by else order.customer.email],
        )
        message.attach_alternative(render_to_string("email/order.html", context), "text/html")
    return message

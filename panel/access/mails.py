"""E-mails to people to whom names are lent, in the brand's name."""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from panel.access.models import Grant
from panel.access.words import and_more, summary

log = structlog.get_logger(__name__)

LENT, CHANGED, ENDED = "lent", "changed", "ended"


def tell(grants: Sequence[Grant], what: str, *, address: str) -> None:
    """Tell the person of these grants, once the transaction is through, what has become of them."""
    rows = list(grants)
    language = rows[0].user.language if rows[0].user else ""
    language = language or rows[0].customer.brand.default_language
    transaction.on_commit(lambda: _send(rows, what, address, language))


def _send(grants: Sequence[Grant], what: str, address: str, language: str) -> None:
    first = grants[0]
    brand = first.customer.brand
    with translation.override(language):
        names = [str(grant.domain) for grant in grants]
        context = {
            "brand": brand,
            "what": what,
            "names": and_more(names),
            "customer": first.customer,
            "until": first.until,
            "summary": summary(first.rights).text,
            "recipient_name": first.user.name if first.user else "",
            "url": address.rstrip("/") + reverse("shared", urlconf="panel.urls_brand"),
        }
        subject = {
            LENT: _("%(brand)s: %(name)s is shared with you"),
            CHANGED: _("%(brand)s: your access to %(name)s has changed"),
            ENDED: _("%(brand)s: your access to %(name)s has ended"),
        }[what] % {"brand": brand.name, "name": names[0]}
        message = EmailMultiAlternatives(
            subject, render_to_string("email/sharing.txt", context), brand.sender, [first.email]
        )
        message.attach_alternative(render_to_string("email/sharing.html", context), "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as error:
        log.warning("sharing_mail_not_sent", grant=first.public_id, error=type(error).__name__)
